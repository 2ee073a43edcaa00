/* The running meeting: screens follow the bell, the joint view goes key press by key press, nothing typed is lost.
   Nothing here decides what is visible: a ring only makes the page ask, and the server decides anew.
   Frames and close codes: docs/overleg.md. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("vb-js");

  /* ---- What is typed in a field [data-keep] stays on this device until it was sent (the frames of draft.js). ---- */
  const MINUTES = 60;
  const PREFIX = `verbond:draft:${document.body.dataset.reader || ""}:`;
  const store = (() => { try { localStorage.setItem("verbond:probe", "1"); localStorage.removeItem("verbond:probe"); return localStorage; } catch { return null; } })();
  const parse = (text) => { try { return JSON.parse(text || "null"); } catch { return null; } };
  const keep = (key, value) => { if (store) store.setItem(PREFIX + key, JSON.stringify({ until: Date.now() + MINUTES * 60000, ...value })); };
  const drop = (key) => { if (store) store.removeItem(PREFIX + key); };
  const kept = (key) => { const found = store && parse(store.getItem(PREFIX + key)); return found && found.until > Date.now() ? found : null; };
  const keptOf = (start) => (store ? Object.keys(store).filter((key) => key.startsWith(PREFIX + start)).map((key) => key.slice(PREFIX.length)) : []);

  const uuid = () => (crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16)));
  const number = (form) => all("[data-submission]", form).forEach((field) => { if (!field.value) field.value = uuid(); });
  const restore = (root = document) => all("[data-keep]", root).forEach((field) => {
    if (field.dataset.restored) return;
    field.dataset.restored = "1";
    const found = kept(field.dataset.keep);
    if (found && found.text !== field.value) {
      field.value = found.text;
      if (found.number) all("[data-submission]", field.form).forEach((place) => { place.value = found.number; });
      const fold = field.closest("details");
      if (fold) fold.open = true;
    }
    if (field.form) number(field.form);
  });
  document.addEventListener("input", (event) => {
    const field = event.target.closest?.("[data-keep]");
    if (field) keep(field.dataset.keep, { text: field.value, number: one("[data-submission]", field.form)?.value });
  });
  /* Sent and accepted: the field is emptied, the number is used up, and the page asks for what changed. */
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (!(form instanceof HTMLFormElement) || event.detail.xhr?.status !== 204) return;
    all(".vb-fout-plek, .vb-lees", form).forEach((place) => place.replaceChildren());
    all("#fout-loop, #fout-zitten, #fout-regel, #fout-beeld, #fout-mee").forEach((place) => { if (place.id === form.getAttribute("hx-target")?.slice(1)) place.replaceChildren(); });
    all("[data-keep]", form).forEach((field) => { drop(field.dataset.keep); if (field.tagName === "INPUT") field.value = ""; });
    all("[data-submission]", form).forEach((field) => { field.value = uuid(); });
    const life = form.closest(".vb-leef");
    if (life) {
      one("[data-filled]", life).hidden = !one("textarea", form).value.trim();
      window.verbond?.say(life.closest("[data-text-saved]")?.dataset.textSaved || "");
    }
    form.dispatchEvent(new CustomEvent("verbond:gedaan", { bubbles: true }));
  });
  restore();

  const zaal = one("#zaal");
  if (!zaal) return;
  const { kind, socket: path, state: stateUrl } = zaal.dataset;
  const words = (name) => zaal.dataset[`text${name}`] || "";
  const item = () => one("#kop")?.dataset.item || "";

  /* ---- Following: a ring asks for parts; a revision that is higher than shown asks for all of them. ---- */
  let shown = Number(zaal.dataset.revision);
  let asked = 0;
  let behind = 0;
  const PARTS = { attendance: ["kop", "feiten", "woorden"], item: ["kop"], meeting: ["kop"], clock: ["kop"], work: ["woorden"] };
  const busy = new Set();
  const again = new Set();
  const ask = (part) => {
    const place = one(`[data-part="${part}"]`);
    if (!place || !window.htmx) return;
    if (busy.has(part)) { again.add(part); return; }
    busy.add(part);
    asked = performance.now();
    window.htmx.trigger(place, "ring");
  };
  const askAll = () => ["kop", "feiten", "woorden"].forEach(ask);
  const hide = () => zaal.classList.add("is-rekent");
  const done = (part) => {
    busy.delete(part);
    if (part === "feiten" || part === "woorden") { if (!busy.has("feiten") && !busy.has("woorden")) zaal.classList.remove("is-rekent"); }
    if (again.delete(part)) ask(part);
  };
  const ring = (what) => {
    if (what === "rules" || what === "attendance" || what === "item") { hide(); editor?.flush(); }
    if (what === "rules") return readAnew();
    (PARTS[what] || ["kop", "feiten", "woorden"]).forEach(ask);
  };
  const head = (revision) => {
    if (revision <= shown) return;
    behind = Math.max(behind, revision);
    /* A part that is on its way may be it: look again in a moment. */
    setTimeout(() => { if (behind > shown) askAll(); }, performance.now() - asked < 1200 ? 1200 : 0);
  };
  document.addEventListener("htmx:afterSettle", () => { watchItem(); });
  document.addEventListener("htmx:afterRequest", (event) => {
    /* The part itself was replaced; the event comes from what is around it. */
    const part = event.detail.requestConfig?.elt?.dataset?.part;
    if (!part) return;
    done(part);
    const fresh = one(`[data-part="${part}"]`);
    const revision = Number(fresh?.dataset.revision || 0);
    /* One change further is what rang; more means that a ring was lost on the way. */
    if (revision > shown + 1 && part !== "kop" && !busy.size && !again.size && behind <= shown) { shown = revision; askAll(); } else { shown = Math.max(shown, revision); }
    if (part === "woorden") editor?.refresh();
    if (part === "kop") timers();
    restore();
  });
  /* Another item (or none) came up: the page is read anew, after what was typed was kept. */
  const opened = item();
  const state = one("#kop")?.dataset.state;
  let leaving = false;
  const readAnew = () => {
    if (leaving) return;
    leaving = true;
    editor?.flush();
    location.reload();
  };
  const watchItem = () => { if (item() !== opened || one("#kop")?.dataset.state !== state) readAnew(); };
  document.addEventListener("verbond:gedaan", () => { if (!isOpen()) askAll(); });

  /* ---- The clock of the item and of the day: counted here, set by the server. ---- */
  let since = performance.now();
  const two = (n) => String(n).padStart(2, "0");
  const timers = () => { since = performance.now(); };
  const tick = () => {
    const passed = Math.floor((performance.now() - since) / 1000);
    all("[data-timer]").forEach((place) => {
      const seconds = Number(place.dataset.seconds) + (place.dataset.runs === "1" ? passed : 0);
      one("[data-timer-text]", place).textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
      place.classList.toggle("is-over", seconds > Number(place.dataset.most));
      const bar = place.parentElement.querySelector("progress");
      if (bar) bar.value = seconds;
    });
    const now = new Date();
    all("[data-clock]").forEach((place) => { place.textContent = `${two(now.getHours())}:${two(now.getMinutes())}`; });
  };
  setInterval(tick, 1000);

  /* ---- The socket; while it is away the page asks for the revision itself. ---- */
  let socket = null;
  let wait = 500;
  let lost = false;
  const isOpen = () => socket !== null && socket.readyState === WebSocket.OPEN;
  const send = (frame) => { if (!isOpen()) return false; socket.send(JSON.stringify(frame)); return true; };
  const notice = (text) => {
    const place = one("#verbinding");
    place.hidden = !text;
    one("span", place).textContent = text;
  };
  const gone = (said) => {
    hide();
    notice(said || words("Gone"));
    setTimeout(() => location.reload(), 600);
  };
  const frames = {
    hello: (frame) => {
      wait = 500;
      if (lost) { notice(""); window.verbond?.say(words("Back")); }
      lost = false;
      head(frame.revision);
      editor?.resend();
    },
    ring: (frame) => (frame.what === "head" ? head(frame.revision) : ring(frame.what)),
    typed: (frame) => { if (frame.item === opened) editorOrList(frame); },
    stored: (frame) => editor?.stored(frame),
    refused: (frame) => editor?.refused(frame),
    revoked: (frame) => { revoked = true; gone(frame.said); },
  };
  let revoked = false;
  const connect = () => {
    if (isOpen() || (socket && socket.readyState === WebSocket.CONNECTING)) return;
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`);
    socket.addEventListener("message", (event) => { const frame = parse(event.data); if (frame && frames[frame.type]) frames[frame.type](frame); });
    socket.addEventListener("close", () => {
      if (revoked || leaving) return;
      if (!lost) { lost = true; notice(words("Away")); }
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 5000);
    });
  };
  addEventListener("offline", () => { lost = true; notice(words("Away")); if (socket) socket.close(); });
  addEventListener("online", connect);
  setInterval(async () => {
    if (isOpen() || revoked || !navigator.onLine) return;
    try {
      const answer = await fetch(stateUrl, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(4000) });
      if (answer.ok) head((await answer.json()).revision);
    } catch { /* still away; the next beat asks again */ }
  }, 1500);

  /* ---- The joint view. ---- */
  const lineOf = (domain) => one(`#woorden [data-domain="${CSS.escape(domain)}"]`);
  const inList = (domain, text) => {
    const line = lineOf(domain);
    if (!line) return;
    one("[data-text]", line).textContent = text;
    line.classList.add("is-typt");
    clearTimeout(line.fading);
    line.fading = setTimeout(() => line.classList.remove("is-typt"), 1500);
  };
  const editorOrList = (frame) => {
    if (editor && frame.by === editor.client) return;
    if (!lineOf(frame.domain)) ask("woorden");
    inList(frame.domain, frame.text);
    editor?.typed(frame);
  };

  class Editor {
    constructor(form) {
      this.form = form;
      this.field = one("textarea", form);
      this.domain = one("select", form);
      this.clash = one("[data-editor-clash]", form);
      this.status = one("[data-editor-state]", form);
      this.client = (() => { try { return sessionStorage.client || (sessionStorage.client = uuid()); } catch { return uuid(); } })();
      form.elements.client.value = this.client;
      this.seq = 0;
      this.dirty = false;
      this.typing = false;
      this.base = {};
      this.field.addEventListener("input", () => this.press());
      this.field.addEventListener("blur", () => this.flush());
      this.domain.addEventListener("change", () => { this.flush(this.before); this.show(); });
      form.addEventListener("submit", (event) => { event.preventDefault(); this.flush(); });
      one("[data-clash-mine]", form).addEventListener("click", () => this.mine());
      one("[data-clash-other]", form).addEventListener("click", () => this.other());
      this.before = this.domain.value;
      this.refresh();
      this.recall();
    }
    key(domain = this.domain.value) { return `overleg-${opened}:${domain}`; }
    baseOf(domain) { return Number(lineOf(domain)?.dataset.version || 0) || this.base[domain] || 0; }
    frame(domain, record, done) { return { type: "typing", item: opened, domain, text: record.text, seq: record.seq, base: record.base, client: record.client, done }; }
    press() {
      const domain = this.domain.value;
      this.dirty = true;
      this.seq = Math.max(this.seq + 1, Date.now());
      const record = { text: this.field.value, seq: this.seq, base: kept(this.key())?.base ?? this.baseOf(domain), client: this.client };
      keep(this.key(), record);
      inList(domain, record.text);
      this.say(send(this.frame(domain, record, false)) ? "Saving" : "Local");
      clearTimeout(this.idle);
      this.idle = setTimeout(() => this.flush(), 2500);
    }
    /* The typist stops: what is not saved yet becomes a version, by the socket or else by an ordinary form. */
    flush(domain = this.domain.value) {
      clearTimeout(this.idle);
      const record = kept(this.key(domain));
      if (!record || record.refused) return;
      if (send(this.frame(domain, record, true))) return;
      this.say("Local");
      if (navigator.onLine) this.post(domain, record);
    }
    async post(domain, record) {
      const body = new FormData(this.form);
      Object.entries({ act: "save", domain, text: record.text, base: record.base, client: record.client }).forEach(([name, value]) => body.set(name, value));
      try {
        const answer = await fetch(this.form.action, { method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin" });
        if (answer.status === 204) { this.stored({ item: opened, domain, seq: record.seq, saved: true }); ask("woorden"); }
        if (answer.status === 409) this.refused({ code: "typed_over", item: opened, domain, seq: record.seq });
      } catch { /* it stays on this device; the socket sends it when it is back */ }
    }
    resend() {
      keptOf(`overleg-${opened}:`).forEach((key) => {
        const record = kept(key);
        if (record && !record.refused) send(this.frame(key.slice(key.lastIndexOf(":") + 1), record, true));
      });
    }
    stored(frame) {
      if (frame.item !== opened) return;
      if (frame.base) this.base[frame.domain] = frame.base;
      const record = kept(this.key(frame.domain));
      if (!record || record.seq > frame.seq) return;
      if (frame.saved) {
        drop(this.key(frame.domain));
        const line = lineOf(frame.domain);
        if (line && frame.base) line.dataset.version = frame.base;
        if (frame.domain === this.domain.value) { this.dirty = false; this.clash.hidden = true; one("[data-editor-error]", this.form).replaceChildren(); }
      }
      this.say("Saved");
    }
    refused(frame) {
      if (frame.item && frame.item !== opened) return;
      const domain = frame.domain || this.domain.value;
      const record = kept(this.key(domain));
      if (frame.code !== "typed_over") {
        this.say("Local");
        const place = one("[data-editor-error]", this.form);
        const said = document.createElement("p");
        said.className = "vb-mis";
        said.textContent = [frame.said, frame.remedy].filter(Boolean).join(" ");
        place.replaceChildren(said);
        return;
      }
      if (record) keep(this.key(domain), { ...record, refused: true });
      this.clashing = domain;
      ask("woorden");
    }
    showClash() {
      const domain = this.clashing;
      const record = domain && kept(this.key(domain));
      if (!record) return;
      const theirs = lineOf(domain) ? one("[data-text]", lineOf(domain)).textContent : "";
      this.domain.value = domain;
      this.before = domain;
      this.field.value = record.text;
      this.dirty = true;
      one("[data-clash-theirs]", this.form).textContent = theirs;
      this.clash.hidden = false;
      this.say("Local");
    }
    mine() {
      const domain = this.domain.value;
      const record = { ...kept(this.key()), text: this.field.value, base: Number(lineOf(domain)?.dataset.version || 0), client: this.client, seq: Math.max(this.seq + 1, Date.now()), refused: false };
      this.seq = record.seq;
      keep(this.key(), record);
      this.clashing = "";
      this.flush();
    }
    other() {
      drop(this.key());
      this.clashing = "";
      this.clash.hidden = true;
      this.dirty = false;
      this.show();
    }
    /* Somebody else types: their words show, unless mine are not saved yet. */
    typed(frame) {
      if (this.dirty || kept(this.key())) return;
      this.domain.value = frame.domain;
      this.before = frame.domain;
      this.field.value = frame.text;
      this.mark();
    }
    /* The list was read anew: it is what this screen may show. */
    refresh() {
      if (this.clashing) { this.showClash(); return this.mark(); }
      const line = lineOf(this.domain.value);
      const record = kept(this.key());
      if (record && (line || !record.base)) { inList(this.domain.value, record.text); return this.mark(); }
      if (!this.dirty || !line) this.show();
      this.mark();
    }
    show() {
      const domain = this.domain.value;
      const line = lineOf(domain);
      const record = kept(this.key(domain));
      this.before = domain;
      this.dirty = Boolean(record);
      this.field.value = record && (line || !record.base) ? record.text : line ? one("[data-text]", line).textContent : "";
      this.clash.hidden = true;
      this.mark();
    }
    recall() {
      const key = keptOf(`overleg-${opened}:`)[0];
      if (!key) return;
      this.domain.value = key.slice(key.lastIndexOf(":") + 1);
      this.show();
      window.verbond?.say(words("Restored"));
    }
    mark() { all("#woorden .vb-beeld").forEach((line) => line.classList.toggle("is-open", line.dataset.domain === this.domain.value)); }
    say(name) {
      this.status.textContent = words(name);
      this.status.classList.toggle("is-lokaal", name === "Local");
    }
  }
  const form = one("[data-editor]");
  const editor = form && opened ? new Editor(form) : null;
  addEventListener("pagehide", () => editor?.flush());

  /* ---- What the line says so far, beneath the field. ---- */
  const line = one("#regel");
  const reading = one("#regel-lezing");
  let reads = 0;
  const read = async () => {
    const mine = ++reads;
    if (!line.value.trim()) return reading.replaceChildren();
    try {
      const answer = await fetch(line.form.dataset.reads, { method: "POST", body: new FormData(line.form), headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (answer.ok && mine === reads) reading.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    } catch { /* away: the line stays where it is */ }
  };
  let soon = 0;
  line?.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(read, 120); });
  if (line?.value) read();

  /* The wall narrows before the confirmation comes. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig?.triggeringEvent?.submitter?.matches?.("[data-narrows]")) hide();
  });
  document.addEventListener("htmx:responseError", () => zaal.classList.remove("is-rekent"));
  connect();
})();
