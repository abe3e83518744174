// The endless NDJSON of events.

import { fetchApi } from "./api.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 5000;

/** Returns the parsed line, with the text of its event as the server sent it. */
function parseLine(text) {
  const line = JSON.parse(text);
  // The application is before the event, and a quote in its name is escaped.
  if (line.kind === "event") line.text = text.slice(text.indexOf(',"event":') + 9, text.lastIndexOf("}"));
  return line;
}

/** Reads one stream to its end. */
async function readStream(onLines) {
  const response = await fetchApi("GET", "/events");
  if (!response.ok) return response.status;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let isFirst = true;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return 200;
    const texts = (rest + value).split("\n");
    rest = texts.pop();
    const lines = [];
    for (const text of texts) {
      if (text === "") continue;
      try {
        lines.push(parseLine(text));
      } catch {
        lines.push({ kind: "invalid", text });
      }
    }
    if (lines.length > 0) onLines(lines, isFirst);
    isFirst = false;
  }
}

/**
 * Reads events until the token is refused, and connects again whenever the stream ends.
 *
 * `onLines` gets the lines that arrived together, and whether they are the first of a stream, and
 * `onEnd` the status when a stream has ended: 0 if the process does not respond.
 */
export async function readEvents(onLines, onEnd) {
  let delay = FIRST_DELAY;
  for (;;) {
    const status = await readStream((lines, isFirst) => {
      delay = FIRST_DELAY;
      onLines(lines, isFirst);
    }).catch(() => 0);
    onEnd(status);
    if (status === 401) return;
    await new Promise((resolve) => setTimeout(resolve, delay));
    delay = Math.min(delay * 2, LONGEST_DELAY);
  }
}
