"""Which thing stands for which other one, by ever weaker signs, and never by chance."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from driftline.inventory.counterparts import Thing, matched, thing
from driftline.model.document import DocumentKind

WORDS = frozenset({"staging", "stg", "production", "prod"})


def manifest(file: str, what: str, **more: Any) -> Thing:
    """An object `group/version Kind/namespace/name`; the namespace may be missing."""
    version, _, key = what.rpartition(" ")
    kind, *space, name = key.split("/")
    facts = {"/apiVersion": version or "v1", "/kind": kind, "/metadata/name": name} | {
        f"/{place}": value for place, value in more.items()
    }
    if space:
        facts["/metadata/namespace"] = space[0]
    return thing(file, key, DocumentKind.OBJECT, _spelled(facts))


def plain(file: str, key: str = "", **facts: Any) -> Thing:
    """A document that is no object."""
    spelled = _spelled({f"/{place}": value for place, value in facts.items()})
    return thing(file, key, DocumentKind.PLAIN, spelled)


def _spelled(facts: Mapping[str, Any]) -> dict[str, str]:
    return {address: json.dumps(value) for address, value in facts.items()}


def named(one: Thing | None) -> str:
    """File and key, or a dash."""
    return f"{one.file} {one.key}".strip() if one else "-"


# Left things, right things, the matches as `left = right`; `~` where names differ.
CASES: dict[str, tuple[list[Thing], list[Thing], list[str]]] = {
    "objects are the same wherever their file lies": (
        [manifest("a.yaml", "Service/web"), manifest("b.yaml", "apps/v1 Deployment/web")],
        [manifest("all.yaml", "apps/v1beta1 Deployment/web"), manifest("x.yaml", "Service/web")],
        [
            "a.yaml Service/web = x.yaml Service/web",
            "b.yaml Deployment/web = all.yaml Deployment/web",
        ],
    ),
    "another group is another kind": (
        [manifest("a.yaml", "extensions/v1 Ingress/web")],
        [manifest("a.yaml", "networking.k8s.io/v1 Ingress/web")],
        ["a.yaml Ingress/web = -", "- = a.yaml Ingress/web"],
    ),
    "the same file comes before another one": (
        [manifest("a.yaml", "Service/web", n=1), manifest("b.yaml", "Service/web", n=2)],
        [manifest("b.yaml", "Service/web", n=1)],
        ["b.yaml Service/web = b.yaml Service/web", "a.yaml Service/web = -"],
    ),
    "of several alike those that are equal belong together": (
        [plain("a.yaml", n=1), plain("a.yaml", "#1", n=2)],
        [plain("a.yaml", n=2), plain("a.yaml", "#1", n=3), plain("a.yaml", "#2", n=1)],
        ["a.yaml = a.yaml #2", "a.yaml #1 = a.yaml", "- = a.yaml #1"],
    ),
    "a namespace may differ where the name is the only one": (
        [manifest("a.yaml", "Service/shop-staging/web"), manifest("a.yaml", "Service/x/two")],
        [
            manifest("b.yaml", "Service/shop-production/web"),
            manifest("b.yaml", "Service/y/two"),
            manifest("b.yaml", "Service/z/two"),
        ],
        [
            "a.yaml Service/shop-staging/web ~ b.yaml Service/shop-production/web",
            "a.yaml Service/x/two = -",
            "- = b.yaml Service/y/two",
            "- = b.yaml Service/z/two",
        ],
    ),
    "a name may hold the environment, or the hash of what it was made from": (
        [manifest("a.yaml", "Service/web-staging"), manifest("a.yaml", "ConfigMap/env-4k9m2t7h6c")],
        [manifest("a.yaml", "Service/web-prod"), manifest("a.yaml", "ConfigMap/env-b5g2h8k6d9")],
        [
            "a.yaml Service/web-staging ~ a.yaml Service/web-prod",
            "a.yaml ConfigMap/env-4k9m2t7h6c ~ a.yaml ConfigMap/env-b5g2h8k6d9",
        ],
    ),
    "a resource of a state is the same in a state of another name": (
        [plain("a.tfstate", "aws_vpc.main", cidr="10"), plain("a.tfstate", "aws_vpc.old")],
        [plain("b.tfstate", "aws_vpc.main", cidr="11")],
        ["a.tfstate aws_vpc.main ~ b.tfstate aws_vpc.main", "a.tfstate aws_vpc.old = -"],
    ),
    "a file that moved is the same where half of it is": (
        [plain("staging/values.yaml", tag=1, replicas=2), plain("x.yaml", a=1)],
        [plain("here/values-prod.yml", tag=2, replicas=2), plain("y/x.yaml", b=1)],
        ["staging/values.yaml ~ here/values-prod.yml", "x.yaml = -", "- = y/x.yaml"],
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_counterparts(what: str) -> None:
    """Everything has its one counterpart, or none."""
    left, right, expected = CASES[what]
    found = matched(left, right, files={}, words=WORDS)
    told = [f"{named(one.left)} {'=' if one.is_sure else '~'} {named(one.right)}" for one in found]

    assert sorted(expected) == sorted(told)


def test_a_file_may_be_called_otherwise_on_the_right() -> None:
    """Files that somebody says are one are one, whatever is in them."""
    left, right = plain("a.env", A=1), plain("b.env", B=1)
    files = {"b.env": "a.env"}

    assert 1 == len(matched([left], [right], files=files, words=WORDS))
    assert 2 == len(matched([left], [right], files={}, words=WORDS))


def test_the_only_ones_of_two_files_belong_together() -> None:
    """Somebody who names two files means that what is in them is to be compared."""
    left, right = manifest("a.yaml", "Service/one"), manifest("b.yaml", "Service/two")
    found = matched([left], [right], files={}, words=WORDS, is_one_file_each=True)

    assert [(left, right, False)] == [(one.left, one.right, one.is_sure) for one in found]
    assert 2 == len(matched([left], [right], files={}, words=WORDS))


def test_what_a_thing_is_called() -> None:
    """An object by its key, a component by its name, anything else by its file."""
    things = [manifest("a.yaml", "Service/web"), plain("b", "pkg:npm/a#2"), plain("c.env", "#1")]

    assert ["Service/web", "pkg:npm/a", "c.env"] == [one.called for one in things]
