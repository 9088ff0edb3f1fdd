// Shows how far the reading of a file is, and opens its report when it is read. Without this script a button looks again.
const form = document.querySelector("form[data-intake]");
const says = document.querySelector("[data-says]");
const PAUSE = 1500;

async function follow() {
  for (;;) {
    await new Promise((done) => setTimeout(done, PAUSE));
    const reply = await fetch(form.dataset.intake, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!reply.ok) throw new Error("The site did not answer. Load this page again: the file is being read all the same.");
    const found = await reply.json();
    if (found.state !== "waiting" && found.state !== "taking") return location.reload();
    const words = found.state === "waiting" ? `${found.read} questions read so far.` : `${found.read} questions read again, then written.`;
    if (says.textContent !== words) says.textContent = words;
  }
}

form.hidden = true;
follow().catch((fault) => {
  says.textContent = fault instanceof TypeError ? "The site does not answer. Load this page again." : fault.message;
  form.hidden = false;
});
