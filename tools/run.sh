#!/bin/sh
# Scans $REPO with the report, or the example fleet when none is named.
set -u
# make stands in the checkout, and the report repeats the short way to the command.
driftline=.venv/bin/driftline
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
