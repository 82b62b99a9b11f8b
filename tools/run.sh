#!/bin/sh
# Scans $REPO with the report, or the example fleet when none is named.
set -u
# The report says how to ask on, from any folder, so it needs the whole path.
driftline=$(cd "$(dirname "$0")/.." && pwd)/.venv/bin/driftline
repo=${REPO:-}
# Not every shell expands the tilde in `make run REPO=~/infra`.
case $repo in
    "~") repo=$HOME ;;
    "~/"*) repo=$HOME/${repo#"~/"} ;;
esac
if [ -z "$repo" ]; then
    exec "$driftline" example
elif [ -e "$repo" ]; then
    exec "$driftline" scan "$repo"
fi
# Several repositories may be named, separated by spaces.
# shellcheck disable=SC2086
exec "$driftline" scan $repo
