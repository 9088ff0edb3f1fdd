// Keeps the heading that a reader has reached, so that reading goes on there, on this device or another.
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
