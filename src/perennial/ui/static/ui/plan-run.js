// Shows how far the search for a plan is, and opens the plan when it has ended. Without this script a button looks again.
const form = document.querySelector("form[data-run]");
const told = (name) => document.querySelector(`[data-told="${name}"]`);
const says = told("says");
const PAUSE = 1500;

async function look() {
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const reply = await fetch(form.dataset.run, { method: "POST", headers, redirect: "manual" });
  if (!reply.ok) throw new Error("The site did not answer. Load this page again: the search goes on all the same.");
  return reply.json();
}

async function follow() {
  for (;;) {
    await new Promise((done) => setTimeout(done, PAUSE));
    const found = await look();
    if (found.ended) return location.reload(); // which leads to the plan
    told("spent").value = found.spent;
    told("seconds").textContent = found.spent;
    for (const name of ["says", "best", "bound", "gap"]) if (told(name).textContent !== found[name]) told(name).textContent = found[name];
  }
}

form.hidden = true;
follow().catch((fault) => {
  says.textContent = fault instanceof TypeError ? "The site does not answer. Load this page again." : fault.message;
  form.hidden = false;
});
