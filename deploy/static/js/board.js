/* Keeps the board up to date: goes on over the channel's socket where the page of the server ends. It keeps nothing on
   the computer, and shows nothing once the line was gone for long or the right ended. */
(() => {
  "use strict";
  const box = document.querySelector("#straat");
  const { board, line } = window.street || {};
  if (!board || !line) return;
  const { words, say, clock } = board;
  const main = document.querySelector("main");
  const one = (selector) => box.querySelector(selector);
  const shape = one("#t-bordrij").content.firstElementChild;
  const TOO_LONG = 120000; // ms without a line after which nothing stays on the screen
  let events = JSON.parse(words.frames);
  let members = [];
  let presence = null;
  let places = [];
  let alarms = null;
  let last = words.last || null;
  let view = words.view;
  let isCaughtUp = false;
  let downSince = 0;
  let askedAgain;

  const put = (place, text) => { place.textContent = text || ""; place.hidden = !text; };
  const show = (name, rows) => {
    one(`[data-part="${name}"]`).replaceChildren(...rows.map((row) => {
      const made = shape.cloneNode(true);
      const at = (selector) => made.querySelector(selector);
      if (row.state) made.dataset.state = row.state;
      at("[data-mono]").textContent = row.mono;
      at("[data-mono]").classList.add(`vb-mono--${row.mono.toLowerCase()}`);
      at("[data-who]").textContent = row.who;
      put(at("[data-text]"), row.text);
      put(at("[data-note]"), row.note);
      at("[data-at]").textContent = row.at ? clock.format(new Date(row.at)) : "";
      if (row.at) at("[data-at]").dateTime = row.at;
      return made;
    }));
    one(`[data-count="${name}"]`).textContent = rows.length;
    one(`[data-empty="${name}"]`).hidden = rows.length > 0;
  };

  const svg = (name, values) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const showPlaces = () => {
    const map = one("[data-map] svg");
    const here = places.filter((place) => place.position);
    show("places", board.places(here, members));
    if (!map) return;
    const number = (name) => Number(map.dataset[name]);
    const size = map.viewBox.baseVal.width / 26;
    map.querySelector("[data-mensen]").replaceChildren(...here.map((place) => {
      const x = (place.position.lon - number("west")) * number("perLon");
      const y = (number("north") - place.position.lat) * number("perLat");
      const name = members.find((member) => member.member === place.member)?.name || "";
      const mark = svg("g", {});
      const letters = svg("text", { x, y: y + size / 6, "text-anchor": "middle", "font-size": size / 2.2, class: "vb-kaartje__letters" });
      letters.textContent = name.split(" ").map((part) => part[0]).slice(0, 2).join("");
      mark.append(svg("circle", { cx: x, cy: y, r: size / 2, class: "vb-kaartje__mens" }), letters);
      return mark;
    }));
  };

  const showPeople = () => {
    if (!presence || !members.length) return;
    const people = board.people(members, presence, events);
    show("out", people.filter((row) => row.state === "out"));
    show("others", people.filter((row) => row.state !== "out"));
  };
  const showLog = () => {
    show("tasks", board.tasks(events));
    show("questions", board.questions(events));
    show("messages", board.messages(events));
    showPeople();
  };
  const showAll = () => { showLog(); showPlaces(); if (alarms) show("alarms", board.alarms(alarms)); };
  const clear = () => {
    ["alarms", "out", "others", "tasks", "questions", "places", "messages"].forEach((name) => show(name, []));
    one("[data-map] [data-mensen]")?.replaceChildren();
  };
  const live = (sentence) => { const place = one("[data-live-text]"); if (place.textContent !== sentence) place.textContent = sentence; };

  const askAgain = () => {
    if (askedAgain === last) { last = null; view = ""; }
    askedAgain = last;
    wire.hello();
  };
  const TAKES = {
    members: (frame) => { members = frame.members; one("[data-title]").textContent = frame.title; showPeople(); },
    welcome: (frame) => {
      view = frame.view;
      members = frame.members;
      isCaughtUp = false;
      if (frame.fresh) { events = []; last = null; places = []; alarms = null; clear(); }
    },
    event: (frame) => {
      if (events.some((event) => event.id === frame.id)) return;
      if ((frame.after || null) !== last) { askAgain(); return; }
      last = frame.id;
      events.push(frame);
      if (isCaughtUp) showLog();
    },
    head: (frame) => {
      if ((frame.last || null) !== last) { askAgain(); return; }
      askedAgain = undefined;
      if (!isCaughtUp) { isCaughtUp = true; showAll(); }
      downSince = 0;
      main.classList.remove("is-old");
      live(words.live);
    },
    presence: (frame) => { presence = new Map(frame.members.map((found) => [found.member, found])); showPeople(); },
    places: (frame) => { places = frame.places; showPlaces(); },
    alarms: (frame) => { alarms = frame.alarms; show("alarms", board.alarms(alarms)); },
  };

  const over = (sentence) => {
    events = members = places = [];
    alarms = presence = null;
    delete box.dataset.frames;
    clear();
    one("[data-board]").hidden = true;
    one("[data-title]").textContent = document.title = "Verbond";
    live(sentence);
  };
  const wire = line({
    path: words.ticket,
    on: {
      hello: () => ({ after: last, view }),
      open: () => {},
      frame: (frame) => TAKES[frame.type]?.(frame),
      down: () => {
        downSince ||= Date.now();
        isCaughtUp = false;
        main.classList.add("is-old");
        live(say("since", { time: clock.format(new Date(downSince)) }));
      },
      ended: (sentence) => over(sentence || words.over),
      signedOut: () => over(words.signedOut),
    },
  });
  setInterval(() => {
    if (!downSince || Date.now() - downSince < TOO_LONG || (!last && !events.length)) return;
    events = places = [];
    alarms = presence = null;
    last = null;
    view = "";
    delete box.dataset.frames;
    clear();
    live(words.old);
  }, 5000);
  document.addEventListener("street:wiped", () => { wire.close(); over(words.over); });
  live(words.connecting);
  wire.connect();
})();
