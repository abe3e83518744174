// The page of `ari explore`: reads who it talks to, and gives what arrives to the tabs.

import { send, takeToken } from "./api.js";
import { startApplications } from "./applications.js";
import { Calls } from "./calls.js";
import { byId, setText } from "./dom.js";
import { readEvents } from "./event-stream.js";
import { Events } from "./events.js";
import { startOperations } from "./operations.js";
import { prepareSpec } from "./spec.js";
import { showTab, startTabs } from "./tabs.js";
import { startTheme } from "./theme.js";
import { learnClock, parseTime } from "./time.js";

const NOTICE_TIME = 12000;
const LOST_STATES = ["lost", "closed", "replaced"];
let noticeTimer = null;

/** Shows the message of a problem for a while. */
function showNotice(message) {
  const notice = byId("notice");
  setText(notice, message);
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => (notice.hidden = true), NOTICE_TIME);
}

/** Shows what to do without a valid token. */
function showNoToken(reason) {
  if (reason) setText(byId("no-token-reason"), reason);
  byId("bar").hidden = true;
  byId("bottom").hidden = true;
  for (const panel of document.querySelectorAll("#views > section")) panel.hidden = panel.id !== "no-token";
  showConnection("lost", "not connected");
}

function showConnection(state, text) {
  const connection = byId("connection");
  connection.dataset.state = state;
  setText(connection, text);
}

function showServer({ url, user, version, readOnly }) {
  setText(byId("server-version"), version ? `Asterisk ${version}` : "Asterisk");
  setText(byId("server-url"), user ? `${user} at ${url}` : url);
  byId("read-only").hidden = !readOnly;
  document.title = `ari explore: ${url}`;
}

/** Returns a function that returns the description of a type of event, without its Markdown. */
function eventDescriptions(spec) {
  return (type) => {
    const schema = Object.hasOwn(spec.components?.schemas ?? {}, type) ? spec.components.schemas[type] : null;
    return schema?.description?.replace(/`/g, "") ?? null;
  };
}

function start(server, spec) {
  const isReadOnly = server.readOnly;
  const calls = new Calls({ isReadOnly, onProblem: showNotice, ownApplication: server.application });
  const events = new Events({
    describe: eventDescriptions(spec),
    onTimeline: (channel) => calls.showTimeline(channel),
    ownApplication: server.application,
  });
  const onApplication = startApplications({ isReadOnly, onProblem: showNotice });

  // Returns whether events may have been missed.
  const onConnection = (line) => {
    const { application, state, text } = line;
    // That of another application says nothing about the server.
    if (application && application !== server.application) {
      onApplication(line);
      return false;
    }
    const isLost = LOST_STATES.includes(state);
    if (isLost) showConnection("lost", text || "connection lost");
    else if (state === "connecting") showConnection("connecting", text || "connecting");
    else showConnection("connected", "connected");
    return !isLost;
  };
  const onLines = (lines, isFirst) => {
    let isStale = isFirst;
    for (const line of lines) {
      if (line.kind === "event") learnClock(parseTime(line.event?.timestamp));
      if (line.kind === "connection" && onConnection(line)) isStale = true;
      if (line.kind === "dropped") isStale = true;
    }
    if (isFirst) onApplication();
    if (isStale) calls.resync();
    events.add(lines);
    calls.add(lines);
  };
  readEvents(onLines, (status) => {
    if (status === 401) showNoToken("The token is not that of the running command.");
    else if (status === 0 || status === 200) showConnection("lost", "ari explore has ended: start it again");
    else showConnection("lost", `ari explore refuses the events with status ${status}`);
  });
}

async function main() {
  startTheme();
  if (takeToken() === null) {
    showNoToken("");
    return;
  }
  try {
    const [server, spec] = await Promise.all([send("GET", "/server"), send("GET", "/openapi.json")]);
    showServer(server);
    prepareSpec(spec);
    byId("bar").hidden = false;
    byId("bottom").hidden = false;
    start(server, spec);
    startTabs();
    startOperations(spec, { isReadOnly: server.readOnly });
    addEventListener("hashchange", () => location.hash.startsWith("#/") && showTab("operations"));
  } catch (error) {
    if (error.status === 401) {
      showNoToken("The token is not that of the running command.");
    } else {
      showConnection("lost", "not connected");
      showNotice(error.message);
    }
  }
}

main();
