// The tab of events.

import { byId, element, saveFile, setText } from "./dom.js";
import { createFilter } from "./event-filter.js";
import { EventList } from "./event-list.js";
import { EventLog, addInOrder } from "./event-log.js";
import { showDetail } from "./event-detail.js";
import { requestDraw } from "./frame.js";
import { isShown, onShown, showTab } from "./tabs.js";

/** The tab of events, and what it has received. */
export class Events {
  log = new EventLog();
  #passes = createFilter({});
  #shown = [];
  #isPaused = false;
  #waiting = 0;
  #types = new Set();
  #applications = new Set();

  /** `describe` returns the description of a type of event, `onTimeline` shows that of a channel. */
  constructor({ describe, onTimeline, ownApplication }) {
    const onFilter = (values) => this.filter(values);
    const panel = byId("event-detail");
    const onClose = () => {
      this.list.select(null);
      byId("event-list").focus();
    };
    const show = (entry) => showDetail(panel, entry, { describe, onFilter, onTimeline, onClose });
    panel.addEventListener("keydown", (event) => event.key === "Escape" && onClose());
    this.list = new EventList(byId("event-list"), byId("event-space"), {
      onSelect: show,
      onLeaveEnd: () => this.pause(true),
      ownApplication,
    });
    show(null);
    this.#explainOwn(ownApplication);
    this.fields = Object.fromEntries(
      ["type", "application", "channel", "text"].map((name) => [name, byId(`filter-${name}`)]),
    );
    byId("event-filter").addEventListener("input", () => this.#applyFilter());
    byId("event-filter").addEventListener("submit", (event) => event.preventDefault());
    byId("event-pause").addEventListener("click", () => this.pause(!this.#isPaused));
    byId("event-clear").addEventListener("click", () => this.clear());
    byId("event-export").addEventListener("click", () => this.export());
    byId("latest-event").addEventListener("click", () => showTab("events"));
    onShown((name) => name === "events" && this.#requestDraw());
    this.#startRate();
    this.#requestDraw();
  }

  /** Says what the application of the page itself is, whose name is in the events. */
  #explainOwn(name) {
    const note = byId("own-application");
    note.hidden = !name;
    setText(note, `${name} is the application of this page itself: a temporary one that is subscribed to all ` +
      "channels, bridges and endpoints, so that events of every application are shown. No calls enter it, and " +
      "it ends with the command.");
  }

  /** Adds lines of the stream. */
  add(lines) {
    for (const line of lines) {
      if (line.kind === "alive") continue;
      const entry = this.log.add(line);
      if (line.kind === "event") this.#learn(this.#applications, line.application, "filter-application");
      if (entry === null) continue;
      this.#learn(this.#types, entry.type, "event-types");
      if (this.#passes(entry)) {
        addInOrder(this.#shown, entry);
        this.#waiting += this.#isPaused ? 1 : 0;
      }
    }
    this.log.trim();
    this.#requestDraw();
  }

  /** Pauses the list or lets it follow the newest event. Events are kept meanwhile. */
  pause(isPaused) {
    this.#isPaused = isPaused;
    this.#waiting = 0;
    const button = byId("event-pause");
    button.setAttribute("aria-pressed", String(isPaused));
    setText(button, isPaused ? "Resume" : "Pause");
    this.list.isFollowing = !isPaused;
    if (isPaused) this.list.entries = [...this.list.entries];
    this.#requestDraw();
  }

  /** Removes all entries. */
  clear() {
    this.log.clear();
    this.#shown = [];
    this.list.entries = [];
    this.list.select(null);
    this.pause(false);
  }

  /** Changes fields of the filter, and clears the others. */
  filter(values) {
    for (const [name, field] of Object.entries(this.fields)) field.value = values[name] ?? "";
    this.#applyFilter();
  }

  /** Saves the entries that pass the filter as NDJSON. */
  export() {
    const lines = this.#shown.map((entry) => `${entry.text}\n`);
    const time = new Date().toISOString().replace(/[:.]/g, "-");
    saveFile(`ari-events-${time}.ndjson`, new Blob(lines, { type: "application/x-ndjson" }));
  }

  #applyFilter() {
    const values = Object.entries(this.fields).map(([name, field]) => [name, field.value]);
    this.#passes = createFilter(Object.fromEntries(values));
    this.#shown = this.log.entries.filter(this.#passes);
    this.pause(false);
  }

  #learn(known, value, id) {
    const text = String(value);
    // A server may send any number of types.
    if (known.has(text) || known.size >= 300) return;
    known.add(text);
    byId(id).append(element("option", { value: text }, text));
  }

  #requestDraw() {
    requestDraw(this.#draw);
  }

  #draw = () => {
    const first = this.#shown.findIndex((entry) => !entry.isDropped);
    if (first > 0) this.#shown.splice(0, first);
    else if (first < 0) this.#shown.length = 0;
    const latest = this.log.entries.at(-1);
    setText(byId("latest-event"), latest ? `${latest.time}  ${latest.type}  ${latest.summary}` : "no events yet");
    if (!isShown("events")) return;
    if (!this.#isPaused) this.list.entries = this.#shown;
    this.list.requestDraw();
    const { length } = this.log.entries;
    const waiting = this.#waiting > 0 ? `, ${this.#waiting} newer` : "";
    setText(byId("event-count"), `${this.list.entries.length} of the last ${length}${waiting}`);
  };

  #startRate() {
    let before = 0;
    setInterval(() => {
      setText(byId("event-rate"), `${this.log.total} events, ${this.log.total - before} per second`);
      before = this.log.total;
    }, 1000);
  }
}
