// Shows how far an audit packet is. Without this script a button looks again.
const form = document.querySelector("form[data-packet]");
const bar = form.querySelector("progress");
const says = form.querySelector("[data-says]");
const SECOND = 1000;

async function look() {
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const reply = await fetch(form.dataset.packet, { method: "POST", headers, redirect: "manual" });
  if (!reply.ok) throw new Error("The site did not answer. Load this page again: the packet is being made all the same.");
  return reply.json();
}

async function follow() {
  for (;;) {
    await new Promise((done) => setTimeout(done, 1.5 * SECOND));
    const { state, done, proofs } = await look();
    if (state === "ready" || state === "failed") return location.reload();
    bar.value = done;
    const words = `${done} of ${proofs} certificates are laid out.`;
    if (says.textContent !== words) says.textContent = words;
  }
}

form.querySelector("button").hidden = true;
follow().catch((fault) => {
  says.textContent = fault instanceof TypeError ? "The site does not answer. Load this page again." : fault.message;
  form.querySelector("button").hidden = false;
});
