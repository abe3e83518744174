// The light and the dark theme.

import { byId } from "./dom.js";

const KEY = "ari-explore-theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function apply(choice) {
  const isDark = choice === "dark" || (choice === "system" && systemIsDark.matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  // The class that Swagger UI knows.
  document.documentElement.classList.toggle("dark-mode", isDark);
}

/** Applies the chosen theme, and lets the select change it. */
export function startTheme() {
  const select = byId("theme");
  select.value = localStorage.getItem(KEY) ?? "system";
  apply(select.value);
  select.addEventListener("change", () => {
    localStorage.setItem(KEY, select.value);
    apply(select.value);
  });
  systemIsDark.addEventListener("change", () => apply(select.value));
}
