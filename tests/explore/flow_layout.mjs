// Narrow and wide windows, light and dark, the keyboard, and the rules of axe.

import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { check, eventually } from "./checks.mjs";
import { checkClean, execute, openOperation, openReady, register } from "./page.mjs";

const { source } = createRequire(import.meta.url)("axe-core");
const SIZES = [
  [1024, 768, "light"],
  [1920, 1080, "dark"],
];
const SCREENSHOTS = process.env.ARI_EXPLORE_SCREENSHOTS;

export async function layout({ browser, start }) {
  const explore = await start();
  for (const [width, height, theme] of SIZES) {
    const opened = await openReady(browser, explore, { width, height, theme });
    const { page } = opened;
    const look = async (name, withRules = true) => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(`${name} fits into ${width}`, overflow <= 0, overflow);
      if (withRules) await checkRules(page, `${name}, ${theme}`);
      if (!SCREENSHOTS) return;
      await mkdir(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: `${SCREENSHOTS}/${name}-${width}-${theme}.png` });
    };
    check("the theme is that of the system", (await page.locator("html").getAttribute("data-theme")) === theme);
    await look("start");
    if ((await page.locator(".application").count()) === 0) await register(page, "hello");
    const form = await openOperation(page, "channels", "originate");
    await checkForm(page, form, `${width}`);
    await look("form");
    await execute(form, { endpoint: "Local/1@testari", app: "hello" });
    await form.locator(".live-response").scrollIntoViewIfNeeded();
    await look("operation");
    await checkKeyboard(page);
    await checkOrder(page);
    await look("events");
    await page.click("#tab-calls");
    await page.locator(".channel .name").first().click();
    await eventually("the timeline is there", async () => (await page.locator("#timeline .entry").count()) > 0);
    await look("calls");
    const other = theme === "dark" ? "light" : "dark";
    await page.selectOption("#theme", other);
    check("the theme can be chosen", (await page.locator("html").getAttribute("data-theme")) === other);
    await look("chosen", false);
    await checkClean(opened);
    await opened.close();
  }
}

/** The form of an operation with many parameters. */
async function checkForm(page, form, name) {
  const isInSight = await form.locator(".execute").evaluate((button) => {
    const { top, bottom } = button.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && document.elementFromPoint(button.getBoundingClientRect().left + 5, top + 5) === button;
  });
  check(`the button of a long form is in sight at ${name}`, isInSight);
  const row = form.locator('tr[data-param-name="timeout"]');
  check("a duration has a unit", (await row.innerText()).includes("Unit: seconds, -1 for no limit."), await row.innerText());
}

/** Rows that arrive in another order than that of their times. */
async function checkOrder(page) {
  const times = await page.locator(".event-row:visible .time").allInnerTexts();
  const rows = await page.locator(".event-row:visible").evaluateAll((found) =>
    found.sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
      .map((row) => row.querySelector(".time").innerText));
  check("rows are in the order of time", rows.length === times.length && rows.every((time, index) => index === 0 || rows[index - 1] <= time), rows);
  check("the application of the page is explained", (await page.innerText("#own-application")).startsWith("ari-command-"));
}

async function checkRules(page, name) {
  await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    // Swagger UI has a button in a button, and a `main` of its own inside that of the page.
    const names = ["nested-interactive", "landmark-main-is-top-level", "landmark-no-duplicate-main", "landmark-unique"];
    const rules = Object.fromEntries(names.map((name) => [name, { enabled: false }]));
    const { violations: found } = await window.axe.run(document, { resultTypes: ["violations"], rules });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
  check(`axe finds nothing: ${name}`, violations.length === 0, violations);
}

/** From the tabs into the list of events, by keys alone. */
async function checkKeyboard(page) {
  await page.focus("#tab-operations");
  await page.keyboard.press("ArrowRight");
  check("an arrow key shows the next tab", await page.locator("#panel-events").isVisible());
  check("and moves the focus", (await page.evaluate(() => document.activeElement.id)) === "tab-events");
  await page.focus("#event-list");
  await eventually("there are events", async () => (await page.locator(".event-row:visible").count()) > 3);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await eventually("arrow keys select an event", async () =>
    (await page.locator('.event-row[aria-selected="true"]').count()) === 1);
  await eventually("the detail is visible", () => page.locator("#event-detail").isVisible());
  await eventually("the list names the selected row", () => page.evaluate(() => {
    const active = document.getElementById("event-list").getAttribute("aria-activedescendant");
    return document.getElementById(active)?.getAttribute("aria-selected") === "true";
  }));
}
