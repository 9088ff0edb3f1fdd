// Saves a note a moment after the last stroke. Without this script the form's own button saves.
const PAUSE = 1200;
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const says = form.querySelector("[data-saved]");
  const { text, revision, csrfmiddlewaretoken } = form.elements;
  const clock = (moment) => new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
  let kept = text.value, timer = 0, busy = false;

  async function save() {
    clearTimeout(timer);
    if (busy || text.value === kept) return;
    busy = true;
    const sent = text.value;
    let again = false;
    try {
      const reply = await fetch(form.dataset.autosave, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfmiddlewaretoken.value },
        body: JSON.stringify({ text: sent, revision: Number(revision.value) }),
        keepalive: sent.length < 15000,
      });
      const said = await reply.json();
      if (reply.ok) {
        kept = sent;
        revision.value = said.revision;
        const merged = said.text !== sent.trim();
        if (merged && text.value === sent) { text.value = said.text; kept = said.text; }
        says.textContent = merged ? "Another tab had changed this note: both texts are kept." : `Saved at ${clock(said.saved_at)}.`;
      } else says.textContent = typeof said.detail === "string" ? said.detail : "Not saved. Press “Save note”.";
    } catch {
      says.textContent = "Not saved yet: the site does not answer. We try again.";
      again = true;
    }
    busy = false;
    if (again || text.value !== kept) timer = setTimeout(save, again ? 4000 : PAUSE);
  }

  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); });
  text.addEventListener("blur", save);
  addEventListener("pagehide", save);
  addEventListener("beforeunload", (event) => { if (!form.dataset.leaving && text.value !== kept) event.preventDefault(); });
  form.addEventListener("submit", () => { form.dataset.leaving = "1"; });
}
