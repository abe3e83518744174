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
