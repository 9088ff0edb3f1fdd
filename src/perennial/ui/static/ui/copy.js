// Buttons with data-copy="id": copy what that field holds or that text says, and say so. Without a script they stay hidden.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = document.getElementById(`${button.dataset.copy}-said`);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    field.select?.();
    await navigator.clipboard.writeText(field.value ?? field.textContent.trim());
    if (said) said.textContent = button.dataset.done;
  });
}
