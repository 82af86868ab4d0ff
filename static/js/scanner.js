/* A barcode or QR scanner types like a person, only faster, and ends with Enter: a burst that is a
   dossier's code, or the look-up address with one, opens the dossier from wherever one stands,
   through the field of search: what may not be opened is said there. */
(() => {
  "use strict";

  // People leave more than this between two letters, scanners less; measured in milliseconds.
  const GAP = 35;
  const CODE = /^[A-Z][0-9]{2}(?:\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,7}$/;
  const ADDRESS = /^https?:\/\/\S+?\/(?:tra-cuu|ho-so)\/([A-Z0-9.]+-[0-9]{6}-[0-9]{4,7})\/?/i;
  let burst = "";
  let latest = 0;
  let field = null;
  let before = "";

  function codeOf(text) {
    const found = text.trim().match(ADDRESS);
    const code = (found ? found[1] : text.trim()).toUpperCase();
    return CODE.test(code) ? code : "";
  }

  function begin(event) {
    burst = "";
    const isText = /^(?:INPUT|TEXTAREA)$/.test(event.target.tagName) && "selectionStart" in event.target;
    field = isText ? event.target : null;
    before = field ? field.value : "";
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    // A key held down repeats as fast as a scanner types.
    if (event.repeat) return;
    const now = event.timeStamp;
    if (event.key === "Enter") {
      const code = now - latest <= GAP ? codeOf(burst) : "";
      const search = document.querySelector("[data-search]");
      burst = "";
      // A field that gathers codes takes them itself, one in a line.
      if (!code || !search || (field && field.dataset.scans !== undefined)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // What the scanner typed into a field was not meant for it.
      if (field) field.value = before;
      search.value = code;
      search.form.requestSubmit();
      return;
    }
    if (event.key.length !== 1) return;
    if (now - latest > GAP) begin(event);
    burst += event.key;
    latest = now;
    // Within a burst single letters are no shortcuts: "g", "n" or "x" may stand in an address.
    if (burst.length > 2 && !field) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
})();
