// The latest events, requests and changes of the connection.
//
// Their order is that of Asterisk's time stamps, and that of arrival for equal ones, because events of two
// WebSockets may arrive in any order. Requests have the time at which they were sent, and other rows that
// of their arrival, both by Asterisk's clock. A row that is more than MAX_DELAY older than the one before
// it stays where it arrived: the clock of the server was set.

import { objectIds, channelId, summarize } from "./event-summary.js";
import { parseTime, serverTime, timeOfDay } from "./time.js";

/** Number of entries that are kept. */
export const MAX_ENTRIES = 5000;

const MAX_RECENT = 500;

const MAX_DELAY = 10000;

/** Adds an entry to a list in the order of time. */
export function addInOrder(entries, entry) {
  let index = entries.length;
  const isLater = ({ at }) => at > entry.at && at - entry.at <= MAX_DELAY;
  while (index > 0 && isLater(entries[index - 1])) index -= 1;
  if (index === entries.length) entries.push(entry);
  else entries.splice(index, 0, entry);
}

/** The latest entries, oldest first. Those that are dropped are marked. */
export class EventLog {
  entries = [];
  total = 0;
  // Entries by their text without the application: each application gets an event of its own.
  #recent = new Map();

  /** Adds a line of the stream. Returns its entry, or `null` for one of another application. */
  add(line) {
    if (line.kind === "event" && isObject(line.event)) return this.#addEvent(line);
    return this.#push({
      kind: line.kind === "event" ? "invalid" : line.kind,
      at: serverTime(line.kind === "request" ? line.sentAt : undefined),
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
      at: Number.isNaN(at) ? serverTime() : at,
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
    entry.time = timeOfDay(entry.at);
    entry.isDropped = false;
    this.total += 1;
    addInOrder(this.entries, entry);
    return entry;
  }

  /** Drops the oldest entries beyond the limit. */
  trim() {
    const excess = this.entries.length - MAX_ENTRIES;
    if (excess > 0) for (const entry of this.entries.splice(0, excess)) entry.isDropped = true;
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
