#!/bin/sh
# Writes requirements/*.lock anew from pyproject.toml: newest versions, every platform, hashes.
#
# uv resolves, in a throw-away environment; installing needs nothing but pip.
# No index is written into the locks, so that every machine uses its own.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip --quiet --disable-pip-version-check install uv
compile() {
    "$scratch/venv/bin/uv" pip compile --quiet --universal --generate-hashes \
        --python-version 3.11 --no-emit-index-url --no-header --no-annotate --upgrade "$@"
}
mkdir -p requirements
compile pyproject.toml --all-extras --group build --output-file requirements/run.lock
compile pyproject.toml --all-extras --group build --group dev --constraint requirements/run.lock \
    --output-file requirements/test.lock
compile --group browser --constraint requirements/test.lock \
    --output-file requirements/browser.lock
wc -l requirements/*.lock
