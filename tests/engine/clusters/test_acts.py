"""Who moved what, as far as owners tell."""

from driftline.engine.clusters.acts import NOBODY, Acts, seconds

AT = 1_795_377_000  # 2026-11-22T19:50:00Z
EARLY, LATE = '"2026-11-22T19:40:00Z"', '"2026-11-22T19:55:00Z"'


def companion(**times: str) -> dict[str, str]:
    """A companion document; every manager in it owns /a together."""
    owners = ",".join(f'"{name}/Update"' for name in times)
    return {"/a": f"[{owners}]"} | {
        f"/-/times/{name}~1Update": time for name, time in times.items()
    }


CASES: tuple[tuple[str, dict[str, str], dict[str, str], str], ...] = (
    ("the only owner, who wrote since", {}, companion(edit=LATE), "edit"),
    ("the only owner wrote long ago", companion(edit=EARLY), companion(edit=EARLY), ""),
    (
        "two owners, one of whom wrote",
        companion(helm=EARLY),
        companion(helm=EARLY, edit=LATE),
        "edit",
    ),
    ("two owners who both wrote", {}, companion(helm=LATE, edit=LATE), ""),
    ("no owner at all", {}, {}, ""),
    (
        "a time that moved counts whatever the clocks say",
        companion(edit='"2026-11-22T19:39:00Z"'),
        companion(edit=EARLY),
        "edit",
    ),
    (
        "removed by its former owner, who wrote",
        companion(edit=EARLY),
        {"/-/times/edit~1Update": LATE},
        "edit",
    ),
    ("removed, and the former owner is gone, too", companion(edit=EARLY), {}, ""),
)


def test_movers() -> None:
    """A change is laid to the only owner that wrote since the last look."""
    assert CASES
    for why, before, after, expected in CASES:
        acts = Acts(AT, "nobody")
        number = acts.mover("/a", before, after)

        assert expected == acts.contributions()[number].author.name, why


def test_first_look() -> None:
    """At the first look every only owner is the one who made it."""
    acts = Acts(None, "nobody")

    assert 1 == acts.mover("/a", {}, companion(edit=EARLY))


def test_contributions() -> None:
    """One for nobody, and one for each manager, with the time of its last write."""
    acts = Acts(AT, "nobody can be named for it")
    acts.number("kubectl/Update/scale", "2026-11-22T19:55:00Z")
    acts.number("kubectl/Update/scale", "2026-11-22T19:51:00Z")
    nobody, scale = acts.contributions()

    assert (NOBODY, "nobody can be named for it") == (nobody.author, nobody.subject)
    assert ("kubectl", "kubectl Update/scale at 2026-11-22T19:55:00Z") == (
        scale.author.name,
        scale.subject,
    )


def test_writers() -> None:
    """The only manager that wrote to an object is its writer."""
    acts = Acts(AT, "nobody")

    assert 1 == acts.writer(companion(helm=EARLY), companion(helm=EARLY, edit=LATE))
    assert 0 == acts.writer({}, companion(helm=LATE, other=LATE))


def test_times() -> None:
    """Times as servers write them, and nonsense."""
    assert AT == seconds("2026-11-22T19:50:00Z")
    assert -1 == seconds("yesterday")
