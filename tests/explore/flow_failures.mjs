// Operations that fail, and a server that is gone for a while.

import { check, eventually } from "./checks.mjs";
import { checkClean, connectionState, execute, openOperation, openReady, register } from "./page.mjs";
import { request, startFake, stop, takeOver } from "./processes.mjs";

export async function failures({ browser, command, fake, start }) {
  const explore = await start();
  const opened = await openReady(browser, explore);
  const { page } = opened;

  const get = await openOperation(page, "channels", "get");
  const missing = await execute(get, { channelId: "nobody" });
  check("an unknown channel is 404 with the reason of the server", missing.status === 404 && missing.text.includes("Channel not found"), missing);
  check("the meaning of the status is shown", (await get.locator(".meaning").innerText()).startsWith("404"));

  const outside = await request(fake, "POST", "/ari/channels?endpoint=Local/1@testari&extension=1&context=testari&priority=1");
  const answer = await openOperation(page, "channels", "answer");
  const conflict = await execute(answer, { channelId: outside.id });
  check("a channel outside of applications is 409", conflict.status === 409, conflict);

  await register(page, "hello");
  await stop(fake, "SIGKILL");
  await eventually("the lost connection is shown", async () => (await connectionState(page)) === "lost");
  const hello = page.locator("#application-list .application", { hasText: "hello" });
  const state = () => hello.getAttribute("data-state");
  await eventually("the lost application is shown", async () => (await state()) === "reconnecting");
  check("it is said at its name", (await hello.innerText()).includes("lost, reconnecting"));
  const again = await openOperation(page, "channels", "get");
  const gone = await execute(again, { channelId: "nobody" });
  check("without a server the status is 502 with a message", gone.status === 502 && gone.text.includes('"message"'), gone);
  await page.click("#tab-calls");
  await page.click("#call-reload");
  await page.locator("#notice").waitFor();

  await startFake(command, fake.port);
  await eventually("the connection is there again", async () => (await connectionState(page)) === "connected", 60000);
  await eventually("calls of before are gone", async () => (await page.locator(".channel").count()) === 0);
  await eventually("the application is there again", async () => (await state()) === "connected", 60000);

  const other = await takeOver(command, fake, "hello");
  await eventually("the end of the application is shown", async () => (await state()) === "ended");
  await eventually("the reason is in the notice", async () =>
    (await page.innerText("#notice")).includes("another client took over"));
  check("it is not taken over by itself", (await hello.innerText()).includes("Take over"));
  await hello.getByRole("button", { name: "Take over hello" }).click();
  await eventually("the application is taken over", async () => (await state()) === "connected");
  await stop(other);
  await checkClean(opened);

  await stop(explore);
  await eventually("the end of the command is shown", async () =>
    (await page.innerText("#connection")).includes("ari explore has ended"));
  await opened.close();
}
