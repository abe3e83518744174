// Validates the documents of all releases: OpenAPI, AsyncAPI, and JSON Schema as such.

import { readFileSync, readdirSync } from "node:fs";
import SwaggerParser from "@apidevtools/swagger-parser";
import { Parser } from "@asyncapi/parser";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const folder = process.argv[2];
const releases = readdirSync(folder).sort();
const parser = new Parser();
let failed = false;
const fail = (...what) => {
    console.error(...what);
    failed = true;
};

for (const release of releases) {
    const path = (name) => `${folder}/${release}/${name}.json`;
    await SwaggerParser.validate(path("openapi"));
    // It sees no references, because the parser replaces them.
    const { document, diagnostics } = await parser.parse(readFileSync(path("asyncapi"), "utf8"));
    // A newer version of AsyncAPI is no error.
    const problems = diagnostics.filter((it) => it.code !== "asyncapi-latest-version");
    if (!document || problems.length > 0) {
        fail(release, problems.slice(0, 5));
    }
    const schema = JSON.parse(readFileSync(path("json-schema"), "utf8"));
    const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
    addFormats(ajv);
    for (const name of ["releases", "availability", "required-in", "values", "duration"]) {
        ajv.addKeyword(`x-ari-${name}`);
    }
    const validate = ajv.compile(schema);
    const unknown = { type: "FromTheFuture", application: "a", timestamp: "2026-11-23T01:08:51.332+0000" };
    if (!validate(unknown)) {
        fail(release, "an event of another type", validate.errors);
    }
    if (validate({ ...unknown, type: "StasisStart" })) {
        fail(release, "an event without its channel is valid");
    }
}
console.log(`${releases.length} documents of each format are valid`);
process.exit(failed ? 1 : 0);
