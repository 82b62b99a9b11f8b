from driftline.analysis.coverage import coverage
from driftline.model.answers.parity import GapNote
from driftline.model.answers.scan import Coverage
from driftline.model.placing import LayerKind, Layout, Placement


def placement(path: str, environments: tuple[str, ...], layer: LayerKind | None) -> Placement:
    """What a file was taken for."""
    return Placement(path, environments, "app", layer, 0, 1.0, ())


LAYOUT = Layout(
    (),
    (
        placement("staging.yaml", ("staging",), LayerKind.ENVIRONMENT),
        placement("both.yaml", ("staging", "production"), LayerKind.REGION),
        placement("base.yaml", (), LayerKind.BASE),
        placement("ci.yaml", (), None),
        placement("gone.yaml", ("staging",), LayerKind.ENVIRONMENT),
    ),
    (),
)


def test_files_are_counted_by_what_they_were_taken_for() -> None:
    """Each living file is placed, shared or neither; what could not be read is counted too."""
    alive = [
        ("repo", name) for name in ("staging.yaml", "both.yaml", "base.yaml", "ci.yaml", "x.yaml")
    ]
    gaps = [GapNote("staging.yaml", "l", "r", "repo"), GapNote("new.yaml", "l", "r", "repo")]

    assert Coverage(
        files=6,
        placed=2,
        shared=1,
        unplaced=2,
        unreadable=2,
        not_configuration=7,
        facts=10,
        fact_changes=20,
    ) == coverage(alive, {"repo": LAYOUT}, gaps, facts=10, fact_changes=20, not_configuration=7)


def test_repositories_are_kept_apart() -> None:
    """A file of one repository is not the file of the same path in another."""
    counted = coverage(
        [("other", "staging.yaml"), ("repo", "staging.yaml"), ("repo", "staging.yaml")],
        {"repo": LAYOUT},
        [],
        facts=0,
        fact_changes=0,
        not_configuration=0,
    )

    assert (2, 1, 1) == (counted.files, counted.placed, counted.unplaced)
