/* What the worker does when it is woken: say that something is new, no more, and open what its owner was called for,
   or else the channels. The server says where to, to who is signed in: the push itself holds nothing. */
(() => {
  "use strict";
  const LIST = "/straat/";
  const whereTo = async () => {
    try {
      const answer = await fetch("/straat/oproep/", { cache: "no-store", credentials: "same-origin", redirect: "error", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(3000) });
      return answer.ok ? (await answer.json()).to : LIST;
    } catch { return LIST; } /* no network, or signed out: the list says so */
  };
  addEventListener("push", (event) => {
    /* What came along is not read: it is the same for everything. */
    event.waitUntil(self.registration.showNotification("Verbond", { body: self.verbondNews, tag: "verbond", renotify: true, requireInteraction: true }));
  });
  addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil((async () => {
      const to = await whereTo();
      const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
      const here = open.find((one) => { const { pathname } = new URL(one.url); return to === LIST ? pathname.startsWith(LIST) : pathname === to; });
      if (here) return here.focus();
      return clients.openWindow(to);
    })());
  });
})();
