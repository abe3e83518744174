// The OpenAPI document, made ready for forms.

/** Returns the example of a body in its description, or `null`. */
function exampleOf(content) {
  const text = JSON.stringify(content.schema);
  for (const [, code] of text.matchAll(/`(\{.*?\})`/g)) {
    try {
      const value = JSON.parse(JSON.parse(`"${code}"`));
      if (Object.keys(value).length > 0) return value;
    } catch {
      // It is not JSON.
    }
  }
  return null;
}

const UNITS = { s: "seconds", ms: "milliseconds" };

/** Returns the unit of a duration as text, or `null` for other values. */
function unitOf(fields) {
  const duration = fields?.["x-ari-duration"];
  return UNITS[duration?.unit ?? duration] ?? null;
}

/** Adds units of durations to the descriptions of the members of a body. */
function addUnits(schema) {
  for (const member of Object.values(schema?.properties ?? {})) {
    const unit = unitOf(member);
    if (unit) member.description = `${member.description ?? ""}\n\nUnit: ${unit}.`;
    addUnits(member);
  }
}

function prepareParameter(parameter) {
  const { schema } = parameter;
  const unit = unitOf(parameter);
  if (unit) {
    const { unlimited } = parameter["x-ari-duration"];
    const limit = unlimited === undefined ? "" : `, ${unlimited} for no limit`;
    // The form shows it below the type, too.
    schema.format = unit;
    parameter.description = `${parameter.description ?? ""}\n\nUnit: ${unit}${limit}.`;
  }
  // Swagger UI would call its type "never".
  delete schema?.not;
  // One text field, instead of one for each item.
  if (schema?.type === "array" && parameter.explode === false) {
    const separated = /comma/i.test(parameter.description) ? "" : "\n\nSeparated by commas.";
    parameter.description = `${parameter.description ?? ""}${separated}`;
    parameter.schema = { type: "string" };
    return;
  }
  // A select instead of a text field. Values beyond the known ones are rare.
  const known = schema?.anyOf?.find((choice) => choice.enum);
  if (known) {
    parameter.schema = { ...schema, ...known };
    delete parameter.schema.anyOf;
  }
  // The form would send it.
  if (schema?.default !== undefined && !parameter.required) {
    parameter.description = `${parameter.description ?? ""}\n\nDefault: \`${schema.default}\`.`;
    delete parameter.schema.default;
  }
}

function prepareBody(body) {
  const content = body.content?.["application/json"];
  addUnits(content?.schema);
  if (!content || content.example !== undefined || content.examples) return;
  const example = exampleOf(content);
  if (body.required) {
    if (example) content.example = example;
    return;
  }
  content.examples = { empty: { summary: "no body", value: {} } };
  if (example) content.examples.example = { summary: "example", value: example };
}

/**
 * Changes a document for the forms: known values become selects, default values and optional bodies
 * are not sent unless they are entered. Returns the document.
 */
export function prepareSpec(spec) {
  for (const methods of Object.values(spec.paths)) {
    for (const operation of Object.values(methods)) {
      operation.parameters?.forEach(prepareParameter);
      if (operation.requestBody) prepareBody(operation.requestBody);
      // It is repeated at the beginning of the description.
      const { summary, description } = operation;
      if (summary && description?.startsWith(summary)) {
        operation.description = description.slice(summary.length).replace(/^\.?\s+/, "");
      }
    }
  }
  return spec;
}
