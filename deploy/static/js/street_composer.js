/* What its owner does: typing, the kind of message and who reads it, quick statuses, answers. What kinds there are and
   who reads each the server says (frame `kinds`), from the covenant. */
(() => {
  "use strict";
  const { view } = window.street || {};
  if (!view) return;
  const { box, words, say, one, made } = view;
  const LONGEST = 2000;
  const TYPED = new Set(["message", "task", "question", "handover"]);
  const PLAIN = "street_message";

  /* about: what is known of the channel; mail: street_outbox; screen; on: {ask(frame) → sent?, typed()} */
  const composer = ({ about, mail, screen, on }) => {
    const text = one("#tekst");
    let choice = { field: PLAIN, to: "" };
    let target = null;

    const kindOf = (field) => about.kinds?.kinds.find((kind) => kind.field === field);
    const readersOf = ({ readers: { people, agencies, announced } }) => {
      const names = agencies.join(", ");
      const read = people ? say(people === 1 ? "readersOne" : "readers", { names, n: people }) : words.readersNone;
      return [read, announced.length ? say("announced", { names: announced.join(", ") }) : ""].filter(Boolean).join("; ");
    };
    const showChoice = () => {
      const kind = kindOf(choice.field);
      const agency = about.kinds?.agencies.find((known) => known.code === choice.to);
      const label = target ? say("answerTo", { name: view.nameOf(target.by, about.me) }) : kind && (kind.kind === "question" ? words.kindQuestion : kind.label);
      if (label) one("[data-kind-label]").textContent = label;
      one("[data-kind-readers]").textContent = target || !kind ? "" : agency ? agency.name : readersOf(kind);
      one("[data-answer-stop]").hidden = !target;
    };
    const isChosen = (kind, agency) => kind.field === choice.field && (agency?.code || "") === choice.to;
    const showKinds = () => {
      const typed = about.kinds.kinds.filter((kind) => TYPED.has(kind.kind));
      const options = typed.flatMap((kind) => (kind.kind === "question" ? about.kinds.agencies.map((agency) => [kind, agency]) : [[kind, null]]));
      if (!options.some((option) => isChosen(...option))) choice = { field: typed[0]?.field || "", to: "" };
      one("[data-kind-list]").replaceChildren(...options.map(([kind, agency]) => {
        const row = made("soort");
        const input = one("input", row);
        input.value = `${kind.field} ${agency?.code || ""}`;
        input.checked = isChosen(kind, agency);
        one("[data-label]", row).textContent = agency ? `${words.kindQuestion} ${say("to", { name: agency.name })}` : kind.label;
        one("[data-help]", row).textContent = kind.help;
        one("[data-readers]", row).textContent = agency ? agency.name : readersOf(kind);
        return row;
      }));
      one("[data-quick]").hidden = !kindOf("street_status");
      showChoice();
    };
    const grow = () => { text.rows = Math.min(5, Math.max(text.value.split("\n").length, Math.ceil(text.value.length / 30), 1)); };
    const write = (said) => { text.value = said; about.draft = said; grow(); };
    const post = (frame, said) => mail.add(frame, said).then(view.toEnd);
    const status = (value, label, to) => post({ kind: "status", pieces: [{ field: "street_status", text: value }], ...(to ? { target: to } : {}) }, label);
    const send = () => {
      const said = text.value.trim();
      if (!said) { text.focus(); return; }
      if (said.length > LONGEST) { window.verbond?.say(words.tooLong); return; }
      const kind = kindOf(choice.field) || { kind: "message", field: PLAIN };
      const frame = target ? { kind: "question", pieces: [{ field: "street_question", text: said }], target: target.id }
        : { kind: kind.kind, pieces: [{ field: kind.field, text: said }], ...(choice.to ? { to: choice.to } : {}) };
      write("");
      post(frame, said).then(on.typed);
      /* A question goes once; the next words are for everybody again. */
      target = null;
      if (choice.to) choice = { field: PLAIN, to: "" };
      if (about.kinds) showKinds();
    };

    one("[data-composer]").addEventListener("submit", (event) => { event.preventDefault(); send(); });
    text.addEventListener("input", () => { grow(); about.draft = text.value; on.typed(); });
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
    box.addEventListener("change", (event) => {
      if (event.target.name !== "soort") return;
      const [field, to = ""] = event.target.value.split(" ");
      choice = { field, to };
      target = null;
      showChoice();
    });
    box.addEventListener("click", async (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const row = button.closest("[data-event], [data-client]");
      const { dataset } = button;
      if (dataset.status) status(dataset.status, button.textContent.trim());
      else if (dataset.do) { button.disabled = true; status(dataset.do, button.textContent.trim(), row.dataset.event); }
      else if ("answer" in dataset) { target = screen.event(row.dataset.event); showChoice(); text.focus(); }
      else if ("answerStop" in dataset) { target = null; showChoice(); text.focus(); }
      else if ("newer" in dataset) { screen.read(); view.toEnd(); view.log.focus({ preventScroll: true }); }
      else if ("withdraw" in dataset || "edit" in dataset) {
        const item = await mail.withdraw(row.dataset.client);
        if (item && "edit" in dataset) write(item.text);
        text.focus();
      } else if ("who" in dataset) {
        const list = one("[data-who-list]");
        list.replaceChildren();
        if (!on.ask({ type: "who", event: row.dataset.event })) { const said = document.createElement("li"); said.textContent = words.whoOffline; list.append(said); }
        one("#dlg-gezien").showModal();
      }
    });
    return { showKinds, write, isEmpty: () => !text.value };
  };
  window.street = Object.assign(window.street || {}, { composer });
})();
