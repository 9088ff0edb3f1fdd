// Moves steps up and down, and gives each its place by where it stands. Without this script the lists of places do.
for (const rows of document.querySelectorAll("[data-order]")) {
  const lines = () => [...rows.querySelectorAll(".pair")];
  const place = (line) => line.querySelector("select");
  const sent = lines(); // answers go in this order, whatever the order in sight
  rows.closest("form")?.addEventListener("submit", () => sent.forEach((line) => rows.append(line))); // the form reads them as they stand
  rows.sent = () => sent.map((line) => place(line).value);
  const inOrder = () => { if (sent.every((line) => place(line).value)) sent.toSorted((a, b) => place(a).value - place(b).value).forEach((line) => rows.append(line)); };
  rows.take = (values) => { sent.forEach((line, at) => { place(line).value = values[at] ?? ""; }); inOrder(); };
  inOrder();
  const move = (line, by) => {
    const all = lines(), at = all.indexOf(line), to = at + by;
    if (to < 0 || to >= all.length) return;
    all[by < 0 ? to : at].before(all[by < 0 ? at : to]);
    lines().forEach((one, index) => { place(one).value = String(index + 1); });
    rows.dispatchEvent(new Event("change", { bubbles: true }));
    says.textContent = `Place ${to + 1} of ${all.length}: ${line.querySelector("label").textContent}`;
  };
  const says = Object.assign(document.createElement("p"), { className: "hide", role: "status" });
  rows.after(says);
  for (const line of sent) {
    const moves = Object.assign(document.createElement("span"), { className: "moves" });
    for (const [by, words, sign] of [[-1, "Move up", "↑"], [1, "Move down", "↓"]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: sign });
      button.setAttribute("aria-label", `${words}: ${line.querySelector("label").textContent}`);
      button.addEventListener("click", () => { move(line, by); button.focus(); });
      moves.append(button);
    }
    line.append(moves);
  }
}
