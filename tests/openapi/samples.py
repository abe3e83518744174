"""Validates the samples of models and events of each release against its JSON Schema."""

import collections
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

documents, samples = map(pathlib.Path, sys.argv[1:])
validators = {}


def validator(release, model):
    if (release, model) not in validators:
        schema = json.loads((documents / release / "json-schema.json").read_text())
        if model:
            schema["$ref"] = f"#/$defs/{model}"
        validators[release, model] = Draft202012Validator(schema)
    return validators[release, model]


counts = collections.Counter()
for line in samples.open():
    sample = json.loads(line)
    found = validator(sample["release"], sample["model"])
    errors = [error.message for error in found.iter_errors(sample["value"])]
    assert bool(errors) != sample["valid"], f"{sample}: {errors}"
    if sample["valid"]:
        errors = list(validator("all", sample["model"]).iter_errors(sample["value"]))
        assert not errors, f"{sample}, all releases: {errors}"
    counts[sample["valid"]] += 1
print(f"{counts[True]} samples are valid, and {counts[False]} incomplete ones are not")
assert counts[True] > 4000 and counts[False] > 3000
