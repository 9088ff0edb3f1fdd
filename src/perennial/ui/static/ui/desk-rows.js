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
