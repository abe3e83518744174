// The latest events, requests and changes of the connection.

import { objectIds, channelId, summarize } from "./event-summary.js";
import { parseTime, timeOfDay } from "./time.js";

/** Number of entries that are kept. */
export const MAX_ENTRIES = 5000;

const MAX_RECENT = 500;

/** The latest entries, oldest first. */
export class EventLog {
  entries = [];
  total = 0;
  #number = 0;
  // Entries by their text without the application: each application gets an event of its own.
  #recent = new Map();

  /** Adds a line of the stream. Returns its entry, or `null` for one of another application. */
  add(line) {
    if (line.kind === "event" && isObject(line.event)) return this.#addEvent(line);
    return this.#push({
      kind: line.kind === "event" ? "invalid" : line.kind,
      time: timeOfDay(Date.now()),
      applications: [],
      ids: [],
      channel: null,
      ...describe(line),
      text: JSON.stringify(line),
    });
  }

  #addEvent({ application, event, text }) {
    const key = text.replace(/"application":\s*"(?:[^"\\]|\\.)*"/, "");
    const known = this.#recent.get(key);
    if (known && !known.applications.includes(application)) {
      known.applications.push(application);
      return null;
    }
    const at = parseTime(event.timestamp);
    const entry = this.#push({
      kind: "event",
      time: timeOfDay(Number.isNaN(at) ? Date.now() : at),
      type: String(event.type),
      applications: [application],
      ids: objectIds(event),
      channel: channelId(event),
      summary: summarize(event),
      text,
    });
    this.#recent.set(key, entry);
    if (this.#recent.size > MAX_RECENT) this.#recent.delete(this.#recent.keys().next().value);
    return entry;
  }

  #push(entry) {
    entry.number = this.#number++;
    this.total += 1;
    this.entries.push(entry);
    return entry;
  }

  /** Drops the oldest entries beyond the limit. */
  trim() {
    if (this.entries.length > MAX_ENTRIES) this.entries.splice(0, this.entries.length - MAX_ENTRIES);
  }

  /** Drops all entries. */
  clear() {
    this.entries.length = 0;
    this.#recent.clear();
  }
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function describe(line) {
  switch (line.kind) {
    case "event":
      return { type: "not an event", summary: line.text, isProblem: true };
    case "request":
      return {
        type: "request",
        summary: `${line.method} ${line.path}  ·  ${line.status ?? "no response"} after ${line.milliseconds} ms`,
        isProblem: !(line.status < 400),
      };
    case "connection":
      return {
        type: "connection",
        summary: [line.application, line.text || line.state].filter(Boolean).join("  ·  "),
        isProblem: line.state === "lost" || line.state === "ended",
      };
    case "dropped":
      return {
        type: "dropped",
        summary: `${line.count} events are missing here, because this page was too slow for them`,
        isProblem: true,
      };
    default:
      return { type: String(line.kind), summary: "", isProblem: line.kind === "invalid" };
  }
}
