/* One-key shortcuts of the meeting. They can be switched off with those of app.js (WCAG 2.1.4). */
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const rows = one("#toetsen-zaal");
  if (rows) one(".vb-toetsen tbody")?.append(...rows.content.querySelectorAll("tr"));
  const isOn = () => { try { return localStorage.getItem("verbond:keys") !== "off"; } catch { return true; } };
  const press = (id) => () => one(id)?.click();
  const focus = (id) => () => { const field = one(id); if (field) { field.focus(); field.setSelectionRange?.(field.value.length, field.value.length); } };
  const keys = { a: focus("#regel"), b: focus("#beeldtekst"), n: press("#knop-volgende"), " ": press("#knop-klok") };
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.repeat || !isOn()) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog, [popover]")) return;
    /* Space on a button or link is that button's own. */
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("#regel, #beeldtekst")) event.target.blur();
  });
})();
