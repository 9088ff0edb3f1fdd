// Keeps the heading that a reader has reached, so that reading goes on there, on this device or another.
import { keep as keepFor, keeps } from "./queue.js";

const text = document.querySelector("[data-reading]");
const token = document.querySelector("[name=csrfmiddlewaretoken]");
const headings = text ? [...text.querySelectorAll("h2[id^='at-'], h3[id^='at-']")] : [];
let kept = "", timer = 0;

function reached() {
  const line = innerHeight / 3;
  return headings.filter((heading) => heading.getBoundingClientRect().top < line).at(-1)?.id ?? "";
}

function keep() {
  const place = reached();
  if (place === kept) return;
  kept = place;
  fetch(text.dataset.reading, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token.value },
    body: JSON.stringify({ place }),
    keepalive: true,
  }).catch(() => { kept = ""; });
}

if (headings.length && token) {
  addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(keep, 1500); }, { passive: true });
}

// "I have read this" where someone keeps courses on this device: told at once or kept to tell, and on to what follows.
const done = document.querySelector("form[data-done]");
done?.addEventListener("submit", async (event) => {
  if (navigator.onLine && !keeps()) return;
  event.preventDefault();
  const told = await keepFor(text.dataset.reading, { read: true }, "read");
  if (told.ok || told.kept) location.assign(done.dataset.done);
  else done.submit(); // the site says on a page of its own why not
});
