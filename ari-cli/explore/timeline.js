// The panel with the timeline of a call.

import { send } from "./api.js";
import { byId, copyButton, element } from "./dom.js";

const PAUSE = 1000;

/** The panel with the timeline of one call, which follows the call while it is open. */
export class Timeline {
  #channel = null;
  #isWaiting = false;
  #opener = null;

  constructor({ onHangUp }) {
    this.panel = byId("timeline");
    this.onHangUp = onHangUp;
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  /** Shows the call of a channel. */
  async open(channel) {
    this.#opener = document.activeElement;
    this.#channel = channel;
    this.panel.hidden = false;
    this.panel.replaceChildren(element("p", { className: "quiet" }, "Reading…"));
    await this.#read();
    this.panel.focus();
  }

  /** Hides the panel. */
  close() {
    this.#channel = null;
    this.panel.hidden = true;
    if (this.#opener?.isConnected) this.#opener.focus();
  }

  /** Reads the timeline again after events, at most once a second. */
  refresh() {
    if (this.#channel === null || this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      if (this.#channel !== null) this.#read();
    }, PAUSE);
  }

  async #read() {
    const channel = this.#channel;
    let content;
    try {
      content = this.#content(channel, await send("GET", `/timeline/${encodeURIComponent(channel)}`));
    } catch (error) {
      content = [this.#head(channel, null), element("p", { className: "problem" }, error.message)];
    }
    if (channel !== this.#channel) return;
    const { scrollTop, scrollHeight, clientHeight } = this.panel;
    // Who reads the end sees what comes.
    const isAtEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 2;
    const hadFocus = this.panel.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    this.panel.replaceChildren(...content);
    this.panel.scrollTop = isAtEnd ? this.panel.scrollHeight : scrollTop;
    if (hadFocus) (this.panel.querySelector(`[data-action="${hadFocus}"]`) ?? this.panel).focus();
  }

  #head(channel, call) {
    const button = (action, label, onclick) =>
      element("button", { type: "button", "data-action": action, onclick }, label);
    return element(
      "div",
      { className: "panel-head" },
      element("h2", {}, "Timeline"),
      element(
        "span",
        { className: "buttons" },
        this.onHangUp && !hasEnded(channel, call) ? button("hang-up", "Hang up", () => this.onHangUp(channel)) : null,
        call ? copyButton("Copy", () => (call.text ?? []).join("\n")) : null,
        button("close", "Close", () => this.close()),
      ),
    );
  }

  #content(channel, call) {
    const marks = objectMarks(call);
    const legs = (call.legs ?? []).map((leg) => {
      const text = [leg.name || leg.channel, leg.caller, leg.cause].filter(Boolean).join("  ·  ");
      return element("li", {}, element("strong", {}, marks.get(leg.channel)), ` ${text}`);
    });
    const bridges = (call.bridges ?? []).map((id) =>
      element("li", {}, element("strong", {}, marks.get(id)), ` bridge ${id}`));
    const problems = call.problems === 1 ? "1 problem" : `${call.problems ?? 0} problems`;
    const entries = call.entries ?? [];
    return [
      this.#head(channel, call),
      element("p", { className: "quiet" }, `${Number(call.seconds ?? 0).toFixed(3)} s, ${problems}`),
      element("ul", { className: "legs", "aria-label": "Channels and bridges" }, ...legs, ...bridges),
      entries.length > 0
        ? element("ol", { className: "entries", "aria-label": "Events and requests" }, ...entries.map((entry) => entryView(entry, marks)))
        : element("pre", { className: "json" }, (call.text ?? []).join("\n")),
    ];
  }
}

/** Returns whether the channel of a timeline has ended. */
const hasEnded = (channel, call) =>
  (call?.legs ?? []).some((leg) => leg.channel === channel && Boolean(leg.cause));

/** Returns the letters of a number: A to Z, then AA. */
function letters(number) {
  const last = String.fromCharCode(65 + (number % 26));
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last;
}

/** Returns a letter for each channel and a number for each bridge, by id. */
function objectMarks({ legs = [], bridges = [] }) {
  const channels = legs.map(({ channel }, index) => [channel, letters(index)]);
  return new Map([...channels, ...bridges.map((id, index) => [id, String(index + 1)])]);
}

function entryView(entry, marks) {
  const objects = (entry.objects ?? []).map((id) => marks.get(id)).filter(Boolean).join(" ");
  const what = entry.event ?? entry.request ?? entry.connection ?? "";
  const details = entry.details ?? entry.outcome ?? "";
  return element(
    "li",
    { className: entry.problem ? "entry problem" : "entry", "data-kind": entry.request ? "request" : "event" },
    element("span", { className: "since" }, `${Number(entry.seconds).toFixed(3)} s`),
    element("span", { className: "marks" }, objects),
    element("span", {}, element("span", { className: "what" }, what), ` ${details}`),
  );
}
