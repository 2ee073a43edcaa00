/* The arrow keys in a table of links: one stop for Tab, arrows from cell to cell, Enter opens (as any link).
   Without this script every cell is a plain link. Nothing here decides what a cell says. */
(() => {
  "use strict";
  const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);
  const linkIn = (row, column) => row && row.cells[column] ? row.cells[column].querySelector("a") : null;

  const makeStop = (table, link) => {
    table.querySelectorAll('td a[tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
    link.tabIndex = 0;
  };
  const start = (table) => {
    const links = [...table.querySelectorAll("td a")];
    links.forEach((link) => { link.tabIndex = -1; });
    const first = links.find((link) => link.hasAttribute("aria-current")) || links[0];
    if (first) first.tabIndex = 0;
  };
  /* The next link in a direction; cells without one (own source) are passed over. */
  const seek = (rows, row, column, down, right) => {
    const width = rows[0].cells.length;
    for (let y = row + down, x = column + right; y >= 0 && y < rows.length && x > 0 && x < width; y += down, x += right) {
      const link = linkIn(rows[y], x);
      if (link) return link;
    }
    return null;
  };
  const edge = (rows, row, last) => {
    const links = [...rows[row].querySelectorAll("td a")];
    return last ? links[links.length - 1] : links[0];
  };
  const steps = {
    ArrowRight: (rows, y, x) => seek(rows, y, x, 0, 1),
    ArrowLeft: (rows, y, x) => seek(rows, y, x, 0, -1),
    ArrowDown: (rows, y, x) => seek(rows, y, x, 1, 0),
    ArrowUp: (rows, y, x) => seek(rows, y, x, -1, 0),
    Home: (rows, y, x, far) => edge(rows, far ? 0 : y, false),
    End: (rows, y, x, far) => edge(rows, far ? rows.length - 1 : y, true),
    PageDown: (rows, y, x) => linkIn(rows[Math.min(y + 8, rows.length - 1)], x),
    PageUp: (rows, y, x) => linkIn(rows[Math.max(y - 8, 0)], x),
  };

  document.addEventListener("keydown", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-grid] td a") : null;
    const step = steps[event.key];
    if (!link || !step || event.altKey || event.metaKey || (event.ctrlKey && !/^(Home|End)$/.test(event.key))) return;
    const table = link.closest("table");
    const rows = rowsOf(table);
    const next = step(rows, rows.indexOf(link.closest("tr")), link.closest("td").cellIndex, event.ctrlKey);
    event.preventDefault();
    if (!next) return;
    makeStop(table, next);
    next.focus();
  });
  document.addEventListener("click", (event) => {
    const back = event.target instanceof Element ? event.target.closest("[data-back]") : null;
    const from = back ? document.querySelector("[data-grid] a[aria-current]") : null;
    if (from) {
      event.preventDefault();
      from.focus({ preventScroll: true });
      from.scrollIntoView({ block: "center", inline: "center" });
    }
    const link = event.target instanceof Element ? event.target.closest("[data-grid] td a") : null;
    if (!link) return;
    const table = link.closest("table");
    table.querySelectorAll("a[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    makeStop(table, link);
  });
  const startAll = () => document.querySelectorAll("[data-grid]").forEach(start);
  document.addEventListener("htmx:afterSettle", (event) => {
    const place = event.detail.target;
    if (!(place instanceof Element)) return;
    if (place.id === "matrix") startAll();
    const cell = document.querySelector("#cel.is-open");
    if (place.id !== "cel" || !cell) return;
    /* On a narrow screen the answer stands above or below what is in view. */
    const box = cell.getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight - 120) cell.scrollIntoView({ block: "start" });
  });
  startAll();
})();
