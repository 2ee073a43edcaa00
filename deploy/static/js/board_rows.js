/* What the frames of a channel are on the board: rows for each part, as realtime/board/rows.py makes them. */
(() => {
  "use strict";
  const box = document.querySelector("#straat");
  if (!box || !box.dataset.frames) return;
  const words = box.dataset;
  const kinds = JSON.parse(words.kinds);
  const clock = new Intl.DateTimeFormat(words.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
  const SHOWN = 12;
  const ORDER = { out: 0, listening: 1, "": 2, away: 3 };
  const RUNNING = ["raised", "acknowledged"];
  const say = (name, values) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const text = (event) => (event.pieces || []).map((piece) => (piece.withheld ? say("held", { article: piece.article }) : piece.text)).join(" ");
  const status = (event) => (event.pieces || []).find((piece) => piece.field === "street_status")?.value || "";
  const row = (event, note, state = "") => ({ mono: event.by.monogram, who: event.by.name || event.by.agency, text: text(event), note, at: event.at, state });
  const begun = (events, kind) => events.filter((event) => event.kind === kind && !event.target).reverse();

  const people = (members, presence, events) => members.map((member) => {
    const found = presence.get(member.member) || { state: "", reachable: false };
    const last = events.findLast((event) => event.by.member === member.member && status(event) && status(event) !== "understood");
    const note = [words[found.state], found.reachable ? "" : words.gone, member.leads ? words.leads : ""].filter(Boolean).join(" · ");
    return { mono: member.monogram, who: member.name, text: last ? text(last) : "", note, at: last?.at, state: found.state };
  }).sort((a, b) => ORDER[a.state] - ORDER[b.state] || (a.who < b.who ? -1 : 1));

  const tasks = (events) => begun(events, "task").flatMap((event) => {
    const answers = events.filter((one) => one.target === event.id);
    if (answers.some((one) => status(one) === "done")) return [];
    const names = [...new Set(answers.filter((one) => status(one) === "on_my_way").map((one) => one.by.name || one.by.agency))].join(", ");
    return [row(event, names ? say("takes", { names }) : words.nobody, names ? "taken" : "open")];
  });

  const questions = (events) => {
    const answered = new Set(events.filter((event) => event.kind === "question").map((event) => event.target));
    return begun(events, "question").filter((event) => !answered.has(event.id))
      .map((event) => row(event, event.between ? say("between", { names: event.between.join(", ") }) : ""));
  };

  const alarms = (found) => found.filter((alarm) => RUNNING.includes(alarm.state)).reverse().map((alarm) => ({
    mono: alarm.by.monogram, who: alarm.by.name, text: alarm.text, at: alarm.at, state: alarm.state,
    note: alarm.answers.map((one) => say("comes", { name: one.name, time: clock.format(new Date(one.at).getTime() + one.minutes * 60000) })).join(" · ") || words.noAnswer,
  }));

  const places = (found, members) => found.flatMap((place) => {
    const member = members.find((one) => one.member === place.member);
    return member ? [{ mono: member.monogram, who: member.name, text: "", at: place.at, state: "", note: say("until", { time: clock.format(new Date(place.until)) }) }] : [];
  });

  const messages = (events) => events.filter((event) => event.kind !== "notice").slice(-SHOWN).reverse().map((event) => row(event, kinds[event.kind] || ""));

  window.street = Object.assign(window.street || {}, { board: { clock, people, tasks, questions, alarms, places, messages, say, words } });
})();
