// Buttons with data-copy="id of a field": copy what the field holds, and say so. Without a script they stay hidden.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById(`${button.dataset.copy}-said`);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    if (said) said.textContent = button.dataset.done;
  });
}
