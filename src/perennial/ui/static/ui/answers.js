// Saves each answer of a test as it is given. Without this script the form's own buttons save.
// Answers wait in a queue, one at a time, so that the last choice is also the last one saved; while the
// connection is gone they wait on this page and on this device, and are sent when it is back.
import { answers, forget, keeps, queued, signed, wait } from "./queue.js";

const form = document.querySelector("form[data-answers]");
const says = document.querySelector("[data-saved]");
const waiting = new Map(); // address -> fieldset
const given = new Map(); // address -> when it was answered
const HANDING = "You are offline. Your answers wait on this device; hand in once you are connected.";
let handing = false; // someone tried to hand in without a connection
let busy = false, kept = false; // kept: what waits is on this device, and the page may close
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value; // changes when one signs in elsewhere

// What is chosen; for rows, numbers and words what each field holds, rows in the order in which they were sent here.
const chosenIn = (question) => {
  const fields = [...question.querySelectorAll("[data-answer]")];
  return question.querySelector("[data-order]")?.sent?.() ?? (fields.length ? fields : [...question.querySelectorAll("input:checked")]).map((field) => field.value);
};
const clock = (moment) => new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));

function mark(question, reply) {
  const entry = document.querySelector(`[data-toc="${question.dataset.question}"]`);
  const leaf = entry.querySelector(".leaf");
  leaf.dataset.state = "met";
  leaf.querySelector("use").setAttribute("href", entry.parentElement.dataset.met);
  entry.querySelector("[data-words]").textContent = "answered";
  document.querySelector("[data-count]").textContent = `${reply.answered} of ${reply.asked} answered`;
  document.querySelector("aside .bar .got").setAttribute("width", `${(100 * reply.answered) / reply.asked}%`);
}

const ago = (address) => Math.max(0, Math.round((Date.now() - (given.get(address) ?? Date.now())) / 1000));

async function put(address, chosen) {
  return fetch(address, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token(), ...signed },
    body: JSON.stringify({ chosen, seconds_ago: ago(address) }),
    keepalive: true,
  });
}

async function send() {
  if (busy || !waiting.size) return;
  busy = true;
  const [address, question] = waiting.entries().next().value;
  const chosen = chosenIn(question);
  let pause = 0;
  try {
    const reply = await put(address, chosen);
    if (reply.ok) {
      const said = await reply.json();
      mark(question, said);
      form.elements.csrfmiddlewaretoken.value = token();
      if (chosenIn(question).join() === chosen.join()) { waiting.delete(address); await forget(address); }
      if (!waiting.size) says.textContent = `Saved at ${clock(said.saved_at)}. Close the page whenever you like.`;
    } else if (reply.status === 401) {
      says.textContent = "You are signed out. Your answers wait on this page. Sign in in another tab; this page then saves them by itself.";
      pause = 3000;
    } else if (reply.status < 500) {
      for (const gone of waiting.keys()) await forget(gone);
      waiting.clear();
      const said = await reply.json().catch(() => ({}));
      says.textContent = said.detail || "This could not be saved. Press “Save and stay”.";
      if (reply.status === 409) offerResult();
    } else throw new Error(String(reply.status));
  } catch {
    const put = await putBy();
    says.textContent = put && handing ? HANDING : put
      ? "The site does not answer. Your answers wait on this device and are sent when it does, also after you close this page."
      : "Not saved yet: the site does not answer. Your answers wait on this page and are sent when it does.";
    pause = 3000;
  }
  busy = false;
  if (waiting.size) setTimeout(send, pause);
}

async function putBy() { // on this device, with the time at which each was given
  try {
    for (const [address, question] of waiting) await wait(address, { chosen: chosenIn(question) }, "answer", given.get(address));
    kept = true;
  } catch { kept = false; }
  return kept;
}

function offerResult() {
  const link = Object.assign(document.createElement("a"), { href: form.dataset.results, textContent: "See the result" });
  says.append(" ", link);
}

function changed(event) {
  const question = event.target.closest("[data-address]");
  if (!question) return;
  waiting.set(question.dataset.address, question);
  given.set(question.dataset.address, Date.now());
  kept = handing = false;
  says.textContent = "Saving…";
  send();
}
form?.addEventListener("change", changed);
let typing; // words are saved while they are written, too
form?.addEventListener("input", (event) => {
  if (!event.target.matches("textarea")) return;
  clearTimeout(typing);
  typing = setTimeout(() => changed(event), 1500);
});
let reached = false;
form?.addEventListener("submit", async (event) => {
  if (reached || (navigator.onLine && !keeps())) { waiting.clear(); return; } // the form carries every answer itself
  event.preventDefault();
  const { submitter } = event;
  reached = await answers();
  if (reached) { form.requestSubmit(submitter); return; }
  handing = true;
  says.textContent = HANDING;
  says.scrollIntoView({ block: "center" });
});
addEventListener("online", send);
addEventListener("beforeunload", (event) => { if (waiting.size && !kept) event.preventDefault(); });
for (const entry of await queued()) { // given before, and not sent yet
  const question = form?.querySelector(`[data-address="${CSS.escape(entry.address)}"]`);
  if (!question) continue;
  const fields = question.querySelectorAll("[data-answer]"), order = question.querySelector("[data-order]");
  if (order?.take) order.take(entry.body.chosen);
  else if (fields.length) fields.forEach((field, place) => { field.value = entry.body.chosen[place] ?? ""; });
  else for (const box of question.querySelectorAll("input")) box.checked = entry.body.chosen.includes(box.value);
  waiting.set(entry.address, question);
  given.set(entry.address, entry.at);
}
send();
for (const moment of document.querySelectorAll("time[data-local]")) moment.textContent = clock(moment.dateTime);
