// Shows a section as its page will, while one writes, and puts references into the text. The HTML comes made safe from the site.
const place = document.querySelector("[data-preview]");
const form = document.querySelector("form[data-draft]");
const text = form.elements.text;
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
let timer = 0, asked = 0;

async function draw() {
  const number = ++asked;
  try {
    const reply = await fetch(place.dataset.preview, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ text: text.value }), redirect: "manual" });
    if (reply.ok && number === asked) place.innerHTML = await reply.text();
  } catch { /* the next change asks again */ }
}
text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(draw, 500); });

for (const code of document.querySelectorAll("[data-insert]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: code.textContent });
  button.dataset.size = "s";
  button.setAttribute("aria-label", `Put ${code.textContent} into the text`);
  button.addEventListener("click", () => {
    text.setRangeText(code.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  code.replaceWith(button);
}
