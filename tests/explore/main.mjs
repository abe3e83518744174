// Runs the flows one after another, in one browser.

import { beginFlow, check, report } from "./checks.mjs";
import { failures } from "./flow_failures.mjs";
import { forgedTypes, hostile } from "./flow_hostile.mjs";
import { layout } from "./flow_layout.mjs";
import { load } from "./flow_load.mjs";
import { noToken, readOnly } from "./flow_access.mjs";
import { tutorial } from "./flow_tutorial.mjs";
import { startBrowser } from "./page.mjs";
import { startExplore, startFake, stopAll } from "./processes.mjs";

const [command, chromium, chosen] = process.argv.slice(2);
const flows = { tutorial, failures, load, hostile, forgedTypes, readOnly, noToken, layout };

const browser = await startBrowser(chromium);
try {
  for (const [name, flow] of Object.entries(flows)) {
    if (!name.includes(chosen)) continue;
    beginFlow(name);
    const began = Date.now();
    try {
      const fake = await startFake(command);
      const start = (...words) => startExplore(command, fake, ...words);
      await flow({ browser, command, fake, start });
    } catch (error) {
      check(error.stack, false);
    }
    await stopAll();
    console.log(`${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await browser.close();
  await stopAll();
}
process.exitCode = report();
