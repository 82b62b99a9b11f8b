"""Refs find planes as people mean them, and errors say which planes there are."""

import pytest

from driftline.engine.planes.refs import Meant, are_declared, meant
from driftline.engine.planes.sides import Planes
from driftline.errors import UsageError
from driftline.model.plane import Plane
from driftline.model.ref import parse_ref
from tests.engine.two_planes import NOW, steady

# What people write, and the planes that it means.
CASES = [
    ("staging", "production", "observed", "observed"),
    ("staging:declared", "production:declared", "declared", "declared"),
    ("production:declared", "production:observed", "declared", "observed"),
    ("production:declared", "production", "declared", "observed"),
    ("production", "production:observed", "declared", "observed"),
    ("staging:declared", "production", "declared", "declared"),
    ("prod", "stg", "observed", "observed"),
    # Before the first look at the cluster only what was declared is known.
    ("production", "production@2023-11-16T12:00", "declared", "declared"),
    ("git:main:production", "production", "declared", "declared"),
]

WRONG = [
    ("production:recorded", "production", "not known as recorded"),
    ("production:observed", "production:observed@2023-11-15T23:00", "known as observed from"),
    ("nowhere", "production", "no environment is called"),
]


@pytest.fixture(scope="module")
def planes(tmp_path_factory: pytest.TempPathFactory) -> Planes:
    """A shop that was looked at once."""
    shop = steady(tmp_path_factory.mktemp("refs"))
    shop.look(4, [])
    return shop.planes()


def both(left: str, right: str, planes: Planes) -> tuple[Meant, Meant]:
    """What two refs mean."""
    return meant(parse_ref(left), parse_ref(right), planes, now=NOW)


@pytest.mark.parametrize(("left", "right", "first", "second"), CASES)
def test_planes(planes: Planes, left: str, right: str, first: str, second: str) -> None:
    """Without a plane the first that both have is meant; beside a plane, the other one."""
    one, other = both(left, right, planes)

    assert (first, second) == (one.plane.value, other.plane.value)


@pytest.mark.parametrize(("left", "right", "expected"), WRONG)
def test_what_there_is_not(planes: Planes, left: str, right: str, expected: str) -> None:
    """A plane or a time that nobody knows is an error that says what is known."""
    with pytest.raises(UsageError, match=expected):
        both(left, right, planes)


def test_what_is_declared_on_both_sides(planes: Planes) -> None:
    """Whether a question needs anything but declarations is known before it is answered."""
    refs = parse_ref("staging:declared"), parse_ref("production:declared")

    assert are_declared(*refs, planes, now=NOW)
    assert not are_declared(parse_ref("staging"), parse_ref("production"), planes, now=NOW)


def test_looks_back(planes: Planes) -> None:
    """`~N` counts looks that changed the environment on that plane."""
    one, _ = both("production:observed~1", "staging:observed", planes)

    assert (Plane.OBSERVED, 1) == (one.plane, one.until)
