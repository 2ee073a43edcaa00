/* The alarm on the phone. Held for 1.5 s it is stored on the phone first, then sent by the socket and by a plain
   request at once (one number, so it is one alarm) until the server says that it stands. Speaks with the page's socket
   by two events on `document`: `street:frame` comes in, `street:send` goes out. For `place` there is `street:place`. */
(() => {
  "use strict";
  const HOLD = 1500;
  const AGAIN = 3000; // ms between two tries
  const TOO_LONG = 8000; // ms without an answer after which the screen says so
  const STALE = 5 * 60 * 1000; // an alarm that waited longer than this is not sent by itself any more
  const MINUTES = 30;
  const button = document.getElementById("alarm");
  const screen = document.getElementById("alarm-scherm");
  const street = document.querySelector("[data-street]");
  if (!button || !screen || !street) return;
  const channel = street.dataset.street || (location.pathname.match(/\/straat\/([0-9a-f-]{36})\//) || [])[1] || "";
  const KEY = "verbond-alarm";
  const part = (name) => screen.querySelector(`[data-alarm-${name}]`);
  const head = document.getElementById("alarm-kop");
  const says = document.getElementById("alarm-zegt");
  const word = (key) => screen.dataset[key] || "";
  let me = "";
  let leads = false;
  let waiting = null; // {client, channel, at}: the own alarm that the server did not confirm yet
  let shown = null; // id of the alarm on the screen
  let mine = ""; // id of the own alarm
  let closed = new Set(); // alarms that were put aside on this phone
  let timer = 0;
  let late = 0;
  let audio = null;
  let tone = 0;

  const send = (frame) => document.dispatchEvent(new CustomEvent("street:send", { detail: frame }));
  const keep = () => { try { waiting ? localStorage.setItem(KEY, JSON.stringify(waiting)) : localStorage.removeItem(KEY); } catch { /* private window: it stands in memory */ } };
  const kept = () => { try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; } };

  /* --- sound and vibration ------------------------------------------------------------------- */
  const beep = () => {
    if (!audio || audio.state !== "running") return;
    const at = audio.currentTime;
    const volume = audio.createGain();
    volume.connect(audio.destination);
    volume.gain.setValueAtTime(0.0001, at);
    [880, 660, 880].forEach((pitch, n) => {
      const voice = audio.createOscillator();
      voice.type = "square";
      voice.frequency.value = pitch;
      voice.connect(volume);
      voice.start(at + n * 0.25);
      voice.stop(at + n * 0.25 + 0.2);
      volume.gain.setTargetAtTime(0.4, at + n * 0.25, 0.01);
      volume.gain.setTargetAtTime(0.0001, at + n * 0.25 + 0.18, 0.01);
    });
  };
  const ring = () => {
    hush();
    try { audio ||= new AudioContext(); audio.resume(); } catch { audio = null; }
    const once = () => { beep(); if (navigator.vibrate) navigator.vibrate([400, 200, 400]); };
    once();
    tone = setInterval(once, 2000);
  };
  const hush = () => { clearInterval(tone); tone = 0; if (navigator.vibrate) navigator.vibrate(0); };
  /* Browsers let a page sound only after it was touched once. */
  addEventListener("pointerdown", () => { try { audio ||= new AudioContext(); audio.resume(); } catch { audio = null; } }, { once: true });

  /* --- the screen ------------------------------------------------------------------------------ */
  const open = () => { if (!screen.open) screen.showModal(); };
  const close = () => { hush(); if (screen.open) screen.close(); shown = null; button.focus(); };
  const set = (title, text, { ack = false, end = false, wrong = false, place = false, shut = false, help = true } = {}) => {
    head.textContent = title;
    says.textContent = text;
    part("ack").hidden = !ack;
    part("plek").hidden = !place;
    part("dicht").hidden = !shut;
    part("112").hidden = !help;
    screen.querySelectorAll("[data-alarm-einde]").forEach((one) => { one.hidden = !end; });
    screen.classList.toggle("is-first", wrong);
    open();
    if (wrong) part("112").focus();
  };
  const list = (lines) => {
    const place = part("wie");
    place.hidden = !lines.length;
    place.replaceChildren(...lines.map((text) => { const item = document.createElement("li"); item.textContent = text; return item; }));
  };

  /* --- sending ----------------------------------------------------------------------------------- */
  const post = async () => {
    if (!channel) return;
    const field = street.querySelector("[name=csrfmiddlewaretoken]") || document.querySelector("[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(`/straat/${channel}/alarm/`, {
        method: "POST", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(AGAIN),
        headers: { "Content-Type": "application/json", "X-CSRFToken": field ? field.value : "" },
        body: JSON.stringify({ client: waiting.client, text: "" }),
      });
      if (answer.status === 201) accepted(await answer.json());
    } catch { /* it is tried again, and the socket tries as well */ }
  };
  const tryNow = () => {
    clearTimeout(timer);
    if (!waiting) return;
    send({ type: "alarm", client: waiting.client, text: "" });
    post();
    timer = setTimeout(tryNow, AGAIN);
  };
  const notThere = () => { if (waiting) { list([]); set(word("niet"), word("nietZegt"), { wrong: true, shut: true }); } };
  const raise = () => {
    if (!waiting) waiting = { client: crypto.randomUUID(), channel, at: Date.now() };
    keep(); // first on the phone
    if (navigator.vibrate) navigator.vibrate([200, 80, 200]);
    list([]);
    set(word("bezig"), word("bezigZegt"));
    clearTimeout(late);
    if (navigator.onLine === false) notThere(); else late = setTimeout(notThere, TOO_LONG);
    document.dispatchEvent(new CustomEvent("street:alarm", { detail: { client: waiting.client } }));
    tryNow();
  };
  const settle = () => { clearTimeout(timer); clearTimeout(late); waiting = null; keep(); };
  function accepted(frame) {
    if (!waiting || frame.client !== waiting.client) return;
    settle();
    mine = frame.event;
    shown = shown || mine;
    set(word("weg"), word("wegZegt"), { end: true, place: true, shut: true });
  }
  const refused = (frame) => {
    if (!waiting || frame.client !== waiting.client || frame.again) return;
    settle();
    list([]);
    set(word("geweigerd"), [frame.said, frame.remedy].filter(Boolean).join(" "), { wrong: true, shut: true });
  };

  /* --- what the server tells ----------------------------------------------------------------------- */
  const lines = (alarm) => [
    ...alarm.answers.map((one) => {
      const left = Math.max(0, Math.ceil(one.minutes - (Date.now() - Date.parse(one.at)) / 60000));
      return `${one.name}: ${word("onderweg")} ${left} ${word("min")}`;
    }),
    ...alarm.steps.filter((one) => one.called.length).map((one) => `${word("geroepen")}: ${one.called.join(", ")}`),
  ];
  const alarms = (found) => {
    const running = found.filter((one) => !one.ended);
    const own = running.find((one) => one.by.member === me);
    const open = running.filter((one) => !closed.has(one.alarm) && one !== own);
    const next = open.find((one) => !one.answers.some((answer) => answer.member === me)) || open[0];
    const over = found.find((one) => one.alarm === shown && one.ended);
    if (waiting) return; // the own alarm goes before
    if (own && (shown === own.alarm || shown === null) && !closed.has(own.alarm)) {
      shown = mine = own.alarm;
      list(lines(own));
      set(own.answers.length ? word("komt") : word("weg"), own.answers.length ? "" : word("wegZegt"), { end: true, place: true, shut: true });
    } else if (next) {
      const isNew = shown !== next.alarm;
      const answered = next.answers.some((one) => one.member === me);
      shown = next.alarm;
      list(lines(next));
      set(`${word("van")} ${next.by.name}`, next.text || word("vanZegt"), { ack: !answered, end: leads, shut: answered, help: true });
      if (isNew && !answered) ring();
      if (answered) hush();
    } else if (over) {
      hush();
      list(lines(over));
      set(over.state === "false_alarm" ? word("vals") : word("over"), over.ended_by, { shut: true, help: false });
    } else if (!running.length && shown && !over) close();
  };
  document.addEventListener("street:frame", (event) => {
    const frame = event.detail || {};
    if (frame.type === "welcome") { me = frame.me; tryNow(); }
    if (frame.type === "welcome" || frame.type === "members") leads = (frame.members || []).some((one) => one.member === me && one.leads);
    if (frame.type === "accepted") accepted(frame);
    if (frame.type === "refused") refused(frame);
    if (frame.type === "alarms") alarms(frame.alarms);
  });
  document.addEventListener("street:wiped", () => { settle(); close(); });

  /* --- the buttons of the screen --------------------------------------------------------------------- */
  screen.addEventListener("cancel", (event) => event.preventDefault()); // Escape does not put an alarm away
  screen.addEventListener("click", (event) => {
    const one = event.target.closest("button");
    if (!one) return;
    if (one.dataset.minuten) { hush(); send({ type: "alarm_ack", alarm: shown, minutes: Number(one.dataset.minuten) }); }
    if (one.dataset.alarmEinde) { hush(); send({ type: "alarm_end", alarm: shown, how: one.dataset.alarmEinde }); }
    if ("alarmPlek" in one.dataset) { one.hidden = true; send({ type: "share", minutes: MINUTES }); document.dispatchEvent(new CustomEvent("street:place", { detail: { minutes: MINUTES } })); }
    if ("alarmDicht" in one.dataset) { if (shown) closed.add(shown); close(); }
  });

  /* --- holding ------------------------------------------------------------------------------------------ */
  let since = 0;
  let frame = 0;
  const stop = () => { cancelAnimationFrame(frame); since = 0; button.style.setProperty("--p", 0); };
  const step = () => {
    const done = Math.min(1, (performance.now() - since) / HOLD);
    button.style.setProperty("--p", done);
    if (done < 1) { frame = requestAnimationFrame(step); return; }
    stop();
    raise();
  };
  const start = () => { if (!since) { since = performance.now(); frame = requestAnimationFrame(step); } };
  const release = () => {
    if (!since) return;
    stop();
    if (window.verbond) window.verbond.say(word("kort"));
  };
  button.addEventListener("pointerdown", (event) => { if (event.button === 0) { event.preventDefault(); button.focus(); start(); } });
  ["pointerup", "pointerleave", "pointercancel"].forEach((name) => button.addEventListener(name, release));
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  const isKey = (event) => event.key === " " || event.key === "Enter";
  button.addEventListener("keydown", (event) => { if (isKey(event)) { event.preventDefault(); if (!event.repeat) start(); } });
  button.addEventListener("keyup", (event) => { if (isKey(event)) { event.preventDefault(); release(); } });
  button.addEventListener("blur", release);
  addEventListener("online", tryNow);

  /* An alarm that waited while the app was shut goes on, unless it is of long ago. */
  const old = kept();
  if (old && old.channel === channel && Date.now() - old.at < STALE) {
    waiting = old;
    set(word("bezig"), word("bezigZegt"));
    late = setTimeout(notThere, TOO_LONG);
    tryNow();
  } else if (old && Date.now() - old.at >= STALE) keep();
})();
