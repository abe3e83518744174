// A long list of which only the visible rows are in the document.

import { element, setText } from "./dom.js";
import { requestDraw } from "./frame.js";

const ROW_HEIGHT = 26;

/** The rows of entries, the newest at the bottom. */
export class EventList {
  entries = [];
  selected = null;
  isFollowing = true;
  #rows = [];
  #position = 0;

  /**
   * `onSelect` gets the selected entry, `onLeaveEnd` runs when the user scrolls away from the end, and
   * `ownApplication` is not shown, because it receives every event.
   */
  constructor(container, space, { onSelect, onLeaveEnd, ownApplication }) {
    this.container = container;
    this.space = space;
    this.onSelect = onSelect;
    this.ownApplication = ownApplication;
    this.onLeaveEnd = onLeaveEnd;
    container.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    container.addEventListener("keydown", (event) => this.#onKey(event));
    container.addEventListener("click", (event) => {
      const row = this.#rows.find((each) => each.row.contains(event.target));
      if (row?.entry) this.select(row.entry);
    });
    new ResizeObserver(() => this.requestDraw()).observe(container);
  }

  /** Draws in the next animation frame. */
  requestDraw() {
    requestDraw(this.#draw);
  }

  /** Selects an entry. */
  select(entry) {
    this.selected = entry;
    this.onSelect(entry);
    this.requestDraw();
  }

  #onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.container;
    const isUp = scrollTop < this.#position - 1;
    this.#position = scrollTop;
    if (this.isFollowing && isUp && scrollHeight - scrollTop - clientHeight > ROW_HEIGHT) this.onLeaveEnd();
    this.requestDraw();
  }

  #onKey(event) {
    const page = Math.max(1, Math.floor(this.container.clientHeight / ROW_HEIGHT) - 1);
    const last = this.entries.length - 1;
    const index = this.entries.indexOf(this.selected);
    const from = index < 0 ? last + 1 : index;
    const next = {
      ArrowUp: from - 1,
      ArrowDown: index < 0 ? last : index + 1,
      PageUp: from - page,
      PageDown: from + page,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    if (this.isFollowing) this.onLeaveEnd();
    const chosen = Math.min(Math.max(next, 0), last);
    this.select(this.entries[chosen]);
    const top = chosen * ROW_HEIGHT;
    const { scrollTop, clientHeight } = this.container;
    if (top < scrollTop) this.container.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) this.container.scrollTop = top + ROW_HEIGHT - clientHeight;
  }

  #draw = () => {
    const height = this.container.clientHeight;
    if (height === 0) return;
    const count = this.entries.length;
    this.space.style.height = `${count * ROW_HEIGHT}px`;
    if (this.isFollowing) {
      this.container.scrollTop = count * ROW_HEIGHT;
      this.#position = this.container.scrollTop;
    }
    const first = Math.max(0, Math.floor(this.container.scrollTop / ROW_HEIGHT));
    const needed = Math.ceil(height / ROW_HEIGHT) + 1;
    while (this.#rows.length < needed) this.#rows.push(this.#createRow());
    this.#rows.forEach((row, offset) => this.#fill(row, first + offset, offset < needed));
    const active = this.#rows.find((row) => row.entry !== null && row.entry === this.selected);
    if (active) this.container.setAttribute("aria-activedescendant", active.row.id);
    else this.container.removeAttribute("aria-activedescendant");
  };

  #createRow() {
    const cells = ["time", "type", "app", "summary"].map((name) => element("span", { className: name }));
    const row = element("div", { role: "option", className: "event-row", id: `event-row-${this.#rows.length}` }, ...cells);
    this.space.append(row);
    return { row, cells, entry: null };
  }

  #fill(target, index, isNeeded) {
    const { row, cells } = target;
    const entry = isNeeded ? this.entries[index] : undefined;
    target.entry = entry ?? null;
    row.hidden = entry === undefined;
    if (entry === undefined) return;
    row.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    row.dataset.kind = entry.kind;
    row.classList.toggle("problem", entry.isProblem === true);
    row.setAttribute("aria-selected", String(entry === this.selected));
    row.setAttribute("aria-posinset", String(index + 1));
    row.setAttribute("aria-setsize", String(this.entries.length));
    setText(cells[0], entry.time);
    setText(cells[1], entry.type);
    setText(cells[2], entry.applications.filter((name) => name !== this.ownApplication).join(" "));
    setText(cells[3], entry.summary);
  }
}
