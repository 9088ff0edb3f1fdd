// Looks at an approval statement while it is typed. Without this script the form says what it holds and lacks once it is sent.
const form = document.querySelector("form[data-elements]");
const found = document.querySelector("[data-found]");
const PAUSE = 600;
let waiting = 0;
let asked = null;

async function look() {
  asked?.abort();
  asked = new AbortController();
  const reply = await fetch(form.dataset.elements, {
    method: "POST",
    body: new FormData(form),
    headers: { "HX-Request": "true" },
    signal: asked.signal,
  });
  if (reply.ok) found.innerHTML = await reply.text();
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => look().catch(() => {}), PAUSE); // a look that failed is made again at the next key
});
