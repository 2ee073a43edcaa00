/* What its owner said and the server has not confirmed: kept on the phone first, sent in order, one at a time, again
   and again with the same number until it is accepted, and to be withdrawn while it waits. */
(() => {
  "use strict";
  const PATIENCE = 10000; // ms for an answer
  const AGAIN = 4000; // ms after "not now"

  /* on: {send(frame) → sent?, changed(items), stuck()} */
  const outbox = ({ channel, store, on }) => {
    let items = [];
    let clock = 0;
    let isOpen = false;

    const changed = () => on.changed(items);
    const next = () => items.find((item) => item.state === "waiting" || item.state === "sending");
    const push = () => {
      clearTimeout(clock);
      const item = next();
      if (!isOpen || !item || item.state === "sending") return;
      if (!on.send(item.frame)) return;
      item.state = "sending";
      clock = setTimeout(() => { item.state = "waiting"; changed(); on.stuck(); }, PATIENCE);
      changed();
    };
    const take = (item) => { items = items.filter((one) => one !== item); };
    const found = (client) => items.find((item) => item.client === client);

    return {
      load: async () => {
        items = (await store.waiting(channel)).map((item) => ({ ...item, state: item.state === "refused" ? "refused" : "waiting" }));
        changed();
      },
      open: () => { isOpen = true; push(); },
      down: () => {
        isOpen = false;
        clearTimeout(clock);
        items.forEach((item) => { if (item.state === "sending") item.state = "waiting"; });
        changed();
      },
      add: async (frame, text) => {
        const item = { channel, client: crypto.randomUUID(), at: Date.now(), text, state: "waiting" };
        item.frame = { type: "say", client: item.client, ...frame };
        item.n = await store.post({ ...item });
        items.push(item);
        changed();
        push();
        return item;
      },
      accepted: (frame) => {
        const item = found(frame.client);
        if (!item) return;
        item.state = "stored";
        item.event = frame.event;
        store.sent(item);
        changed();
        push();
      },
      refused: (frame) => {
        const item = found(frame.client);
        if (!item) return;
        clearTimeout(clock);
        if (frame.again) { item.state = "waiting"; changed(); clock = setTimeout(push, AGAIN); return; }
        Object.assign(item, { state: "refused", said: frame.said || "", remedy: frame.remedy || "" });
        store.change({ ...item });
        changed();
        push();
      },
      /* It stands in the log: nothing of it is needed here any more. */
      told: (client) => {
        const item = found(client);
        if (!item) return;
        const was = item.state;
        take(item);
        store.sent(item);
        changed();
        if (was === "sending") push();
      },
      withdraw: async (client) => {
        const item = found(client);
        if (!item || item.state === "sending" || item.state === "stored") return null;
        take(item);
        await store.sent(item);
        changed();
        return item;
      },
      waiting: () => items.filter((item) => item.state === "waiting" || item.state === "sending").length,
      items: () => items,
      empty: () => { items = []; clearTimeout(clock); },
    };
  };
  window.street = Object.assign(window.street || {}, { outbox });
})();
