// The applications that this process registers.

import { send } from "./api.js";
import { byId, element } from "./dom.js";

const STATE_TEXTS = { reconnecting: "lost, reconnecting", ended: "ended" };

/**
 * Shows the registered applications, and registers and leaves them. `onProblem` gets messages. Returns
 * a function that gets the lines about their connections, or none to read their states again.
 */
export function startApplications({ isReadOnly, onProblem }) {
  const list = byId("application-list");
  const input = byId("application-name");
  byId("application-form").hidden = isReadOnly;
  let shown = "";

  const button = (label, text, method, name, query = "") => {
    const onclick = () => change(method, name, query);
    return element("button", { type: "button", "aria-label": label, title: label, onclick }, text);
  };
  const againButton = (name, isReplaced) => {
    if (!isReplaced) return button(`Register ${name} again`, "Register again", "POST", name);
    const label = `Take over ${name}, which disconnects the other program`;
    return button(label, "Take over", "POST", name, "?take-over");
  };
  const show = (applications) => {
    const key = JSON.stringify(applications);
    // A new list would take the focus from its buttons.
    if (key === shown) return;
    shown = key;
    const items = applications.map(({ name, state, text, replaced }) => {
      const created = element(
        "li",
        { className: "application", title: text },
        element("span", { className: "name" }, name),
        state === "connected" ? null : element("span", { className: "state" }, STATE_TEXTS[state] ?? state),
        state !== "ended" || isReadOnly ? null : againButton(name, replaced),
        isReadOnly ? null : button(state === "ended" ? `Remove ${name}` : `Leave ${name}`, "×", "DELETE", name),
      );
      created.dataset.state = state;
      return created;
    });
    list.replaceChildren(...(items.length > 0 ? items : [element("li", { className: "quiet" }, "none")]));
  };
  const refresh = async () => {
    try {
      show(await send("GET", "/applications"));
    } catch (error) {
      onProblem(`the applications could not be read: ${error.message}`);
    }
  };
  const change = async (method, name, query = "") => {
    try {
      await send(method, `/applications/${encodeURIComponent(name)}${query}`);
      if (method === "POST") input.value = "";
    } catch (error) {
      onProblem(error.message);
    }
    await refresh();
  };
  byId("application-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (name !== "") change("POST", name);
  });
  refresh();
  return (line) => {
    if (line?.state === "ended") {
      onProblem(`The application ${line.application} is no longer connected: ${line.text}`);
    }
    refresh();
  };
}
