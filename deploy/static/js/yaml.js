/* The text of a draft: line numbers that follow what is typed, and findings that lead to their line.
   Without it the page works: the numbers of the text as it came, and links that scroll to them. */
(() => {
  "use strict";
  const parts = () => [document.querySelector("[data-yaml]"), document.querySelector("[data-yaml-lines]")];

  const number = (n) => {
    const item = document.createElement("li");
    item.id = `regel-${n}`;
    item.textContent = n;
    return item;
  };
  const follow = () => {
    const [area, list] = parts();
    if (!area || !list) return;
    const n = area.value.split("\n").length;
    while (list.children.length < n) list.append(number(list.children.length + 1));
    while (list.children.length > n) list.lastElementChild.remove();
    area.rows = n;
  };
  const select = (n) => {
    const [area] = parts();
    if (!area) return;
    const lines = area.value.split("\n");
    const start = lines.slice(0, n - 1).reduce((sum, line) => sum + line.length + 1, 0);
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, start + (lines[n - 1] || "").length);
    area.scrollLeft = 0;
  };
  const arrive = () => {
    const found = /^#regel-(\d+)$/.exec(location.hash);
    if (found) select(Number(found[1]));
  };
  /* The page of a conflict holds all that was typed: what draft.js kept of it would only come back later. */
  const forget = () => document.querySelectorAll("[data-draft-forget]").forEach((mark) => {
    try { localStorage.removeItem(`verbond:draft:${document.body.dataset.reader}:${mark.dataset.draftForget}`); } catch { /* private window */ }
  });
  document.addEventListener("input", (event) => { if (event.target.matches("[data-yaml]")) follow(); });
  document.addEventListener("verbond:page", () => { forget(); follow(); });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[data-line]");
    if (link && link.hash === location.hash) select(Number(link.dataset.line));
    if (event.target instanceof Element && event.target.closest("[data-draft-drop]")) setTimeout(follow);
  });
  addEventListener("hashchange", arrive);
  forget();
  follow();
  arrive();
})();
