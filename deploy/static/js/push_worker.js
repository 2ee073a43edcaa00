/* What the worker does when it is woken: say that something is new, no more, and open the list of channels. */
(() => {
  "use strict";
  const LIST = "/straat/";
  addEventListener("push", (event) => {
    /* What came along is not read: it is the same for everything. */
    event.waitUntil(self.registration.showNotification("Verbond", { body: "Er is iets nieuws", tag: "verbond", renotify: true, requireInteraction: true }));
  });
  addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil((async () => {
      const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
      const here = open.find((one) => new URL(one.url).pathname.startsWith(LIST));
      if (here) return here.focus();
      return clients.openWindow(LIST);
    })());
  });
})();
