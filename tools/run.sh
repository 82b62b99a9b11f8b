#!/bin/sh
# Scans $REPO with the report, or the example fleet when none is named.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
repo=${REPO:-}
# Not every shell expands the tilde in `make run REPO=~/infra`.
case $repo in
    "~") repo=$HOME ;;
    "~/"*) repo=$HOME/${repo#"~/"} ;;
esac
if [ -z "$repo" ]; then
    exec "$root/.venv/bin/driftline" example
elif [ -e "$repo" ]; then
    exec "$root/.venv/bin/driftline" scan "$repo"
fi
# Several repositories may be named, separated by spaces.
# shellcheck disable=SC2086
exec "$root/.venv/bin/driftline" scan $repo
