"""The log holds what SARIF 2.1.0 demands, and every result keeps its fingerprint."""

import json
from typing import Any

import jsonschema
import pytest

from driftline.render.sarif import RULES, sarif_text
from tests.render.check_samples import answer, hostile, quiet, row

# What of the SARIF 2.1.0 schema a log like ours can break, in our own words.
ESSENTIALS: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "items": {
                                            "required": ["id", "shortDescription"],
                                            "properties": {
                                                "shortDescription": {"required": ["text"]}
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "kind": {"enum": ["informational", "fail", "open"]},
                                "message": {
                                    "required": ["text"],
                                    "properties": {"text": {"type": "string", "minLength": 1}},
                                },
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation", "region"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "required": ["uri"],
                                                        "properties": {
                                                            "uri": {"pattern": "^[!-~]+$"}
                                                        },
                                                    },
                                                    "region": {
                                                        "required": ["startLine"],
                                                        "properties": {
                                                            "startLine": {
                                                                "type": "integer",
                                                                "minimum": 1,
                                                            }
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


def results(one: Any) -> list[dict[str, Any]]:
    """The results of an answer."""
    found: list[dict[str, Any]] = json.loads(sarif_text(one))["runs"][0]["results"]
    return found


@pytest.mark.parametrize("one", [answer(), quiet(), hostile()], ids=["all", "nothing", "hostile"])
def test_the_essentials_hold(one: Any) -> None:
    """Whatever the answer, the log is one that code scanning takes."""
    log = json.loads(sarif_text(one))
    jsonschema.validate(log, ESSENTIALS)

    for result in log["runs"][0]["results"]:
        assert RULES[result["ruleIndex"]][0] == result["ruleId"]


def test_levels_and_places() -> None:
    """Standing is an error at its line, in flight a note, by design told as settled."""
    found = {
        (one["ruleId"], one["message"]["text"].split(":")[0]): one for one in results(answer())
    }
    opened = found["opened-difference", "web /log"]
    place = opened["locations"][0]["physicalLocation"]

    assert "error" == opened["level"]
    assert ("env/production/web.yaml", 3) == (
        place["artifactLocation"]["uri"],
        place["region"]["startLine"],
    )
    assert "note" == found["opened-difference", "web /image/tag"]["level"]
    assert "informational" == found["opened-difference", "web /host"]["kind"]
    assert "warning" == found["unread-file", "Not read"]["level"]
    assert (
        8
        == (
            found["forgotten-sibling", "web"]["relatedLocations"][0]["physicalLocation"]["region"][
                "startLine"
            ]
        )
    )


def test_fingerprints_do_not_follow_lines() -> None:
    """A result stays the same one when its line or its value moves, and others are others."""
    one, other, third = (
        results(quiet(opened=(row(**more),)))[0]["partialFingerprints"]
        for more in ({}, {"line": 90, "right_value": "trace"}, {"path": "/other"})
    )

    assert one == other
    assert one != third
