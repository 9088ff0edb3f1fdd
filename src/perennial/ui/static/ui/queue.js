// What is answered, read, noted and highlighted while the site does not answer: kept on this device in the order in which it was
// given, and sent once when it does. Of one person alone: what another left here is deleted before anything is shown or sent.
const NAME = "perennial";
const owner = document.documentElement.dataset.person ?? "";
// Whose page this is: the site takes nothing from it once somebody else is signed in, and answers as to who is signed out.
export const signed = owner ? { "Perennial-Person": owner } : {};
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
let opened;

export function base() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { keyPath: "address" });
      asked.result.createObjectStore("kept", { keyPath: "slug" });
      asked.result.createObjectStore("facts", { keyPath: "name" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

export async function ask(store, mode, work) {
  const transaction = (await base()).transaction(store, mode);
  const asked = work(transaction.objectStore(store));
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(asked?.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

// What waits, the oldest first; nothing where there is no person or no place to keep it.
export async function queued() {
  try {
    if (!owner || localStorage.getItem("perennial-owner") !== owner) return [];
    return (await ask("queue", "readonly", (store) => store.getAll())).filter((entry) => entry.owner === owner).sort((a, b) => a.at - b.at);
  } catch { return []; }
}

async function sendNow(address, body, at) {
  return fetch(address, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token(), ...signed },
    body: JSON.stringify({ ...body, seconds_ago: Math.max(0, Math.round((Date.now() - at) / 1000)) }),
    keepalive: JSON.stringify(body).length < 15000,
  });
}

// Who keeps things on this device, and whether someone does. The browser may think itself connected while the site does not answer; where nothing is
// kept, its word is enough.
export const keeper = () => { try { return localStorage.getItem("perennial-owner") ?? ""; } catch { return ""; } };
export const keeps = () => Boolean(keeper());

// Whether the site answers now.
export const answers = () => fetch("/service-worker.js", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5000) }).then(() => true, () => false);

// Sends now, or keeps it to send: {ok, said} when the site took it, {kept} when it waits here, {says, status} when it was refused.
export async function keep(address, body, kind) {
  const at = Date.now();
  try {
    const reply = await sendNow(address, body, at);
    if (reply.ok || (reply.status < 500 && reply.status !== 401)) {
      await forget(address);
      const said = await reply.json().catch(() => ({}));
      return { ok: reply.ok, status: reply.status, said, says: typeof said.detail === "string" ? said.detail : "This could not be saved. Load the page anew." };
    }
  } catch { /* the site does not answer */ }
  try {
    await wait(address, body, kind, at);
    return { kept: true };
  } catch {
    return { says: "Not saved: the site does not answer, and this browser keeps nothing for it." };
  }
}

// Keeps one thing to send later; what waits at the same address is replaced.
export async function wait(address, body, kind, at = Date.now()) {
  if (!owner) throw new Error("no one is signed in");
  localStorage.setItem("perennial-owner", owner);
  await ask("queue", "readwrite", (store) => store.put({ address, body, kind, at, owner }));
  dispatchEvent(new CustomEvent("waiting"));
}

export async function forget(address) {
  if (!localStorage.getItem("perennial-owner")) return;
  try { await ask("queue", "readwrite", (store) => store.delete(address)); } catch { /* nothing was kept */ }
  dispatchEvent(new CustomEvent("waiting"));
}

// Sends what waits, one after the other; stops where the site does not answer. Gives what was refused.
let sending = null;
export function flush() {
  sending ??= (async () => {
    const refused = [];
    for (const entry of await queued()) {
      if (document.querySelector(`[data-autosave="${CSS.escape(entry.address)}"], [data-address="${CSS.escape(entry.address)}"]`)) continue; // this page sends it itself
      let reply;
      try { reply = await sendNow(entry.address, entry.body, entry.at); } catch { break; }
      if (reply.status === 401 || reply.status >= 500) break;
      if (!reply.ok) refused.push({ ...entry, says: (await reply.json().catch(() => ({}))).detail });
      const now = (await queued()).find((other) => other.address === entry.address);
      if (now && now.at === entry.at) await forget(entry.address);
    }
    return refused;
  })().finally(() => { sending = null; });
  return sending;
}

// Deletes everything of everyone from this device: what waits, what is kept offline, and the worker that serves it. Whose it was is
// forgotten last, so that the next page goes on where this one was left in the midst of it.
export async function clear() {
  const whose = keeper();
  try { for (const store of ["queue", "kept", "facts"]) await ask(store, "readwrite", (it) => it.clear()); } catch { /* nothing was kept */ }
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  if (whose && keeper() === whose) localStorage.removeItem("perennial-owner");
}
