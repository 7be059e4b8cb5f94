"use strict";

// Passkeys in a page: shown where the browser can use them, and a sentence where one was not used.
// The ceremony itself is the sign-in library's.
(() => {
  const byName = !/^[\d.:[\]]+$/.test(location.hostname); // a passkey is bound to a name, never to a number
  if (!window.PublicKeyCredential || !byName) return;

  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    // the library sends the form itself once the device has answered
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  for (const sentence of document.querySelectorAll("[data-passkey-impossible]")) sentence.hidden = true;

  document.addEventListener("allauth.error", (event) => {
    const failed = document.querySelector("[data-passkey-failed]");
    if (!failed) return;
    event.preventDefault();
    failed.hidden = false;
    failed.focus();
  });
})();
