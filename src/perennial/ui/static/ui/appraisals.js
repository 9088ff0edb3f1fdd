// Saves an answer as it is given, and its words when the field is left. Without this script the form's own button saves.
const form = document.querySelector("form[data-appraise]");
const says = form.querySelector("[data-saved]");
const progress = document.querySelector("[data-progress]");
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value; // changes when one signs in elsewhere
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const state = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")).toString();
let kept = state(), busy = false, timer = 0;

async function save() {
  clearTimeout(timer);
  const sent = state();
  if (busy || sent === kept || !form.elements.said.value) return;
  busy = true;
  says.textContent = "Saving…";
  let again = false;
  try {
    const reply = await fetch(location.pathname, {
      method: "POST",
      headers: { "HX-Request": "true", "X-CSRFToken": token() },
      body: new FormData(form),
      redirect: "manual",
    });
    if (reply.ok) {
      kept = sent;
      progress.innerHTML = await reply.text();
      says.textContent = `Saved at ${clock.format(new Date())}. Close the page whenever you like.`;
    } else if (reply.type === "opaqueredirect") {
      says.textContent = "You are signed out. Sign in in another tab; this page then saves by itself.";
      again = true;
    } else {
      kept = sent; // the same again would be refused again
      says.textContent = "Not saved. Press the button to see why.";
    }
  } catch {
    says.textContent = "Not saved yet: the site does not answer. We try again.";
    again = true;
  }
  busy = false;
  if (again || state() !== kept) timer = setTimeout(save, again ? 4000 : 300);
}

form.addEventListener("change", save);
addEventListener("beforeunload", (event) => { if (!form.dataset.leaving && form.elements.said.value && state() !== kept) event.preventDefault(); });
form.addEventListener("submit", () => { form.dataset.leaving = "1"; });
