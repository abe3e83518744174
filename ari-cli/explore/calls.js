// The tab of calls.

import { send } from "./api.js";
import { CallModel } from "./call-model.js";
import { CallPicture } from "./call-picture.js";
import { byId, setText } from "./dom.js";
import { requestDraw } from "./frame.js";
import { isShown, onShown, showTab } from "./tabs.js";
import { Timeline } from "./timeline.js";

const MIN_INTERVAL = 100;
const RESYNC_PAUSE = 1000;

/** The tab of calls. */
export class Calls {
  model = new CallModel();
  // Events since a request for the lists, and whether they have to be read again after it.
  #pending = null;
  #isStale = false;
  #drawnAt = 0;
  #timer = null;

  /**
   * `onProblem` gets the message of a request that failed. `ownApplication` receives all events, in
   * order; without it those of all applications count.
   */
  constructor({ isReadOnly, onProblem, ownApplication }) {
    this.ownApplication = ownApplication;
    this.onProblem = onProblem;
    const onHangUp = isReadOnly ? null : (id) => this.#hangUp(id);
    this.timeline = new Timeline({ onHangUp });
    const onTimeline = (id) => this.timeline.open(id);
    this.picture = new CallPicture(byId("call-picture"), { onTimeline, onHangUp });
    byId("call-filter").addEventListener("input", () => this.#requestDraw());
    byId("call-reload").addEventListener("click", () => this.resync());
    onShown((name) => name === "calls" && this.#requestDraw());
    setInterval(() => isShown("calls") && this.picture.tick(), 1000);
  }

  /** Applies events and requests of the stream. */
  add(lines) {
    let hasEvents = false;
    for (const line of lines) {
      if (line.kind === "request") this.model.applyRequest(line);
      if (line.kind !== "event" || line.event === null || typeof line.event !== "object") continue;
      this.#pending?.push(line);
      this.#apply(line);
      hasEvents = true;
    }
    if (hasEvents) this.timeline.refresh();
    this.#requestDraw();
  }

  #apply({ application, event }) {
    // Events of two WebSockets may arrive in any order.
    if (!this.ownApplication || application === this.ownApplication) this.model.apply(event);
    else this.model.applyApplication(event);
  }

  /** Reads the lists of the server. Events that arrive before the response are applied after it. */
  async resync() {
    if (this.#pending !== null) {
      this.#isStale = true;
      return;
    }
    this.#pending = [];
    try {
      this.model.replace(await send("GET", "/state"));
      this.#pending.forEach((line) => this.#apply(line));
    } catch (error) {
      this.onProblem(`the calls could not be read: ${error.message}`);
    }
    this.#pending = null;
    this.#requestDraw();
    if (this.#isStale) setTimeout(() => this.resync(), RESYNC_PAUSE);
    this.#isStale = false;
  }

  /** Shows the timeline of a channel. */
  showTimeline(id) {
    showTab("calls");
    this.timeline.open(id);
  }

  async #hangUp(id) {
    try {
      await send("DELETE", `/ari/channels/${encodeURIComponent(id)}`);
    } catch (error) {
      this.onProblem(`the channel was not hung up: ${error.message}`);
    }
  }

  #requestDraw() {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#drawnAt + MIN_INTERVAL - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      requestDraw(this.#draw);
    }, wait);
  }

  #draw = () => {
    this.#drawnAt = performance.now();
    const { channels, bridges } = this.model;
    setText(byId("call-count"), channels.size === 0 ? "" : String(channels.size));
    if (!isShown("calls")) return;
    const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
    setText(byId("call-summary"), `${count(channels.size, "channel")}, ${count(bridges.size, "bridge")}`);
    this.picture.draw(this.model, byId("call-filter").value);
  };
}
