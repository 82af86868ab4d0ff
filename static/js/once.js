/* A form is sent once: its button rests while the answer is on its way. */
(() => {
  "use strict";

  const SENT = "sent";

  function rest(form, submitter) {
    form.dataset[SENT] = "";
    // After the browser has read the form, so that the button's own value goes along.
    setTimeout(() => {
      form.querySelectorAll("button:not([type=button]), input[type=submit]").forEach((button) => {
        if (button.disabled) return;
        button.disabled = true;
        button.dataset.rested = "";
      });
      submitter?.setAttribute("aria-busy", "true");
    });
  }

  function wake(form) {
    delete form.dataset[SENT];
    form.querySelectorAll("[data-rested]").forEach((button) => {
      button.disabled = false;
      delete button.dataset.rested;
    });
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (SENT in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    rest(form, event.submitter);
    // A form that opens another window or saves a file leaves this page where it is.
    if (form.target === "_blank" || "stays" in form.dataset) setTimeout(() => wake(form), 3000);
  }, true);

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form && SENT in form.dataset) wake(form);
  });

  // "Back" may show the page as it was left, with the button at rest.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
  });
})();
