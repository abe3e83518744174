// A thousand events a second.

import { check, eventually } from "./checks.mjs";
import { checkClean, openReady } from "./page.mjs";
import { sendEvents } from "./processes.mjs";

const PER_SECOND = 1000;
const SECONDS = 8;
// Far above what an idle machine needs, because tests run beside builds.
const LONGEST_BLOCK = 2000;
const LONGEST_CLICK = 4000;

function event(number) {
  const timestamp = new Date().toISOString().replace("Z", "+0000");
  const id = `load-${number % 50}`;
  return {
    type: number % 3 === 0 ? "ChannelVarset" : "ChannelDialplan",
    timestamp,
    variable: "NUMBER",
    value: `number-${number}`,
    dialplan_app: "Wait",
    dialplan_app_data: `number-${number}`,
    application: "load",
    asterisk_id: "02:00:00:00:00:01",
    channel: {
      id,
      name: `PJSIP/${id}`,
      state: number % 7 === 0 ? "Ringing" : "Up",
      caller: { name: `Caller ${number % 100}`, number: String(number % 100) },
      connected: { name: "", number: "" },
      accountcode: "",
      dialplan: { context: "default", exten: "100", priority: number % 9, app_name: "Wait", app_data: "1" },
      creationtime: timestamp,
      language: "en",
    },
  };
}

/** Measures in the page from a click until the browser has drawn what it changed. */
const clickTime = (page, id) => page.evaluate((name) => new Promise((resolve) => {
  const start = performance.now();
  setTimeout(() => {
    document.getElementById(name).click();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
  });
}), id);

export async function load({ browser, fake, start }) {
  const explore = await start();
  const opened = await openReady(browser, explore);
  const { page } = opened;
  await page.click("#tab-events");
  await page.evaluate(() => {
    window.blocks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.blocks.push(entry.duration)))
      .observe({ entryTypes: ["longtask"] });
  });

  let isOver = false;
  const sending = sendEvents(fake, { perSecond: PER_SECOND, seconds: SECONDS, event }).finally(() => (isOver = true));
  const times = [];
  while (!isOver) {
    for (const tab of ["tab-calls", "tab-operations", "tab-events"]) times.push(await clickTime(page, tab));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const seconds = await sending;
  await page.click("#tab-events");
  const last = `number-${PER_SECOND * SECONDS - 1}`;
  await eventually("the last event is visible", async () =>
    (await page.locator(".event-row:visible").last().innerText()).includes(last));

  const blocks = await page.evaluate(() => window.blocks);
  const longest = Math.max(0, ...blocks);
  const slowest = Math.max(...times);
  check(`no block of the page's thread is longer than ${LONGEST_BLOCK} ms`, longest < LONGEST_BLOCK, longest);
  check(`no click takes longer than ${LONGEST_CLICK} ms`, slowest < LONGEST_CLICK, slowest);
  const rows = await page.locator(".event-row").count();
  check("only the visible rows are in the document", rows < 100, rows);
  const count = await page.innerText("#event-count");
  check("a limited number of events is kept", /of the last 5000/.test(count), count);
  console.log(`${PER_SECOND * SECONDS} events in ${seconds.toFixed(1)} s: longest block ${longest.toFixed(0)} ms, ` +
    `slowest of ${times.length} clicks ${slowest.toFixed(0)} ms`);

  await page.click("#event-pause");
  const before = await page.locator(".event-row:visible").last().innerText();
  await sendEvents(fake, { perSecond: 100, seconds: 1, event: (number) => event(1000000 + number) });
  await eventually("a paused list counts newer events", async () => /100 newer/.test(await page.innerText("#event-count")));
  check("a paused list stays", (await page.locator(".event-row:visible").last().innerText()) === before);
  await page.click("#event-pause");
  await eventually("it follows again", async () =>
    (await page.locator(".event-row:visible").last().innerText()).includes("number-1000099"));
  await page.click("#event-clear");
  await eventually("nothing is left after clearing", async () => (await page.locator(".event-row:visible").count()) === 0);
  await checkClean(opened);
  await opened.close();
}
