"use strict";

// Stops a text that looks like case data before it is sent or saved. The table of what to look for and
// all sentences stand in the page, made from endocsea/support/guard/table.py: the server reads the same
// table and asks again. A script that saves by itself asks first, on the form:
//   if (form.dispatchEvent(new Event("autosave", { bubbles: true, cancelable: true }))) save();
(() => {
  const block = document.getElementById("guard-table");
  if (!block) return;
  const { table, kinds, sentences } = JSON.parse(block.textContent);

  // A text as a person reads it: see plain.py.
  const digits = new Map();
  for (const zero of table.zeros) {
    for (let digit = 0; digit < 10; digit++) {
      digits.set(String.fromCodePoint(zero.codePointAt(0) + digit), String(digit));
    }
  }
  const part = (char) => {
    if (char in table.same) return table.same[char];
    if (/^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u.test(char)) return "";
    if (/^\p{Zs}$/u.test(char)) return " ";
    if (/^\p{Pd}$/u.test(char)) return "-";
    return digits.get(char) ?? char;
  };
  const known = new Map();
  const plainly = (char) => {
    if (!known.has(char)) known.set(char, Array.from(char.normalize("NFKD"), part).join(""));
    return known.get(char);
  };
  const plain = (written) => {
    const parts = [];
    const starts = [];
    const ends = [];
    let place = 0;
    for (const char of written) {
      const read = plainly(char);
      parts.push(read);
      for (let unit = 0; unit < read.length; unit++) {
        starts.push(place);
        ends.push(place + char.length);
      }
      place += char.length;
    }
    return { text: parts.join(""), starts, ends };
  };

  // The rows of the table: see texts.py.
  const made = new Map();
  const compiled = (pattern, flags) => {
    const key = flags + pattern;
    if (!made.has(key)) made.set(key, new RegExp(pattern, flags));
    return made.get(key);
  };
  const matchAt = (pattern, text, start) => {
    const sticky = compiled(pattern, "uy");
    sticky.lastIndex = start;
    return sticky.exec(text);
  };
  const endingOf = (pattern, text) => compiled(`(?:${pattern})(?![\\s\\S])`, "u").exec(text);
  const source = (text) => ({ text, figures: Array.from(text.matchAll(/[0-9]+/g), (match) => match.index) });

  function* atFigures(pattern, { text, figures }) {
    let after = 0;
    for (const start of figures) {
      const match = start >= after && matchAt(pattern, text, start);
      if (match) {
        yield match;
        after = start + match[0].length;
      }
    }
  }

  const withoutHarmless = ({ text, figures }) => {
    const crossed = (found) => "~".repeat(found.length);
    for (const pattern of table.harmless) text = text.replace(compiled(pattern, "gu"), crossed);
    for (const pattern of table.harmlessFigures) {
      let kept = "";
      let after = 0;
      for (const match of atFigures(pattern, { text, figures })) {
        kept += text.slice(after, match.index) + crossed(match[0]);
        after = match.index + match[0].length;
      }
      text = kept + text.slice(after);
    }
    return text;
  };

  const notNames = new Set(table.notNames);
  function* runs(text, count) {
    let first = -1;
    let last = -1;
    let length = 0;
    for (const match of text.matchAll(compiled(table.nameWord, "gu"))) {
      const word = match[0];
      if (notNames.has(word.toLowerCase())) {
        length = 0;
        continue;
      }
      if (length && !["", " "].includes(text.slice(last, match.index))) length = 0;
      if (!length) first = match.index;
      last = match.index + word.length;
      length += 1;
      if (length >= count && (length > 1 || !word.endsWith("."))) yield [first, last];
    }
  }

  const nameBeside = ([where, count], cased, start, end) => {
    const follows = where === "following";
    const from = follows ? end : Math.max(0, start - table.near);
    for (const [first, last] of runs(cased.slice(from, follows ? end + table.near : start), count)) {
      const gap = follows ? cased.slice(end, from + first) : cased.slice(from + last, start);
      if (where === "near" || /^[ ,;:(-]*$/.test(gap)) return [from + first, from + last];
    }
    return null;
  };

  const rest = (weights, check, figures) => {
    let total = 0;
    weights.forEach((weight, index) => { total += weight * figures[index]; });
    if (check.turned) total = -total;
    return ((total % check.modulus) + check.modulus) % check.modulus;
  };
  const holds = (check, figures) => {
    let expected = rest(check.weights, check, figures);
    if (expected === 10 && check.second.length) expected = rest(check.second, check, figures);
    return figures[check.place] === (expected === 10 ? check.ten : expected);
  };
  const aCheckHolds = (groups, found) => {
    const figures = Array.from(found.matchAll(/[0-9]/g), ([digit]) => Number(digit));
    return groups.some(
      (group) => figures.length === group.at(-1).place + 1 && group.every((check) => holds(check, figures)),
    );
  };

  function* found(row, sources) {
    const read = sources[row.reads];
    const { text } = read;
    for (const match of row.figure ? atFigures(row.figure, read) : text.matchAll(compiled(row.find, "gu"))) {
      let start = match.index;
      let end = start + match[0].length;
      const left = text.slice(Math.max(0, start - row.reach), start);
      const right = text.slice(end, end + row.reach);
      if (row.not_after && matchAt(row.not_after, right, 0)) continue;
      if (row.after) {
        const after = matchAt(row.after, right, 0);
        if (!after) continue;
        end += after[0].length;
      }
      if (row.before) {
        const before = endingOf(row.before, left);
        if (!before) continue;
        start -= before[0].length;
      }
      if (row.not_before && endingOf(row.not_before, left)) continue;
      if (row.checks && !aCheckHolds(row.checks, match[0])) continue;
      if (row.names) {
        let name = null;
        for (const asked of row.names) name ??= nameBeside(asked, sources.cased.text, start, end);
        if (!name) continue;
        start = Math.min(start, name[0]);
        end = Math.max(end, name[1]);
      }
      yield [start, end];
    }
  }

  const suspicions = (written) => {
    const read = plain(written);
    const small = read.text.toLowerCase();
    const sources = { cased: source(read.text), small: source(small) };
    sources.figures = source(withoutHarmless(sources.small));
    const longest = Math.max(...small.split(/[ \n]+/).map((run) => run.length));
    const taken = new Uint8Array(small.length);
    const all = [];
    for (const row of table.rows) {
      if ((row.run ?? 0) > longest || (row.needs && !row.needs.some((need) => small.includes(need)))) continue;
      for (const [start, end] of found(row, sources)) {
        if (!taken.subarray(start, end).includes(1)) {
          taken.fill(1, start, end);
          all.push({ kind: row.kind, start: read.starts[start], end: read.ends[end - 1] });
        }
      }
    }
    return all.sort((one, other) => one.start - other.start);
  };

  // Forms.
  const texts = (form) => Array.from(form.elements).filter(
    (field) => field.matches("textarea, input[type=text], input[type=search], input:not([type])")
      && !field.disabled && !field.hasAttribute("data-unguarded"),
  );
  const enoughWords = (reason) => reason.split(/\s+/u).filter(
    (word) => (word.match(/\p{L}/gu) ?? []).length > 1,
  ).length >= sentences.reasonWords;

  const item = (field, { kind, start, end }) => {
    const line = document.createElement("li");
    const link = document.createElement(field.id ? "a" : "q");
    link.textContent = field.value.slice(start, end);
    if (field.id) {
      link.href = `#${field.id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        field.focus();
        field.setSelectionRange(start, end);
      });
    }
    line.append(link, " ", kinds[kind]);
    return line;
  };

  const allows = (form, { moveFocus }) => {
    const notice = form.querySelector("[data-guard-notice]");
    const alert = notice.querySelector("[role=alert]");
    const reason = notice.querySelector("[name=not_case_data]");
    const lines = [];
    let heading = sentences.stopped;
    for (const field of texts(form)) {
      const wrong = suspicions(field.value);
      field.removeAttribute("aria-invalid");
      if (wrong.length) field.setAttribute("aria-invalid", "true");
      lines.push(...wrong.map((one) => item(field, one)));
    }
    if (lines.length && reason.value.trim()) {
      const wrong = suspicions(reason.value);
      if (!enoughWords(reason.value)) {
        heading = sentences.reasonTooShort;
      } else if (wrong.length) {
        heading = sentences.reasonLooksLikeCaseData;
        lines.push(...wrong.map((one) => item(reason, one)));
      } else {
        lines.length = 0;
      }
    }
    if (!lines.length) {
      if (!reason.value.trim()) notice.hidden = true;
      return true;
    }
    notice.hidden = false;
    alert.querySelector("[data-guard-heading]").textContent = heading;
    alert.querySelector("ul").replaceChildren(...lines);
    if (moveFocus) alert.focus();
    return false;
  };

  for (const [deed, moveFocus] of [["submit", true], ["autosave", false]]) {
    document.addEventListener(deed, (event) => {
      const form = event.target;
      if (!form.matches("form[data-guard]") || event.submitter?.hasAttribute("data-unguarded")) return;
      if (!allows(form, { moveFocus })) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }, true);
  }
})();
