"""Nameless files of different folders are one thing only if something says so."""

from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard


def roles(cards: list[FileCard]) -> dict[str, str]:
    """Role by path."""
    return {one.path: one.role for one in infer(cards, repository="shop").placements}


def cards(folder: str, *keys: str, alive: bool = True) -> list[FileCard]:
    """The files of two environments in one folder."""
    shapes = frozenset("/" + key for key in keys)
    return [
        FileCard(f"{folder}/{name}.yaml", shapes=shapes, alive=alive)
        for name in ("staging", "prod")
    ]


def test_two_things() -> None:
    """By names alone, two folders are two things."""
    found = roles([*cards("config"), *cards("helm")])

    assert found["config/prod.yaml"] == found["config/staging.yaml"]
    assert found["config/prod.yaml"] != found["helm/prod.yaml"]


def test_a_move() -> None:
    """A folder that is gone was moved."""
    found = roles([*cards("config"), *cards("helm", alive=False)])

    assert 1 == len(set(found.values()))


def test_alike() -> None:
    """Content that is alike is one thing in two layouts, and content that is not is two."""
    same = roles([*cards("config", "hub", "proxy"), *cards("helm", "hub", "proxy", "log")])
    other = roles([*cards("config", "hub", "proxy"), *cards("helm", "image", "replicas")])

    assert 1 == len(set(same.values()))
    assert 2 == len(set(other.values()))


def test_secrets() -> None:
    """Secrets in a folder of their own belong to the values beside it."""
    found = roles([*cards("config"), *cards("secrets")])

    assert 1 == len(set(found.values()))


def test_holders() -> None:
    """Folders that only hold environments make no difference."""
    found = roles([*cards("env"), *cards("environments")])

    assert 1 == len(set(found.values()))
