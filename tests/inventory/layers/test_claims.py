import pytest

from driftline.inventory.layers.claims import KEYS, NAMED, POSITIONS, Claims, form, merge_fields
from driftline.inventory.layers.layer import MergeMode
from tests.inventory.building import layer_of

DOCUMENT = {
    "image": "a:1",
    "m": {"a": 1},
    "codes": {"404": "gone"},
    "args": ["x"],
    "env": [{"name": "A", "value": "1"}],
    "tolerations": [{"key": "k", "effect": None}],
    "none": {},
    "empty": [],
}

# The form of a lower layer's token below a place, and in which modes the
# document above hides it.
HIDES = [
    ("/image", KEYS, False, "helm strategic"),
    ("/m", KEYS, False, ""),
    ("/m", POSITIONS, False, "helm strategic"),
    ("/codes", KEYS, False, ""),
    ("/args", POSITIONS, False, "helm strategic"),
    ("/args", NAMED, True, "helm strategic"),
    ("/env", NAMED, True, "helm"),
    ("/env", KEYS, False, "helm strategic"),
    ("/env", POSITIONS, False, "helm strategic"),
    ("/tolerations", NAMED, False, "helm strategic"),
    ("/none", KEYS, False, ""),
    ("/none", NAMED, True, "helm strategic"),
    ("/empty", NAMED, False, "helm strategic"),
    ("/empty", NAMED, True, "helm"),
    ("/empty", KEYS, False, "helm strategic"),
    ("/elsewhere", KEYS, False, ""),
]


@pytest.mark.parametrize(("place", "token_form", "by_name", "modes"), HIDES)
@pytest.mark.parametrize("mode", [MergeMode.HELM, MergeMode.STRATEGIC])
def test_what_a_layer_hides(
    *, place: str, token_form: int, by_name: bool, modes: str, mode: MergeMode
) -> None:
    """A layer hides what it replaces, and leaves room for what it merges with."""
    claims = Claims(layer_of("own", [(0, DOCUMENT)], mode), None)
    standing = claims.life(place)
    expected = mode.value in modes.split()

    assert expected == claims.may_hide(place, token_form, by_name=by_name)
    assert expected == any(
        claims.hides(one, place, token_form, by_name=by_name) for one in standing
    )


def test_a_place_has_a_life() -> None:
    """What stands at a place is told once for each instant at which it changes."""
    versions = [
        (0, {"m": {"a": 1}}),
        (1, {"m": {"a": 2, "b": 3}}),
        (2, {"m": 5}),
        (3, {"m": ["x"]}),
    ]
    claims = Claims(layer_of("own", versions, act=9), None)
    told = [(one.instant, one.fact, one.below, one.act) for one in claims.life("/m")]

    assert [(0, None, KEYS, 9), (2, "5", 0, 9), (3, None, POSITIONS, 9)] == told


def test_nothing_after_the_instant_asked_for_counts() -> None:
    """A layer cut at an instant knows nothing of its future."""
    layer = layer_of("own", [(0, {"a": 1}), (5, {"a": 2, "b": 1})])

    assert {"/a"} == Claims(layer, 4).steps.keys()


# Where a null of a patch stays, and where it only takes away.
NULLS = [
    ("/replicas", MergeMode.HELM, False),
    ("/replicas", MergeMode.MERGE_PATCH, True),
    ("/replicas", MergeMode.STRATEGIC, True),
    ("/env/[name=A]/value", MergeMode.STRATEGIC, True),
    ("/env/[name=A]/value", MergeMode.MERGE_PATCH, False),
    ("/tolerations/[key=k]/effect", MergeMode.STRATEGIC, False),
    ("/args/0", MergeMode.MERGE_PATCH, False),
    ("/codes/404", MergeMode.MERGE_PATCH, True),
]


@pytest.mark.parametrize(("address", "mode", "expected"), NULLS)
def test_where_a_null_stays(*, address: str, mode: MergeMode, expected: bool) -> None:
    """A null stays in values files, and inside of lists that a patch replaces."""
    assert expected == Claims(layer_of("own", [(0, DOCUMENT)], mode), None).drops_null(address)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("web", KEYS),
        ("[name=web]", NAMED),
        ("0", POSITIONS),
        ("", KEYS),
        ("~2x", KEYS),
        ("01", KEYS),
    ],
)
def test_forms_of_tokens(token: str, expected: int) -> None:
    """A token alone tells a key from an element and from the first position."""
    assert expected == form(token)


def test_lists_merge_by_the_field_of_the_api() -> None:
    """Only the lists for which Kubernetes has a merge key are matched by name."""
    assert ("mountPath",) == merge_fields("/spec/template/spec/containers/[name=a]/volumeMounts")
    assert () == merge_fields("/spec/rules")
