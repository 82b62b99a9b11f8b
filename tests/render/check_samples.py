"""Answers of a check as tests of renderings need them: a bit of everything, written down."""

from typing import Any

import msgspec

from driftline.model.answers.check import (
    CheckAnswer,
    CheckedPair,
    CheckedRow,
    Follower,
    Forgotten,
)
from driftline.model.answers.parity import GapNote, Side

LEFT, RIGHT = "staging", "production"


def row(effect: str = "opened", kind: str = "standing", **more: Any) -> CheckedRow:
    """A row of the pair; what is not given is like every other."""
    fields: dict[str, Any] = {
        "left": LEFT,
        "right": RIGHT,
        "plane": "declared",
        "role": "web",
        "path": "/log",
        "type": "text",
        "left_state": Side.PRESENT,
        "right_state": Side.PRESENT,
        "left_value": "info",
        "right_value": "debug",
        "left_layer": "environment",
        "right_layer": "environment",
        "since": "2026-08-01T00:00:00Z",
        "onset": "drifted",
        "moved": "right",
        "actor": None,
        "approved_by": None,
        "left_file": "env/staging/web.yaml",
        "right_file": "env/production/web.yaml",
        "kind": kind,
        "reason": "production moved alone",
        "effect": effect,
        "left_before": "info",
        "right_before": "info",
        "moved_by_change": "right",
        "file": "env/production/web.yaml",
        "line": 3,
        "is_unsettled": effect == "opened" and kind == "standing",
    }
    return CheckedRow(**{**fields, **more})


def flight(**more: Any) -> CheckedRow:
    """A release on its way."""
    fields: dict[str, Any] = {
        "path": "/image/tag",
        "left_value": "2.0",
        "right_value": "1.9",
        "left_before": "1.9",
        "right_before": "1.9",
        "moved_by_change": "left",
        "threshold_seconds": 86_400,
        "reason": "staging leads",
        "file": "env/staging/web.yaml",
        "line": 2,
    }
    return row(**{"kind": "in flight", **fields, **more})


def answer(**more: Any) -> CheckAnswer:
    """An answer with something of everything."""
    fields: dict[str, Any] = {
        "schema": "driftline.check/1",
        "generated_by": "driftline 0.1.0",
        "asked_at": "2026-08-06T12:00:00Z",
        "repository": "/srv/shop",
        "base": "origin/main",
        "head": "HEAD",
        "base_commit": "b" * 40,
        "head_commit": "e" * 40,
        "merge_base": "a" * 40,
        "files": ("env/production/web.yaml", "env/staging/web.yaml"),
        "environments": ("qa", "staging", "production"),
        "pairs": (
            CheckedPair("qa", RIGHT, 1, 0, 0, 0, 0, ("web",)),
            CheckedPair(LEFT, RIGHT, 3, 1, 1, 1, 2, ("api", "web")),
        ),
        "opened": (
            row(),
            flight(),
            flight(left="qa"),
            row(kind="environmental", path="/host", reason="names its environment"),
        ),
        "closed": (row("closed", "standing", path="/cpu", left_value=2, right_value=1),),
        "changed": (row("changed", "unknown", path="/size", reason="an unread layer", line=None),),
        "standing": (row("standing", path="/debug", moved_by_change="", file=None, line=None),),
        "forgotten": (
            Forgotten(
                "web", "/cpu", RIGHT, RIGHT, "web", "/memory", 8, 9, "env/production/web.yaml", 7,
                "env/production/web.yaml", 8, 2,
            ),
        ),
        "followers": (Follower("web", "/image/tag", LEFT, RIGHT, 130, 133, 3600, 7200, 86_400),),
        "gaps": (GapNote("env/qa/web.yaml", "e" * 40, "not valid YAML: line 3", "/srv/shop"),),
        "fail_on": ("opened",),
        "failed": ("opened",),
        "notes": ("the clone is shallow",),
    }  # fmt: skip
    return CheckAnswer(**{**fields, **more})


def quiet(**more: Any) -> CheckAnswer:
    """An answer with nothing to say."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("opened", "closed", "changed", "standing", "forgotten", "followers", "gaps", "failed",
         "notes", "pairs"),
        (),
    )  # fmt: skip
    return answer(**{**nothing, **more})


HOSTILE = "x\x1b[31m,:%\n::error::\u202e</failure>|@all`<b>\ud800"


def hostile() -> CheckAnswer:
    """The same answer with names that want to be something else."""
    rows = tuple(
        msgspec.structs.replace(
            one,
            role=HOSTILE,
            path="/" + HOSTILE,
            file=HOSTILE,
            left_file=HOSTILE,
            left_value=HOSTILE,
            reason=HOSTILE,
        )
        for one in answer().opened
    )
    omission = msgspec.structs.replace(
        answer().forgotten[0],
        role=HOSTILE,
        missing_role=HOSTILE,
        path="/" + HOSTILE,
        file=HOSTILE,
        missing_file=HOSTILE,
    )
    return answer(
        base=HOSTILE,
        head=HOSTILE,
        opened=rows,
        changed=rows,
        standing=rows,
        forgotten=(omission,),
        pairs=(CheckedPair(HOSTILE, RIGHT, 1, 0, 0, 0, 0, (HOSTILE,)),),
        gaps=(GapNote(HOSTILE, "", HOSTILE, HOSTILE),),
        notes=(HOSTILE,),
        repository=HOSTILE,
    )
