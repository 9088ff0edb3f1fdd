// Saves each answer of a test as it is given. Without this script the form's own buttons save.
// Answers wait in a queue, one at a time, so that the last choice is also the last one saved; while the
// connection is gone they wait on this page and are sent when it is back.
const form = document.querySelector("form[data-answers]");
const says = document.querySelector("[data-saved]");
const waiting = new Map(); // address -> fieldset
let busy = false;
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value; // changes when one signs in elsewhere

const chosenIn = (question) => [...question.querySelectorAll("input:checked")].map((box) => box.value);
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

async function put(address, chosen) {
  return fetch(address, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ chosen }),
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
      if (chosenIn(question).join() === chosen.join()) waiting.delete(address);
      if (!waiting.size) says.textContent = `Saved at ${clock(said.saved_at)}. Close the page whenever you like.`;
    } else if (reply.status === 401) {
      says.textContent = "You are signed out. Your answers wait on this page. Sign in in another tab; this page then saves them by itself.";
      pause = 3000;
    } else if (reply.status < 500) {
      waiting.clear();
      const said = await reply.json().catch(() => ({}));
      says.textContent = said.detail || "This could not be saved. Press “Save and stay”.";
      if (reply.status === 409) offerResult();
    } else throw new Error(String(reply.status));
  } catch {
    says.textContent = "Not saved yet: the site does not answer. Your answers wait on this page and are sent when it does.";
    pause = 3000;
  }
  busy = false;
  if (waiting.size) setTimeout(send, pause);
}

function offerResult() {
  const link = Object.assign(document.createElement("a"), { href: form.dataset.results, textContent: "See the result" });
  says.append(" ", link);
}

form?.addEventListener("change", (event) => {
  const question = event.target.closest("[data-address]");
  if (!question) return;
  waiting.set(question.dataset.address, question);
  says.textContent = "Saving…";
  send();
});
form?.addEventListener("submit", () => waiting.clear()); // the form carries every answer itself
addEventListener("online", send);
addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
for (const moment of document.querySelectorAll("time[data-local]")) moment.textContent = clock(moment.dateTime);
