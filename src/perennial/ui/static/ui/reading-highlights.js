// Highlights: marks passages in the text by their words, and makes new ones from what is selected.
// A passage is found again by its words and those around it, so that small edits of the text do not lose it.
import { keep, queued } from "./queue.js";

const AROUND = 64, ANCHOR = 24, LONGEST = 2000;
const text = document.querySelector("[data-text]");
const card = document.querySelector("[data-highlights]");
const bar = document.querySelector("[data-select]");
const says = card.querySelector("[data-says]");
const list = card.querySelector("ul");

function nodesOf(root) { // text of the article, without what the page itself puts there
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("header, nav, script, style") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  let start = 0;
  while (walker.nextNode()) { nodes.push({ node: walker.currentNode, start }); start += walker.currentNode.length; }
  return { nodes, all: nodes.map(({ node }) => node.data).join("") };
}

const alike = (one, other) => { let same = 0; while (same < one.length && one[same] === other[same]) same++; return same; };
const turned = (words) => [...words].reverse().join("");

// Where a passage stands: its words where they are still there, the best fit by what is around them; else, where its words
// were edited, what now stands between the words around it, if that is of about the same length.
function placeOf(all, { quote, before, after }) {
  let best = -1, most = -1;
  for (let at = all.indexOf(quote); at >= 0; at = all.indexOf(quote, at + 1)) {
    const fit = alike(turned(all.slice(Math.max(0, at - AROUND), at)), turned(before)) + alike(all.slice(at + quote.length), after);
    if (fit > most) [best, most] = [at, fit];
  }
  if (best >= 0) return [best, best + quote.length];
  const head = before.slice(-ANCHOR), tail = after.slice(0, ANCHOR);
  if (head.length < ANCHOR || tail.length < ANCHOR) return null;
  const from = all.indexOf(head) + head.length, to = all.indexOf(tail, from);
  const near = from >= head.length && to > from && Math.abs(to - from - quote.length) <= quote.length / 2;
  return near ? [from, to] : null;
}

function mark(one) {
  const { nodes, all } = nodesOf(text);
  const place = placeOf(all, one);
  if (!place) return false;
  const [from, to] = place;
  for (const { node, start } of nodes) {
    const first = Math.max(from - start, 0), last = Math.min(to - start, node.length);
    if (first >= last || !node.data.slice(first, last).trim()) continue;
    const range = document.createRange();
    range.setStart(node, first);
    range.setEnd(node, last);
    const made = Object.assign(document.createElement("mark"), { title: "Highlighted" });
    made.dataset.uid = one.uid;
    range.surroundContents(made);
  }
  return true;
}

function passageOf(range) {
  const { nodes, all } = nodesOf(text);
  const where = (container, offset) => {
    const point = document.createRange();
    point.setStart(text, 0);
    point.setEnd(container, offset);
    let count = 0;
    for (const { node, start } of nodes) {
      if (point.comparePoint(node, node.length) <= 0) count = start + node.length;
      else { if (node === container) count = start + offset; break; }
    }
    return count;
  };
  let from = where(range.startContainer, range.startOffset), to = where(range.endContainer, range.endOffset);
  while (from < to && /\s/.test(all[from])) from++;
  while (to > from && /\s/.test(all[to - 1])) to--;
  return { quote: all.slice(from, to), before: all.slice(Math.max(0, from - AROUND), from), after: all.slice(to, to + AROUND) };
}

function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return text.contains(range.commonAncestorContainer) ? range : null;
}

function listed(one) { // until the page is loaded anew: then it has a note as well
  card.querySelector("[data-empty]").hidden = true;
  if (document.getElementById(`h-${one.uid}`)) return;
  const entry = Object.assign(document.createElement("li"), { className: "passage", id: `h-${one.uid}` });
  entry.append(Object.assign(document.createElement("blockquote"), { textContent: one.quote }));
  list.append(entry);
}

async function make() {
  const range = chosen();
  if (!range) { says.textContent = "Select some words of the text first."; return; }
  const one = { uid: crypto.randomUUID(), ...passageOf(range) };
  if (!one.quote || one.quote.length > LONGEST) { says.textContent = `Select between 1 and ${LONGEST} characters.`; return; }
  getSelection().removeAllRanges();
  mark(one);
  listed(one);
  const { uid, ...body } = one;
  const reply = await keep(card.dataset.highlights.replace(/0{8}-(0{4}-){3}0{12}/, uid), body, "highlight");
  says.textContent = reply.ok ? "Highlighted. Load the page anew to write a note on it." : reply.kept ? "Highlighted on this device; it is sent when the site answers." : reply.says;
}

for (const one of JSON.parse(document.querySelector("#marks").textContent)) {
  if (!mark(one)) document.getElementById(`h-${one.uid}`)?.append(Object.assign(document.createElement("p"), { className: "cite", textContent: "These words are no longer in the text." }));
}
const prefix = card.dataset.highlights.replace(/0{8}-(0{4}-){3}0{12}\/?$/, "");
for (const entry of await queued()) {
  if (entry.address.startsWith(prefix)) { const one = { uid: entry.address.slice(prefix.length).replace(/\/$/, ""), ...entry.body }; mark(one); listed(one); }
}
document.addEventListener("selectionchange", () => { bar.hidden = !chosen(); });
bar.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
bar.querySelector("[data-mark]").addEventListener("click", make);
text.addEventListener("click", (event) => {
  const uid = event.target.closest("mark[data-uid]")?.dataset.uid;
  if (uid && getSelection().isCollapsed) { location.hash = `h-${uid}`; }
});
