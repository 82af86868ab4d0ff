/* When a part of the page could not be fetched, say so: silence would look like success. */
(() => {
  "use strict";

  const place = document.getElementById("live");

  function say(words) {
    if (!place) return;
    const message = document.createElement("p");
    message.className = "message message--error";
    message.textContent = words;
    place.replaceChildren(message);
  }

  document.addEventListener("htmx:sendError", () =>
    say("Không kết nối được máy chủ. Hãy kiểm tra mạng rồi thử lại; nội dung đã nhập vẫn còn."));
  document.addEventListener("htmx:timeout", () =>
    say("Máy chủ trả lời quá chậm. Hãy thử lại; nội dung đã nhập vẫn còn."));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 403) say("Phiên làm việc đã hết hoặc vai trò không được làm việc này. Hãy tải lại trang.");
    else if (status === 404) say("Nội dung này không còn. Hãy tải lại trang.");
    else say("Máy chủ gặp lỗi, chưa có gì được ghi. Hãy thử lại sau ít phút.");
  });
  document.addEventListener("htmx:beforeRequest", () => place?.replaceChildren());
  // An error summary that arrives with a part of the page takes the focus like one on a whole page.
  document.addEventListener("htmx:afterSettle", (event) =>
    event.detail.elt.querySelector?.("[data-focus]")?.focus());
})();
