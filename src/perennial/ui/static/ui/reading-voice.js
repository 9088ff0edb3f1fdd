// Reads the text aloud with the voice of the device, paragraph after paragraph. Stays hidden where the browser has none.
const tools = document.querySelector("[data-voice]");
const text = document.querySelector("[data-text]");
const lang = document.documentElement.lang || "en";
const BLOCKS = "h1, h2, h3, h4, p, li, blockquote, td, th, dt, dd, summary, figcaption";

if (tools && text && "speechSynthesis" in globalThis && "SpeechSynthesisUtterance" in globalThis) {
  const speak = tools.querySelector("[data-speak]"), stop = tools.querySelector("[data-stop]"), speed = tools.querySelector("[data-speed]");
  const words = speak.querySelector("[data-words]");
  const blocks = [...text.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS) && block.textContent.trim());
  let at = -1, turn = 0, state = "silent"; // silent, speaking, paused
  tools.hidden = false;
  speechSynthesis.cancel(); // what a page before this one may have left

  function told(next) {
    state = next;
    words.textContent = { silent: "Read aloud", speaking: "Pause", paused: "Go on" }[state];
    speak.setAttribute("aria-pressed", String(state === "speaking"));
    stop.hidden = state === "silent";
  }

  function mark(block) {
    text.querySelector("[data-spoken]")?.removeAttribute("data-spoken");
    if (!block) return;
    block.dataset.spoken = "";
    const { top, bottom } = block.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) block.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  function say(place) {
    at = place;
    if (at >= blocks.length) return end();
    const mine = ++turn, saying = new SpeechSynthesisUtterance(spoken(blocks[at]));
    saying.lang = lang;
    saying.rate = Number(speed.value);
    saying.onend = () => { if (mine === turn && state === "speaking") say(at + 1); };
    saying.onerror = (event) => { if (mine === turn && !["canceled", "interrupted"].includes(event.error)) end(); };
    mark(blocks[at]);
    speechSynthesis.speak(saying);
  }

  function spoken(block) { // without the numbers of references
    const copy = block.cloneNode(true);
    for (const number of copy.querySelectorAll("sup")) number.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function end() {
    turn++;
    speechSynthesis.cancel();
    mark(null);
    at = -1;
    told("silent");
  }

  // The first paragraph in the window: one reads on from where one is.
  const here = () => Math.max(0, blocks.findIndex((block) => block.getBoundingClientRect().bottom > 0));

  speak.addEventListener("click", () => {
    if (state === "speaking") { turn++; speechSynthesis.cancel(); told("paused"); return; }
    const from = state === "paused" ? at : here();
    told("speaking");
    say(from);
  });
  stop.addEventListener("click", end);
  speed.addEventListener("change", () => { if (state === "speaking") { turn++; speechSynthesis.cancel(); say(at); } });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
