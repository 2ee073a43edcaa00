/* Says at once that a chosen file is too large, before it is sent for nothing. The server checks it again.
   Frame of a form: [data-bestand][data-most][data-text-large], and a [data-bestand-fout] inside it. */
(() => {
  "use strict";
  const start = () => document.querySelectorAll("form[data-bestand]").forEach((form) => {
    const input = form.querySelector('input[type="file"]');
    const said = form.querySelector("[data-bestand-fout]");
    /* Errors stand at their field. */
    input?.before(said);
    const fits = () => {
      const large = [...(input?.files ?? [])].some((file) => file.size > Number(form.dataset.most));
      said.textContent = large ? form.dataset.textLarge : "";
      said.hidden = !large;
      return !large;
    };
    input?.addEventListener("change", fits);
    form.addEventListener("submit", (event) => {
      if (fits()) return;
      event.preventDefault();
      input.focus();
    });
  });
  document.addEventListener("DOMContentLoaded", start);
})();
