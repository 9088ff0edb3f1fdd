// Reading settings that show at once, printing, and keys of one letter. Without this script the form's button does it.
const text = document.querySelector("[data-text]");
const form = document.querySelector("[data-reading-settings]");
const keys = document.querySelector("#keys");
const more = document.querySelector("[data-more]");

function show() {
  for (const [name, value] of new FormData(form)) {
    if (["csrfmiddlewaretoken", "next"].includes(name)) continue;
    if (name === "theme") {
      if (value) document.documentElement.dataset.theme = value; else delete document.documentElement.dataset.theme;
      continue;
    }
    if (value) text.dataset[name] = value; else delete text.dataset[name];
  }
}

// One change after the other, so that the last one is also the last that is kept; “Kept.” stands for all of them.
let changes = 0, busy = false;
form?.addEventListener("change", async () => {
  show();
  changes++;
  const says = form.querySelector("[data-says]");
  says.textContent = "";
  if (busy) return;
  busy = true;
  let words = "";
  for (let sent = 0; sent !== changes;) {
    sent = changes;
    try {
      const reply = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
      words = reply.type === "opaqueredirect" || reply.ok ? "Kept." : "Not kept. Press “Read like this”.";
    } catch {
      words = "Shown here, but not kept: the site does not answer.";
    }
  }
  busy = false;
  says.textContent = words;
});

if (more) more.hidden = false;
more?.querySelector("[data-print]").addEventListener("click", () => print());
more?.querySelector("[data-open-keys]").addEventListener("click", () => keys.showModal());

const does = {
  "?": () => keys.showModal(),
  n: () => (document.querySelector("[data-next-part]") ?? document.querySelector("[data-done] button"))?.click(),
  p: () => document.querySelector("[data-previous-part]")?.click(),
  h: () => document.querySelector("[data-mark]")?.click(),
  e: () => document.querySelector("#note textarea")?.focus(),
  s: () => document.querySelector("[data-speak]")?.click(),
  t: () => { const box = form.closest("details"); box.open = !box.open; box.querySelector("summary").focus(); },
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys.open || text.dataset.keys === "off") return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const act = does[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
