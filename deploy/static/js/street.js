/* The channel on the phone: joins the line, the store, the outbox and the screen.
   Other scripts of the page speak with it by events on document: `street:frame` (detail: a frame of the server),
   `street:send` (a frame for now or never, such as presence), `street:say` ({kind, pieces, target, to, text}: through
   the outbox, so that it cannot get lost), `street:state` ({state: live, down or over}), `street:wiped`. */
(() => {
  "use strict";
  const { store, view, minutesOf, isDue } = window.street || {};
  if (!view) return;
  const { box, words, say, one, log } = view;
  const channel = box.dataset.street || (location.pathname.match(/^\/straat\/([0-9a-f-]{36})\/$/) || [])[1] || "";
  const isShell = !box.dataset.street;
  const reader = document.body.dataset.reader || window.streetWipe?.reader() || "";
  const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const shout = (sentence) => window.verbond?.say(sentence);

  if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker, { scope: "/" }).catch(() => {});
  const theme = isShell && document.cookie.match(/verbond_theme=(light|dark)/);
  if (theme) document.documentElement.dataset.theme = theme[1];

  /* What the phone keeps of the channel. whole: nothing of what was told is missing in the store. */
  const about = { channel, reader, view: "", last: null, heard: 0, n: 0, whole: true, offline: {}, members: [], me: "", under: "", kinds: null, title: "", ends: "", draft: "", seen: "" };
  let state = "down";
  let downSince = 0;
  let isComplete = true; // the screen holds everything up to about.last
  let isFirst = true;
  let askedAgain = null;
  let marked = 0;
  let saving = 0;

  const save = () => {
    clearTimeout(saving);
    saving = 0;
    if (state === "over") return;
    window.streetWipe?.mark(reader);
    store.setAbout({ ...about });
  };
  const saveSoon = () => { saving ||= setTimeout(save, 1500); };

  const eye = window.street.seen({ log, on: { send: (frame) => wire.send(frame), remember: (id) => { about.seen = id; saveSoon(); } } });
  const mail = window.street.outbox({
    channel, store, on: { send: (frame) => state === "live" && wire.send(frame), changed: (items) => { screen.waiting(items); showState(); }, stuck: () => wire.again() },
  });
  const screen = window.street.screen({ about, eye, told: (client) => mail.told(client) });
  const composer = window.street.composer({ about, mail, screen, on: { ask: (frame) => wire.send(frame), typed: saveSoon } });

  /* ---- above the messages ---- */
  const headline = () => {
    if (about.title) { one("[data-title]").textContent = about.title; document.title = `${about.title} · Verbond`; }
    one("[data-members]").textContent = say("members", { n: about.members.length });
    const isToday = about.ends && view.day(about.ends) === view.day(Date.now());
    const ends = about.ends ? say("closes", { time: isToday ? view.time(about.ends) : `${view.day(about.ends)} ${view.time(about.ends)}` }) : "";
    const purpose = about.kinds ? about.kinds.purpose || words.noPurpose : "";
    one("[data-purpose]").textContent = [purpose, about.under, ends].filter(Boolean).join(" · ");
    one("[data-about]").textContent = one("[data-purpose]").textContent;
    const minutes = Object.values(about.offline);
    one("[data-about-offline]").textContent = minutes.length ? say("minutes", { n: Math.min(...minutes) }) : words.minutesNone;
    const note = (member) => [member.member === about.me ? words.you : "", member.leads ? words.leads : ""].filter(Boolean).join(", ");
    one("[data-member-list]").replaceChildren(...about.members.map((member) => view.person(member, note(member))));
  };
  const put = (place, text) => { if (place.textContent !== text) place.textContent = text; };
  const showState = () => {
    const isDown = state === "down" && downSince > 0;
    one("[data-live]").classList.toggle("is-off", state !== "live");
    put(one("[data-live-text]"), state === "live" ? words.live : isDown || state === "over" ? words.offline : words.connecting);
    if (isDown) {
      const waits = mail.waiting();
      put(one("[data-offline-since]"), say("since", { time: view.time(isFirst && about.heard ? about.heard : downSince) }));
      put(one("[data-offline-waiting]"), waits > 1 ? say("waiting", { n: waits }) : waits === 1 ? words.waitingOne : words.waitingNone);
    }
    one("[data-offline]").hidden = !isDown;
  };

  /* ---- what the phone keeps ---- */
  const keep = (event) => {
    const minutes = minutesOf(event, about.offline);
    about.n += 1;
    if (minutes > 0) store.keep([{ channel, n: about.n, minutes, event }]); else about.whole = false;
    if (about.n % 50 === 0) store.trim(channel, about.n);
    saveSoon();
  };
  /* Past its minutes without a word of the server a message goes, from the store and from the screen. */
  const prune = async () => {
    if (state !== "down" || !about.heard) return;
    const due = (await store.events(channel)).filter((row) => isDue(row, about.heard));
    if (due.length) await store.drop(due);
    const isGone = (event) => isDue({ minutes: Math.max(minutesOf(event, about.offline), 1) }, about.heard);
    const events = screen.events();
    if (!due.length && !events.some(isGone)) return;
    about.whole = isComplete = false;
    screen.clear();
    events.filter((event) => !isGone(event)).forEach(screen.draw);
    screen.waiting(mail.items());
    if (log.childElementCount) shout(words.gone); else view.empty("gone");
    save();
  };

  /* ---- frames ---- */
  /* Something is missing: ask from what we hold; when that did not help, begin anew. */
  const askAgain = () => {
    if (askedAgain === about.last) isComplete = false;
    askedAgain = about.last;
    wire.hello();
  };
  const members = (frame) => { Object.assign(about, { members: frame.members, title: frame.title, ends: frame.ends }); headline(); };
  const TAKES = {
    members,
    welcome: (frame) => {
      const isAnew = frame.fresh || frame.view !== about.view;
      Object.assign(about, { view: frame.view, me: frame.me, under: frame.under, offline: frame.offline || {} });
      members(frame);
      if (!isAnew) return;
      screen.clear();
      log.setAttribute("aria-busy", "true");
      Object.assign(about, { last: null, whole: true });
      isComplete = true;
      store.forget(channel);
      screen.waiting(mail.items());
    },
    event: (frame) => {
      if (screen.has(frame.id)) return;
      if ((frame.after || null) !== about.last) { askAgain(); return; }
      askedAgain = null;
      const atEnd = view.isAtEnd();
      about.last = frame.id;
      screen.draw(frame);
      keep(frame);
      eye.stored(frame.id);
      if (log.getAttribute("aria-busy") === "true") return;
      if (atEnd) view.toEnd(); else screen.came(frame);
    },
    head: (frame) => {
      about.heard = Date.now();
      if ((frame.last || null) !== about.last) { askAgain(); return; }
      askedAgain = null;
      if (state !== "live") { state = "live"; downSince = 0; tell("street:state", { state }); mail.open(); eye.again(); save(); }
      if (log.getAttribute("aria-busy") === "true" || isFirst) {
        log.setAttribute("aria-busy", "false");
        if (!log.childElementCount) view.empty("empty");
        const row = screen.row(eye.firstNew());
        if (row?.isConnected) row.scrollIntoView({ block: "center" }); else view.toEnd();
      }
      isFirst = false;
      showState();
      /* "Not reachable" comes with time; what is kept must know when the server last spoke. */
      if (Date.now() - marked > 30000) { marked = Date.now(); screen.marks(); save(); }
    },
    digest: (frame) => {
      const link = document.createElement("a");
      Object.assign(link, { className: "ams-link", href: frame.link, textContent: words.logText });
      screen.line(`${say("digest", { n: frame.shown })} `, link);
    },
    kinds: (frame) => {
      about.kinds = frame;
      Object.assign(view, { labels: frame.labels, why: frame.why });
      headline();
      composer.showKinds();
      screen.offers();
      saveSoon();
    },
    who: (frame) => {
      const age = Date.now() - new Date(screen.event(frame.event)?.at || 0);
      const word = (member) => (member.state === "away" && age < 60000 ? words.whoNew : words[{ seen: "whoSeen", stored: "whoStored", away: "whoAway" }[member.state]]);
      const rows = frame.members.map((member) => view.person(member, [word(member), member.at ? view.time(member.at) : ""].filter(Boolean).join(" ")));
      if (!rows.length) { const row = document.createElement("li"); row.textContent = words.nobody; rows.push(row); }
      one("[data-who-list]").replaceChildren(...rows);
    },
    receipts: (frame) => { screen.receipts(frame.events); screen.marks(); },
    accepted: (frame) => mail.accepted(frame),
    refused: (frame) => { if (frame.client) mail.refused(frame); else shout([frame.said, frame.remedy].filter(Boolean).join(" ")); },
  };

  /* ---- the end: nothing is left on the screen, and nothing on the phone that may not be ---- */
  const over = async (sentence, link, wipe) => {
    const isUnsent = mail.waiting() > 0 && wipe === store.wipeChannel;
    state = "over";
    clearTimeout(saving);
    screen.clear();
    mail.empty();
    composer.write("");
    Object.assign(about, { title: "", members: [], kinds: null, draft: "", last: null });
    ["[data-quick]", "[data-composer]", ".vb-st__soort", "[data-members]"].forEach((name) => { one(name).hidden = true; });
    ["[data-member-list]", "[data-who-list]", "[data-kind-list]", "[data-purpose]", "[data-about]"].forEach((name) => one(name).replaceChildren());
    one("[data-title]").textContent = document.title = "Verbond";
    document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
    log.setAttribute("aria-busy", "false");
    view.empty([sentence, isUnsent ? words.unsent : ""].filter(Boolean).join(" "), link);
    showState();
    tell("street:state", { state });
    await wipe(channel);
    box.dataset.over = "1";
  };
  const toList = { href: words.list, text: words.toList };
  document.addEventListener("street:wiped", () => { if (state !== "over") { wire.close(); over(words.wiped, toList, async () => {}); } });

  const wire = window.street.line({
    path: words.ticket.replace("{uid}", channel),
    on: {
      hello: () => ({ after: isComplete ? about.last : null, view: isComplete ? about.view : "" }),
      /* The page without data has done its work: the whole page comes, with what other rooms put on it. */
      open: () => { if (isShell) { wire.close(); save(); location.reload(); } },
      frame: (frame) => { tell("street:frame", frame); if (state !== "over") TAKES[frame.type]?.(frame); },
      down: () => {
        if (state === "live" || !downSince) { downSince = Date.now(); save(); }
        state = "down";
        tell("street:state", { state });
        mail.down();
        showState();
      },
      ended: (sentence) => over(sentence || words.wiped, toList, store.wipeChannel),
      signedOut: () => over(words.signedOut, { href: `${words.signIn}?next=${encodeURIComponent(location.pathname)}`, text: words.again }, store.wipeRead),
    },
  });
  document.addEventListener("street:send", (event) => { if (state === "live") wire.send(event.detail); });
  document.addEventListener("street:say", (event) => { const { text = "", ...frame } = event.detail; mail.add({ kind: "message", pieces: [], ...frame }, text); });
  log.addEventListener("scroll", () => { if (view.isAtEnd()) screen.read(); }, { passive: true });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") eye.look(screen.rows().slice(-30)); else save(); });
  addEventListener("pagehide", save);
  setInterval(prune, 15000);

  /* ---- begin: what is kept first, then the line ---- */
  const begin = async () => {
    const kept = await store.about(channel);
    if (kept && kept.reader === reader) Object.assign(about, kept);
    isComplete = about.whole;
    eye.start(about.seen);
    const rows = (await store.events(channel)).sort((a, b) => a.n - b.n);
    const due = rows.filter((row) => isDue(row, about.heard));
    if (due.length) { about.whole = isComplete = false; await store.drop(due); }
    if (about.kinds) { Object.assign(view, { labels: about.kinds.labels, why: about.kinds.why }); composer.showKinds(); }
    headline();
    rows.filter((row) => !due.includes(row)).forEach((row) => screen.draw(row.event));
    await mail.load();
    if (about.draft && composer.isEmpty()) composer.write(about.draft);
    if (isShell || navigator.onLine === false) {
      downSince = Date.now();
      log.setAttribute("aria-busy", "false");
      if (!log.childElementCount) view.empty(due.length ? "gone" : "nothingKept");
      showState();
    }
    view.toEnd();
    if (!(await store.works())) shout(words.noStore);
    wire.connect();
  };
  /* The page without data, opened where there is no channel: which channels are on this phone. */
  const list = async () => {
    ["[data-quick]", "[data-composer]", ".vb-st__soort", "[data-members]"].forEach((name) => { one(name).hidden = true; });
    downSince = Date.now();
    showState();
    view.empty("nothingKept");
    log.setAttribute("aria-busy", "false");
    const known = (await store.channels()).filter((kept) => kept.title);
    if (known.length) {
      const heading = Object.assign(document.createElement("h2"), { className: "ams-heading ams-heading--2", textContent: words.keptList });
      const items = known.map((kept) => {
        const row = document.createElement("li");
        row.append(Object.assign(document.createElement("a"), { href: `/straat/${kept.channel}/`, textContent: kept.title, className: "ams-link" }));
        return row;
      });
      const places = Object.assign(document.createElement("ul"), { className: "vb-list" });
      places.append(...items);
      log.replaceChildren(heading, places);
    }
    addEventListener("online", () => location.reload());
  };
  window.street.ready = channel ? begin() : list();
})();
