// The tabs of the page, by the pattern of ARIA: arrow keys choose.

import { byId } from "./dom.js";

const NAMES = ["operations", "events", "calls"];
const shownListeners = [];
let current = null;

/** Returns whether a tab is visible. */
export const isShown = (name) => current === name;

/** Adds a function that runs after a tab was shown, with its name. */
export const onShown = (listener) => shownListeners.push(listener);

/** Shows a tab. */
export function showTab(name) {
  if (name === current) return;
  current = name;
  for (const each of NAMES) {
    const tab = byId(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    byId(`panel-${each}`).hidden = each !== name;
  }
  // An address of an operation belongs to Swagger UI.
  if (name !== "operations" || !location.hash.startsWith("#/")) {
    history.replaceState(null, "", name === "operations" ? location.pathname : `#tab-${name}`);
  }
  shownListeners.forEach((listener) => listener(name));
}

/** Shows the tab that the address names, and listens to clicks and keys. */
export function startTabs() {
  NAMES.forEach((name, index) => {
    const tab = byId(`tab-${name}`);
    tab.addEventListener("click", () => showTab(name));
    tab.addEventListener("keydown", (event) => {
      const last = NAMES.length - 1;
      const next = {
        ArrowRight: index === last ? 0 : index + 1,
        ArrowLeft: index === 0 ? last : index - 1,
        Home: 0,
        End: last,
      }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      showTab(NAMES[next]);
      byId(`tab-${NAMES[next]}`).focus();
    });
  });
  const named = NAMES.find((name) => location.hash === `#tab-${name}`);
  showTab(named ?? "operations");
}
