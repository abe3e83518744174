// The request of a form as a command of curl, as a command of `ari`, and in Rust.

import { send } from "./api.js";
import { copyText } from "./dom.js";
import { formRequest } from "./form-request.js";

const LANGUAGES = [
  ["curl", "curl"],
  ["ari", "ari"],
  ["rust", "Rust"],
];
const DELAY = 250;
let chosen = "ari";

/** Returns the component of Swagger UI with the snippets of an operation. */
export function createSnippets(system) {
  const { React } = system;
  const h = React.createElement;
  return function Snippets({ path, method }) {
    const [language, setLanguage] = React.useState(chosen);
    const [found, setFound] = React.useState({ texts: null, message: "" });
    const [copied, setCopied] = React.useState("");
    React.useEffect(() => watchForm(system, path, method, setFound), [path, method]);
    React.useEffect(() => {
      if (copied === "") return undefined;
      const timer = setTimeout(() => setCopied(""), 2000);
      return () => clearTimeout(timer);
    }, [copied]);

    const choose = (name) => {
      chosen = name;
      setLanguage(name);
    };
    const text = found.texts?.[language] ?? "";
    const buttons = LANGUAGES.map(([name, label]) =>
      h("button", {
        key: name,
        type: "button",
        className: "snippet-language",
        "aria-pressed": String(name === language),
        onClick: () => choose(name),
      }, label));
    const copy = h("button", {
      type: "button",
      className: "snippet-copy",
      disabled: text === "",
      onClick: async () => setCopied((await copyText(text)) ? "Copied" : "Not permitted"),
    }, copied || "Copy");
    return h(
      "section",
      { className: "snippets", "aria-label": "The request as a command" },
      h("div", { className: "snippet-head" }, h("span", null, "Copy as"), ...buttons, copy),
      h("pre", { className: "snippet", tabIndex: 0 }, text || found.message),
    );
  };
}

/** Reports the snippets of a form now and after each change. Returns a function that ends this. */
function watchForm(system, path, method, onFound) {
  let timer = null;
  let last = "";
  let isOver = false;
  const read = async () => {
    let request = null;
    let key;
    try {
      request = formRequest(system, path, method);
      key = JSON.stringify(request);
    } catch (error) {
      key = error.message;
    }
    if (key === last) return;
    last = key;
    let found;
    try {
      // Without its body the request would do something else.
      if (request === null) throw new Error(key);
      found = { texts: await send("POST", "/snippets", request), message: "" };
    } catch (error) {
      found = { texts: null, message: error.message };
    }
    if (!isOver && key === last) onFound(found);
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(read, DELAY);
  };
  const end = system.getStore().subscribe(schedule);
  read();
  return () => {
    isOver = true;
    clearTimeout(timer);
    end();
  };
}
