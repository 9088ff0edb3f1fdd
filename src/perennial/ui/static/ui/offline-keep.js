// "Keep this course offline": fetches its pages once, says how far it is, and keeps them until they are removed or one signs out.
import { ask, clear } from "./queue.js";

const panel = document.querySelector("[data-offline]");
const person = document.documentElement.dataset.person ?? "";
const MOST_BYTES = 200 * 1024 * 1024;

if (panel && person && "serviceWorker" in navigator && "caches" in globalThis && "indexedDB" in globalThis) {
  const { offline, slug, digest } = panel.dataset;
  const button = panel.querySelector("[data-keep]"), remove = panel.querySelector("[data-remove]"), says = panel.querySelector("[data-says]");
  const name = `course-${slug}`;
  panel.hidden = false;

  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

  async function show() {
    const kept = await ask("kept", "readonly", (store) => store.get(slug)).catch(() => undefined);
    button.hidden = Boolean(kept);
    remove.hidden = !kept;
    if (kept) says.textContent = `On this device: ${kept.pages} pages, ${size(kept.bytes)}. What you do offline is sent when you are connected again.`;
    return kept;
  }

  // Pages, and of what they show as much as there is room for. Gives bytes and how many files were too large.
  async function take(pages, into) {
    let bytes = 0, left = 0, done = 0;
    const shown = new Set();
    for (const address of pages) {
      const reply = await fetch(address, { cache: "no-cache" });
      if (!reply.ok || reply.redirected) throw new Error(address);
      const html = await reply.clone().text();
      bytes += html.length;
      await into.put(new URL(address, location.origin).href, reply);
      says.textContent = `${++done} of ${pages.length} pages are on this device…`;
      const files = `main :is(img, audio, video, source, track)[src], main a[href^="/courses/${slug}/media/"]`;
      for (const it of new DOMParser().parseFromString(html, "text/html").querySelectorAll(files)) {
        const url = new URL(it.getAttribute("src") ?? it.getAttribute("href"), new URL(address, location.origin));
        if (url.origin === location.origin && !url.pathname.startsWith("/static/")) shown.add(url.origin + url.pathname);
      }
    }
    for (const address of shown) {
      says.textContent = `Pictures and sound: ${shown.size} left…`;
      const reply = await fetch(address);
      const length = Number(reply.headers.get("Content-Length") ?? MOST_BYTES);
      if (!reply.ok || bytes + length > MOST_BYTES) { left++; continue; }
      bytes += length;
      await into.put(address, reply);
    }
    return { bytes, left };
  }

  async function keep() {
    button.disabled = true;
    says.textContent = "Asking what the course holds…";
    try {
      const told = await (await fetch(offline)).json();
      localStorage.setItem("perennial-owner", person);
      await (await caches.open("owner")).put("/owner", new Response(person));
      await navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
      await caches.delete(name);
      const { bytes, left } = await take(told.pages, await caches.open(name));
      await navigator.serviceWorker.ready;
      await ask("kept", "readwrite", (store) => store.put({ slug, title: told.title, digest: told.digest, pages: told.pages.length, bytes, at: Date.now() }));
      navigator.storage?.persist?.();
      await show();
      if (left) says.textContent += ` ${left} of its pictures or films ${left === 1 ? "is" : "are"} too large to keep.`;
    } catch {
      await caches.delete(name);
      await ask("kept", "readwrite", (store) => store.delete(slug)).catch(() => {});
      says.textContent = "It could not be kept: the site did not answer, or this device has no room. Nothing is left of it; try again.";
    }
    button.disabled = false;
  }

  async function leave() {
    await caches.delete(name);
    await ask("kept", "readwrite", (store) => store.delete(slug));
    const rest = await ask("kept", "readonly", (store) => store.count());
    const waits = await ask("queue", "readonly", (store) => store.count());
    if (!rest && !waits) { await clear(); }
    says.textContent = "Removed from this device.";
    button.hidden = false;
    remove.hidden = true;
  }

  button.addEventListener("click", keep);
  remove.addEventListener("click", leave);
  const kept = await show();
  if (kept && kept.digest !== digest && navigator.onLine) await keep(); // one has begun anew, on a newer version
}
