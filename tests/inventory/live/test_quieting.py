"""Noise is taken out of a comparison, and what was taken out stays known."""

from driftline.inventory.live.quieting import Facts, Quieted, Rules, quieted
from driftline.inventory.noise.rule import Noise
from tests.analysis.telling import environment, pair
from tests.inventory.building import layer_of

WHY = Noise("default", "the server fills it in")
SHOWN = Noise("autoscaler", "moves in its band")


def quiet_of(rules: Rules) -> Quieted:
    """Two sides that differ at a, b, c and in a role of one alone."""
    left = environment("declared", {"web": (0, None, [layer_of("l", [(0, {"a": 1, "b": 1})])])})
    right = environment(
        "observed",
        {
            "web": (0, None, [layer_of("r", [(0, {"a": 2, "b": 2, "c": 3})])]),
            "extra": (0, None, [layer_of("x", [(0, {"a": 1})])]),
        },
    )
    return quieted(pair(left, right), rules)


def rules(
    *, noise: tuple[str, ...] = (), shown: tuple[str, ...] = (), whole: bool = False,
    lone: bool = False,
) -> Rules:  # fmt: skip
    """Rules that know these addresses."""

    def known(_role: str, _left: Facts, _right: Facts) -> dict[str, Noise]:
        return dict.fromkeys(noise, WHY)

    def informational(_role: str, _left: Facts, _right: Facts) -> dict[str, Noise]:
        return dict.fromkeys(shown, SHOWN)

    return Rules(
        known,
        informational,
        lambda _role, _left, _right: WHY if whole else None,
        lambda _side, _role, _facts: WHY if lone else None,
    )


def addresses(one: Quieted) -> list[str]:
    """Where the sides still differ."""
    return [difference.address for difference in one.found.compared.differences]


def test_without_rules_nothing_is_taken() -> None:
    """Where no rule speaks, the comparison stays as it is."""
    one = quiet_of(rules())

    assert ["/a", "/b", "/c"] == addresses(one)
    assert ((), ()) == (one.noise, one.informational)


def test_noise_is_taken_out_and_kept() -> None:
    """What a rule names is no difference any more, and is told with its values and its rule."""
    one = quiet_of(rules(noise=("/a", "/c")))

    assert ["/b"] == addresses(one)
    assert [("/a", "1", "2"), ("/c", None, "3")] == [
        (row.address, row.left, row.right) for row in one.noise
    ]
    assert len(addresses(one)) == len(one.found.onsets)


def test_counts_are_of_what_is_left() -> None:
    """A common fact that differs in noise alone counts as equal, an extra one not at all."""
    counts = quiet_of(rules(noise=("/a", "/c"))).found.compared.counts

    assert (2, 1, 1) == (counts.common, counts.differ, counts.right_only)


def test_informational_is_apart() -> None:
    """What may be shown is neither drift nor noise."""
    one = quiet_of(rules(shown=("/b",)))

    assert ["/a", "/c"] == addresses(one)
    assert [SHOWN] == [row.why for row in one.informational]


def test_a_whole_role() -> None:
    """A role that is noise as a whole has no differences left."""
    one = quiet_of(rules(whole=True))

    assert ([], 3) == (addresses(one), len(one.noise))


def test_a_lone_role() -> None:
    """A role of one side that nobody would declare is noise with an empty address."""
    one = quiet_of(rules(lone=True))

    assert () == one.found.compared.roles_right_only
    assert [("extra", "")] == [(row.role, row.address) for row in one.noise]
