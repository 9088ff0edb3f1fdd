// Saves a part of a draft a moment after the last change. Without this script the form's own button saves.
const PAUSE = 1500;
const form = document.querySelector("form[data-draft]");
const says = form.querySelector("[data-saved]");
const base = form.elements.base;
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value; // changes when one signs in elsewhere
const owner = document.documentElement.dataset.person;
const signed = owner ? { "Perennial-Person": owner } : {}; // whose page this is: nothing is saved in the name of who signed in since
const clock = (moment) => new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
const state = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "base" && name !== "csrfmiddlewaretoken")).toString();
let kept = state(), timer = 0, busy = false, apart = false, pressed = null;

async function save() {
  clearTimeout(timer);
  const sent = state();
  if (busy || apart || sent === kept) return;
  busy = true;
  let pause = 0;
  says.textContent = "Saving…";
  try {
    const reply = await fetch(location.pathname, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": token(), ...signed },
      body: new FormData(form),
      redirect: "manual",
    });
    if (reply.type === "opaqueredirect" || reply.status === 401) {
      says.textContent = "You are signed out. Sign in in another tab; this page then saves by itself.";
      pause = 4000;
    } else if (reply.ok) {
      const said = await reply.json();
      base.value = said.revision;
      const same = state() === sent;
      for (const [name, id] of Object.entries(said.names ?? {})) if (form.elements[name] && !form.elements[name].value) form.elements[name].value = id; // a new row keeps the id that it was given
      kept = same ? state() : sent;
      says.textContent = `Saved ${clock(said.saved_at)}`;
    } else {
      const said = await reply.json().catch(() => ({}));
      says.textContent = said.detail ?? "Not saved. Press “Save”.";
      kept = sent; // the same again would be refused again
      if (said.address) {
        apart = true;
        says.append(" ", Object.assign(document.createElement("a"), { href: said.address, textContent: "See both" }));
      }
    }
  } catch {
    says.textContent = "Not saved yet: the site does not answer. We try again.";
    pause = 4000;
  }
  busy = false;
  mark();
  if (pressed && !apart) return form.requestSubmit(pressed); // the button waited for this save, so that it builds on it
  pressed = null;
  if (!apart && (pause || state() !== kept)) timer = setTimeout(save, pause || PAUSE);
}

const mark = () => form.toggleAttribute("data-unsaved", state() !== kept);
const soon = () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); mark(); };
form.addEventListener("input", soon);
form.addEventListener("change", soon);
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (busy) {
    event.preventDefault();
    pressed = event.submitter;
  } else form.dataset.leaving = "1";
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // an old page would save on an old state
addEventListener("beforeunload", (event) => { if (!form.dataset.leaving && !apart && state() !== kept) { save(); event.preventDefault(); } });
