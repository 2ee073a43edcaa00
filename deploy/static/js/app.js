/* What every page does: theme, windows, messages, shortcuts, and the glue to htmx.
   Draft keeping is in draft.js, the pop-up with reasons in explain.js. Nothing here decides what is visible. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;
  const body = document.body;

  /* Messages: spoken and shown, gone after a while. */
  let fading;
  const say = (text) => {
    const place = one("#meld");
    if (!place || !text) return;
    place.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => { place.textContent = ""; }, 6000);
  };
  window.verbond = { say };

  /* Theme: the server writes data-theme from the cookie; the button changes both. */
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme === "dark" || (root.dataset.theme === "auto" && systemDark.matches);
  const markTheme = () => all("[data-theme-toggle]").forEach((button) => button.setAttribute("aria-pressed", isDark()));
  const toggleTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `verbond_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax${secure}`;
    markTheme();
  };
  systemDark.addEventListener("change", markTheme);
  markTheme();

  /* Windows: <dialog id="dlg-NAME"> opened by [data-dialog=NAME]; without scripts the link just works. */
  const openDialog = (name) => {
    const dialog = one(`#dlg-${name}`);
    if (!dialog) return false;
    if (!dialog.open) dialog.showModal();
    return true;
  };
  const closeMenus = (except) => all("details.vb-menu[open], details.vb-bron[open]").forEach((menu) => {
    if (!except || !menu.contains(except)) menu.open = false;
  });

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    closeMenus(target);
    if (target.closest("[data-theme-toggle]")) return toggleTheme();
    const opener = target.closest("[data-dialog]");
    if (opener && !event.metaKey && !event.ctrlKey && openDialog(opener.dataset.dialog)) {
      closeMenus();
      event.preventDefault();
    }
    const closer = target.closest("[data-close]");
    const dialog = closer && closer.closest("dialog");
    if (dialog) { event.preventDefault(); dialog.close(); }
  });

  /* Shortcuts. One-key shortcuts can be switched off (WCAG 2.1.4); the choice stays on this device. */
  const KEYS = "verbond:keys";
  const keysOn = () => { try { return localStorage.getItem(KEYS) !== "off"; } catch { return true; } };
  all("[data-keys-toggle]").forEach((box) => {
    box.checked = keysOn();
    box.addEventListener("change", () => { try { localStorage.setItem(KEYS, box.checked ? "on" : "off"); } catch { /* private window */ } });
  });
  const step = (direction) => {
    const links = all("[data-jk] a").filter((link) => link.offsetParent);
    if (!links.length) return;
    const now = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, now + direction))].focus();
  };
  const shortcuts = { "/": () => openDialog("zoeken"), "?": () => openDialog("toetsen"), j: () => step(1), k: () => step(-1) };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = one("details.vb-menu[open], details.vb-bron[open]");
      if (menu) { menu.open = false; one("summary", menu).focus(); }
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey || !keysOn()) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const action = shortcuts[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  /* Keep the source pop-up of a chip inside the window. */
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!(details instanceof HTMLDetailsElement) || !details.open || !details.matches(".vb-bron")) return;
    const panel = one(".vb-bron__p", details);
    panel.style.insetInlineStart = panel.style.insetInlineEnd = panel.style.insetBlockStart = panel.style.insetBlockEnd = "";
    const box = panel.getBoundingClientRect();
    const over = box.right - (root.clientWidth - 16);
    if (over > 0) { panel.style.insetInlineEnd = "auto"; panel.style.insetInlineStart = `${-over}px`; }
    const chip = details.getBoundingClientRect();
    if (box.bottom > innerHeight && chip.top > box.height + 16) { panel.style.insetBlockStart = "auto"; panel.style.insetBlockEnd = "calc(100% + 0.375rem)"; }
    if (box.left < 16) { panel.style.insetInlineEnd = "auto"; panel.style.insetInlineStart = `${16 - chip.left}px`; }
  }, true);

  /* htmx: send the form token, open the window that a fragment is for, move focus, speak failures. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "get") return;
    const source = event.detail.elt.closest("form") || document;
    const token = one("[name=csrfmiddlewaretoken]", source) || one("[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  const focusNew = (place) => { const goal = one("[data-focus]", place); if (goal) goal.focus({ preventScroll: false }); };
  document.addEventListener("htmx:afterSwap", (event) => {
    const place = event.detail.target;
    if (place.id === "venster-inhoud") {
      const dialog = one("#venster");
      if (!dialog.open) dialog.showModal();
    }
    focusNew(place);
  });
  document.addEventListener("htmx:responseError", () => say(body.dataset.textFailed));
  document.addEventListener("htmx:sendError", () => say(body.dataset.textOffline));
  addEventListener("offline", () => say(body.dataset.textOffline));
  addEventListener("online", () => say(body.dataset.textOnline));

  /* On a narrow screen the tab of this page may lie outside the strip: bring it in. */
  all(".vb-nav [aria-current], .vb-tabs [aria-current]").forEach((link) => {
    const strip = link.closest(".vb-nav, .vb-tabs");
    if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = link.offsetLeft - (strip.clientWidth - link.offsetWidth) / 2;
  });

  /* A page that comes with errors starts at the list of them. */
  const errors = one(".vb-fouten[data-focus], .vb-fout[data-focus]");
  if (errors) errors.focus();

  /* A page restored from the browser's own memory may show what is no longer allowed: ask again. */
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
