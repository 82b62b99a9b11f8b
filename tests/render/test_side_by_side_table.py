"""The screen and the page of files that were compared as they came."""

from driftline.model.answers.parity import Comparison, Divergence, GapNote, Pair, Side
from driftline.model.answers.side_by_side import FileCounts
from driftline.render.lines import to_text
from driftline.render.markdown import markdown_of
from driftline.render.page import Page
from driftline.render.screens import screen
from driftline.render.side_by_side_table import short_names


def pair(left: str, right: str) -> Pair:
    """Counts of a pair with two things in common and one on the left alone."""
    return Pair(left, right, "declared", 5, 1, 3, 0, 0, 1, 2, 1, 0)


def row(role: str, path: str, one: object, other: object, right: Side = Side.PRESENT) -> Divergence:
    """A row between two folders."""
    return Divergence(
        left="./out/staging",
        right="./out/production",
        plane="declared",
        role=role,
        path=path,
        type="text",
        left_state=Side.PRESENT,
        right_state=right,
        left_value=one,
        right_value=other,
        left_layer=None,
        right_layer=None,
        since=None,
        onset="unknown",
        moved="unknown",
        actor=None,
        approved_by=None,
    )


def comparison(*rows: Divergence, gaps: tuple[GapNote, ...] = ()) -> Comparison:
    """An answer about two folders."""
    return Comparison(
        schema="driftline.compare/1",
        left_ref="./out/staging",
        right_ref="./out/production",
        left_at=None,
        right_at=None,
        layer="own",
        pair=pair("./out/staging", "./out/production"),
        divergences=rows,
        gaps=gaps,
        notes=("1 matched though their names differ: a for b",),
        files=FileCounts(left=2000, right=3, equal=1500, compared=2),
    )


FULL = comparison(
    row("Deployment/web", "/spec/replicas", 1, 2),
    row("Secret/s", "/data/a", {"secret": "once:aabbcc"}, {"secret": "once:ddeeff"}),
    row("Service/\x1b[31mred", "", None, None, Side.ABSENT),
    row("Service/x", "", None, None, Side.UNKNOWN),
    gaps=(GapNote("b.yaml", "", "not valid YAML", "./out/production"),),
)

SCREEN = """\
./out/staging ↔ ./out/production · 2,000 files beside 3 files · 1,500 equal byte for byte
2 things compared · 1 only left · 0 only right

4 differences                  staging          production
 Deployment/web /spec/replicas 1                2
 Secret/s /data/a              secret(aabbcc…)  secret(ddeeff…)
 Service/\\x1b[31mred           there            —
 Service/x                     there            unknown

Gaps        ./out/production/b.yaml: not valid YAML
Note        1 matched though their names differ: a for b
"""


def test_the_screen() -> None:
    """Counts, every row with both values, each gap by name, and no columns about time."""
    shown = to_text(screen(FULL, Page(width=100)), color=False)

    assert SCREEN.split() == shown.split()
    assert max(map(len, shown.splitlines())) <= 100


def test_gaps_of_both_sides_are_told_once() -> None:
    """A file that neither side could read is one line; one that is a side itself has its name."""
    gaps = (
        GapNote("x.yaml", "", "not valid YAML", "./out/staging"),
        GapNote("x.yaml", "", "not valid YAML", "./out/production"),
        GapNote("alone.yaml", "", "binary data", "./out/alone.yaml"),
    )
    shown = to_text(screen(comparison(gaps=gaps), Page(width=100)), color=False)

    assert "Gaps        x.yaml on both sides: not valid YAML\n" in shown
    assert "            ./out/alone.yaml: binary data\n" in shown


def test_a_narrow_screen_holds_it_all() -> None:
    """Nothing stands beyond the page's width, however long the names are."""
    long = comparison(row("Deployment/" + "w" * 90, "/spec/" + "p" * 90, "l" * 90, "r" * 90))
    shown = to_text(screen(long, Page(width=60)), color=False)

    assert max(map(len, shown.splitlines())) <= 60


def test_nothing_differs() -> None:
    """Equal sides are told as that, with a reserve where something could not be read."""
    gap = GapNote("b.yaml", "", "closed", "./out/production")
    sure, unsure = (screen(comparison(gaps=gaps), Page()) for gaps in ((), (gap,)))

    assert "Nothing differs.\n" in to_text(sure, color=False)
    assert "Nothing differs, as far as was read." in to_text(unsure, color=False)


def test_the_page() -> None:
    """Markdown has the same rows, and foreign text cannot break its tables."""
    page = markdown_of(FULL)

    assert "## ./out/staging ↔ ./out/production" in page
    assert "| `Deployment/web` | `/spec/replicas` | 1 | 2 |" in page
    assert "| `b.yaml` | ./out/production | not valid YAML |" in page
    assert "\x1b" not in page


def test_names_are_shortened_from_their_ends() -> None:
    """Columns bear what tells the sides apart, or both refs where nothing shorter does."""
    assert ("staging", "production") == short_names("./out/staging", "./out/production/")
    assert ("a/x.yaml", "b/x.yaml") == short_names("./q/a/x.yaml", "./q/b/x.yaml")
    assert ("./a", "git:v1:./a") == short_names("./a", "git:v1:./a")
    assert ("./a", "./a") == short_names("./a", "./a")
