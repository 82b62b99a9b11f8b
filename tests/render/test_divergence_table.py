from driftline.render.divergence_table import by_interest, chosen, divergence_lines, has_drifted
from driftline.render.lines import to_text
from driftline.render.page import Page
from tests.render import samples


def test_what_drifted_longest_ago_comes_first() -> None:
    """What once agreed comes before what never did, the oldest first, roles together."""
    rows = by_interest(samples.DIVERGENCES)

    assert [
        ("checkout", "/flags/newBasket"),
        ("checkout", "/resources/limits/memory"),
        ("checkout", "/image/tag"),
        ("payments", "/spec/template/spec/containers/[name=web]/image"),
        ("search", "/index/shards"),
        ("search", "/ingress/host"),
        ("search", "/replicas"),
        ("payments", "/database/password"),
    ] == [(row.role, row.path) for row in rows]


def test_the_order_of_rows_does_not_depend_on_how_they_came() -> None:
    """The same divergences are always shown in the same order."""
    assert by_interest(samples.DIVERGENCES) == by_interest(samples.DIVERGENCES[::-1])


def test_little_room_shows_something_of_every_role() -> None:
    """Of what was different from the start, each role shows a row before any shows two."""
    born = [
        samples.divergence(role, f"/{at}", 1, 2, onset="born")
        for role in ("api", "ui", "web")
        for at in range(5)
    ]
    rows = chosen(born, 4)

    assert ["api", "api", "ui", "web"] == [row.role for row in rows]


def test_what_drifted_takes_the_room_first() -> None:
    """Room is spent on drift before it is spent on what was always different."""
    assert all(map(has_drifted, chosen(samples.DIVERGENCES, 5)))
    assert [] == chosen(samples.DIVERGENCES, 0)
    assert len(samples.DIVERGENCES) == len(chosen(samples.DIVERGENCES, 99))


def test_the_arrow_points_at_the_side_that_moved() -> None:
    """Left, right, both or nobody knows."""
    rows = [
        samples.divergence("web", f"/{moved}", "one", "two", moved=moved)
        for moved in ("left", "right", "both", "unknown")
    ]
    text = to_text(divergence_lines(rows, Page(), now=samples.NOW), color=False)
    shown = [line.split("one")[1].split("two")[0].strip() for line in text.splitlines()[1:]]

    assert ["◂", "▸", "◆", ""] == shown


def test_no_rows_are_no_table() -> None:
    """Without divergences there is no heading either."""
    assert [] == divergence_lines([], Page(), now=samples.NOW)
