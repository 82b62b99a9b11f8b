from driftline.inventory.siblings import find
from tests.analysis.telling import environment
from tests.inventory.building import layer_of


def test_every_difference_has_its_onset() -> None:
    """Each difference of two environments comes with the instant and the side that made it."""
    base = layer_of("base", [(0, {"a": 1, "b": 1})], shared=True)
    left = environment("staging", {"app": (0, None, [base, layer_of("s", [(2, {"a": 2})])])})
    right = environment("production", {"app": (0, None, [base, layer_of("p", [(4, {"c": 1})])])})
    found = find(left, right, frozenset())

    assert [("/a", 2, "left"), ("/c", 4, "right")] == [
        (one.address, onset.instant, onset.moved)
        for one, onset in zip(found.compared.differences, found.onsets, strict=True)
    ]


def test_an_element_under_another_name_keeps_its_own_past() -> None:
    """The past of an element that has another name on the right is found under that name."""
    named = [
        (0, {"l": [{"name": "x-staging", "v": 1}]}),
        (3, {"l": [{"name": "x-staging", "v": 2}]}),
    ]
    left = environment("staging", {"app": (0, None, [layer_of("s", named)])})
    right = environment(
        "production", {"app": (0, None, [layer_of("p", [(0, {"l": [{"name": "x", "v": 1}]})])])}
    )
    found = find(left, right, frozenset({"staging"}))
    onsets = dict(
        zip((one.address for one in found.compared.differences), found.onsets, strict=True)
    )

    assert (3, "left", "drifted") == (
        onsets["/l/[name=x-staging]/v"].instant,
        onsets["/l/[name=x-staging]/v"].moved,
        onsets["/l/[name=x-staging]/v"].kind,
    )


def test_equal_sides_have_nothing_to_tell() -> None:
    """Where nothing differs there is no onset."""
    one = environment("staging", {"app": (0, None, [layer_of("s", [(0, {"a": 1})])])})

    assert () == tuple(find(one, one, frozenset()).onsets)
