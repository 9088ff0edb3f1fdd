// On every page: sends what waits, says how much waits, and clears the device when someone signs out or somebody else signs in.
import { clear, flush, keeper as owner, queued } from "./queue.js";

const person = document.documentElement.dataset.person ?? "";
const main = document.querySelector("#main");
const NAMES = { answer: ["answer", "answers"], note: ["note", "notes"], highlight: ["highlight", "highlights"], read: ["part read", "parts read"] };
let notice;

function inWords(entries) {
  const counts = Object.entries(NAMES).map(([kind, [one, many]]) => [entries.filter((entry) => entry.kind === kind).length, one, many]);
  const parts = counts.filter(([count]) => count).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  const words = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0];
  return `${words} ${entries.length === 1 ? "waits" : "wait"} to be sent.`;
}

function tell(words, state, again = false) {
  if (!words) { notice?.remove(); notice = null; return; }
  if (!notice) {
    notice = Object.assign(document.createElement("div"), { className: "wrap no-print" });
    notice.innerHTML = '<div class="notice" role="status"><svg class="i" aria-hidden="true"><use/></svg><p></p></div>';
    const drawing = document.querySelector(".brand use")?.getAttribute("href") ?? "";
    notice.querySelector("use").setAttribute("href", drawing.replace(/#.*/, "#i-info"));
    main.prepend(notice);
  }
  notice.firstChild.dataset.state = state;
  notice.querySelector("p").textContent = words;
  if (again) notice.querySelector("p").append(" ", Object.assign(document.createElement("a"), { href: location.href, textContent: "Show this page anew" }));
}

async function say(refused = []) {
  const entries = await queued();
  const lost = refused.map(({ says }) => says).filter(Boolean);
  if (lost.length) tell(`Not taken: ${[...new Set(lost)].join(" ")}`, "missing");
  else if (entries.length) tell(inWords(entries), "part");
  else if (notice) tell("", "met");
}

let later = 0;
async function send() {
  clearTimeout(later);
  if (!person || owner() !== person) return;
  const before = (await queued()).length;
  const refused = before ? await flush() : [];
  await say(refused);
  if ((await queued()).length) later = setTimeout(send, 15000); // the site may be away though the device is connected
  if (before && !refused.length && !(await queued()).length) tell("What you did offline is sent.", "met", true);
}

addEventListener("waiting", () => { say(); clearTimeout(later); later = setTimeout(send, 15000); });
addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });

for (const form of document.querySelectorAll('form[action*="/logout/"]')) {
  form.addEventListener("submit", async (event) => {
    if (!owner() || form.dataset.cleared) return;
    event.preventDefault();
    await flush();
    const left = await queued();
    if (left.length && !confirm(`${inWords(left)} Signing out deletes it from this device. Sign out all the same?`)) return;
    await clear();
    form.dataset.cleared = "1";
    form.submit();
  });
}

if (owner() && person && owner() !== person) {
  await clear(); // somebody else left it here
}
if (owner()) {
  await say();
  await send();
}

const list = document.querySelector("[data-kept-list]"); // the page for what is not on the device
if (list) {
  const again = () => fetch("/service-worker.js", { method: "HEAD", cache: "no-store" }).then(() => location.reload(), () => {});
  addEventListener("online", again);
  setInterval(again, 5000); // a site may be away though the device is connected
}
if (list && owner()) {
  const { ask } = await import("./queue.js");
  const courses = await ask("kept", "readonly", (store) => store.getAll());
  for (const { slug, title } of courses) {
    const entry = document.createElement("li");
    entry.append(Object.assign(document.createElement("a"), { href: `/courses/${slug}/`, textContent: title }));
    list.querySelector("ul").append(entry);
  }
  list.hidden = !courses.length;
  document.querySelector("[data-again]").href = location.href;
}
