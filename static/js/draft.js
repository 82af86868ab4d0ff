/* Keeps the intake form on the server while it is typed: after a pause, when a field is left, and
   when the page goes out of sight. A reload of the page brings everything back. */
(() => {
  "use strict";

  // The clock on the wall of the counter, wherever the computer believes to be.
  const HERE = new Intl.DateTimeFormat("vi-VN", {
    hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh",
  });

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

  /* Scans are kept by themselves, when they are chosen: see keepScans. */
  function typedIn(form) {
    const typed = new FormData();
    new FormData(form).forEach((value, name) => {
      if (typeof value === "string") typed.append(name, value);
    });
    return typed;
  }

  const asText = (typed) => new URLSearchParams(typed).toString();

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
    const text = asText(typed);
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
        // Nothing was typed meanwhile: who reads this may switch the computer off.
        if (asText(typedIn(form)) === text) told(`Đã lưu tạm lúc ${HERE.format(new Date())}.`);
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

  /* The scans of one line go to the server once the draft is there; choosing none clears them. */
  async function keepScans(field) {
    await save();
    const form = document.getElementById("receive");
    if (!form || !place() || !version || ended === key) return;
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.set("submission_key", form.elements.submission_key.value);
    sent.set("field", field.name);
    for (const file of field.files) sent.append("files", file);
    try {
      const answer = await fetch(place().dataset.draftScans, {
        method: "POST", body: sent, credentials: "same-origin",
      });
      const said = await answer.json();
      told(answer.ok ? `Đã lưu tạm ${said.kept} bản quét.` : said.message);
    } catch {
      told("Chưa giữ được bản quét vì mất kết nối; bản quét vẫn còn trên trang.");
    }
  }

  /* A draft that is opened again: its scans return into the fields that they were chosen in. */
  async function bringScansBack() {
    const kept = new Map();
    for (const link of document.querySelectorAll("[data-draft-scan]")) {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      if (!answer.ok) continue;
      const file = new File([await answer.blob()], link.textContent, { type: link.dataset.type });
      const name = link.dataset.draftScan;
      kept.set(name, [...(kept.get(name) ?? []), file]);
    }
    for (const [name, files] of kept) {
      const field = document.querySelector(`#receive input[type=file][name="${CSS.escape(name)}"]`);
      if (!field || field.files.length) continue;
      const carried = new DataTransfer();
      for (const file of files) carried.items.add(file);
      field.files = carried.files;
    }
  }
  bringScansBack();

  const isOfForm = (target) => target.closest?.("#receive");
  document.addEventListener("input", (event) => {
    if (!isOfForm(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  document.addEventListener("change", (event) => {
    if (!isOfForm(event.target)) return;
    if (event.target.type === "file") keepScans(event.target);
    else save();
  });
  document.addEventListener("focusout", (event) => {
    if (isOfForm(event.target) && timer) save();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) save();
  });
})();
