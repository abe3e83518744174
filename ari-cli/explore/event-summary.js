// Events in one line.

const OBJECTS = ["channel", "peer", "caller", "forwarded", "bridge", "bridge_from", "playback", "recording",
  "endpoint", "device_state", "replace_channel", "transferer", "transferee", "transfer_target"];

const shorten = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** Returns the ids and names of the objects of an event. */
export function objectIds(event) {
  const found = new Set();
  for (const value of Object.values(event)) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) continue;
    for (const key of ["id", "name", "target_uri", "resource"]) {
      if (typeof value[key] === "string" && value[key] !== "") found.add(value[key]);
    }
  }
  return [...found];
}

/** Returns the id of the channel that an event is about, or `null`. */
export function channelId(event) {
  for (const key of ["channel", "peer", "caller", "replace_channel", "transferer"]) {
    if (typeof event[key]?.id === "string") return event[key].id;
  }
  const target = event.playback?.target_uri ?? event.recording?.target_uri;
  return typeof target === "string" && target.startsWith("channel:") ? target.slice(8) : null;
}

/** Returns the caller of a channel, such as `Alice <100>`. */
export function callerText(party) {
  const { name = "", number = "" } = party ?? {};
  if (name !== "" && number !== "") return `${name} <${number}>`;
  return String(name || number || "");
}

function objectText(key, object) {
  const name = object.name || object.media_uri || object.resource || object.id || "";
  const details = object.state ?? (key === "bridge" ? object.bridge_type : undefined);
  return details === undefined ? String(name) : `${name} (${details})`;
}

const DETAILS = {
  ChannelVarset: (event) => `${event.variable}=${event.value}`,
  ChannelDtmfReceived: (event) => `key ${event.digit}`,
  ChannelDestroyed: (event) => `cause ${event.cause}, ${event.cause_txt}`,
  ChannelHangupRequest: (event) => (event.cause === undefined ? "" : `cause ${event.cause}`),
  ChannelDialplan: (event) => `${event.dialplan_app}(${event.dialplan_app_data})`,
  ChannelUserevent: (event) => String(event.eventname),
  Dial: (event) => `${event.dialstatus || "begins"}, ${event.dialstring}`,
  StasisStart: (event) => (event.args?.length ? `arguments ${event.args.join(", ")}` : ""),
  ChannelCallerId: (event) => callerText(event.channel?.caller),
};

/** Returns an event in one line. */
export function summarize(event) {
  const parts = [];
  for (const key of OBJECTS) {
    const object = event[key];
    if (object && typeof object === "object") parts.push(objectText(key, object));
  }
  const details = DETAILS[event.type]?.(event);
  if (details) parts.push(details);
  return shorten(parts.join("  ·  "), 300);
}
