/* A public form is sent once: a second press while it is under way does nothing. [data-once] */
(() => {
  "use strict";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    /* A page that comes back from the browser's memory may be sent again. */
    addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
  });
})();
