/* Ordering an agenda by dragging or with Alt and an arrow key. The server does the ordering; without this script the
   arrow buttons do the same. */
(() => {
  "use strict";
  let dragged = null;
  const form = (element) => element.closest("[data-order]");
  const rows = (list) => [...list.querySelectorAll(":scope > [data-item]")];

  const send = (list, item) => {
    const place = form(list);
    place.querySelector("[data-drag-item]").value = item.dataset.item;
    place.querySelector("[data-drag-to]").value = String(rows(list).indexOf(item) + 1);
    place.requestSubmit();
  };

  document.addEventListener("dragstart", (event) => {
    const item = event.target instanceof Element && event.target.closest("[data-order] [data-item][draggable]");
    if (!item) return;
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
    // Nothing of the row itself: what is dragged out of the window carries no words.
    event.dataTransfer.setData("text/plain", "");
    item.classList.add("is-sleep");
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target instanceof Element && event.target.closest("[data-item]");
    if (!over || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    over.parentElement.insertBefore(dragged, after ? over.nextSibling : over);
  });
  document.addEventListener("drop", (event) => {
    if (dragged) event.preventDefault();
  });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-sleep");
    send(dragged.parentElement, dragged);
    dragged = null;
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key) || !(event.target instanceof Element)) return;
    const item = event.target.closest("[data-order] [data-item][draggable]");
    if (!item) return;
    event.preventDefault();
    const button = item.querySelector(event.key === "ArrowUp" ? "[name=up]" : "[name=down]");
    // A click, and no requestSubmit: htmx learns from a click which button it was.
    if (button) button.click();
  });
})();
