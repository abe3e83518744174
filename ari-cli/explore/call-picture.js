// The picture of bridges, with the channels in them.

import { CallCard } from "./call-card.js";
import { element, setText } from "./dom.js";
import { callerText } from "./event-summary.js";
import { lengthOfTime, parseTime, timeSince } from "./time.js";

/** Number of channels and of bridges that are drawn. The filter finds the others. */
const MAX_DRAWN = 300;

const NO_CALLS = "There are no calls. POST /channels in Operations makes one.";

class BridgeBox {
  constructor(title) {
    this.title = element("h3", {}, title);
    this.details = element("span", { className: "quiet" });
    this.time = element("span", { className: "since" });
    this.list = element("ul", { className: "channels" });
    this.empty = element("p", { className: "quiet" }, "empty");
    this.root = element(
      "section",
      { className: "bridge" },
      element("div", { className: "line" }, this.title, this.details, this.time),
      this.list,
      this.empty,
    );
  }

  update({ snapshot }) {
    setText(this.title, `Bridge ${snapshot.name || snapshot.id}`);
    const details = [snapshot.bridge_type, snapshot.technology, snapshot.creator && `by ${snapshot.creator}`];
    setText(this.details, details.filter(Boolean).join(", "));
    this.since = parseTime(snapshot.creationtime);
    this.tick();
  }

  tick() {
    setText(this.time, Number.isNaN(this.since ?? NaN) ? "" : lengthOfTime(timeSince(this.since)));
  }
}

/** The picture, which keeps the elements of objects that stay. */
export class CallPicture {
  #cards = new Map();
  #boxes = new Map();
  #alone = new BridgeBox("Not in a bridge");

  constructor(container, actions) {
    this.container = container;
    this.actions = actions;
    this.hint = element("p", { className: "quiet hint" }, NO_CALLS);
    this.more = element("p", { className: "quiet hint" });
    this.#alone.root.classList.add("alone");
    container.append(this.hint, this.#alone.root, this.more);
  }

  /** Draws the channels and bridges that contain a text. */
  draw(model, filter) {
    const places = new Map();
    for (const [id, { snapshot }] of model.bridges) {
      for (const channel of snapshot.channels ?? []) places.set(channel, id);
    }
    const part = filter.trim().toLowerCase();
    const matches = ([, channel]) => part === "" || searchText(channel, model, places).includes(part);
    const channels = [...model.channels].filter(matches);
    const drawn = channels.slice(0, MAX_DRAWN);
    const used = new Set(drawn.map(([id]) => places.get(id)));
    const bridges = [...model.bridges].filter(([id, bridge]) =>
      part === "" || used.has(id) || bridgeText(bridge).includes(part)).slice(0, MAX_DRAWN);

    this.#drawBridges(bridges);
    const lists = new Map();
    for (const [id, channel] of drawn) {
      const box = this.#boxes.get(places.get(id)) ?? this.#alone;
      const card = this.#card(id);
      card.update(channel);
      if (!lists.has(box)) lists.set(box, []);
      lists.get(box).push(card.root);
    }
    for (const box of [...this.#boxes.values(), this.#alone]) {
      const roots = lists.get(box) ?? [];
      arrange(box.list, roots);
      box.empty.hidden = roots.length > 0;
    }
    const kept = new Set(drawn.map(([id]) => id));
    for (const id of this.#cards.keys()) if (!kept.has(id)) this.#cards.delete(id);
    this.#alone.root.hidden = !lists.has(this.#alone);
    this.hint.hidden = drawn.length + bridges.length > 0;
    setText(this.hint, part === "" ? NO_CALLS : "No call matches the filter.");
    setText(this.more, channels.length > drawn.length ? `${channels.length - drawn.length} more channels: use the filter` : "");
  }

  /** Shows the time that has passed. */
  tick() {
    for (const card of this.#cards.values()) card.tick();
    for (const box of this.#boxes.values()) box.tick();
  }

  #card(id) {
    if (!this.#cards.has(id)) this.#cards.set(id, new CallCard(id, this.actions));
    return this.#cards.get(id);
  }

  #drawBridges(bridges) {
    const kept = new Set(bridges.map(([id]) => id));
    for (const [id, box] of this.#boxes) {
      if (kept.has(id)) continue;
      box.root.remove();
      this.#boxes.delete(id);
    }
    for (const [id, bridge] of bridges) {
      if (!this.#boxes.has(id)) {
        const box = new BridgeBox("");
        this.#boxes.set(id, box);
        this.container.insertBefore(box.root, this.#alone.root);
      }
      this.#boxes.get(id).update(bridge);
    }
  }
}

/** Puts children in order, and touches only those that are elsewhere: a move would lose the focus. */
function arrange(list, roots) {
  const wanted = new Set(roots);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  roots.forEach((root, index) => {
    if (list.children[index] !== root) list.insertBefore(root, list.children[index] ?? null);
  });
}

const bridgeText = ({ snapshot }) => `${snapshot.name} ${snapshot.id} ${snapshot.bridge_type}`.toLowerCase();

function searchText({ snapshot, application }, model, places) {
  const bridge = model.bridges.get(places.get(snapshot.id));
  const texts = [snapshot.name, snapshot.id, snapshot.state, callerText(snapshot.caller),
    callerText(snapshot.connected), application, bridge ? bridgeText(bridge) : ""];
  return texts.join(" ").toLowerCase();
}
