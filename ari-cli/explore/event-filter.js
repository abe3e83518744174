// Filters of events.

/**
 * Returns a function that tells whether an entry passes. `type` has parts of types, of which those
 * with a dash in front exclude; `channel` is a part of an id or a name; `text` is in the event.
 */
export function createFilter({ type = "", application = "", channel = "", text = "" }) {
  const words = type.toLowerCase().split(/[\s,]+/).filter((word) => word !== "" && word !== "-");
  const excluded = words.filter((word) => word.startsWith("-")).map((word) => word.slice(1));
  const wanted = words.filter((word) => !word.startsWith("-"));
  const part = text.toLowerCase();
  const id = channel.trim().toLowerCase();
  return (entry) => {
    const kind = entry.type.toLowerCase();
    return (
      !excluded.some((word) => kind.includes(word)) &&
      (wanted.length === 0 || wanted.some((word) => kind.includes(word))) &&
      (application === "" || entry.applications.includes(application)) &&
      (id === "" || entry.ids.some((each) => each.toLowerCase().includes(id))) &&
      (part === "" || entry.text.toLowerCase().includes(part))
    );
  };
}
