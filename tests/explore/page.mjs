// The page in Chromium, with everything watched that must not happen.

import { createRequire } from "node:module";
import { check, eventually } from "./checks.mjs";

const { chromium } = createRequire(import.meta.url)("playwright-core");

// Playwright makes a new --user-data-dir for each start.
const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Starts Chromium. */
export const startBrowser = (executablePath) => chromium.launch({ executablePath, args: ARGUMENTS });

function watchViolations() {
  window.violations = [];
  addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
}

/** Opens the page in a context of its own. */
export async function openPage(browser, explore, { url, width = 1280, height = 800, theme = "light" } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(60000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: explore.origin });
  const page = await context.newPage();
  const watched = { dialogs: [], errors: [], foreign: [] };
  await page.addInitScript(watchViolations);
  page.on("dialog", (dialog) => {
    watched.dialogs.push(dialog.message());
    dialog.dismiss();
  });
  page.on("pageerror", (error) => watched.errors.push(error.message));
  context.on("request", (request) => {
    const target = new URL(request.url());
    if (["http:", "https:", "ws:", "wss:"].includes(target.protocol) && target.origin !== explore.origin) {
      watched.foreign.push(request.url());
    }
  });
  await page.goto(url ?? explore.url);
  return { page, watched, explore, close: () => context.close() };
}

/** Opens the page, and waits until it shows the operations. */
export async function openReady(browser, explore, options) {
  const opened = await openPage(browser, explore, options);
  await opened.page.locator("#swagger .opblock-tag").first().waitFor();
  await eventually("the page is connected", async () => (await connectionState(opened.page)) === "connected");
  return opened;
}

/** Returns the state of the connection that the page shows. */
export const connectionState = (page) => page.locator("#connection").getAttribute("data-state");

/** Checks that no script of a stranger ran, nothing was loaded from elsewhere, and the token is not visible. */
export async function checkClean({ page, watched, explore }) {
  const found = await page.evaluate((token) => ({
    violations: window.violations,
    hacked: window.hacked ?? null,
    hasToken: document.documentElement.outerHTML.includes(token) || location.href.includes(token),
  }), explore.token);
  check("there is no violation of the content security policy", found.violations.length === 0, found.violations);
  check("no script of a name ran", found.hacked === null);
  check("the token is neither in the page nor in its address", !found.hasToken);
  check("there is no dialog", watched.dialogs.length === 0, watched.dialogs);
  check("there is no error of a script", watched.errors.length === 0, watched.errors);
  check("nothing is loaded from elsewhere", watched.foreign.length === 0, watched.foreign);
}

/** Opens the form of an operation. */
export async function openOperation(page, tag, id) {
  await page.click("#tab-operations");
  await page.fill("#operation-filter", id);
  const block = page.locator(`#operations-${tag}-${tag}_${id}`);
  await block.waitFor();
  if (!(await block.locator(".opblock-body").isVisible())) await block.locator(".opblock-summary-control").click();
  await block.locator(".opblock-body").waitFor();
  return block;
}

/** Fills in a form, executes it, and returns the status and the body of the response. */
export async function execute(block, values) {
  const clear = block.locator(".btn-clear");
  if (await clear.isVisible()) await clear.click();
  for (const [name, value] of Object.entries(values)) {
    const field = block.locator(`tr[data-param-name="${name}"]`).locator("input, select");
    if ((await field.evaluate((each) => each.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await block.locator(".execute").click();
  const row = block.locator(".live-responses-table tr.response");
  await row.waitFor();
  const status = Number.parseInt(await row.locator(".response-col_status").innerText(), 10);
  return { status, text: await row.innerText() };
}

/** Registers an application by the form. */
export async function register(page, name) {
  await page.fill("#application-name", name);
  await page.click("#application-form button");
  await page.locator("#application-list .application", { hasText: name }).waitFor();
}

/** Returns the types of the events that are visible. */
export const eventTypes = (page) => page.locator(".event-row:visible .type").allInnerTexts();
