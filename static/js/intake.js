/* The intake page: one Enter leaves a row of choices, Ctrl+Enter in a refusal refuses,
   whole groups of papers are ticked at once, and an earlier applicant fills in. */
(() => {
  "use strict";

  const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

  function leaveRow(radio) {
    const fields = [...radio.form.elements].filter(
      (field) => !field.disabled && field.type !== "hidden" && field.tagName !== "FIELDSET" && isShown(field),
    );
    const row = fields.filter((field) => field.name === radio.name);
    fields[fields.indexOf(row[row.length - 1]) + 1]?.focus();
  }

  // On the way down, before keyboard.js takes Enter for the whole portal.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const { target } = event;
    if (event.ctrlKey || event.metaKey) {
      const refusal = target.closest?.("#receive .confirm__question");
      const button = refusal?.querySelector("[data-refuse]") ?? document.querySelector("#receive [data-primary-button]");
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      // A click, not requestSubmit(): htmx would send to the address of whichever button has the focus.
      button.click();
    } else if (target.matches?.("#receive input[type=radio]")) {
      event.preventDefault();
      leaveRow(target);
    }
  }, true);

  function fill(button) {
    const form = button.form;
    ["name", "phone", "email", "address"].forEach((name) => {
      if (button.dataset[name]) form.elements[name].value = button.dataset[name];
    });
    form.elements.phone.focus();
  }

  function tickAll(button) {
    const boxes = [...button.closest("[role=group]").querySelectorAll(":scope > .paper [data-received]")];
    const isWanted = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = isWanted; });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-fill]")) {
      event.preventDefault();
      fill(button);
    } else if (button?.matches("[data-tick-all]")) {
      tickAll(button);
    }
  });

  // What only a script can do shows itself only when there is a script.
  function reveal() {
    document.querySelectorAll("[data-tick-all][hidden]").forEach((button) => { button.hidden = false; });
  }

  document.addEventListener("htmx:afterSwap", reveal);
  reveal();
  if (!document.getElementById("receive")) document.getElementById("id_procedure")?.focus();
})();
