// Sends dropped or chosen files one by one and says what became of each. Without this script the form sends them all.
const form = document.querySelector("form[data-drop]");
const input = form.querySelector("input[type=file]");
const says = form.querySelector("[data-says]");
const list = form.querySelector("[data-list]");
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
let busy = false;

async function send(file) {
  const body = new FormData();
  body.append("files", file);
  try {
    const reply = await fetch(form.action, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token() }, body, redirect: "manual" });
    if (reply.type === "opaqueredirect") return "You are signed out. Sign in in another tab, then send it again.";
    if (reply.status === 413) return "It is larger than 20 MB. Make it smaller.";
    return (await reply.json()).detail;
  } catch { return "The site does not answer. Try once more."; }
}

async function take(files) {
  if (busy || !files.length) return;
  busy = true;
  list.hidden = false;
  let refused = 0, done = 0;
  for (const file of files) {
    says.textContent = `Sending ${++done} of ${files.length}`;
    const fault = await send(file);
    if (fault) refused += 1;
    list.append(Object.assign(document.createElement("li"), { textContent: fault ? `${file.name}: ${fault}` : `${file.name}: added` }));
  }
  busy = false;
  if (!refused) return location.reload();
  says.textContent = `${done - refused} of ${done} files were added. Load the page again to describe them.`;
}

form.querySelector("[data-hint]").hidden = false;
form.addEventListener("submit", (event) => { event.preventDefault(); take([...input.files]); });
form.addEventListener("dragover", (event) => { event.preventDefault(); form.dataset.over = "1"; });
form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) delete form.dataset.over; });
form.addEventListener("drop", (event) => { event.preventDefault(); delete form.dataset.over; take([...event.dataTransfer.files]); });
addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
