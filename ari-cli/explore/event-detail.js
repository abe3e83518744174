// The panel with all of one event.

import { element, copyButton } from "./dom.js";
import { jsonView } from "./json-view.js";

/**
 * Shows an entry in a panel, or hides the panel without one. `describe` returns the description of a
 * type, `onFilter` changes the filter, and `onTimeline` shows the timeline of a channel.
 */
export function showDetail(panel, entry, { describe, onFilter, onTimeline, onClose }) {
  panel.hidden = entry === null;
  if (entry === null) return;
  panel.scrollTop = 0;
  let value = entry.text;
  try {
    value = JSON.parse(entry.text);
  } catch {
    // It is shown as text.
  }
  const button = (label, onclick) => element("button", { type: "button", onclick }, label);
  const isEvent = entry.kind === "event";
  const description = isEvent ? describe(entry.type) : null;
  const facts = [entry.time, ...entry.applications].join("  ·  ");
  panel.replaceChildren(
    element("div", { className: "panel-head" }, element("h2", {}, entry.type), button("Close", onClose)),
    element("p", { className: "quiet" }, facts),
    description ? element("p", { className: "description" }, description) : element("p", {}, entry.summary),
    element(
      "p",
      { className: "buttons" },
      copyButton("Copy JSON", () => JSON.stringify(value, null, 2)),
      isEvent ? button("Only this type", () => onFilter({ type: entry.type })) : null,
      entry.channel ? button("Only this channel", () => onFilter({ channel: entry.channel })) : null,
      entry.channel ? button("Timeline of the call", () => onTimeline(entry.channel)) : null,
    ),
    jsonView(value),
  );
}
