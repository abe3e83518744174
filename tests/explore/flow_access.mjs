// A read-only page, and a page without a valid token.

import { check, eventually } from "./checks.mjs";
import { checkClean, execute, openOperation, openPage, openReady } from "./page.mjs";
import { request, startExploreAs } from "./processes.mjs";

export async function readOnly({ browser, command, fake, start }) {
  const explore = await start("--read-only");
  const opened = await openReady(browser, explore);
  const { page } = opened;
  check("the header says that it is read-only", await page.locator("#read-only").isVisible());
  check("no application can be registered", await page.locator("#application-form").isHidden());

  const list = await execute(await openOperation(page, "channels", "list"), {});
  check("a GET is sent", list.status === 200, list);
  const form = await openOperation(page, "channels", "originate");
  check("a POST has no button", (await form.locator(".execute").count()) === 0);
  await eventually("its command can be copied", async () =>
    (await form.locator(".snippet").innerText()).includes("channels originate"));
  const status = await page.evaluate(async () => {
    const headers = { "X-Ari-Explore-Token": sessionStorage.getItem("ari-explore-token") };
    return (await fetch("/api/ari/channels/nobody", { method: "DELETE", headers })).status;
  });
  check("the command refuses other methods", status === 403, status);

  await request(fake, "POST", "/ari/channels?endpoint=Local/1@testari&extension=1&context=testari&priority=1");
  await page.click("#tab-calls");
  await page.locator(".channel").first().waitFor();
  check("no channel can be hung up", (await page.locator(".hang-up").count()) === 0);
  await checkClean(opened);
  await opened.close();

  // A user of the server that may not subscribe to anything: events are missing, and said to be.
  const reader = await openPage(browser, await startExploreAs(command, fake, "reader", "readme"));
  await reader.page.click("#tab-calls");
  await reader.page.locator(".channel").first().waitFor();
  check("a user without events reads the calls", true);
  check("the header says what is missing", (await reader.page.innerText("#connection")).includes("may not subscribe"));
  await checkClean(reader);
  await reader.close();
}

export async function noToken({ browser, start }) {
  const explore = await start();
  const hints = ["", "#0123456789abcdef0123456789abcdef"];
  for (const hash of hints) {
    const opened = await openPage(browser, explore, { url: `${explore.origin}/${hash}` });
    const { page } = opened;
    await page.locator("#no-token").waitFor();
    const text = await page.innerText("#no-token");
    check("the page says what to do", text.includes("Open the whole line in this browser"), text);
    check("nothing else is shown", await page.locator("#bar").isHidden());
    await checkClean(opened);
    await opened.close();
  }
  const opened = await openReady(browser, explore);
  check("the token is not in the address", !opened.page.url().includes(explore.token));
  await opened.page.reload();
  await opened.page.locator("#swagger .opblock-tag").first().waitFor();
  check("it survives a reload of the tab", await opened.page.locator("#no-token").isHidden());
  await opened.page.goto(`${explore.origin}/#/bridges/bridges_create`);
  await opened.page.reload();
  await opened.page.locator("#operations-bridges-bridges_create .opblock-body").waitFor();
  check("an address opens an operation", await opened.page.locator("#panel-operations").isVisible());
  await opened.close();
}
