/* Draws a channel from what the phone was told: messages, lines of what happened, marks, members, windows.
   It builds from the templates of the page and puts in text only; it keeps nothing and asks for nothing. */
(() => {
  "use strict";
  const box = document.querySelector("#straat");
  if (!box) return;
  const words = document.querySelector("#woorden").dataset;
  const log = document.querySelector("#berichten");
  const one = (selector, root = box) => root.querySelector(selector);
  const say = (name, values = {}) => (words[name] || "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const made = (name) => document.querySelector(`#t-${name}`).content.firstElementChild.cloneNode(true);
  const zone = "Europe/Amsterdam";
  const clock = new Intl.DateTimeFormat(words.lang, { hour: "2-digit", minute: "2-digit", timeZone: zone });
  const dayOf = new Intl.DateTimeFormat(words.lang, { weekday: "long", day: "numeric", month: "long", timeZone: zone });
  const time = (moment) => clock.format(new Date(moment));
  const day = (moment) => dayOf.format(new Date(moment));
  const isLine = (event) => event.kind === "notice" || (event.kind === "status" && !event.target);

  const mono = (place, by, label) => {
    place.textContent = by.monogram || by.agency || "";
    place.title = label || by.agency || "";
    place.classList.add(`vb-mono--${(by.monogram || "").toLowerCase()}`);
  };
  const put = (place, text) => { place.hidden = !text; place.textContent = text || ""; };

  const view = {
    words, say, made, time, day, one, log, box,
    labels: {},
    why: "",
    nameOf: (by, me) => (by.member && by.member === me ? say("you") : by.name || by.agency),

    /* What an event says, as text; withheld pieces by their label. */
    text: (event) => (event.pieces || []).map((piece) => (piece.withheld ? `[${say("hidden", { label: view.labels[piece.field] || "" })}]` : piece.text)).join(" "),

    line: (event, me) => {
      const row = made("regel");
      const name = event.notice ? event.notice.who : view.nameOf(event.by, me);
      const notice = event.notice && (words[`notice${event.notice.what[0].toUpperCase()}${event.notice.what.slice(1)}`] || words.noticeOther);
      const said = notice ? notice.replace("{name}", name) : `${name}: ${view.text(event)}`;
      one("[data-line]", row).textContent = `${said}, ${time(event.at)}`;
      row.dataset.event = event.id;
      return row;
    },

    pieces: (place, event) => {
      place.replaceChildren();
      (event.pieces || []).forEach((piece) => {
        if (!piece.withheld) { place.append(document.createTextNode(`${piece.text} `)); return; }
        const label = view.labels[piece.field] || "";
        const shut = made("dicht");
        one("[data-hidden]", shut).textContent = say("hidden", { label });
        one("[data-hidden-label]", shut).textContent = ` ${label}`;
        const link = one(".vb-why", shut);
        if (view.why) {
          const url = `${view.why}?veld=${encodeURIComponent(piece.field)}&bron=${encodeURIComponent(event.by.agency)}`;
          link.href = url;
          link.setAttribute("hx-get", url);
        } else link.remove();
        place.append(shut, " ");
      });
    },

    message: (event, me, target) => {
      if (isLine(event)) return view.line(event, me);
      const row = made("bericht");
      const own = Boolean(event.by.member && event.by.member === me);
      row.dataset.event = event.id;
      row.classList.toggle("vb-m--ik", own);
      row.classList.add(`vb-m--${event.kind}`);
      if (own) one("[data-mono]", row).remove(); else mono(one("[data-mono]", row), event.by);
      one("[data-name]", row).textContent = view.nameOf(event.by, me);
      const kind = words[`kind${event.kind[0].toUpperCase()}${event.kind.slice(1)}`];
      const between = event.between ? say("between", { names: event.between.join(", ") }) : "";
      put(one("[data-kind]", row), [kind, between].filter(Boolean).join(" · "));
      one("[data-time]", row).textContent = time(event.at);
      one("[data-time]", row).dateTime = event.at;
      if (target) put(one("[data-target]", row), `${say("answerTo", { name: view.nameOf(target.by, me) })}: ${view.text(target).slice(0, 80)}`);
      view.pieces(one("[data-text]", row), event);
      return row;
    },

    /* One's own message that is not in the log yet. */
    waiting: (item) => {
      const row = made("bericht");
      row.classList.add("vb-m--ik", "vb-m--wacht");
      row.dataset.client = item.client;
      one("[data-mono]", row).remove();
      one("[data-name]", row).textContent = say("you");
      one("[data-time]", row).textContent = time(item.at);
      one("[data-time]", row).dateTime = new Date(item.at).toISOString();
      const kind = words[`kind${item.frame.kind[0].toUpperCase()}${item.frame.kind.slice(1)}`];
      put(one("[data-kind]", row), kind);
      one("[data-text]", row).textContent = item.text;
      view.mark(row, item);
      return row;
    },
    mark: (row, item) => {
      const shape = { refused: "geweigerd", stored: "opgeslagen" }[item.state] || "wacht";
      const state = made(shape);
      const said = { refused: "refused", stored: "stored", sending: "sending" }[item.state] || "wait";
      one("[data-ack]", state).textContent = item.state === "refused" ? [say("refused"), item.said, item.remedy].filter(Boolean).join(". ") : say(said);
      one("[data-state]", row).replaceChildren(state);
      const actions = item.state === "waiting" ? [made("trek-in")] : item.state === "refused" ? [made("wijzig"), made("trek-in")] : [];
      one("[data-actions]", row).replaceChildren(...actions);
    },

    /* The mark under one's own message: stored, or by how many it was seen. */
    receipt: (row, counts, age) => {
      const place = one("[data-state]", row);
      if (!place) return;
      if (!counts) { const state = made("opgeslagen"); one("[data-ack]", state).textContent = say("stored"); place.replaceChildren(state); return; }
      const [of, stored, seen] = counts;
      const away = age > 60000 ? of - stored : 0;
      const said = of ? [say("seen", { n: seen, of }), away ? say("away", { n: away }) : ""].filter(Boolean).join(" · ") : say("onlyOwn");
      const known = one("[data-ack]", place);
      if (known && known.textContent === said) return;
      const button = one("button", place) || made("gezien");
      one("[data-ack]", button).textContent = said;
      if (!button.isConnected) place.replaceChildren(button);
    },

    person: (by, note) => {
      const row = made("lid");
      mono(one("[data-mono]", row), by);
      one("[data-name]", row).textContent = by.name;
      one("[data-note]", row).textContent = note || "";
      return row;
    },

    /* Says what the place of the messages holds when it holds none. */
    empty: (name, link) => {
      const row = made("leeg");
      one("[data-said]", row).textContent = words[name] || name;
      if (link) {
        const anchor = document.createElement("a");
        anchor.className = "ams-button ams-button--primary";
        anchor.href = link.href;
        anchor.textContent = link.text;
        row.append(anchor);
      }
      log.replaceChildren(row);
    },

    isAtEnd: () => log.scrollHeight - log.scrollTop - log.clientHeight < 80,
    toEnd: () => { log.scrollTop = log.scrollHeight; },
    isLine,
  };
  window.street = Object.assign(window.street || {}, { view });
})();
