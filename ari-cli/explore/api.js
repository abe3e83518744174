// Requests to the process `ari explore`.

const TOKEN_KEY = "ari-explore-token";

/** Header of the token. */
export const TOKEN_HEADER = "X-Ari-Explore-Token";

/** An error response. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Returns the token, which it takes from the address bar and removes there. */
export function takeToken() {
  const found = /^#([A-Za-z0-9_-]{16,})$/.exec(location.hash);
  if (found && !found[1].startsWith("tab-")) {
    sessionStorage.setItem(TOKEN_KEY, found[1]);
    history.replaceState(null, "", location.pathname);
  }
  return token();
}

/** Returns the token of this tab, or `null`. */
export const token = () => sessionStorage.getItem(TOKEN_KEY);

/** Sends a request, and returns the response whatever its status. */
export function fetchApi(method, path, { body, signal } = {}) {
  const headers = { [TOKEN_HEADER]: token() ?? "" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return fetch(`/api${path}`, {
    method,
    headers,
    signal,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** Sends a request, and returns the JSON of the response. Throws an `ApiError`. */
export async function send(method, path, body) {
  let response;
  try {
    response = await fetchApi(method, path, { body });
  } catch {
    throw new ApiError(0, "ari explore does not respond: start it again");
  }
  const text = await response.text();
  let value = null;
  try {
    value = text === "" ? null : JSON.parse(text);
  } catch {
    // An error without JSON has no message.
  }
  if (!response.ok) {
    throw new ApiError(response.status, value?.message ?? value?.error ?? `status ${response.status}`);
  }
  return value;
}
