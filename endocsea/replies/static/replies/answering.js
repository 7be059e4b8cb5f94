"use strict";

// Saves each answer by itself, and keeps what is not saved in this browser: through a lost connection, a lost
// session, a closed window. Nothing is ever written over what a colleague saved: both are shown.
(() => {
  const page = document.querySelector("[data-answering]");
  if (!page) return;
  const words = page.dataset;
  const PAUSE = 1200;

  const key = (form) => `endocsea ${words.kept} ${form.dataset.question}`;
  const line = (form) => form.querySelector("[data-saved-line]");
  const say = (form, text, state) => {
    line(form).textContent = text;
    form.dataset.state = state;
  };
  const read = (form) =>
    Array.from(new FormData(form)).filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "seen");

  // What was typed, as a person reads it: for a page on which the question is closed by then.
  const said = (form) =>
    Array.from(form.elements)
      .filter((control) => control.name && !["hidden", "submit"].includes(control.type))
      .filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked)
      .filter((control) => control.value && !(control.name === "status" && control.value === "answered"))
      .map((control) => {
        const label = control.labels?.[0]?.textContent.trim() ?? "";
        return ["radio", "checkbox"].includes(control.type) ? label || control.value : `${label}: ${control.value}`;
      });

  const keep = (form) => {
    try {
      const kept = { seen: form.elements.seen.value, fields: read(form), said: said(form) };
      localStorage.setItem(key(form), JSON.stringify(kept));
    } catch {
      // no room, or storage is off: the server is asked all the sooner, and the window still holds the text
    }
  };
  const forget = (form) => {
    try {
      localStorage.removeItem(key(form));
    } catch {
      // it was not kept either
    }
  };

  const fill = (form, fields) => {
    for (const control of form.elements) {
      if (!control.name || control.type === "hidden" || control.type === "submit") continue;
      const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
  };

  const timers = new WeakMap();
  const running = new WeakSet();
  const unsaved = new Set();
  const soon = (form, wait = PAUSE) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), wait));
  };

  const save = async (form) => {
    clearTimeout(timers.get(form));
    if (running.has(form)) return soon(form, 300);
    if (!form.querySelector("[data-conflict]").hidden) return undefined;
    if (!form.dispatchEvent(new Event("autosave", { bubbles: true, cancelable: true }))) {
      return say(form, words.stopped, "stopped");
    }
    const sent = JSON.stringify(read(form));
    running.add(form);
    say(form, words.saving, "saving");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "autosave" },
        redirect: "manual",
      });
      const told = (answer.headers.get("Content-Type") || "").startsWith("application/json")
        ? await answer.json()
        : null;
      if (!told) say(form, answer.status >= 500 ? words.offline : words.signedOut, "kept");
      else if (answer.ok) saved(form, told, sent);
      else refused(form, told);
    } catch {
      say(form, words.offline, "kept");
    } finally {
      running.delete(form);
    }
    return undefined;
  };

  const saved = (form, told, sent) => {
    form.elements.seen.value = told.seen;
    const confirming = document.getElementById(`${form.id}-confirm`);
    if (confirming) confirming.elements.seen.value = told.seen;
    say(form, `${words.saved} ${told.at}`, "saved");
    if (told.contradicts) line(form).append(` ${told.contradicts}`);
    if (told.follows) line(form).append(" ", again(form));
    if (JSON.stringify(read(form)) === sent) {
      forget(form);
      unsaved.delete(form);
    } else soon(form);
  };

  // Whoever is typing is not moved: the page is shown again when they ask for it.
  const again = (form) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = words.follows;
    button.addEventListener("click", () => {
      location.hash = form.id;
      location.reload();
    });
    return button;
  };

  const refused = (form, told) => {
    say(form, `${words.notSaved} ${told.sentence}`, "refused");
    if (!("theirs" in told)) return;
    const box = form.querySelector("[data-conflict]");
    box.querySelector("[data-conflict-sentence]").textContent = told.sentence;
    box.querySelector("[data-conflict-theirs]").innerHTML = told.theirs;
    box.dataset.seen = told.seen;
    box.hidden = false;
  };

  page.addEventListener("input", (event) => {
    const form = event.target.closest("form.question");
    if (!form) return;
    if (event.target.name === "value") {
      const answered = form.querySelector('[name="status"][value="answered"]');
      const chosen = form.querySelector('[name="status"]:checked');
      if (answered && (event.target.value || event.target.checked) && chosen !== answered) answered.checked = true;
    }
    keep(form);
    unsaved.add(form);
    soon(form, event.target.matches('[type="radio"], [type="checkbox"]') ? 300 : PAUSE);
  });
  page.addEventListener("change", (event) => {
    const form = event.target.closest("form.question");
    if (form && !event.target.matches('[type="radio"], [type="checkbox"]')) soon(form, 0);
  });
  page.addEventListener("submit", (event) => {
    const form = event.target.closest("form.question");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    save(form);
  });
  page.addEventListener("click", (event) => {
    const form = event.target.closest("form.question");
    const box = form?.querySelector("[data-conflict]");
    if (event.target.closest("[data-keep-mine]")) {
      form.elements.seen.value = box.dataset.seen;
      box.hidden = true;
      save(form);
    } else if (event.target.closest("[data-take-theirs]")) {
      forget(form);
      location.hash = form.id;
      location.reload();
    }
  });
  // What ends the answering waits for what is not saved yet, and does not happen where something cannot be saved.
  const settle = async (form) => {
    while (running.has(form)) await new Promise((go) => setTimeout(go, 100));
    if (unsaved.has(form)) await save(form);
  };
  const ending = page.querySelector("[data-hand-in]");
  // Where the questions stand on pages of their own, what one of them kept is seen here: told once, as a text that
  // cannot be saved must not stand in the way for good.
  const keptElsewhere = () => {
    try {
      return Object.keys(localStorage).some((name) => name.startsWith(`endocsea ${words.kept} `));
    } catch {
      return false;
    }
  };
  let warned = page.querySelector("form.question") !== null;
  ending?.addEventListener("submit", async (event) => {
    if (!warned && keptElsewhere()) {
      event.preventDefault();
      ending.querySelector("[data-hand-in-waits]").hidden = false;
      warned = true;
      return;
    }
    if (!unsaved.size) return;
    event.preventDefault();
    await Promise.all(Array.from(unsaved, settle));
    ending.querySelector("[data-hand-in-waits]").hidden = !unsaved.size;
    if (!unsaved.size) ending.submit();
  });
  window.addEventListener("online", () => {
    for (const form of page.querySelectorAll('form.question[data-state="kept"]')) save(form);
  });

  const keptAt = (place) => {
    try {
      return JSON.parse(localStorage.getItem(key(place)));
    } catch {
      return null; // nothing kept, or nothing that can be read
    }
  };

  // Closed while somebody was away: what they typed cannot be sent any more, and is not hidden from them.
  for (const place of page.querySelectorAll("section.question[data-question]")) {
    const kept = keptAt(place);
    if (!kept) continue;
    const box = document.createElement("div");
    box.className = "message warning";
    box.dataset.left = "";
    for (const text of [words.left, ...(kept.said ?? kept.fields.map(([, value]) => value))]) {
      const line = document.createElement("p");
      line.textContent = text;
      box.append(line);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = words.forget;
    button.addEventListener("click", () => {
      forget(place);
      box.remove();
    });
    box.append(button);
    place.append(box);
  }

  for (const form of page.querySelectorAll("form.question")) {
    const kept = keptAt(form);
    if (!kept) continue;
    if (JSON.stringify(kept.fields) === JSON.stringify(read(form))) {
      forget(form);
      continue;
    }
    fill(form, kept.fields);
    unsaved.add(form);
    form.elements.seen.value = kept.seen;
    say(form, words.found, "kept");
    save(form);
  }
})();
