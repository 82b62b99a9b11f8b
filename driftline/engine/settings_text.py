"""The `driftline.toml` that `init` writes: what was found, and every setting with its default.

Settings stand as comments, so that the file says what could be decided and
decides nothing yet but which repositories are read.
"""

from collections.abc import Sequence

import msgspec

from driftline.model.answers.scan import EnvironmentSummary, Scan

_SETTINGS = """\
# Where the history is kept; this is the default. DRIFTLINE_STORE and --store win over it.
[store]
# path = ".driftline/history.db"

# What no rule can know about your repositories. `driftline layout` shows what was
# taken for what; each line here wins over every inference.
[layout]
# Where files of environments and roles are:
# places = ["clusters/{environment}/{role}/**", "legacy/qa.yaml -> role=api environment=qa"]
# places = []
# Further names of environments, and words that look like ones but are not:
# environments = []
# not_environments = []
# Files to leave out, as globs:
# ignore = []

# Who is who, where names do not tell. The first rule that matches counts, before the
# built-in ones; `name` and `email` are globs. Classes: human, gitops, helm, autoscaler,
# ci, bot, operator, config-management, cloud-service, unattributed.
[actors]
# rules = [{ class = "ci", name = "deploy*" }, { class = "bot", email = "*@bots.example.com" }]
# rules = []

# Which environments are compared; all with all, unless pairs are named.
[pairs]
# only = [["staging", "production"]]
# only = []

# Secrets are replaced by keyed digests before anything is kept. The key is made once,
# beside the history, unless it stands elsewhere or in DRIFTLINE_SECRET_KEY.
[redaction]
# key_file = ""

# Decisions about differences, reviewed like code: what is ignored, accepted until a day,
# frozen or wrongly classed. `driftline accept` and its kin append to it.
[ledger]
# path = "driftline-ledger.yaml"
# days_max = 365

# Clusters to look at, a section for each; with several environments in one cluster, a
# section for each environment whose namespaces names alone do not tell.
# [[kubernetes]]
# context = ""
# kubeconfig = ""
# namespaces = []
# environment = ""
# selector = ""
"""


def settings_text(repositories: Sequence[str], found: Scan) -> str:
    """The file for these repositories, which a scan found to hold this."""
    listed = ", ".join(_toml(name) for name in repositories)
    lines = [
        "# Settings of driftline; docs/configuration.md explains every one.",
        f"# Written by `driftline init` on {found.asked_at[:10]}. This is what it found then:",
        "#",
        *(_found(row) for row in found.environments),
        *([] if found.environments else ["#   no environments; say in [layout] where they are"]),
        *_asked(found),
        "",
        "# The git repositories to read, relative to this file.",
        f"repositories = [{listed}]",
        "",
        _SETTINGS,
    ]
    return "\n".join(lines)


def _found(row: EnvironmentSummary) -> str:
    ended = "" if row.alive else f", ended {(row.last_seen or '')[:10]}"
    name = _toml(row.name)
    return f"#   {name}: {row.resources:,} resources, {row.facts:,} facts{ended}"


def _asked(found: Scan) -> list[str]:
    """The questions of the layout rules, each with the line that answers it."""
    if not found.questions:
        return []
    lines = ["#", "# It would not guess the following; each line belongs into [layout]:"]
    for question in found.questions:
        lines += [f"#   {_one_line(question.text)}", f"#     {_one_line(question.answer)}"]
    return lines


def _toml(text: str) -> str:
    """A text as a basic TOML string; JSON strings are a subset of those, but for DEL."""
    plain = text.encode("utf-8", "replace").decode()
    return msgspec.json.encode(plain).decode().replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    """A text that cannot end the comment it stands in."""
    return "".join(character if character.isprintable() else "?" for character in text)
