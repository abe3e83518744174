// The tab of operations: Swagger UI with our snippets.

import { addLabels } from "./accessible.js";
import { token, TOKEN_HEADER } from "./api.js";
import { byId, saveFile, setText } from "./dom.js";
import { isEmptyObject } from "./form-request.js";
import { createSnippets } from "./snippets.js";

const SHOWN_HEADERS = ["content-type", "content-length"];
const FIRST_STEPS_KEY = "ari-explore-first-steps";

const nothing = () => () => null;

/** Returns whether an operation contains each word of a filter. */
function matches(operation, words) {
  const texts = [operation.get("path"), operation.get("method"), operation.getIn(["operation", "operationId"]),
    operation.getIn(["operation", "summary"])];
  const text = texts.join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Returns the operations by tag that contain each word of a phrase. */
function filterOperations(tags, phrase) {
  const words = phrase.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return tags
    .map((tag) => tag.update("operations", (all) => all.filter((operation) => matches(operation, words))))
    .filter((tag) => tag.get("operations").size > 0);
}

function plugin(system) {
  const { React } = system;
  const h = React.createElement;
  const Snippets = createSnippets(system);

  const responses = (Original) => (props) =>
    h(React.Fragment, null, h(Snippets, { path: props.path, method: props.method }), h(Original, props));

  // Above a response, the meaning of its status for this operation.
  const liveResponse = (Original) => (props) => {
    const { path, method, response, specSelectors } = props;
    const place = ["paths", path, method, "responses", String(response?.get("status")), "description"];
    const meaning = specSelectors.specJson().getIn(place);
    const note = meaning && response.get("status") >= 400
      ? h("p", { className: "meaning" }, `${response.get("status")} of this operation: ${meaning}`)
      : null;
    // The others are those of this page.
    const headers = response?.get("headers")?.filter((_, name) => SHOWN_HEADERS.includes(name.toLowerCase()));
    const shown = headers ? response.set("headers", headers) : response;
    return h("div", { className: "live-response" }, note, h(Original, { ...props, response: shown }));
  };

  // A link to the audio would have no token.
  const responseBody = (Original) => (props) => {
    if (!(props.content instanceof Blob)) return h(Original, props);
    const save = () => saveFile(String(props.url).split("/").filter((part) => part !== "file").pop(), props.content);
    return h("button", { type: "button", className: "btn", onClick: save }, `Save ${props.content.size} bytes`);
  };

  return {
    fn: { opsFilter: filterOperations },
    wrapComponents: {
      // It would show the address of this page and the token.
      curl: nothing,
      RequestSnippets: nothing,
      ServersContainer: nothing,
      OperationServers: nothing,
      InfoContainer: nothing,
      FilterContainer: nothing,
      TryItOutButton: nothing,
      responses,
      liveResponse,
      responseBody,
    },
  };
}

function addToken(request) {
  if (new URL(request.url, location.href).origin !== location.origin) {
    throw new Error("only requests to ari explore are sent");
  }
  request.headers[TOKEN_HEADER] = token() ?? "";
  try {
    if (request.body && isEmptyObject(JSON.parse(request.body))) delete request.body;
  } catch {
    // The server reports what is wrong with it.
  }
  return request;
}

/** Shows the first steps until the user has closed them. */
function startFirstSteps() {
  const steps = byId("first-steps");
  steps.open = localStorage.getItem(FIRST_STEPS_KEY) !== "closed";
  steps.addEventListener("toggle", () => localStorage.setItem(FIRST_STEPS_KEY, steps.open ? "open" : "closed"));
}

/** Shows the operations of a document. */
export function startOperations(spec, { isReadOnly }) {
  const count = Object.values(spec.paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0);
  addLabels(byId("swagger"));
  startFirstSteps();
  const ui = window.SwaggerUIBundle({
    spec,
    domNode: byId("swagger"),
    presets: [window.SwaggerUIBundle.presets.apis],
    plugins: [plugin],
    layout: "BaseLayout",
    validatorUrl: "none",
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    defaultModelExpandDepth: 3,
    filter: "",
    tryItOutEnabled: true,
    supportedSubmitMethods: isReadOnly ? ["get"] : ["get", "put", "post", "delete", "options", "head", "patch"],
    displayRequestDuration: true,
    requestInterceptor: addToken,
    queryConfigEnabled: false,
    persistAuthorization: false,
  });
  const field = byId("operation-filter");
  const show = () => {
    const phrase = field.value.trim();
    ui.layoutActions.updateFilter(phrase);
    const tags = phrase === "" ? null : filterOperations(ui.specSelectors.taggedOperations(), phrase);
    const found = tags ? tags.reduce((sum, tag) => sum + tag.get("operations").size, 0) : count;
    const text = found === 0 ? "No operation matches the filter." : `${found} of ${count} operations`;
    setText(byId("operation-count"), tags ? text : `${count} operations`);
    // Swagger UI would say that there are none at all.
    byId("swagger").hidden = found === 0;
    for (const tag of ui.specSelectors.taggedOperations().keys()) {
      const isOpen = tags !== null && tags.has(tag);
      // Each change would also change the address.
      if (ui.layoutSelectors.isShown(["operations-tag", tag], false) !== isOpen) {
        ui.layoutActions.show(["operations-tag", tag], isOpen);
      }
    }
  };
  field.addEventListener("input", show);
  setText(byId("operation-count"), `${count} operations`);
  byId("first-operation").addEventListener("click", (event) => {
    event.preventDefault();
    ui.layoutActions.updateFilter("");
    field.value = "";
    ui.layoutActions.show(["operations-tag", "channels"], true);
    ui.layoutActions.show(["operations", "channels", "channels_originate"], true);
    setTimeout(() => byId("operations-channels-channels_originate")?.scrollIntoView(), 100);
  });
}
