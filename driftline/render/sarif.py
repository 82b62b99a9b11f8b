"""What a change does to parity, as SARIF 2.1.0, which code scanning of several hosts reads.

Every act is one result with a place in the files at head. A fingerprint that
knows the role, the path and the environment, but no line, keeps a result the
same one when lines move.
"""

import hashlib
import string
from typing import Any

import msgspec

from driftline import __version__
from driftline.model.answers.check import CheckAnswer, Forgotten
from driftline.model.answers.parity import GapNote
from driftline.model.verdict import Kind
from driftline.render.check_rows import (
    Act,
    acts,
    against_text,
    forgotten_text,
    kind_text,
    move_texts,
)
from driftline.render.harmless import harmless, json_harmless

SCHEMA_URI = "https://json.schemastore.org/sarif-2.1.0.json"
_INFORMATION_URI = "https://github.com/driftline/driftline"

# The rules in the order in which results refer to them.
RULES: tuple[tuple[str, str, str], ...] = (
    ("opened-difference", "A change opens a difference between environments", "warning"),
    ("changed-difference", "A change moves one side of a difference that was there", "note"),
    ("forgotten-sibling", "What usually moves with a change did not move", "warning"),
    ("unread-file", "A file that the change touches could not be read", "warning"),
)
_NUMBER = {rule: number for number, (rule, _, _) in enumerate(RULES)}
_PLAIN = frozenset(string.ascii_letters + string.digits + "-._~/")
_LEVELS = {
    Kind.STANDING.value: "error",
    Kind.UNKNOWN.value: "warning",
    Kind.IN_FLIGHT.value: "note",
    Kind.FROZEN.value: "warning",
    Kind.ACCEPTED.value: "none",
    Kind.ENVIRONMENTAL.value: "none",
}


def sarif_text(answer: CheckAnswer) -> str:
    """The log as indented JSON that ends in a line feed."""
    encoded = msgspec.json.encode(_spelled(_log(answer)))
    return json_harmless(msgspec.json.format(encoded, indent=2).decode()) + "\n"


def _log(answer: CheckAnswer) -> dict[str, Any]:
    results = [_act(act, "opened-difference") for act in acts(answer.opened)]
    results += [_act(act, "changed-difference") for act in acts(answer.changed)]
    results += [_forgotten(one) for one in answer.forgotten]
    results += [_gap(gap) for gap in answer.gaps]
    run = {
        "tool": {
            "driver": {
                "name": "driftline",
                "version": __version__,
                "informationUri": _INFORMATION_URI,
                "rules": [_rule(*rule) for rule in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "versionControlProvenance": [
            {"repositoryUri": _file_uri(answer.repository), "revisionId": answer.head_commit}
        ],
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": harmless(note)}} for note in answer.notes
                ],
            }
        ],
        "results": results,
    }
    return {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [run]}


def _rule(name: str, text: str, level: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": text},
        "defaultConfiguration": {"level": level},
    }


def _act(act: Act, rule: str) -> dict[str, Any]:
    row = act.lead
    who, before, after = move_texts(act)
    what = f"{row.role} {row.path}".strip()
    text = (
        f"{what}: {who} from {before} to {after}, differs from {against_text(act)}; "
        f"{kind_text(act)}."
    )
    level = _LEVELS.get(row.kind, "warning")
    if row.kind == Kind.STANDING and not act.is_unsettled:
        level = "warning"
    found = _result(rule, level, text, row.file, row.line, (row.role, row.path, who))
    if level == "none":
        # By design or accepted: told, and marked as settled.
        found["kind"] = "informational"
    return found


def _forgotten(one: Forgotten) -> dict[str, Any]:
    names = (one.missing_role, one.missing_path, one.missing_environment)
    text = f"{one.role}: {forgotten_text(one)}."
    found = _result("forgotten-sibling", "warning", text, one.file, one.line, names)
    if one.missing_file:
        place = _location(one.missing_file, one.missing_line)
        found["relatedLocations"] = [{**place, "id": 1, "message": {"text": "it stands here"}}]
    return found


def _gap(gap: GapNote) -> dict[str, Any]:
    return _result(
        "unread-file", "warning", f"Not read: {gap.reason}.", gap.path, None, (gap.path,)
    )


def _result(
    rule: str,
    level: str,
    text: str,
    file: str | None,
    line: int | None,
    names: tuple[str, ...],
) -> dict[str, Any]:
    digest = hashlib.sha256("\0".join((rule, *names)).encode(errors="surrogatepass")).hexdigest()
    return {
        "ruleId": rule,
        "ruleIndex": _NUMBER[rule],
        "level": level,
        "message": {"text": harmless(text)},
        "locations": [_location(file, line)] if file else [],
        "partialFingerprints": {"driftline/v1": digest},
    }


def _location(file: str, line: int | None) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(file), "uriBaseId": "%SRCROOT%"},
            # Code scanning shows no result without a line.
            "region": {"startLine": line or 1},
        }
    }


def _file_uri(path: str) -> str:
    return "file://" + _uri(path)


def _uri(path: str) -> str:
    """The path as a URI has it: what is not plain is written as its bytes."""
    return "".join(
        chr(byte) if chr(byte) in _PLAIN else f"%{byte:02X}"
        for byte in path.encode(errors="replace")
    )


def _spelled(content: Any) -> Any:
    match content:
        case str():
            return content.encode(errors="replace").decode()
        case dict():
            return {key: _spelled(value) for key, value in content.items()}
        case list():
            return [_spelled(value) for value in content]
    return content
