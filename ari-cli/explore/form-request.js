// The request of an operation's form.

const placeholder = (name) => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();

const isEmpty = (value) => value === undefined || value === null || value === "";

/** Returns the JSON of a body, or `null` if it is empty. Throws an `Error` if it is not valid. */
function readBody(text) {
  const plain = text?.toJS ? text.toJS() : text;
  if (isEmpty(plain)) return null;
  if (typeof plain !== "string") return plain;
  try {
    const value = JSON.parse(plain);
    return isEmptyObject(value) ? null : value;
  } catch (error) {
    throw new Error(`the body is not JSON: ${error.message}`);
  }
}

/** Returns whether a value is `{}`, which stands for no body. */
export const isEmptyObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0;

/**
 * Returns the request that the form of an operation would send. Names in capitals stand for required
 * values that are missing. Throws an `Error` if the body is not JSON.
 */
export function formRequest(system, path, method) {
  const { specSelectors, oas3Selectors } = system;
  const operation = specSelectors.specResolvedSubtree(["paths", path, method]) ??
    specSelectors.specJson().getIn(["paths", path, method]);
  const values = specSelectors.parameterValues([path, method]);
  const query = [];
  let target = path;
  for (const parameter of operation?.get("parameters") ?? []) {
    const name = parameter.get("name");
    const place = parameter.get("in");
    const entered = values.get(`${place}.${name}`) ?? values.get(name);
    const value = isEmpty(entered) && parameter.get("required") ? placeholder(name) : entered;
    if (isEmpty(value)) continue;
    const text = encodeURIComponent(value);
    if (place === "path") target = target.replace(`{${name}}`, () => text);
    else if (place === "query") query.push(`${encodeURIComponent(name)}=${text}`);
  }
  const body = operation?.get("requestBody") ? readBody(oas3Selectors.requestBodyValue(path, method)) : null;
  return { method: method.toUpperCase(), path: target, query: query.join("&"), body };
}
