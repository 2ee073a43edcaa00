/* Takes what a street team's phone kept off the device: at sign-out, and as soon as somebody else is signed in.
   Loaded by every page; the stores themselves are kept in street_store.js. */
(() => {
  "use strict";
  const NAME = "verbond-street";
  const MARK = "verbond:street";
  if (!window.indexedDB) return;
  const reader = document.body.dataset.reader || "";
  const read = () => { try { return localStorage.getItem(MARK) || ""; } catch { return ""; } };
  const write = (value) => { try { if (value) localStorage.setItem(MARK, value); else localStorage.removeItem(MARK); } catch { /* private window */ } };

  /* Other pages let go of the store when it is deleted; a second is enough even on a slow phone. */
  const wipe = () => new Promise((resolve) => {
    write("");
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = resolve;
    setTimeout(resolve, 1000);
  });

  /* A session that ended by itself: what was read goes, what waits to be sent stays for its sender. */
  const wipeRead = () => {
    const asked = indexedDB.open(NAME);
    asked.onsuccess = () => {
      const db = asked.result;
      const names = ["events", "about"].filter((name) => db.objectStoreNames.contains(name));
      if (names.length) names.forEach((name) => db.transaction(name, "readwrite").objectStore(name).clear());
      db.close();
    };
  };
  if (!reader && read() && !document.querySelector("#straat")) wipeRead();

  if (reader && read() && read() !== reader) window.streetWiped = wipe();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-signout]") || form.dataset.wiped || !read()) return;
    event.preventDefault();
    form.dataset.wiped = "1";
    wipe().then(() => form.submit());
  });
  window.streetWipe = { mark: (value) => write(value), reader: read, wipe };
})();
