"""An undeclared field is drift only from where it left what the server had filled in."""

from driftline.inventory.live.meaningful import since_meaningful
from driftline.inventory.travel.onset import Onset
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of


def onset_of(versions: list[tuple[int, dict[str, object]]], *noise: str) -> Onset:
    """The onset at /suspend, which nobody declares, where these values are noise."""
    left = environment("declared", {"job": (0, None, [layer_of("l", [(0, {"a": 1})])])})
    right = environment("observed", {"job": (1, None, [layer_of("r", versions)])})

    def was_noise(_role: str, _address: str, value: str, _instant: int) -> bool:
        return value in noise

    return since_meaningful(pair(left, right), was_noise).onsets[0]


FLIPPED: list[tuple[int, dict[str, object]]] = [
    (1, {"a": 1, "suspend": False}),
    (4, {"a": 1, "suspend": True}),
]


def test_it_left_its_default() -> None:
    """The difference begins where the value stopped being noise."""
    one = onset_of(FLIPPED, "false")

    assert (4, "drifted", "right") == (one.instant, one.kind, one.moved)


def test_it_was_never_noise() -> None:
    """A value that meant something from the first look on differs since then."""
    assert (1, "born") == (onset_of(FLIPPED).instant, onset_of(FLIPPED).kind)


def test_back_and_away_again() -> None:
    """After a stretch of noise the last departure counts."""
    versions: list[tuple[int, dict[str, object]]] = [
        (1, {"a": 1, "suspend": True}),
        (3, {"a": 1, "suspend": False}),
        (6, {"a": 1, "suspend": True}),
        (8, {"a": 1, "suspend": "x"}),
    ]

    assert 6 == onset_of(versions, "false").instant


def test_declared_fields_are_left_alone() -> None:
    """Where both sides speak, the onset is the one of every comparison."""
    left = environment("declared", {"job": (0, None, [layer_of("l", [(0, {"a": 1})])])})
    right = environment(
        "observed", {"job": (0, None, [layer_of("r", [(0, {"a": 0}), (2, {"a": 2})])])}
    )
    found = pair(left, right)

    assert found.onsets == since_meaningful(found, lambda *_: True).onsets
