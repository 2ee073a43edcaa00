/* Keeps what somebody typed when the connection is lost. A draft lives on this device only, belongs to one
   reader and one form, for at most as long as the covenant allows (data-draft-minutes), and is wiped on
   saving, on sign-out and as soon as another reader is signed in. A session that merely ran out keeps it.
   Frames of a form: [data-draft=KEY][data-draft-minutes][data-done-url], and a [data-draft-notice]. Where the address
   that follows holds {uid}, the field uid of the form says which: a draft that was restored brings its own. */
(() => {
  "use strict";
  const PREFIX = "verbond:draft:";
  const reader = document.body.dataset.reader || "";
  const store = (() => { try { localStorage.setItem("verbond:probe", "1"); localStorage.removeItem("verbond:probe"); return localStorage; } catch { return null; } })();
  if (!store) return;

  const parse = (text) => { try { return JSON.parse(text); } catch { return null; } };
  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const wipeAll = () => keys().forEach((key) => store.removeItem(key));
  const wipeForeign = () => keys().forEach((key) => {
    const draft = parse(store.getItem(key));
    if ((reader && !key.startsWith(`${PREFIX}${reader}:`)) || !draft || draft.until <= Date.now()) store.removeItem(key);
  });
  wipeForeign();
  setInterval(wipeForeign, 30000);
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-signout]")) wipeAll(); });

  /* With these the server answers an ended session with the address of the sign-in page, not with a redirect. */
  const HEADERS = { "HX-Request": "true", "HX-Current-URL": location.href };
  const SKIPPED = new Set(["csrfmiddlewaretoken", "submission"]);
  const SKIPPED_TYPES = new Set(["password", "file", "submit", "button"]);
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.name) && !SKIPPED_TYPES.has(field.type));
  const isToggle = (field) => field.type === "checkbox" || field.type === "radio";
  const valuesOf = (form) => fieldsOf(form).map((field) => [field.name, isToggle(field) ? field.value : "", isToggle(field) ? field.checked : field.value]);
  const fill = (form, values) => values.forEach(([name, option, value]) => fieldsOf(form).forEach((field) => {
    if (field.name !== name || (isToggle(field) && field.value !== option)) return;
    if (isToggle(field)) field.checked = value; else field.value = value;
  }));

  const keep = (form) => {
    const minutes = Number(form.dataset.draftMinutes);
    const key = `${PREFIX}${reader}:${form.dataset.draft}`;
    const before = JSON.stringify(valuesOf(form));
    const notice = document.querySelector("[data-draft-notice]");
    /* One number per contribution, kept with the draft, so that a resend after a lost answer is not stored twice. */
    const submission = form.elements.namedItem("submission");
    const numberOf = () => (submission ? submission.value : "");
    if (submission && !submission.value) submission.value = crypto.randomUUID ? crypto.randomUUID() : "";
    let retry = 0;
    let wait = 5000;

    const tell = (which, state = "") => {
      if (!notice) return;
      notice.hidden = !which;
      notice.classList.toggle("is-offline", state === "offline");
      notice.classList.toggle("is-refused", state === "refused");
      notice.querySelector("[data-draft-text]").textContent = which ? notice.dataset[`text${which}`] : "";
    };
    const drop = () => { clearTimeout(retry); store.removeItem(key); };
    const save = () => {
      const values = valuesOf(form);
      if (JSON.stringify(values) === before) return store.removeItem(key);
      const draft = { until: Date.now() + minutes * 60000, number: numberOf(), values };
      if (minutes > 0) store.setItem(key, JSON.stringify(draft));
    };
    const restore = () => {
      const draft = parse(store.getItem(key) || "null");
      if (!draft || minutes <= 0 || draft.until <= Date.now()) return store.removeItem(key);
      const same = JSON.stringify(draft.values) === before;
      fill(form, draft.values);
      if (submission && draft.number) submission.value = draft.number;
      if (!same) tell("Restored");
    };
    const busy = (on) => form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = on; });
    const later = () => {
      tell("Offline", "offline");
      busy(false);
      clearTimeout(retry);
      retry = setTimeout(send, wait);
      wait = Math.min(wait * 2, 60000);
    };
    const refuse = (why = "") => {
      tell("Refused", "refused");
      if (why) notice.querySelector("[data-draft-text]").textContent += ` ${why}`;
      busy(false);
      notice.scrollIntoView({ block: "center" });
    };
    /* The same form with its errors takes the place of this one; any other page only says what is wrong. */
    const showPage = async (response) => {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("#inhoud");
      if (!fresh || !fresh.querySelector("form[data-draft]")) return refuse(page.querySelector("h1")?.textContent);
      document.querySelector("#inhoud").replaceChildren(...fresh.childNodes);
      if (window.htmx) window.htmx.process(document.querySelector("#inhoud"));
      document.dispatchEvent(new CustomEvent("verbond:page"));
      document.querySelector(".vb-fouten[data-focus], .vb-fout[data-focus]")?.focus();
    };
    const answer = async (response) => {
      const elsewhere = response.headers.get("HX-Redirect");
      if (response.type === "opaqueredirect") {
        drop();
        location.assign((form.dataset.doneUrl || location.href).replace("{uid}", () => form.elements.uid.value));
      } else if (elsewhere) {
        tell("Expired", "offline");
        setTimeout(() => location.assign(elsewhere), 2500);
      } else {
        await showPage(response);
      }
    };
    async function send() {
      clearTimeout(retry);
      if (!navigator.onLine) return later();
      tell("Sending");
      busy(true);
      let response;
      try {
        response = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), headers: HEADERS, credentials: "same-origin", redirect: "manual" });
      } catch {
        return later();
      }
      await answer(response);
    }

    restore();
    form.addEventListener("input", save);
    form.addEventListener("change", save);
    form.addEventListener("submit", (event) => { event.preventDefault(); save(); wait = 5000; send(); });
    addEventListener("online", () => { if (notice && notice.classList.contains("is-offline")) send(); });
    notice?.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
      drop();
      fill(form, parse(before));
      tell("");
      form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    });
  };
  const start = () => document.querySelectorAll("form[data-draft]").forEach((form) => {
    if (form.dataset.draftKept) return;
    form.dataset.draftKept = "1";
    keep(form);
  });
  document.addEventListener("verbond:page", start);
  start();
})();
