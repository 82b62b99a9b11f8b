import pytest

from driftline.model.answers.layout import PlacementNote
from driftline.render.layout_table import folds, layout_lines, pattern
from driftline.render.page import Page
from tests.render import samples
from tests.render.screen_files import check_screen


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("every_file", [False, True])
def test_a_layout_is_folded_unless_every_file_is_asked_for(width: int, *, every_file: bool) -> None:
    """One row stands for the siblings of all environments."""
    lines = layout_lines(samples.layout(), Page(width=width), every_file=every_file)

    check_screen("layout-all" if every_file else "layout", lines, width=width)


def placement(path: str, *environments: str) -> PlacementNote:
    """A placement of a file in these environments."""
    return PlacementNote("shop", path, environments, "web", "environment", 30, 0.9, ("name",), True)


PATTERNS = [
    ("config/prod.yaml", ("prod",), "config/{env}.yaml"),
    ("config/product/prod.yaml", ("prod",), "config/product/{env}.yaml"),
    ("web-prod.yaml", ("prod",), "web-{env}.yaml"),
    ("production/eu-west-1/web.yaml", ("production/eu-west-1",), "{env}/{env}/web.yaml"),
    ("base/web.yaml", (), "base/web.yaml"),
    ("both.yaml", ("staging", "production"), "both.yaml"),
]


@pytest.mark.parametrize(("path", "environments", "expected"), PATTERNS)
def test_an_environment_in_a_path_becomes_a_place(
    path: str, environments: tuple[str, ...], expected: str
) -> None:
    """Only whole words are taken for the environment's name."""
    assert expected == pattern(placement(path, *environments))


def test_a_fold_is_as_sure_as_its_least_sure_file() -> None:
    """Confidence is never averaged away."""
    (fold,) = folds(samples.layout().placements[:1])

    assert 1 == fold.files
    assert 0.95 == fold.confidence
