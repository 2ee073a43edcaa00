/* Waking this device: asked for by a button with data-push, and taken back by the same. window.street.push has on, off
   and isOn. The server is told where, never what for. */
(() => {
  "use strict";
  const token = () => { const field = document.querySelector("[name=csrfmiddlewaretoken]"); return field ? field.value : ""; };
  const tell = (path, body) => fetch(path, { method: "POST", cache: "no-store", headers: { "Content-Type": "application/json", "X-CSRFToken": token() }, body: JSON.stringify(body) });
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const standing = async () => (can ? (await navigator.serviceWorker.ready).pushManager.getSubscription() : null);
  const push = {
    can,
    isOn: async () => Boolean(await standing()) && Notification.permission === "granted",
    on: async () => {
      if (!can || (await Notification.requestPermission()) !== "granted") return false;
      const { key } = await (await fetch("/straat/push/", { cache: "no-store" })).json();
      if (!key) return false;
      const found = (await standing()) || (await (await navigator.serviceWorker.ready).pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) }));
      return (await tell("/straat/push/aan/", found.toJSON())).ok;
    },
    off: async () => {
      const found = await standing();
      if (!found) return;
      await tell("/straat/push/uit/", { endpoint: found.endpoint });
      await found.unsubscribe();
    },
  };
  window.street = Object.assign(window.street || {}, { push });
  document.querySelectorAll("[data-push]").forEach(async (button) => {
    const draw = async () => button.setAttribute("aria-pressed", String(await push.isOn()));
    button.hidden = !can;
    if (!can) return;
    button.addEventListener("click", async () => { await ((await push.isOn()) ? push.off() : push.on()); draw(); });
    /* Whoever signed in anew goes on being woken: the server forgot the device with the session before. */
    if (await push.isOn()) push.on();
    draw();
  });
})();
