// Channels and bridges, from a list of the server and the events after it.

import { parseTime } from "./time.js";

const MAX_ENDED = 2000;

const CHANNEL_KEYS = ["channel", "peer", "caller", "forwarded", "replace_channel", "transferer", "transferee",
  "transfer_target"];

/** The channels and bridges of the server. */
export class CallModel {
  channels = new Map();
  bridges = new Map();
  // Objects that have ended, by id, with their time of creation. Events of another WebSocket may
  // still mention them.
  #ended = new Map();

  /** Replaces everything by the lists of the server. What only events tell is kept. */
  replace({ channels, bridges }) {
    const known = this.channels;
    this.channels = new Map();
    this.bridges = new Map();
    for (const snapshot of channels) {
      const before = known.get(snapshot.id);
      const isSame = before?.snapshot.creationtime === snapshot.creationtime;
      this.channels.set(snapshot.id, { ...(isSame ? before : {}), snapshot, at: 0 });
      this.#ended.delete(snapshot.id);
    }
    for (const snapshot of bridges) {
      this.bridges.set(snapshot.id, { snapshot, at: 0 });
      this.#ended.delete(snapshot.id);
    }
  }

  /** Applies an event. */
  apply(event) {
    const parsed = parseTime(event.timestamp);
    const at = Number.isNaN(parsed) ? 0 : parsed;
    for (const key of CHANNEL_KEYS) this.#update(this.channels, event[key], at);
    this.#update(this.bridges, event.bridge, at);
    this.#update(this.bridges, event.bridge_from, at);
    const channel = this.channels.get(event.channel?.id);
    switch (event.type) {
      case "ChannelDestroyed":
        this.#end(this.channels, event.channel);
        break;
      case "BridgeDestroyed":
        this.#end(this.bridges, event.bridge);
        break;
      case "BridgeMerged":
        this.#end(this.bridges, event.bridge_from);
        break;
      case "ChannelHold":
        if (channel) channel.isHeld = true;
        break;
      case "ChannelUnhold":
        if (channel) channel.isHeld = false;
        break;
      case "ChannelTalkingStarted":
        if (channel) channel.isTalking = true;
        break;
      case "ChannelTalkingFinished":
        if (channel) channel.isTalking = false;
        break;
      case "ChannelHangupRequest":
        if (channel) channel.isEnding = true;
        break;
      default:
    }
    this.applyApplication(event);
  }

  /** Applies what an event tells about the application of a channel, and nothing else. */
  applyApplication({ type, channel: snapshot, application }) {
    const channel = this.channels.get(snapshot?.id);
    if (channel && type === "StasisStart") channel.application = application;
    if (channel && type === "StasisEnd") channel.application = null;
  }

  /** Notes what a request of this page has changed that no event tells. */
  applyRequest({ method, path, status }) {
    const found = /^\/channels\/([^/?]+)\/mute/.exec(path ?? "");
    if (!found || !(status < 300)) return;
    const channel = this.channels.get(decodeURIComponent(found[1]));
    if (channel) channel.isMuted = method === "POST";
  }

  #update(objects, snapshot, at) {
    if (typeof snapshot?.id !== "string") return;
    const ended = this.#ended.get(snapshot.id);
    if (ended !== undefined && ended === (snapshot.creationtime ?? "")) return;
    const known = objects.get(snapshot.id);
    if (known === undefined) objects.set(snapshot.id, { snapshot, at });
    else if (at >= known.at) Object.assign(known, { snapshot, at });
  }

  #end(objects, snapshot) {
    if (typeof snapshot?.id !== "string") return;
    objects.delete(snapshot.id);
    this.#ended.set(snapshot.id, snapshot.creationtime ?? "");
    if (this.#ended.size > MAX_ENDED) this.#ended.delete(this.#ended.keys().next().value);
  }
}
