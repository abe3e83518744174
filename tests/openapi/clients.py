"""Generates a client in TypeScript and one in Python, and runs both against the fake."""

import os
import re
import shutil
import subprocess
import sys

ari, document = sys.argv[1:]


def run(*command, **options):
    subprocess.run(command, check=True, **options)


run("openapi-typescript", document, "--output", "ari.d.ts")
run("tsc", "--project", ".")
shutil.rmtree("python", ignore_errors=True)
run("openapi-python-client", "generate", "--path", document, "--output-path", "python", "--config", "python.yaml", "--fail-on-warning")

# Each module is compiled and imported, also those that the calls below do not use.
modules = """
import compileall, importlib, pathlib, sys, warnings
warnings.simplefilter("error")
if not compileall.compile_dir("python", quiet=1, force=True):
    sys.exit("a generated module does not compile")
count = 0
for path in sorted(pathlib.Path("python").rglob("*.py")):
    parts = list(path.relative_to("python").with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    if parts:
        importlib.import_module(".".join(parts))
        count += 1
print(f"{count} generated modules of Python are imported")
"""
run(sys.executable, "-c", modules, env={**os.environ, "PYTHONPATH": "python"})

mock = subprocess.Popen([ari, "mock", "--port", "0"], stdout=subprocess.PIPE, text=True)
try:
    for line in mock.stdout:
        found = re.search(r"http://[0-9.:]+/ari", line)
        if found:
            break
    address = found.group()
    run("node", "flow.js", address)
    run(sys.executable, "flow.py", address, env={**os.environ, "PYTHONPATH": "python"})
finally:
    mock.terminate()
    mock.wait()
