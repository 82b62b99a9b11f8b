"""What of a live object is no configuration."""

import msgspec

from driftline.sources.kubernetes.left_out import ANNOTATIONS, BOOKKEEPING, leave_out


def left(text: str) -> object:
    """What is left of an object."""
    made = msgspec.json.decode(text)
    leave_out(made)
    return made


CASES = (
    (
        "bookkeeping of the server goes, what identifies the object stays",
        (
            '{"metadata":{"name":"a","uid":"u","creationTimestamp":"t","resourceVersion":"1",'
            '"generation":2,"selfLink":"/x","managedFields":[]}}'
        ),
        '{"metadata":{"name":"a","uid":"u","creationTimestamp":"t"}}',
    ),
    (
        "a copy of the object goes, and leaves no empty mapping behind",
        '{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}"}}}',
        '{"metadata":{}}',
    ),
    (
        "other annotations stay",
        '{"metadata":{"annotations":{"kapp.k14s.io/original":"{}","team":"core"}}}',
        '{"metadata":{"annotations":{"team":"core"}}}',
    ),
    ("status goes", '{"kind":"Deployment","status":{"replicas":3}}', '{"kind":"Deployment"}'),
    (
        "what a pod really runs stays",
        (
            '{"apiVersion":"v1","kind":"Pod","status":{"phase":"Running","startTime":"t",'
            '"containerStatuses":[{"name":"web","image":"i","imageID":"i@sha256:1","restartCount":4}]}}'
        ),
        (
            '{"apiVersion":"v1","kind":"Pod","status":{"startTime":"t",'
            '"containerStatuses":[{"name":"web","image":"i","imageID":"i@sha256:1"}]}}'
        ),
    ),
    (
        "versions of a node stay, its heartbeats and addresses do not",
        (
            '{"apiVersion":"v1","kind":"Node","status":{"conditions":[{"type":"Ready"}],'
            '"nodeInfo":{"kubeletVersion":"v1.36.1","bootID":"x"}}}'
        ),
        '{"apiVersion":"v1","kind":"Node","status":{"nodeInfo":{"kubeletVersion":"v1.36.1"}}}',
    ),
    (
        "a custom kind of the same name is not taken for it",
        '{"apiVersion":"example.com/v1","kind":"Node","status":{"nodeInfo":{"osImage":"x"}}}',
        '{"apiVersion":"example.com/v1","kind":"Node"}',
    ),
    (
        "a status of another form is left out",
        '{"apiVersion":"v1","kind":"Pod","status":{"containerStatuses":"?"}}',
        '{"apiVersion":"v1","kind":"Pod"}',
    ),
)


def test_cases() -> None:
    """What is left is what is configured, and what says what really runs."""
    assert CASES
    for why, given, expected in CASES:
        assert msgspec.json.decode(expected) == left(given), why


def test_reasons() -> None:
    """Whatever is left out has a reason."""
    assert all({**BOOKKEEPING, **ANNOTATIONS}.values())
