/* Worklists: j and k move, Enter opens, x marks. A list says data-list; its rows hold one .row-link. */
(() => {
  "use strict";

  const rows = () => [...document.querySelectorAll("[data-list] tr:has(.row-link)")];
  const isTyping = (target) =>
    target.isContentEditable || /^(?:SELECT|TEXTAREA)$/.test(target.tagName) ||
    (target.tagName === "INPUT" && target.type !== "checkbox");

  function mark(row) {
    rows().forEach((other) => other.toggleAttribute("data-current", other === row));
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.hasAttribute("data-current"));
    const row = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    mark(row);
    // Focus goes along, so that a screen reader says the row and Enter needs no script.
    row.querySelector(".row-link").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function toggle() {
    const box = document.querySelector("[data-list] tr[data-current] input[data-mark]");
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (!document.querySelector("[data-list]")) return;
    const act = { j: () => move(1), k: () => move(-1), x: toggle }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-list] tr");
    if (row && event.target.matches(".row-link, [data-mark]")) mark(row);
  });

  function countMarked() {
    const marked = document.querySelectorAll("[data-mark]:checked").length;
    document.querySelectorAll("[data-marked-count]").forEach((place) => {
      place.textContent = marked;
    });
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-mark-all]")) {
      event.target.closest("table").querySelectorAll("[data-mark]").forEach((box) => {
        box.checked = event.target.checked;
      });
    }
    if (event.target.matches("[data-mark], [data-mark-all]")) countMarked();
  });
  countMarked();
})();
