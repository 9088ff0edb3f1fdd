// Answers from the device where the site does not. The site always comes first, so nothing shown is older than it must be; only what
// someone asked to keep is kept; forms and the API pass by untouched. Above this line the server writes VERSION and SHELL.
const SHELL_CACHE = `shell-${VERSION}`, COURSE = "course-", OWNER = "owner";
const IN_COURSE = /^\/courses\/([-\w]+)\/(?:$|read\/[-\w]+\/$|test\/$|notes\/$)/;
const RESULT = /^\/courses\/([-\w]+)\/test\/\d+\/results\/$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL_CACHE).then((shell) => shell.addAll(SHELL.map((file) => new Request(file, { cache: "reload", credentials: "omit" })))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL_CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, url, event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(siteFirst(request, url));
  else if (["image", "audio", "video", "track"].includes(request.destination)) event.respondWith(siteFirst(request, url));
});

async function page(request, url, event) {
  try {
    const reply = await fetch(request);
    event.waitUntil(renew(url, reply.clone()));
    return reply;
  } catch {
    return (await kept(url)) ?? (await caches.match("/offline")) ?? Response.error();
  }
}

async function siteFirst(request, url) {
  try { return await fetch(request); } catch { return part(request, (await kept(url)) ?? (await anyVersion(url)) ?? Response.error()); }
}

// A player asks for parts of a film: of one that is kept whole it gets that part.
async function part(request, reply) {
  const asked = request.headers.get("Range")?.match(/^bytes=(\d+)-(\d*)$/);
  if (!asked || reply.status !== 200) return reply;
  const whole = await reply.blob(), first = Number(asked[1]), last = Math.min(asked[2] ? Number(asked[2]) : whole.size - 1, whole.size - 1);
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const headers = { "Content-Type": whole.type, "Content-Range": `bytes ${first}-${last}/${whole.size}`, "Content-Length": String(last - first + 1), "Accept-Ranges": "bytes" };
  return new Response(whole.slice(first, last + 1, whole.type), { status: 206, headers });
}

// A page is kept under its path alone: the same page whatever follows in its address.
async function kept(url) {
  for (const name of await caches.keys()) {
    const found = await (await caches.open(name)).match(url.origin + url.pathname);
    if (found) return found;
  }
}

// A file of the frame under another version of its name: ui/perennial.abc123.css for ui/perennial.def456.css.
async function anyVersion(url) {
  const plain = (path) => path.replace(/\.[0-9a-f]{12}(\.\w+)$/, "$1");
  const shell = await caches.open(SHELL_CACHE);
  for (const request of await shell.keys()) if (plain(new URL(request.url).pathname) === plain(url.pathname)) return shell.match(request);
}

// Pages of a kept course are kept as they are now; those of another person clear the device first.
async function renew(url, reply) {
  const person = reply.headers.get("Perennial-Person");
  const owner = await (await caches.match("/owner"))?.text();
  if (owner && person && person !== owner) {
    for (const name of await caches.keys()) if (name.startsWith(COURSE) || name === OWNER) await caches.delete(name);
    return;
  }
  if (!owner || person !== owner || !reply.ok || reply.redirected) return;
  const course = url.pathname.match(IN_COURSE), result = url.pathname.match(RESULT), slug = (course ?? result)?.[1];
  if (!slug || !(await caches.has(COURSE + slug))) return;
  const cache = await caches.open(COURSE + slug);
  if (result) await cache.delete(`${url.origin}/courses/${slug}/test/`); // handed in: its paper is closed
  else await cache.put(url.origin + url.pathname, reply);
}
