/* A field that offers what the server finds: arrows choose, Enter takes, Escape closes.
   htmx fetches the options; the choice goes into the hidden field beside it, which fires "change". */
(() => {
  "use strict";

  const parts = (box) => ({
    input: box.querySelector("[role=combobox]"),
    value: box.querySelector("input[type=hidden]"),
    list: box.querySelector("[role=listbox]"),
    status: box.querySelector("[data-combobox-status]"),
  });
  const options = (list) => [...list.querySelectorAll("[role=option]")];
  const chosen = (list) => list.querySelector('[role=option][aria-selected="true"]');

  function open(box, isOpen) {
    const { input, list } = parts(box);
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) point(box, null);
  }

  function point(box, option) {
    const { input, list } = parts(box);
    options(list).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function setValue(box, value) {
    const field = parts(box).value;
    if (field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function take(box, option) {
    parts(box).input.value = option.dataset.label;
    setValue(box, option.dataset.value);
    open(box, false);
  }

  function step(box, by) {
    const { list } = parts(box);
    const all = options(list);
    if (!all.length) return;
    if (list.hidden) open(box, true);
    const at = all.indexOf(chosen(list));
    point(box, all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length]);
  }

  const keys = {
    ArrowDown: (box) => (step(box, 1), true),
    ArrowUp: (box) => (step(box, -1), true),
    Enter(box) {
      const { list } = parts(box);
      if (list.hidden || !chosen(list)) return false;
      take(box, chosen(list));
      return true;
    },
    Escape(box) {
      if (parts(box).list.hidden) return false;
      open(box, false);
      return true;
    },
  };

  // On the way down, so that Enter takes the option before keyboard.js moves to the next field.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const box = event.target.closest?.("[data-combobox]");
    if (!box || !event.target.matches("[role=combobox]") || !(event.key in keys)) return;
    if (keys[event.key](box)) event.preventDefault();
  }, true);

  // Other words, other choice: what was chosen before no longer stands.
  document.addEventListener("input", (event) => {
    const box = event.target.closest?.("[data-combobox]");
    if (box && event.target.matches("[role=combobox]")) setValue(box, "");
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const box = event.detail.target.closest?.("[data-combobox]");
    if (!box) return;
    const { input, list, status } = parts(box);
    const all = options(list);
    all.forEach((option, index) => {
      option.id = `${list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    const isWanted = document.activeElement === input && list.children.length > 0;
    open(box, isWanted);
    if (isWanted && all.length) point(box, all[0]);
    status.textContent = all.length ? `${all.length} kết quả.` : "Không có kết quả.";
  });

  // Not "click": the field would lose focus and close the list before the click lands.
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("[data-combobox] [role=option]");
    if (!option) return;
    event.preventDefault();
    take(option.closest("[data-combobox]"), option);
  });

  document.addEventListener("focusout", (event) => {
    const box = event.target.closest?.("[data-combobox]");
    if (box && !box.contains(event.relatedTarget)) open(box, false);
  });
})();
