// Adds empty rows to a part's tables, and shows those that fit the kind of question. Without this script saving gives a new row.
for (const table of document.querySelectorAll("[data-rows]")) {
  const add = table.querySelector("[data-add]");
  if (!add) continue;
  add.hidden = false;
  table.querySelector("[data-hint]").hidden = true;
  const total = document.querySelector(`[name="${table.dataset.rows}-TOTAL_FORMS"]`);
  add.addEventListener("click", () => {
    const number = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = table.querySelector("template").innerHTML.replaceAll("__prefix__", number).replaceAll("__n__", number + 1);
    const row = holder.content.firstElementChild;
    add.parentElement.before(row);
    total.value = number + 1;
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    total.form.dispatchEvent(new Event("change"));
  });
}
const kind = document.querySelector("form[data-draft] select[name=kind]");
const fit = () => { for (const part of document.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(kind.value); };
if (kind && document.querySelector("[data-for]")) {
  kind.addEventListener("change", fit);
  fit();
}
// The steps of a case as choices wherever a step is named: a new name is added, a changed one changes everywhere.
const keep = (name) => { name.dataset.was = name.value.trim(); };
for (const name of document.querySelectorAll("[data-step]")) keep(name);
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("[data-step]")) return;
  const now = target.value.trim();
  const steps = [document, ...[...document.querySelectorAll("[data-rows] template")].map((one) => one.content)];
  for (const list of now ? steps.flatMap((part) => [...part.querySelectorAll("select[data-steps]")]) : []) {
    const same = [...list.options].find((option) => option.value === now);
    const before = target.dataset.was && [...list.options].find((option) => option.value === target.dataset.was);
    if (same) continue;
    const option = before || list.appendChild(document.createElement("option"));
    option.value = option.textContent = now;
  }
  keep(target);
}, true);
