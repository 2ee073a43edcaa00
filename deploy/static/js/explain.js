/* The pop-up with the reason chain: placed beside what was asked about, closed with Esc, focus goes back.
   The chain itself comes from the server as a fragment; without scripts the same link opens a page. */
(() => {
  "use strict";
  const pop = document.querySelector("#waarom");
  const content = document.querySelector("#waarom-inhoud");
  if (!pop || !content || !pop.showPopover) return;
  const MARGIN = 16;
  const GAP = 8;
  const PATIENCE = 300; // ms before grey lines show; a faster answer shows no flash
  let anchor = null;
  let waiting = 0;

  const isOpen = () => pop.matches(":popover-open");
  const place = () => {
    if (!anchor || !anchor.isConnected) return;
    const from = anchor.getBoundingClientRect();
    const box = pop.getBoundingClientRect();
    const left = Math.max(MARGIN, Math.min(from.left, innerWidth - box.width - MARGIN));
    const below = from.bottom + GAP;
    const above = from.top - box.height - GAP;
    const fits = below + box.height <= innerHeight - MARGIN;
    const top = fits ? below : above >= MARGIN ? above : Math.max(MARGIN, innerHeight - box.height - MARGIN);
    pop.style.left = `${left}px`;
    pop.style.top = `${top}px`;
  };
  const show = () => { if (!isOpen()) pop.showPopover(); place(); };
  const isOurs = (event) => event.detail.target === content;

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!isOurs(event)) return;
    const asker = event.detail.elt;
    if (!pop.contains(asker)) anchor = asker.closest("details.vb-bron")?.querySelector("summary") || asker;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      content.replaceChildren(document.querySelector("#laden").content.cloneNode(true));
      show();
    }, PATIENCE);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!isOurs(event)) return;
    clearTimeout(waiting);
    if (event.detail.failed && !event.detail.xhr.response && isOpen()) pop.hidePopover();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!isOurs(event)) return;
    clearTimeout(waiting);
    show();
    const heading = content.querySelector("h1, h2");
    if (heading) { heading.id = "waarom-kop"; pop.setAttribute("aria-labelledby", "waarom-kop"); }
    place();
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  });
  document.querySelectorAll("[data-hide]").forEach((button) => button.addEventListener("click", () => pop.hidePopover()));
  pop.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    content.replaceChildren();
    if (anchor && anchor.isConnected && (document.activeElement === document.body || pop.contains(document.activeElement))) anchor.focus();
  });
  addEventListener("resize", () => { if (isOpen()) place(); });
  addEventListener("scroll", () => { if (isOpen()) place(); }, { passive: true });
})();
