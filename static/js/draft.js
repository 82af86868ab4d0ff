/* Keeps the intake form on the server while it is typed: after a pause, when a field is left, and
   when the page goes out of sight. A reload of the page brings everything back. */
(() => {
  "use strict";

  const PAUSE = 700;
  const place = () => document.getElementById("drafts");
  let timer = 0;
  let isSaving = false;
  let isWaiting = false;
  let last = "";
  let ended = "";
  let key = "";
  let version = 0;

  function told(words) {
    const line = place()?.querySelector("[data-draft-said]");
    if (!line) return;
    line.textContent = words;
    line.hidden = !words;
  }

  /* Scans stay in the browser: what is kept is what was typed. */
  function typedIn(form) {
    const typed = new FormData();
    new FormData(form).forEach((value, name) => {
      if (typeof value === "string") typed.append(name, value);
    });
    return typed;
  }

  function take(form) {
    const own = form.elements.submission_key.value;
    if (own === key) return;
    key = own;
    const isRestored = location.pathname.includes(own);
    version = isRestored ? Number(place().dataset.draftVersion) : 0;
    last = "";
  }

  async function save() {
    clearTimeout(timer);
    const form = document.getElementById("receive");
    if (!form || !place() || "sent" in form.dataset) return;
    take(form);
    if (ended === key) return;
    const typed = typedIn(form);
    const text = new URLSearchParams(typed).toString();
    if (text === last) return;
    if (isSaving) {
      isWaiting = true;
      return;
    }
    isSaving = true;
    typed.set("draft_version", version);
    try {
      const answer = await fetch(place().dataset.draftSave, {
        method: "POST", body: typed, keepalive: text.length < 50_000, credentials: "same-origin",
      });
      const said = await answer.json();
      if (answer.ok) {
        last = text;
        version = said.version;
        // A reload, or a browser that restores its tabs after a power cut, opens this very draft.
        if (location.pathname !== said.url) history.replaceState(history.state, "", said.url);
        told(`Đã lưu tạm lúc ${new Date().toTimeString().slice(0, 5)}.`);
      } else if (answer.status === 409) {
        ended = key;
        told(said.code === "received" ? "" : said.message);
      } else if (answer.status !== 422) {
        told("Chưa lưu tạm được; nội dung vẫn còn trên trang.");
      }
    } catch {
      told("Chưa lưu tạm được vì mất kết nối; nội dung vẫn còn trên trang.");
    }
    isSaving = false;
    if (isWaiting) {
      isWaiting = false;
      save();
    }
  }

  const isOfForm = (target) => target.closest?.("#receive");
  document.addEventListener("input", (event) => {
    if (!isOfForm(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  document.addEventListener("change", (event) => { if (isOfForm(event.target)) save(); });
  document.addEventListener("focusout", (event) => {
    if (isOfForm(event.target) && timer) save();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) save();
  });
})();
