/* The time in the top bar: the server's, carried on by this machine's clock. */
(() => {
  "use strict";

  const place = document.querySelector("[data-clock]");
  if (!place) return;
  const ahead = Date.parse(place.dateTime) - Date.now();
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Ho_Chi_Minh",
    day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });

  function show() {
    const now = new Date(Date.now() + ahead);
    const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
    place.textContent = `${part.hour}:${part.minute} ${part.day}/${part.month}/${part.year}`;
    place.dateTime = now.toISOString();
    setTimeout(show, 60_000 - (now.getTime() % 60_000) + 50);
  }

  show();
})();
