"""Validates the documents of all releases: OpenAPI, and JSON Schema as such."""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

folders = sorted(pathlib.Path(sys.argv[1]).iterdir())
for folder in folders:
    openapi = json.loads((folder / "openapi.json").read_text())
    errors = list(OpenAPIV31SpecValidator(openapi).iter_errors())
    assert not errors, f"{folder}/openapi.json: {errors}"
    Draft202012Validator.check_schema(json.loads((folder / "json-schema.json").read_text()))
    for name, schema in openapi["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
print(f"{len(folders)} documents of OpenAPI and {len(folders)} of JSON Schema are valid")
