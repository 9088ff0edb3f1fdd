// Sends each dropped file by itself and shows how far it has come. Without this script the form sends all files at once.
const form = document.querySelector("form.drop");
const input = form.querySelector("input[type=file]");
const says = form.querySelector("[data-says]");
const list = form.querySelector("[data-list]");
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
const LARGEST = 20 * 1024 * 1024;
let busy = false;

function line(name) {
  const row = document.createElement("li");
  const what = document.createElement("span"), state = document.createElement("span");
  what.textContent = name;
  state.textContent = "Waits";
  row.append(what, state);
  list.append(row);
  return (words, why) => {
    state.textContent = words;
    for (const text of why ?? []) {
      const more = document.createElement("span");
      more.className = "why";
      more.textContent = text;
      row.append(more);
    }
  };
}

async function post(address, body) {
  const reply = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" }, body, redirect: "manual" });
  if (reply.type === "opaqueredirect") throw new Error("You are signed out. Sign in in another tab, then send the rest.");
  if (!(reply.headers.get("Content-Type") ?? "").includes("json")) throw new Error("The site did not take it. Load the page again and try once more.");
  return reply.json();
}

async function send(file, tell) {
  if (file.size > LARGEST) return tell("Left out", ["It is larger than 20 MB. Send a smaller copy."]), 0;
  tell("On its way");
  const body = new FormData();
  body.append("files", file);
  try {
    const said = await post(form.dataset.file, body);
    tell(said.taken ? "Here" : "Not taken", said.says);
    return said.taken ? 1 : 0;
  } catch (fault) {
    tell("Not taken", [fault instanceof TypeError ? "The site does not answer. Try once more." : fault.message]);
    return 0;
  }
}

async function readAll(total) {
  for (let left = total, before = -1; left > 0 && left !== before; ) {
    says.textContent = `Reading${Number.isFinite(left) ? `: ${left} file${left === 1 ? "" : "s"} left` : ""}. You may leave this page; what waits is there when you come back.`;
    before = left;
    left = (await post(form.dataset.read)).left;
  }
}

async function take(files) {
  if (busy || !files.length) return;
  busy = true;
  list.hidden = false;
  const rows = [...files].map((file) => [file, line(file.name)]);
  let done = 0, taken = 0;
  for (const [file, tell] of rows) {
    says.textContent = `Sending ${++done} of ${rows.length}`;
    taken += await send(file, tell);
  }
  try {
    if (taken) await readAll(Infinity);
    busy = false;
    if (taken === rows.length) return location.reload();
    says.textContent = `${taken} of ${rows.length} files are in. Look at the reasons below`;
    const again = document.createElement("a");
    again.href = location.pathname;
    again.textContent = "show what was read.";
    says.append(", then ", again);
  } catch (fault) {
    says.textContent = fault instanceof TypeError ? "The site does not answer. Load the page again: what was sent is kept." : fault.message;
    busy = false;
  }
}

form.querySelector("[data-hint]").hidden = false;
form.addEventListener("submit", (event) => { event.preventDefault(); take(input.files); });
form.addEventListener("dragover", (event) => { event.preventDefault(); form.dataset.over = "1"; });
form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) delete form.dataset.over; });
form.addEventListener("drop", (event) => { event.preventDefault(); delete form.dataset.over; take(event.dataTransfer.files); });
addEventListener("beforeunload", (event) => { if (busy && says.textContent.startsWith("Sending")) event.preventDefault(); });
