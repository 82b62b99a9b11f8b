"""A template is what a path is without its environment."""

import pytest

from driftline.inventory.layout.spots import Spot
from driftline.inventory.layout.templates import core_of, cut_name, kind_of_word, shelve
from driftline.inventory.layout.tree import Entry
from driftline.inventory.layout.words import Reader
from driftline.model.placing import FileCard

CORES = [
    ("api.values", "api"),
    ("podinfo-values", "podinfo"),
    ("values", ""),
    ("values-acme", "acme"),
    ("app-of-apps.values", "app-of-apps"),
    ("redis-2.values", "redis-2"),
    ("deployment", ""),
    ("00-namespace", ""),
    ("patch-replicas", ""),
    ("web-config", "web"),
    ("core-dns", "core-dns"),
]


@pytest.mark.parametrize(("stem", "core"), CORES)
def test_core(stem: str, core: str) -> None:
    """A file's own name is what it does not merely carry."""
    assert core == core_of(stem)[0]


def test_cut() -> None:
    """Cutting leaves no doubled separators."""
    assert "web-config" == cut_name("web-staging-config", [(4, 11)])
    assert "" == cut_name("staging", [(0, 7)])


def test_words() -> None:
    """Folders name, contain, structure or share."""
    words = ("web", "apps", "k8s", "base", "helm-values")

    assert ["name", "container", "structure", "shared", "structure"] == [
        kind_of_word(word) for word in words
    ]


def spot(path: str, environment: str, depth: int, repeats: list[tuple[int, int, int]]) -> Spot:
    """A file whose whole name at a depth is its environment."""
    entry = Entry(FileCard(path), "", Reader())
    made = Spot(entry, environment=environment, repeats=repeats)
    made.cuts[depth] = [(0, len(entry.names[depth].stem))]
    return made


def test_repeats_that_vary() -> None:
    """A repeated environment word is dropped where that unites two environments."""
    shelf = shelve(
        [
            spot("staging/staging-api.yaml", "staging", 1, [(2, 0, 7)]),
            spot("prod/prod-api.yaml", "production", 1, [(2, 0, 4)]),
        ],
        {},
    )

    assert ["api"] == [template.stem for template in shelf.own.values()]


def test_repeats_that_do_not() -> None:
    """`production-api` in staging as well is a service's name."""
    shelf = shelve(
        [
            spot("staging/production-api.yaml", "staging", 1, []),
            spot("production/production-api.yaml", "production", 1, [(2, 0, 10)]),
        ],
        {},
    )

    assert ["production-api"] == [template.stem for template in shelf.own.values()]
