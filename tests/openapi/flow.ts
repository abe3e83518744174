// A flow with the types of openapi-typescript and the client of openapi-fetch.

import createClient from "openapi-fetch";
import type { components, paths } from "./ari.js";

declare const process: { argv: string[]; exit(code: number): never };

type Channel = components["schemas"]["Channel"];

const client = createClient<paths>({
    baseUrl: process.argv[2],
    headers: { Authorization: `Basic ${btoa("aritest:testme")}` },
});

function check(condition: unknown, what: string): asserts condition {
    if (!condition) {
        console.error(`TypeScript: ${what}`);
        process.exit(1);
    }
}

const ping = await client.GET("/asterisk/ping");
check(ping.data?.ping === "pong", "ping");
const info = await client.GET("/asterisk/info", { params: { query: { only: ["system"] } } });
check(info.data?.system?.version, "version");

const created = await client.POST("/channels", {
    params: { query: { endpoint: "Local/1@testari", extension: "1", context: "testari", timeout: 5 } },
    body: { variables: { COLOUR: "green" } },
});
const channel: Channel | undefined = created.data;
check(channel, "originate");

const path = { channelId: channel.id };
const variable = await client.GET("/channels/{channelId}/variable", {
    params: { path, query: { variable: "COLOUR" } },
});
check(variable.data?.value === "green", "variable");
const listed = await client.GET("/channels");
check(listed.data?.some((it) => it.id === channel.id), "list");
const gone = await client.DELETE("/channels/{channelId}", {
    params: { path, query: { reason: "busy" } },
});
check(gone.response.status === 204, "hangup");
const missing = await client.GET("/channels/{channelId}", { params: { path } });
check(missing.error?.message === "Channel not found", "error");
console.log("TypeScript: ping, info, originate, variable, list, hangup, error");
