"use strict";

// The way out of a page for help. Without this script it is a plain link; with it, this page also goes
// from the browser's list of pages to go back to, and three times Esc is enough. It keeps nothing.
(() => {
  const way = document.querySelector(".exit-go");
  if (!way) return;

  const leave = () => {
    document.body.hidden = true; // at once, however slow the next page is
    location.replace(way.href);
  };

  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  const within = 2000; // milliseconds
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    pressed = event.key === "Escape" ? [...pressed, event.timeStamp].slice(-3) : [];
    if (pressed.length === 3 && pressed[2] - pressed[0] < within) leave();
  });

  for (const sentence of document.querySelectorAll("[data-with-script]")) sentence.hidden = false;
})();
