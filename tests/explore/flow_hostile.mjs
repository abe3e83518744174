// Names, callers, variables and messages of a server that contain markup.

import { check, eventually } from "./checks.mjs";
import { checkClean, execute, openOperation, openReady } from "./page.mjs";
import { request, startExplore, startForger } from "./processes.mjs";

const MARKUP = '"><img src=x onerror="window.hacked=1;alert(1)"><script>window.hacked=2</script>';
const LINK = "[click](javascript:window.hacked=3) <svg onload=alert(2)>";

const strings = { markup: MARKUP, link: LINK };

const PAGE = `<html><body onload="window.hacked=6"><script>window.hacked=7</script>${MARKUP}</body></html>`;
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked=8"><script>window.hacked=9</script></svg>';

/** Responses of a server that is not an Asterisk. */
const RESPONSES = {
  "/ari/asterisk/modules": ["text/html", PAGE],
  "/ari/endpoints": ["image/svg+xml", DRAWING],
  "/ari/sounds": ["image/png", PAGE],
  "/ari/applications": ["application/xml", PAGE],
  "/ari/deviceStates": ["audio/wav", PAGE],
  "/ari/mailboxes": ["application/json", PAGE],
};

export async function forgedTypes({ browser, command, fake }) {
  const forger = await startForger(fake, RESPONSES);
  const explore = await startExplore(command, forger);
  const opened = await openReady(browser, explore);
  const operations = [["asterisk", "listModules"], ["endpoints", "list"], ["sounds", "list"], ["applications", "list"],
    ["deviceStates", "list"], ["mailboxes", "list"]];
  for (const [tag, id] of operations) {
    const { status, text } = await execute(await openOperation(opened.page, tag, id), {});
    check(`the response of ${tag} is shown as text or as a file`, status === 200 && /hacked|Save/.test(text), text);
  }
  await opened.page.waitForTimeout(300);
  const injected = await opened.page.locator('.live-response script, .live-response svg[onload], .live-response img').count();
  check("no response became a part of the document", injected === 0, injected);
  await checkClean(opened);
  await opened.close();
}

export async function hostile({ browser, fake, start }) {
  const explore = await start();
  const opened = await openReady(browser, explore);
  const { page } = opened;
  const send = (event) => request(fake, "POST", "/mock/send", { text: JSON.stringify(event) });

  // A caller, a channel and a variable of the fake itself.
  const query = new URLSearchParams({ endpoint: "Local/1@testari", extension: "1", context: "testari", priority: "1",
    callerId: `${MARKUP.replaceAll('"', "'")} <100>` });
  const channel = await request(fake, "POST", `/ari/channels?${query}`, { variables: { HOSTILE: MARKUP } });
  for (const [name, text] of Object.entries(strings)) {
    const object = { id: `${name}-${text}`, name: text, state: text, caller: { name: text, number: text },
      connected: { name: text, number: text }, dialplan: { context: text, exten: text, priority: 1, app_name: text, app_data: text },
      creationtime: text, language: text, accountcode: text };
    const bridge = { id: `bridge-${text}`, name: text, bridge_type: text, technology: text, creator: text,
      channels: [object.id], creationtime: text };
    await send({ type: text, timestamp: text, application: text, channel: object, [text]: text });
    await send({ type: "ChannelEnteredBridge", timestamp: text, application: text, channel: object, bridge });
    await send({ type: "ChannelVarset", variable: text, value: text, timestamp: text, application: text, channel: object });
  }

  await page.click("#tab-events");
  await eventually("the events are there", async () => (await page.locator(".event-row:visible", { hasText: "onerror" }).count()) >= 3);
  await page.click("#event-pause");
  const rows = page.locator(".event-row:visible", { hasText: "onerror" });
  for (let index = 0; index < Math.min(await rows.count(), 6); index += 1) {
    await rows.nth(index).click();
    const text = await page.innerText("#event-detail");
    check("the detail has the text as it is", text.includes("img src=x onerror="), text);
  }
  await page.getByRole("button", { name: "Only this channel" }).click();
  await page.fill("#filter-channel", "");

  await page.click("#tab-calls");
  await page.locator(".bridge", { hasText: "javascript:" }).first().waitFor();
  for (const card of await page.locator(".channel .name").all()) {
    await card.click();
    await page.locator("#timeline [data-action=close]").waitFor();
    await page.locator("#timeline [data-action=close]").click();
  }

  // Responses in Swagger UI.
  const list = await execute(await openOperation(page, "channels", "list"), {});
  check("the list of channels has the caller as text", list.text.includes("onerror="), list);
  const read = await openOperation(page, "channels", "getChannelVar");
  const value = await execute(read, { channelId: channel.id, variable: "HOSTILE" });
  check("the response has the variable as text", value.text.includes("<img src=x"), value);
  const missing = await execute(read, { channelId: MARKUP, variable: LINK });
  check("an unknown channel with markup is refused", missing.status >= 400, missing);
  await page.fill("#operation-filter", MARKUP);

  // A name of an application, and the message about it.
  await page.fill("#application-name", MARKUP);
  await page.click("#application-form button");
  await eventually("the application is registered or refused", async () =>
    (await page.locator("#notice:visible").count()) > 0 || (await page.locator(".application").count()) > 0);

  const injected = await page.locator('img[src="x"], svg[onload], a[href^="javascript:"], [onerror], body script').count();
  check("no markup of a name is in the document", injected === 0, injected);
  await checkClean(opened);

  // The second wall: even markup that got into the document does not run.
  await page.evaluate(() => {
    const holder = document.createElement("div");
    holder.innerHTML = '<img src="data:," onerror="window.hacked=4">';
    const script = document.createElement("script");
    script.textContent = "window.hacked=5";
    document.body.append(holder, script);
  });
  await eventually("the policy blocks scripts in the document", () => page.evaluate(() => window.violations.length >= 2));
  check("they did not run", (await page.evaluate(() => window.hacked ?? null)) === null);
  await opened.close();
}
