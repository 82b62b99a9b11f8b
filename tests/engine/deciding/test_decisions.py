"""Decisions are checked against what is known, and bound to what is there now."""

from pathlib import Path

import msgspec
import pytest

from driftline.engine import ask
from driftline.engine.deciding.decisions import Asked, day
from driftline.engine.deciding.ledger_file import ledger_now
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.model.ledger import Decision, Entry
from driftline.model.ref import time_text
from tests.engine.asking import NOW, company, scanned, values
from tests.sources.git.building import Building, git

TODAY = "2027-01-15"  # the day of NOW


@pytest.fixture
def infra(tmp_path: Path) -> tuple[Building, Settings]:
    """A little company, read once."""
    built = company(tmp_path / "infra")
    return built, scanned(tmp_path, built.folder)[1]


def decide(settings: Settings, decision: Decision, role: str, path: str, **more: object) -> None:
    """Make a decision as the command line does."""
    said = {"until": "30d", "reason": "because", "owner": "team", **more}
    asked = msgspec.convert({"decision": decision, "role": role, "path": path, **said}, Asked)
    ask.decide(asked, settings, now=NOW, is_kept=True)


def entries(settings: Settings) -> tuple[Entry, ...]:
    """What the ledger holds."""
    found = ledger_now(settings.ledger_path)
    assert () == found.problems
    return found.entries


def kind(settings: Settings, path: str) -> str:
    """What a difference of the web service is taken for."""
    rows = ask.status(settings, now=NOW).divergences
    return next(row.kind for row in rows if row.path == path)


def test_an_acceptance_is_bound_to_values(infra: tuple[Building, Settings]) -> None:
    """What is accepted is left out until one side gets another value."""
    built, settings = infra
    decide(settings, Decision.ACCEPT, "web", "image.tag")
    (entry,) = entries(settings)

    assert ("/image/tag", (("staging", "1.2"), ("production", "1.1"))) == (entry.path, entry.bound)
    assert ("2027-02-14", TODAY) == (entry.until, entry.made_on)
    assert "accepted" == kind(settings, "/image/tag")
    built.commit({"env/staging/web.values.yaml": values("1.3", 1, host="staging.example.com")})
    scanned(settings.store_path.parent, built.folder)
    assert "accepted" != kind(settings, "/image/tag")


def test_an_acceptance_ends(infra: tuple[Building, Settings]) -> None:
    """On its day an acceptance ends, and it is announced a week before."""
    _, settings = infra
    decide(settings, Decision.ACCEPT, "web", "/image/tag", until="3d")
    told = ask.status(settings, now=NOW)

    assert any("web image.tag (owner team) ends in 3 days" in note for note in told.notes)
    after = ask.status(settings, now=NOW + 3 * 86_400)
    assert any("1 decision has ended" in note for note in after.notes)
    assert "accepted" not in {row.kind for row in after.divergences}


def test_a_place_is_accepted_path_by_path(infra: tuple[Building, Settings]) -> None:
    """Below a place there is an entry for each path that does not differ by design."""
    _, settings = infra
    decide(settings, Decision.ACCEPT, "web", "")
    by_design = {
        row.path for row in ask.status(settings, now=NOW).divergences if row.kind == "environmental"
    }

    paths = {one.path for one in entries(settings)}
    assert "/image/tag" in paths
    assert "/host" in by_design
    assert not paths & by_design


@pytest.mark.parametrize(
    ("decision", "role", "path", "more", "expected"),
    [
        (Decision.ACCEPT, "web", "/port", {}, "nothing differs at web /port between"),
        (Decision.ACCEPT, "web", "/image/tog", {}, "no path is called '/image/tog'; did you mean"),
        (Decision.ACCEPT, "wob", "/image/tag", {}, "no role is called 'wob'; did you mean web"),
        (Decision.ACCEPT, "*", "/image/tag", {}, "accept is about one role"),
        (Decision.ACCEPT, "web", "/image/tag", {"environments": ["qa"]}, "no environment is"),
        (Decision.ACCEPT, "web", "/image/tag", {"environments": ["prod"]}, "needs two"),
        (Decision.ACCEPT, "web", "/image/tag", {"until": "2y"}, "more than the 365"),
        (Decision.ACCEPT, "web", "/image/tag", {"reason": " "}, "--reason is empty"),
        (Decision.CLASSIFY, "web", "/host", {"class_": "nice"}, "'nice' is no class"),
    ],
)
def test_refusals(
    infra: tuple[Building, Settings],
    decision: Decision,
    role: str,
    path: str,
    more: dict[str, object],
    expected: str,
) -> None:
    """What means nothing here is refused with the nearest right word, and nothing is written."""
    _, settings = infra

    with pytest.raises(UsageError, match=expected):
        decide(settings, decision, role, path, **more)
    assert () == entries(settings)


def test_other_decisions(infra: tuple[Building, Settings]) -> None:
    """An ignore may be a pattern, a freeze is about an environment, a class about a shape."""
    _, settings = infra
    decide(settings, Decision.IGNORE, "*", "log", until="")
    decide(settings, Decision.FREEZE, "web", "image", environments=["prod"])
    decide(settings, Decision.CLASSIFY, "web", "replicas", until="", class_="environmental")

    assert [
        ("*", "/log", ""),
        ("web", "/image/tag", ""),
        ("web", "/replicas", "environmental"),
    ] == [(one.role, one.path, one.class_) for one in entries(settings)]
    assert ("production",) == entries(settings)[1].environments
    assert ["accepted", "frozen", "environmental"] == [
        kind(settings, path) for path in ("/log", "/image/tag", "/replicas")
    ]


def test_the_list(infra: tuple[Building, Settings]) -> None:
    """What has ended comes first, then what ends soon; what a later entry renews is said to be."""
    _, settings = infra
    assert settings.ledger_path is not None
    settings.ledger_path.write_text(
        "decisions:\n"
        "  - {decision: ignore, role: a, reason: r}\n"
        "  - {decision: freeze, role: b, until: 2027-01-15, reason: r, owner: o}\n"
        "  - {decision: freeze, role: c, until: 2027-01-22, reason: r, owner: o}\n"
        "  - {decision: freeze, role: d, until: 2026-01-22, reason: r, owner: o}\n"
        "  - {decision: freeze, role: d, until: 2027-09-22, reason: r, owner: o}\n"
        "  - {decision: ignore, role: e, reason: r, made_on: 2028-01-01}\n"
        "  - {decision: oops}\n",
        encoding="utf-8",
    )

    answer = ask.decisions(settings, now=NOW)

    assert [
        ("b", "ended", 0),
        ("c", "ends soon", 7),
        ("d", "in force", 250),
        ("a", "in force", None),
        ("e", "not yet", None),
        ("d", "renewed", -358),
    ] == [(one.role, one.state, one.ends_in_days) for one in answer.decisions]
    assert 1 == len(answer.problems)


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "20260301", "2026-W10-1", "0d", "9999y"])
def test_days_that_are_none(text: str) -> None:
    """A day that is none, has come, or is out of reach is refused."""
    with pytest.raises(UsageError, match="--until"):
        day(text, today=TODAY, days_max=365)


def test_the_past_has_its_own_decisions(infra: tuple[Building, Settings]) -> None:
    """A comparison of the past uses what was decided then, whatever stands in the file today."""
    built, settings = infra
    item = "{decision: ignore, role: web, path: /image, reason: noise}"
    built.commit({"driftline-ledger.yaml": f"decisions:\n  - {item}\n"})
    assert settings.ledger_path == built.folder / "driftline-ledger.yaml"
    built.commit({"driftline-ledger.yaml": "decisions: []\n"})
    built.commit({"env/staging/web.values.yaml": values("1.3", 1, host="staging.example.com")})
    scanned(settings.store_path.parent, built.folder)
    decided, taken_back = (
        time_text(int(line)).removesuffix("Z")
        for line in git(built.folder, "log", "--format=%ct", "-3").split()[:0:-1]
    )

    def kinds(at: str) -> set[str]:
        answer = ask.compare(f"staging@{at}", f"production@{at}", settings, now=NOW)
        return {row.kind for row in answer.divergences if row.path == "/image/tag"}

    assert {"accepted"} == kinds(decided)
    assert {"accepted"} != kinds(taken_back)


def test_the_list_says_what_each_decision_covers(infra: tuple[Building, Settings]) -> None:
    """A decision tells how many differences it is about now, and that it is about none."""
    _, settings = infra
    decide(settings, Decision.ACCEPT, "web", "image.tag")
    decide(settings, Decision.IGNORE, "web", "no.such.place*")
    told = {one.path: one.covers for one in ask.decisions(settings, now=NOW).decisions}

    assert {"/image/tag": 1, "/no/such/place*": 0} == told


def test_where_nothing_was_read_nothing_is_known(
    infra: tuple[Building, Settings], tmp_path: Path
) -> None:
    """Without a history, what a decision covers is not known, which is not nothing."""
    _, settings = infra
    decide(settings, Decision.ACCEPT, "web", "image.tag")
    blank = msgspec.structs.replace(settings, store_path=tmp_path / "nowhere.db")
    (one,) = ask.decisions(blank, now=NOW).decisions

    assert one.covers is None
