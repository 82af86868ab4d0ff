/* Prints the PDF in the frame; without a script the link to the file does the same. */
(() => {
  "use strict";

  function reveal() {
    document.querySelectorAll("[data-print-frame]").forEach((button) => {
      button.hidden = false;
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print-frame]");
    if (!button) return;
    const paper = document.getElementById(button.dataset.printFrame).contentWindow;
    paper.focus();
    paper.print();
  });

  document.addEventListener("htmx:afterSettle", reveal);
  reveal();
})();
