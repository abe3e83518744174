// JSON with indentation and colours.

import { element } from "./dom.js";

function append(target, value, indentation) {
  const add = (text, kind) => target.append(kind ? element("span", { className: `json-${kind}` }, text) : text);
  if (value === null || typeof value !== "object") {
    add(JSON.stringify(value), value === null ? "null" : typeof value);
    return;
  }
  const isList = Array.isArray(value);
  const items = Object.entries(value);
  if (items.length === 0) {
    add(isList ? "[]" : "{}");
    return;
  }
  const inner = `${indentation}  `;
  add(isList ? "[\n" : "{\n");
  items.forEach(([key, item], index) => {
    add(inner);
    if (!isList) {
      add(JSON.stringify(key), "key");
      add(": ");
    }
    append(target, item, inner);
    add(index === items.length - 1 ? "\n" : ",\n");
  });
  add(indentation + (isList ? "]" : "}"));
}

/** Returns an element with a JSON value. */
export function jsonView(value) {
  const view = element("pre", { className: "json" });
  append(view, value, "");
  return view;
}
