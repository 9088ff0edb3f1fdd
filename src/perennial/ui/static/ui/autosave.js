// Saves a note a moment after the last stroke. Without this script the form's own button saves.
import { forget, queued, signed, wait } from "./queue.js";

const PAUSE = 1200;
const SIGNED_OUT = "You are signed out. Sign in in another tab; this page then saves by itself.";
const token = (field) => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? field.value; // changes when one signs in elsewhere
const plain = (words) => words.replaceAll("\0", "").toWellFormed?.() ?? words; // without what no table holds
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const says = form.querySelector("[data-saved]");
  const { text, revision, csrfmiddlewaretoken } = form.elements;
  const clock = (moment) => new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
  let kept = text.value, timer = 0, busy = false, stored = false;

  async function save() {
    clearTimeout(timer);
    if (busy || text.value === kept) return;
    busy = true;
    const sent = plain(text.value), typed = text.value;
    let again = false, told = kept;
    try {
      const reply = await fetch(form.dataset.autosave, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token(csrfmiddlewaretoken), ...signed },
        body: JSON.stringify({ text: sent, revision: Number(revision.value) }),
        keepalive: sent.length < 15000,
      });
      const said = await reply.json();
      if (reply.ok) {
        kept = told = typed;
        stored = false;
        await forget(form.dataset.autosave);
        revision.value = said.revision;
        csrfmiddlewaretoken.value = token(csrfmiddlewaretoken);
        const merged = said.text !== sent.trim();
        if (merged && text.value === typed) text.value = kept = told = said.text;
        says.textContent = merged ? "Another tab had changed this note: both texts are kept." : `Saved at ${clock(said.saved_at)}.`;
      } else {
        told = typed; // refused: the same again would be refused again
        again = reply.status === 401;
        says.textContent = reply.status === 401 ? SIGNED_OUT : typeof said.detail === "string" ? said.detail : "Not saved. Press “Save note”.";
      }
    } catch {
      stored = await wait(form.dataset.autosave, { text: sent, revision: Number(revision.value) }, "note").then(() => true, () => false);
      says.textContent = stored ? "The site does not answer. Your note waits on this device and is sent when it does." : "Not saved yet: the site does not answer. We try again.";
      again = true;
    }
    busy = false;
    if (again || text.value !== told) timer = setTimeout(save, again ? 4000 : PAUSE);
  }

  queued().then((entries) => { // written before, and not sent yet
    const entry = entries.find(({ address }) => address === form.dataset.autosave);
    if (!entry) return;
    if (text.value === kept) [text.value, revision.value, stored] = [entry.body.text, entry.body.revision, true];
    save();
  });
  text.addEventListener("input", () => { stored = false; clearTimeout(timer); timer = setTimeout(save, PAUSE); });
  text.addEventListener("blur", save);
  addEventListener("pagehide", save);
  addEventListener("beforeunload", (event) => { if (!form.dataset.leaving && !stored && text.value !== kept) event.preventDefault(); });
  form.addEventListener("submit", () => { form.dataset.leaving = "1"; });
}
