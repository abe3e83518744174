// One channel in the picture of calls.

import { element, setText } from "./dom.js";
import { callerText } from "./event-summary.js";
import { lengthOfTime, parseTime, timeSince } from "./time.js";

const MARKS = [
  ["isHeld", "held"],
  ["isMuted", "muted"],
  ["isTalking", "talking"],
  ["isEnding", "hanging up"],
];

/** The card of a channel. */
export class CallCard {
  #since = NaN;

  /** `onTimeline` and `onHangUp` get the id; without `onHangUp` there is no button for it. */
  constructor(id, { onTimeline, onHangUp }) {
    this.name = element("button", {
      type: "button",
      className: "link name",
      title: "Show the timeline of the call",
      onclick: () => onTimeline(id),
    });
    this.state = element("span", { className: "state" });
    this.marks = element("span", { className: "marks" });
    this.parties = element("span", { className: "parties" });
    this.place = element("span", { className: "quiet place" });
    this.time = element("span", { className: "since", title: "Time since the channel was created" });
    this.hangUp = onHangUp
      ? element("button", { type: "button", className: "hang-up", onclick: () => onHangUp(id) }, "Hang up")
      : null;
    this.root = element(
      "li",
      { className: "channel", "data-id": id },
      element("span", { className: "line" }, this.name, this.state, this.marks, this.time),
      element("span", { className: "line" }, this.parties, this.place, this.hangUp),
    );
  }

  /** Shows the state of the channel. */
  update(channel) {
    const { snapshot } = channel;
    const state = String(snapshot.state ?? "");
    setText(this.name, snapshot.name || snapshot.id);
    setText(this.state, state);
    this.state.dataset.state = state.toLowerCase();
    setText(this.marks, MARKS.filter(([key]) => channel[key]).map(([, text]) => text).join(", "));
    const caller = callerText(snapshot.caller);
    const connected = callerText(snapshot.connected);
    setText(this.parties, connected === "" ? caller : `${caller || "?"} → ${connected}`);
    setText(this.place, placeText(channel));
    this.hangUp?.setAttribute("aria-label", `Hang up ${snapshot.name || snapshot.id}`);
    this.#since = parseTime(snapshot.creationtime);
    this.tick();
  }

  /** Shows the time since the creation. */
  tick() {
    setText(this.time, Number.isNaN(this.#since) ? "" : lengthOfTime(timeSince(this.#since)));
  }
}

/** Returns where a channel is: in an application, or in the dialplan. */
function placeText({ application, snapshot }) {
  const { app_name: name, app_data: data, context, exten, priority } = snapshot.dialplan ?? {};
  if (name === "Stasis") return `in ${application ?? String(data ?? "").split(",")[0]}`;
  if (application) return `in ${application}`;
  if (!context) return "";
  return `${exten}@${context}:${priority}${name ? ` ${name}` : ""}`;
}
