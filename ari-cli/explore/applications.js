// The applications that this process registers.

import { send } from "./api.js";
import { byId, element } from "./dom.js";

/** Shows the registered applications, and registers and leaves them. `onProblem` gets messages. */
export function startApplications({ isReadOnly, onProblem }) {
  const list = byId("application-list");
  const input = byId("application-name");
  byId("application-form").hidden = isReadOnly;

  const show = (names) => {
    const items = names.map((name) =>
      element(
        "li",
        { className: "application" },
        element("span", {}, name),
        isReadOnly
          ? null
          : element("button", {
              type: "button",
              "aria-label": `Leave ${name}`,
              title: "Leave",
              onclick: () => change("DELETE", name),
            }, "×"),
      ));
    list.replaceChildren(...(items.length > 0 ? items : [element("li", { className: "quiet" }, "none")]));
  };
  const refresh = async () => {
    try {
      show(await send("GET", "/applications"));
    } catch (error) {
      onProblem(`the applications could not be read: ${error.message}`);
    }
  };
  const change = async (method, name) => {
    try {
      await send(method, `/applications/${encodeURIComponent(name)}`);
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
  return refresh;
}
