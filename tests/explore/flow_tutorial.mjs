// The first steps: register an application, originate a call into it, look at it, hang it up.

import { readFile } from "node:fs/promises";
import { check, eventually } from "./checks.mjs";
import { checkClean, eventTypes, execute, openOperation, openReady, register } from "./page.mjs";
import { PASSWORD } from "./processes.mjs";

export async function tutorial({ browser, fake, start }) {
  const explore = await start();
  const opened = await openReady(browser, explore);
  const { page } = opened;
  check("the header has the version", (await page.innerText("#server-version")).startsWith("Asterisk "));
  check("the header has the server", (await page.innerText("#server-url")).includes(fake.url));
  await page.click("#first-operation");
  await page.locator("#operations-channels-channels_originate .opblock-body").waitFor();
  check("the first steps lead to the form", true);
  await register(page, "hello");

  const form = await openOperation(page, "channels", "originate");
  const missing = form.locator(".execute");
  await missing.click();
  await eventually("a required value is asked for", async () => (await form.locator("input.invalid").count()) === 1);
  const { status, text } = await execute(form, { endpoint: "Local/1@testari", app: "hello" });
  check("the channel is originated", status === 200, text);
  const id = /"id": "([^"]+)"/.exec(text)?.[1];
  check("the address names the operation", page.url().endsWith("#/channels/channels_originate"), page.url());
  await checkSnippets(page, form, explore);
  await checkInvalidBody(form);

  await page.click("#tab-events");
  await eventually("StasisStart is in the events", async () => (await eventTypes(page)).includes("StasisStart"));
  check("the request is in the events", (await eventTypes(page)).includes("request"));
  await page.locator(".event-row:visible", { hasText: "StasisStart" }).click();
  const detail = page.locator("#event-detail");
  check("the detail has the channel", (await detail.innerText()).includes(`"id": "${id}"`));
  check("the detail describes the type", (await detail.locator(".description").count()) === 1);
  await checkFilters(page);
  await checkExport(page);

  await page.click("#tab-calls");
  const card = page.locator(`.channel[data-id="${id}"]`);
  await card.waitFor();
  await eventually("the channel is up in the application", async () => /Up[\s\S]*in hello/.test(await card.innerText()));
  const time = await card.locator(".since").innerText();
  await eventually("the time goes on", async () => (await card.locator(".since").innerText()) !== time);
  await card.locator(".name").click();
  const timeline = page.locator("#timeline");
  await eventually("the timeline has the events", async () => (await timeline.innerText()).includes("StasisStart"));
  check("the timeline has the request", (await timeline.innerText()).includes("POST /channels"));

  await openBridge(page, id);
  await timeline.locator("[data-action=hang-up]").click();
  await card.waitFor({ state: "detached" });
  await eventually("the end is in the timeline", async () => (await timeline.innerText()).includes("ChannelDestroyed"));
  check("what has ended has no button that hangs up", (await timeline.locator("[data-action=hang-up]").count()) === 0);
  await timeline.focus();
  await page.keyboard.press("Escape");
  check("Escape closes the timeline", await timeline.isHidden());

  await page.click('#application-list [aria-label="Leave hello"]');
  await eventually("the application is left", async () => (await page.innerText("#application-list")) === "none");
  await checkClean(opened);
  await opened.close();
}

/** Moves the channel into a new bridge, and looks for it there. */
async function openBridge(page, id) {
  const create = await openOperation(page, "bridges", "create");
  const { text } = await execute(create, { type: "mixing", name: "our bridge" });
  const bridge = /"id": "([^"]+)"/.exec(text)?.[1];
  const add = await openOperation(page, "bridges", "addChannel");
  const { status } = await execute(add, { bridgeId: bridge, channel: id });
  check("the channel is added to the bridge", status === 204 || status === 200, status);
  await page.click("#tab-calls");
  const box = page.locator(".bridge", { hasText: "our bridge" });
  await box.locator(`.channel[data-id="${id}"]`).waitFor();
}

async function checkSnippets(page, form, explore) {
  const snippets = form.locator(".snippets");
  const shown = { curl: "-u", ari: "channels originate", rust: "originate(" };
  for (const [language, part] of Object.entries(shown)) {
    await snippets.locator(".snippet-language", { hasText: new RegExp(`^${language}$`, "i") }).click();
    const found = await eventually(`the command for ${language}`, async () => {
      const text = await snippets.locator(".snippet").innerText();
      return text.includes(part) && text.includes("hello") && text;
    });
    const text = String(found);
    const secrets = [explore.token, PASSWORD, "/api/ari", explore.origin].filter((each) => text.includes(each));
    check(`the command for ${language} has no secret and no address of the page`, secrets.length === 0, secrets);
    await snippets.locator(".snippet-copy").click();
    await eventually(`the command for ${language} is copied`, async () =>
      (await page.evaluate(() => navigator.clipboard.readText())).trim() === text.trim());
  }
}

/** Checks that no request is offered that leaves out a body which is not JSON. */
async function checkInvalidBody(form) {
  const body = form.locator("textarea.body-param__text");
  const text = () => form.locator(".snippets .snippet").innerText();
  await body.fill('{"variables": {"COLOR": "blue"');
  await eventually("a body that is not JSON is reported", async () => (await text()).includes("the body is not JSON: "));
  check("nothing can be copied then", await form.locator(".snippet-copy").isDisabled());
  await body.fill('{"variables": {"COLOR": "blue"}}');
  await eventually("a body is in the command", async () => (await text()).includes("blue"));
}

async function checkFilters(page) {
  const expect = async (name, id, value, holds) => {
    await page.locator(`#filter-${id}`).fill(value);
    await eventually(name, async () => holds(await eventTypes(page)));
    await page.locator(`#filter-${id}`).fill("");
  };
  await expect("a type is filtered", "type", "stasisstart", (types) => types.length > 0 && types.every((type) => type === "StasisStart"));
  await expect("a type is excluded", "type", "-dialplan", (types) => types.length > 0 && !types.includes("ChannelDialplan"));
  await expect("a channel is filtered", "channel", "nowhere", (types) => types.length === 0);
  await expect("a text is filtered", "text", "AppDial2", (types) => types.length > 0 && !types.includes("connection"));
  await page.selectOption("#filter-application", "hello");
  await eventually("an application is filtered", async () => {
    const types = await eventTypes(page);
    return types.includes("StasisStart") && !types.includes("request");
  });
  await page.selectOption("#filter-application", "");
}

async function checkExport(page) {
  await page.locator("#filter-type").fill("StasisStart");
  await eventually("only StasisStart is left", async () => (await eventTypes(page)).join() === "StasisStart");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#event-export")]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\n").map((line) => JSON.parse(line));
  check("the export has the filtered events", lines.length === 1 && lines[0].type === "StasisStart", lines);
  await page.locator("#filter-type").fill("");
}
