/* An open page with case data asks whether the rules it was made under still apply. When they changed, what it
   shows is hidden at once and read anew: the server decides again. What was typed is kept by draft.js. */
(() => {
  "use strict";
  const { pulse, pulseUrl, pulseMs, textGone, endsMs, textEnded } = document.body.dataset;
  if (!pulse) return;
  const SAID = "verbond:pulse";
  const OFFLINE_MINUTES = 60;
  const made = performance.now();
  let heard = made;
  let asking = false;

  try {
    const said = sessionStorage.getItem(SAID);
    sessionStorage.removeItem(SAID);
    if (said) addEventListener("load", () => window.verbond && window.verbond.say(said));
  } catch { /* private window: the page is read anew without a word */ }

  const hide = () => document.documentElement.classList.add("vb-stil");
  const show = () => document.documentElement.classList.remove("vb-stil");
  const readAnew = (said) => {
    hide();
    try { sessionStorage.setItem(SAID, said); } catch { /* see above */ }
    location.reload();
  };

  /* A right that ends at a known moment (break-glass): counted from when the page was asked for, so never late. */
  const isOver = () => endsMs !== undefined && performance.now() >= Number(endsMs);
  if (endsMs !== undefined) setTimeout(() => readAnew(textEnded), Math.max(0, Number(endsMs) - performance.now()));

  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      const since = Math.ceil((performance.now() - made) / 1000);
      const answer = await fetch(`${pulseUrl}?was=${encodeURIComponent(pulse)}&sec=${since}`, {
        headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(5000),
      });
      if (answer.status === 204) { heard = performance.now(); show(); return; }
      if (answer.status === 200) return readAnew((await answer.json()).said);
      if (answer.status === 401 || answer.status === 403) return readAnew("");
    } catch { /* no connection: the next beat asks again */ } finally { asking = false; }
    if (performance.now() - heard > OFFLINE_MINUTES * 60000 && textGone) {
      document.querySelector("main").replaceChildren(textGone);
    }
  };

  const beat = () => { if (document.visibilityState === "visible") ask(); };
  setInterval(beat, Number(pulseMs));
  /* A page that was out of sight asks before it shows anything; a page from the back-forward cache likewise. */
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return;
    if (isOver()) return readAnew(textEnded);
    if (performance.now() - heard > 2000 && navigator.onLine) hide();
    ask().then(show);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) { hide(); ask().then(show); } });
})();
