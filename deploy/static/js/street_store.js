/* What the phone keeps of channels, in IndexedDB: the last messages, what waits to be sent, and what a channel is.
   A message is kept only if each of its pieces stands under an article that allows it (welcome.offline), for as many
   minutes after the server last spoke as the shortest of them; see due(). Nothing here decides what may be read. */
(() => {
  "use strict";
  const NAME = "verbond-street";
  const MOST = 200;
  const STORES = ["events", "outbox", "about"];
  let opening = null;
  const memory = { outbox: [], about: {} }; // where the browser keeps nothing (private window)

  const open = () => {
    opening ||= Promise.resolve(window.streetWiped).then(() => new Promise((resolve) => {
      let asked;
      try { asked = indexedDB.open(NAME, 1); } catch { return resolve(null); }
      asked.onupgradeneeded = () => {
        const db = asked.result;
        db.createObjectStore("events", { keyPath: ["channel", "n"] }).createIndex("channel", "channel");
        db.createObjectStore("outbox", { keyPath: "n", autoIncrement: true }).createIndex("channel", "channel");
        db.createObjectStore("about", { keyPath: "channel" });
      };
      asked.onsuccess = () => {
        const db = asked.result;
        /* Somebody signs out in another window: let go, and forget what is on the screen too. */
        db.onversionchange = () => { db.close(); opening = Promise.resolve(null); document.dispatchEvent(new CustomEvent("street:wiped")); };
        resolve(db);
      };
      asked.onerror = asked.onblocked = () => resolve(null);
    }));
    return opening;
  };
  const act = async (stores, mode, work) => {
    const db = await open();
    if (!db) return undefined;
    return new Promise((resolve, reject) => {
      let found;
      let moved;
      try { moved = db.transaction(stores, mode, { durability: "strict" }); } catch (gone) { return reject(gone); }
      moved.oncomplete = () => resolve(found && "result" in found ? found.result : found);
      moved.onerror = moved.onabort = () => reject(moved.error);
      found = work(...stores.map((name) => moved.objectStore(name)));
    });
  };
  const range = (channel) => IDBKeyRange.bound([channel, -Infinity], [channel, Infinity]);

  const store = {
    works: async () => Boolean(await open()),
    about: async (channel) => (await act(["about"], "readonly", (about) => about.get(channel)).catch(() => undefined)) || memory.about[channel],
    channels: async () => (await act(["about"], "readonly", (about) => about.getAll()).catch(() => [])) || [],
    setAbout: async (about) => { memory.about[about.channel] = about; await act(["about"], "readwrite", (place) => place.put(about)).catch(() => {}); },
    events: async (channel) => (await act(["events"], "readonly", (events) => events.index("channel").getAll(channel)).catch(() => [])) || [],
    keep: (rows) => act(["events"], "readwrite", (events) => { rows.forEach((row) => events.put(row)); }).catch(() => {}),
    drop: (rows) => act(["events"], "readwrite", (events) => { rows.forEach((row) => events.delete([row.channel, row.n])); }).catch(() => {}),
    forget: (channel) => act(["events"], "readwrite", (events) => { events.delete(range(channel)); }).catch(() => {}),
    trim: (channel, n) => act(["events"], "readwrite", (events) => { events.delete(IDBKeyRange.bound([channel, -Infinity], [channel, n - MOST])); }).catch(() => {}),
    /* What waits: stored before it is shown or sent. */
    waiting: async (channel) => {
      const found = await act(["outbox"], "readonly", (outbox) => outbox.index("channel").getAll(channel)).catch(() => undefined);
      return found || memory.outbox.filter((item) => item.channel === channel);
    },
    post: async (item) => {
      const db = await open();
      if (!db) { item.n = memory.outbox.length + 1; memory.outbox.push(item); return item.n; }
      return act(["outbox"], "readwrite", (outbox) => outbox.add(item));
    },
    change: (item) => act(["outbox"], "readwrite", (outbox) => outbox.put(item)).catch(() => {}),
    sent: async (item) => {
      memory.outbox = memory.outbox.filter((one) => one.client !== item.client);
      await act(["outbox"], "readwrite", (outbox) => outbox.delete(item.n)).catch(() => {});
    },
    wipe: async () => {
      memory.outbox = [];
      memory.about = {};
      window.streetWipe.mark("");
      await act(STORES, "readwrite", (...places) => { places.forEach((place) => place.clear()); }).catch(() => {});
    },
    /* All of one channel; other channels stay. */
    wipeChannel: async (channel) => {
      memory.outbox = memory.outbox.filter((item) => item.channel !== channel);
      delete memory.about[channel];
      const waiting = await store.waiting(channel);
      await act(STORES, "readwrite", (events, outbox, about) => {
        events.delete(range(channel));
        about.delete(channel);
        waiting.forEach((item) => outbox.delete(item.n));
      }).catch(() => {});
    },
    wipeRead: () => act(["events", "about"], "readwrite", (events, about) => { events.clear(); about.clear(); }).catch(() => {}),
  };

  /* For how many minutes this event may be kept; 0 for not at all. Withheld pieces hold no content. */
  const minutesOf = (event, offline) => {
    const shortest = Math.min(...Object.values(offline || {}), Infinity);
    const terms = (event.pieces || []).filter((piece) => !piece.withheld).map((piece) => (offline || {})[piece.article] || 0);
    const minutes = Math.min(...terms, shortest);
    return Number.isFinite(minutes) ? minutes : 0;
  };
  const isDue = (row, heard, now = Date.now()) => now < heard || now - heard >= row.minutes * 60000;

  window.street = Object.assign(window.street || {}, { store, minutesOf, isDue });
})();
