// Who is here and where, and sharing one's own place. Speaks with the page's own socket by two events on `document`:
// `street:frame` (detail: a frame of the server) comes in, `street:send` (detail: a frame) goes out.
(() => {
  "use strict";
  const dialog = document.getElementById("dlg-plek");
  if (!dialog) return;
  const bar = document.querySelector("[data-locatie]");
  const rest = document.querySelector("[data-locatie-rest]");
  const says = dialog.querySelector("[data-locatie-zegt]");
  const list = dialog.querySelector("[data-plekken]");
  const place = dialog.querySelector("[data-kaart]");
  const word = (key) => dialog.dataset[key] || "";
  let members = new Map();
  let presence = new Map();
  let places = [];
  let until = null;
  let watch = null;
  let last = 0;

  const send = (frame) => document.dispatchEvent(new CustomEvent("street:send", { detail: frame }));

  function left() {
    const minutes = until ? Math.ceil((until - Date.now()) / 60000) : 0;
    if (minutes <= 0) return end();
    bar.hidden = false;
    rest.textContent = `${word("rest")} ${minutes} min`;
  }

  function end() {
    until = null;
    bar.hidden = true;
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = null;
  }

  function follow() {
    if (watch !== null) return;
    watch = navigator.geolocation.watchPosition(
      (found) => {
        if (Date.now() - last < 15000) return;
        last = Date.now();
        const { latitude, longitude, accuracy } = found.coords;
        send({ type: "move", lat: latitude, lon: longitude, accuracy });
      },
      () => { says.textContent = word("geen"); },
      { enableHighAccuracy: true, maximumAge: 10000 },
    );
  }

  function draw() {
    list.replaceChildren(...[...members.values()].map((one) => {
      const item = document.createElement("li");
      const state = presence.get(one.member);
      const here = places.find((found) => found.member === one.member);
      const parts = [state && !state.reachable ? word("gone") : word(state ? state.state : "")];
      if (here && here.position) parts.push(`${word("plek")} · ± ${here.position.accuracy} m`);
      const mark = document.createElement("abbr");
      mark.className = `vb-mono vb-mono--${one.monogram.toLowerCase()}`;
      mark.textContent = one.monogram;
      const name = document.createElement("b");
      name.textContent = one.name;
      item.append(mark, " ", name, " ", parts.filter(Boolean).join(" · "));
      return item;
    }));
    const svg = place.querySelector("svg");
    if (!svg) return;
    const group = svg.querySelector("[data-mensen]");
    const number = (name) => Number(svg.dataset[name]);
    const size = svg.viewBox.baseVal.width / 26;
    group.replaceChildren(...places.filter((one) => one.position).map((one) => {
      const x = (one.position.lon - number("west")) * number("perLon");
      const y = (number("north") - one.position.lat) * number("perLat");
      const who = members.get(one.member);
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "g");
      const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      circle.setAttribute("cx", x);
      circle.setAttribute("cy", y);
      circle.setAttribute("r", size / 2);
      circle.setAttribute("class", "vb-kaartje__mens");
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("x", x);
      text.setAttribute("y", y + size / 6);
      text.setAttribute("text-anchor", "middle");
      text.setAttribute("font-size", size / 2.2);
      text.setAttribute("class", "vb-kaartje__letters");
      text.textContent = who ? who.name.split(" ").map((part) => part[0]).slice(0, 2).join("") : "";
      dot.append(circle, text);
      return dot;
    }));
  }

  document.addEventListener("street:frame", (event) => {
    const frame = event.detail;
    if (frame.type === "welcome" || frame.type === "members") {
      members = new Map(frame.members.map((one) => [one.member, one]));
    } else if (frame.type === "presence") {
      presence = new Map(frame.members.map((one) => [one.member, one]));
    } else if (frame.type === "places") {
      places = frame.places;
    } else if (frame.type === "sharing") {
      until = frame.until ? new Date(frame.until).getTime() : null;
      if (until) { left(); follow(); } else end();
    } else if (frame.type === "revoked") {
      end();
      places = [];
    } else return;
    draw();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-plek-open]")) {
      dialog.showModal();
      if (!place.firstChild) {
        fetch(place.dataset.kaart, { credentials: "same-origin" })
          .then((answer) => (answer.ok ? answer.text() : ""))
          .then((text) => { place.innerHTML = text; draw(); })
          .catch(() => {});
      }
    }
    if (event.target.closest("[data-locatie-start]")) {
      if (!("geolocation" in navigator)) {
        says.textContent = word("geen");
        return;
      }
      const chosen = dialog.querySelector("[name=duur]:checked");
      send({ type: "share", minutes: Number(chosen ? chosen.value : 30) });
    }
    if (event.target.closest("[data-locatie-stop]")) {
      send({ type: "share", minutes: 0 });
      end();
    }
  });
  dialog.addEventListener("change", (event) => {
    if (event.target.name === "stand") send({ type: "presence", state: event.target.value });
  });
  setInterval(() => { if (until) left(); }, 20000);
})();
