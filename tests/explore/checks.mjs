// Checks, and waits for conditions with one limit.

const LIMIT = 60000;
const failures = [];
let count = 0;
let flow = "";

/** Names the flow that the next checks belong to. */
export function beginFlow(name) {
  flow = name;
  console.log(`=== ${name}`);
}

/** Notes whether something holds. */
export function check(name, holds, found) {
  count += 1;
  if (holds) return;
  const details = found === undefined ? "" : `: ${JSON.stringify(found)}`;
  failures.push(`${flow}: ${name}${details}`);
  console.log(`FAILED: ${name}${details}`);
}

/** Waits until a function returns a true value, and notes whether it did. Returns the value. */
export async function eventually(name, condition, limit = LIMIT) {
  const end = Date.now() + limit;
  let value;
  for (;;) {
    value = await condition();
    if (value || Date.now() > end) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  check(name, Boolean(value));
  return value;
}

/** Prints the result, and returns the exit status. */
export function report() {
  console.log(failures.length === 0
    ? `ari explore: ${count} checks in Chromium, all passed`
    : `ari explore: ${failures.length} of ${count} checks FAILED\n${failures.join("\n")}`);
  return failures.length === 0 ? 0 : 1;
}
