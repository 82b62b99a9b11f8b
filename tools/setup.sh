#!/bin/sh
# Makes .venv ready from the hash-pinned locks, quietly, and only when something changed.
#
#   sh tools/setup.sh problem     prints one line if this machine lacks something, else nothing
#   sh tools/setup.sh run|test    installs what running, or testing, needs
#   sh tools/setup.sh browser     adds what opening pages in Chromium needs, but no browser
#
# Only a POSIX shell, git and Python with venv are assumed; nothing is compiled,
# and the package itself is built by the build backend of the lock.
set -u
cd "$(dirname "$0")/.." || exit 2
venv=.venv

# The first interpreter that really runs and is new enough; version managers put
# stubs on the PATH that only print an error, so each one is tried.
find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

ready() {
    "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

problem() {
    if ! command -v git >/dev/null 2>&1; then
        echo "driftline reads repositories with git, which is not installed: install the package git"
        return
    fi
    if ready; then
        return
    fi
    if ! python=$(find_python); then
        found=$(python3 --version 2>&1) || found="no Python"
        echo "driftline needs Python 3.11 or newer, found $found: install python3.11 or newer, or name one with make PYTHON=/path/to/python"
        return
    fi
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "Python $version at $(command -v "$python") has no venv module: install the package python$version-venv"
    fi
}

# What the environment was made from; a different answer means make it again.
fingerprint() {
    cat "requirements/$1.lock" pyproject.toml tools/setup.sh | cksum
    pwd
}

# A pip.conf or variable that asks for user installs would break a virtualenv,
# and a home that cannot be written has no place for pip's cache.
quiet_pip() {
    unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV
    [ -w "${HOME:-/nonexistent}" ] || export PIP_NO_CACHE_DIR=1
    PIP_USER=0 "$venv/bin/python" -m pip --quiet --no-input --disable-pip-version-check "$@"
}

install() {
    ready || "$python" -m venv --clear "$venv" || return 1
    quiet_pip install --require-hashes --no-deps --only-binary :all: \
        --requirement "requirements/$1.lock" || return 1
    quiet_pip install --no-deps --no-build-isolation --editable .
}

setup() {
    stamp=$venv/.ready-$1
    if ready && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$1")" ]; then
        return 0
    fi
    trouble=$(problem)
    if [ -n "$trouble" ]; then
        echo "$trouble" >&2
        return 2
    fi
    python=$(find_python)
    echo "setting up (once, about 20 s) …" >&2
    log=$(mktemp "${TMPDIR:-/tmp}/driftline-setup.XXXXXX") || return 2
    if ! install "$1" >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        echo "setting up failed; the whole output is in $log, and make setup tries again" >&2
        return 2
    fi
    rm -f "$log"
    fingerprint "$1" >"$stamp"
}

case ${1:-} in
    problem) problem ;;
    run | test | browser) setup "$1" ;;
    *)
        echo "usage: sh tools/setup.sh problem|run|test|browser" >&2
        exit 2
        ;;
esac
