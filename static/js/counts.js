/* Counts that follow along: one small question each half minute, and none while nobody looks. A
   list says that it has changed; it never moves under somebody's hand by itself. */
(() => {
  "use strict";

  const url = document.body.dataset.counts;
  if (!url) return;
  const EVERY = 30_000;
  let tag = "";
  let known = null;

  function show(counts) {
    document.querySelectorAll("[data-live]").forEach((place) => {
      const count = counts[place.dataset.live];
      if (count === undefined) return;
      place.textContent = new Intl.NumberFormat("vi-VN").format(count);
      // In the navigation nothing that waits shows nothing.
      if ("quiet" in place.dataset) place.hidden = count === 0;
    });
    const moved = known && JSON.stringify(known) !== JSON.stringify(counts);
    known = counts;
    const news = document.querySelector("[data-list-news]");
    if (moved && news) news.hidden = false;
  }

  async function ask() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(url, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status !== 200 || answer.redirected) return;
      tag = answer.headers.get("ETag") || "";
      show(await answer.json());
    } catch {
      // The next question comes soon; a lost one is no news.
    }
  }

  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  ask();
})();
