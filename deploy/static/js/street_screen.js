/* The messages on the screen, in the order of the log: draws each once, puts answers under what they answer, offers
   what can be done with it, and marks how far one's own got. It keeps nothing. */
(() => {
  "use strict";
  const { view } = window.street || {};
  if (!view) return;
  const { words, say, one, log, made } = view;

  /* about: what is known of the channel (me, kinds); eye: street_seen; told(client): it stands in the log */
  const screen = ({ about, eye, told }) => {
    let items = []; // {event, row, answers}; row is null for an answer that stands under its message
    let known = new Map();
    let counts = {};
    let newer = 0;
    let lastDay = "";

    const isOwn = (event) => Boolean(event.by.member) && event.by.member === about.me;
    const canSay = (field) => !about.kinds || about.kinds.kinds.some((kind) => kind.field === field);
    const place = (row) => { const waits = one(".vb-m--wacht", log); if (waits) log.insertBefore(row, waits); else log.append(row); };
    const showNewer = () => {
      const button = one("[data-newer]");
      button.textContent = newer === 1 ? words.newOne : say("new", { n: newer });
      button.hidden = newer === 0;
    };
    const mark = (item) => view.receipt(item.row, counts[item.event.id], Date.now() - new Date(item.event.at));
    const offer = (item) => {
      const { event, row } = item;
      if (!row || view.isLine(event)) return;
      const answers = item.answers || [];
      const mine = (value) => answers.some((answer) => answer.own && answer.value === value);
      const wanted = [];
      if (canSay("street_status") && event.kind === "task" && !answers.some((answer) => answer.value === "done")) {
        wanted.push(made(mine("on_my_way") ? "klaar" : "doe"));
      } else if (canSay("street_status") && event.kind !== "task" && event.kind !== "status" && !isOwn(event) && !mine("understood")) {
        wanted.push(made("begrepen"));
      }
      if (event.kind === "question" && !isOwn(event) && canSay("street_question")) wanted.push(made("antwoord"));
      one("[data-actions]", row).replaceChildren(...wanted);
    };
    /* A quick answer to a message stands under it; returns whether it does. */
    const answer = (event) => {
      const goal = event.kind === "status" && event.target ? known.get(event.target) : null;
      const value = (event.pieces || []).map((piece) => piece.value).find(Boolean);
      const spot = goal && goal.row && value ? one("[data-answers]", goal.row) : null;
      if (!spot || !["understood", "on_my_way", "done"].includes(value)) return false;
      const name = view.nameOf(event.by, about.me);
      goal.answers = (goal.answers || []).filter((said) => said.name !== name || said.value !== value).concat({ name, value, own: isOwn(event) });
      const list = (wanted) => goal.answers.filter((said) => said.value === wanted).map((said) => said.name).join(", ");
      const parts = [["understood", "understoodBy"], ["on_my_way", "takenBy"], ["done", "doneBy"]];
      spot.textContent = parts.map(([wanted, word]) => (list(wanted) ? say(word, { names: list(wanted) }) : "")).filter(Boolean).join(" · ");
      spot.hidden = false;
      offer(goal);
      return true;
    };

    return {
      has: (id) => known.has(id),
      event: (id) => known.get(id)?.event,
      events: () => items.map((item) => item.event),
      rows: () => items.map((item) => item.row).filter(Boolean),
      row: (id) => known.get(id)?.row,
      isEmpty: () => items.length === 0,
      draw: (event) => {
        one(".vb-st__leeg", log)?.remove();
        const item = { event, row: null };
        if (!answer(event)) {
          const day = view.day(event.at);
          if (day !== lastDay) { const row = made("dag"); one("[data-day]", row).textContent = day; place(row); lastDay = day; }
          item.row = view.message(event, about.me, event.target && known.get(event.target)?.event);
          place(item.row);
          if (window.htmx) window.htmx.process(item.row);
          offer(item);
          if (isOwn(event) && !view.isLine(event)) mark(item);
        }
        items.push(item);
        known.set(event.id, item);
        if (event.client && isOwn(event)) told(event.client);
        eye.add(event, item.row, isOwn(event));
      },
      line: (...content) => { const row = made("regel"); one("[data-line]", row).append(...content); place(row); },
      receipts: (found) => { counts = { ...counts, ...found }; },
      marks: () => items.forEach((item) => { if (item.row && isOwn(item.event) && !view.isLine(item.event)) mark(item); }),
      offers: () => items.forEach(offer),
      came: (event) => { if (!isOwn(event)) { newer += 1; showNewer(); } },
      read: () => { if (newer) { newer = 0; showNewer(); } },
      clear: () => { items = []; known = new Map(); lastDay = ""; newer = 0; showNewer(); log.replaceChildren(); eye.clear(); },
      /* What waits stands below everything else, in the order in which it was said. */
      waiting: (waits) => {
        const atEnd = view.isAtEnd();
        const rows = new Map([...log.querySelectorAll("[data-client]")].map((row) => [row.dataset.client, row]));
        waits.forEach((item) => {
          let row = rows.get(item.client);
          rows.delete(item.client);
          if (!row) {
            one(".vb-st__leeg", log)?.remove();
            row = view.waiting(item);
            log.append(row);
          } else if (row.dataset.state !== item.state) view.mark(row, item);
          row.dataset.state = item.state;
        });
        rows.forEach((row) => row.remove());
        if (atEnd) view.toEnd();
      },
    };
  };
  window.street = Object.assign(window.street || {}, { screen });
})();
