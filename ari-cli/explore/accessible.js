// Labels that Swagger UI lacks.

const LABELS = [
  ["textarea.body-param__text", "Body of the request"],
  [".examples-select-element", "Example of the body"],
];

function complete(container) {
  for (const [selector, label] of LABELS) {
    for (const field of container.querySelectorAll(`${selector}:not([aria-label])`)) field.ariaLabel = label;
  }
  // What scrolls has to be in reach of the keyboard.
  for (const text of container.querySelectorAll(".microlight:not([tabindex])")) text.tabIndex = 0;
}

/** Adds labels to what Swagger UI draws in a container, from now on. */
export function addLabels(container) {
  new MutationObserver(() => complete(container)).observe(container, { childList: true, subtree: true });
}
