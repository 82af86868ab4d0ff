/* Keys of the whole portal: / ? g+letter, Ctrl+Enter, single keys of a page, Enter between fields. */
(() => {
  "use strict";

  const sheet = document.getElementById("key-sheet");
  const modalIsOpen = () => document.querySelector("dialog[open]") !== null;
  let awaitingSection = 0;

  const isTyping = (target) =>
    target.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

  function openSheet() {
    const list = sheet.querySelector("[data-key-list]");
    list.querySelectorAll("[data-of-page]").forEach((row) => row.remove());
    const seen = new Set();
    document.querySelectorAll("[data-key-label]").forEach((element) => {
      const key = element.dataset.keys || element.dataset.key;
      if (!key || seen.has(key)) return;
      seen.add(key);
      const term = document.createElement("dt");
      const words = document.createElement("dd");
      const cap = document.createElement("kbd");
      term.dataset.ofPage = words.dataset.ofPage = "";
      cap.textContent = key;
      term.append(cap);
      words.textContent = element.dataset.keyLabel;
      list.append(term, words);
    });
    sheet.showModal();
  }

  function goTo(letter) {
    document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();
  }

  function focusSearch() {
    const field = document.querySelector("[data-search]");
    field?.focus();
    field?.select();
    return Boolean(field);
  }

  function pressed(event) {
    if (Date.now() - awaitingSection < 1500) {
      awaitingSection = 0;
      goTo(event.key);
      return true;
    }
    if (event.key === "/") return focusSearch();
    if (event.key === "?" && sheet) {
      openSheet();
      return true;
    }
    if (event.key === "g") {
      awaitingSection = Date.now();
      return true;
    }
    const owner = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(
      (element) => element.checkVisibility?.() ?? element.offsetParent !== null,
    );
    owner?.click();
    return Boolean(owner);
  }

  /* Ctrl+Enter sends the form one stands in, or the page's one main form. */
  function sendMainForm(target) {
    const form = target.closest("form[data-primary]") || document.querySelector("form[data-primary]");
    if (!form) return false;
    form.requestSubmit(form.querySelector("[data-primary-button]") || undefined);
    return true;
  }

  /* At the counter Enter moves on; only a button or Ctrl+Enter sends. */
  function moveOn(event) {
    const field = event.target;
    const form = field.closest("form[data-enter-moves]");
    if (!form || !/^(?:INPUT|SELECT)$/.test(field.tagName)) return false;
    if (/^(?:submit|button|file|reset)$/.test(field.type)) return false;
    const fields = [...form.elements].filter(
      (element) =>
        !element.disabled &&
        element.type !== "hidden" &&
        element.tagName !== "FIELDSET" &&
        element.tabIndex >= 0 &&
        (element.checkVisibility?.() ?? element.offsetParent !== null),
    );
    fields[fields.indexOf(field) + 1]?.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    // defaultPrevented: the combobox has used the key; isComposing: Unikey is still writing a letter.
    if (event.defaultPrevented || event.isComposing || event.repeat && event.key === "Enter") return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (sendMainForm(event.target)) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      if (moveOn(event)) event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      closeMenus();
      if (event.target.matches?.("[data-search]")) event.target.blur();
      return;
    }
    if (isTyping(event.target) || modalIsOpen()) return;
    if (pressed(event)) event.preventDefault();
  });

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu === except) return;
      const heldFocus = menu.contains(document.activeElement);
      menu.open = false;
      if (heldFocus) menu.querySelector("summary").focus();
    });
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    if (event.target.closest("[data-open-keys]")) openSheet();
    if (event.target.closest("[data-print]")) window.print();
  });

  // What only a script can do shows itself only when there is a script.
  document.querySelectorAll("[data-open-keys], [data-print]").forEach((element) => {
    element.hidden = false;
  });
  document.querySelector("[data-focus]")?.focus();
})();
