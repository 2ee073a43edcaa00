/* Tells the server how far this phone stored and how far its owner saw; both at most once a second.
   Seen is only what was on the screen of a page that was looked at, and everything before it was seen too. */
(() => {
  "use strict";
  const PAUSE = 1000;

  /* on: {send(frame), remember(seen)}; order: the events on the screen, oldest first, as {id, row, own} */
  const seen = ({ log, on }) => {
    let order = [];
    let upTo = -1; // place in `order` of the last event that was seen
    let remembered = "";
    let told = { stored: "", seen: "" };
    let stored = "";
    let timer = 0;
    const shown = new Set();

    const tell = () => {
      timer = 0;
      if (stored && stored !== told.stored && on.send({ type: "stored", event: stored })) told.stored = stored;
      if (remembered && remembered !== told.seen && on.send({ type: "seen", event: remembered })) told.seen = remembered;
    };
    const soon = () => { timer ||= setTimeout(tell, PAUSE); };
    const advance = () => {
      const before = upTo;
      while (upTo + 1 < order.length && (order[upTo + 1].own || shown.has(order[upTo + 1].id))) upTo += 1;
      if (upTo === before || upTo < 0) return;
      remembered = order[upTo].id;
      on.remember(remembered);
      soon();
    };
    const watch = new IntersectionObserver((entries) => {
      if (document.visibilityState !== "visible") return;
      entries.forEach((entry) => { if (entry.isIntersecting) shown.add(entry.target.dataset.event); });
      if (upTo < 0) {
        /* The first look at this channel: what lies above the screen is history. */
        const first = order.findIndex((one) => shown.has(one.id));
        if (first > 0) upTo = first - 1;
      }
      advance();
    }, { root: log, threshold: 0.6 });

    return {
      start: (known) => { remembered = known || ""; },
      add: (event, row, own) => {
        order.push({ id: event.id, own });
        if (event.id === remembered) upTo = order.length - 1;
        if (row) watch.observe(row);
        else shown.add(event.id);
        if (upTo >= 0) advance();
      },
      stored: (id) => { stored = id; soon(); },
      again: () => { told = { stored: "", seen: "" }; soon(); },
      clear: () => { watch.disconnect(); order = []; upTo = -1; shown.clear(); },
      /* Messages that came while nobody looked are on the screen now. */
      look: (rows) => rows.forEach((row) => { watch.unobserve(row); watch.observe(row); }),
      firstNew: () => (upTo >= 0 && upTo + 1 < order.length ? order[upTo + 1].id : ""),
    };
  };
  window.street = Object.assign(window.street || {}, { seen });
})();
