// The fake Asterisk and `ari explore`, as processes.

import { spawn } from "node:child_process";
import http from "node:http";
import net from "node:net";

const LIMIT = 60000;

/** Credentials of the fake. */
export const USER = "aritest";
export const PASSWORD = "testme";

const running = new Set();

/** Starts a process, and returns it with the first match of a pattern in its output. */
async function startProcess(command, words, pattern, env) {
  const child = spawn(command, words, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.on("exit", () => running.delete(child));
  let output = "";
  const found = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${words.join(" ")} printed: ${output}`)), LIMIT);
    const read = (data) => {
      output += data;
      const match = pattern.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => reject(new Error(`${words.join(" ")} ended with ${code}: ${output}`)));
  });
  return { child, found };
}

/** Ends a process, and waits for its end. */
export async function stop({ child }, signal = "SIGTERM") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

/** Ends all processes. */
export const stopAll = () => Promise.all([...running].map((child) => stop({ child }, "SIGKILL")));

/** Starts a fake Asterisk at a port, or at any. */
export async function startFake(command, port = 0) {
  const fake = await startProcess(command, ["mock", "--port", String(port)], /http:\/\/127\.0\.0\.1:\d+\/ari/);
  return { ...fake, url: fake.found, port: Number(new URL(fake.found).port) };
}

/** Starts `ari explore` for a fake, as its user. */
export async function startExplore(command, fake, ...words) {
  return startExploreAs(command, fake, USER, PASSWORD, ...words);
}

/** Starts `ari explore` for a fake as a user. */
export async function startExploreAs(command, fake, user, password, ...words) {
  const env = { ARI_PASSWORD: password };
  const all = ["explore", "--url", fake.url, "--user", user, "--no-open", ...words];
  const explore = await startProcess(command, all, /http:\/\/127\.0\.0\.1:\d+\/#\S+?(?=["\s])/, env);
  const url = new URL(explore.found);
  return { ...explore, url: explore.found, origin: url.origin, token: url.hash.slice(1) };
}

const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;

/** Sends a request to the fake, and returns the JSON of the response. */
export async function request(fake, method, path, body) {
  const response = await fetch(new URL(path, fake.url), {
    method,
    headers: { authorization, ...(body ? { "content-type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** Starts a program that takes over an application. */
export async function takeOver(command, fake, name) {
  const words = ["events", name, "--take-over", "--json", "--url", fake.url, "--user", USER];
  return startProcess(command, words, /Connected/, { ARI_PASSWORD: PASSWORD });
}

/**
 * Starts a proxy before a fake that sends responses of its own for some paths: `[type, body]`. Returns
 * it in the form of a fake.
 */
export async function startForger(fake, responses) {
  const server = http.createServer((request, response) => {
    const own = responses[request.url];
    if (own) {
      response.writeHead(200, { "content-type": own[0], "content-length": Buffer.byteLength(own[1]) });
      response.end(own[1]);
      return;
    }
    const { method, url: path, headers } = request;
    const forwarded = http.request({ port: fake.port, host: "127.0.0.1", method, path, headers }, (found) => {
      response.writeHead(found.statusCode, found.headers);
      found.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  });
  server.on("upgrade", (request, socket) => {
    const behind = net.connect(fake.port, "127.0.0.1");
    const headers = request.rawHeaders.map((text, index) => text + (index % 2 === 0 ? ": " : "\r\n")).join("");
    behind.write(`GET ${request.url} HTTP/1.1\r\n${headers}\r\n`);
    socket.pipe(behind).pipe(socket);
    socket.on("error", () => behind.destroy());
    behind.on("error", () => socket.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  server.unref();
  return { url: `http://127.0.0.1:${port}/ari`, port };
}

/** Lets the fake send events at a rate for a time. One connection carries all requests. */
export async function sendEvents(fake, { perSecond, seconds, event }) {
  const socket = net.connect(fake.port, "127.0.0.1");
  socket.setNoDelay(true);
  let answered = 0;
  socket.on("data", (data) => (answered += data.toString("latin1").split("HTTP/1.1 ").length - 1));
  await new Promise((resolve) => socket.once("connect", resolve));
  const total = perSecond * seconds;
  const start = Date.now();
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((Date.now() - start) / 1000) * perSecond));
    let text = "";
    for (; sent < due; sent += 1) {
      const body = JSON.stringify({ text: JSON.stringify(event(sent)) });
      text += `POST /mock/send HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    }
    if (text !== "") socket.write(text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const limit = Date.now() + LIMIT;
  while (answered < total && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  if (answered < total) throw new Error(`the fake has sent ${answered} of ${total} events`);
  return (Date.now() - start) / 1000;
}
