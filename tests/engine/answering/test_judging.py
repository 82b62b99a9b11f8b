"""The judgement reaches the scan and compare, and agrees with what the recorded histories say."""

from collections import Counter
from pathlib import Path

import pytest

from driftline.analysis.judgement import Judged, judge
from driftline.engine import ask
from driftline.engine.answering.judging import Judge, PairJudgement, latest_spells
from driftline.engine.knowing.known import know, side
from driftline.engine.settings import Settings
from driftline.history.sqlite_store import open_store
from driftline.inventory import siblings
from driftline.inventory.travel.journeys import Journey, journeys
from driftline.inventory.travel.spells import reached
from driftline.model.progress import Unwatched
from driftline.model.ref import time_text
from driftline.model.verdict import Kind, StepEnd
from tests.engine import recorded
from tests.engine.asking import NOW, company, scanned, settings_for, values
from tests.sources.git.building import DAY, START, Building


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the recorded repositories are unpacked."""
    return tmp_path_factory.mktemp("recorded")


def pair(settings: Settings, left: str, right: str) -> PairJudgement:
    """The judgement of two recorded environments."""
    store = open_store(settings.store_path, read_only=True)
    known = know(store, store.sources(), settings, layer="effective")
    store.close()
    mine, theirs = (side(name, known.units.units[name]) for name in (left, right))
    return Judge(known, now=recorded.NOW).pair(siblings.find(mine, theirs, known.words))


def test_every_divergence_has_a_verdict(tmp_path: Path) -> None:
    """Each row of a scan has a kind and a reason, and the pairs count them."""
    built = company(tmp_path / "infra")
    answer, _ = scanned(tmp_path, built.folder)
    (one,) = answer.pairs
    kinds = Counter(row.kind for row in answer.divergences)

    assert all(row.reason for row in answer.divergences)
    assert kinds == Counter(
        {
            kind: count
            for kind, count in (
                ("environmental", one.environmental),
                ("in flight", one.in_flight),
                ("standing", one.standing),
                ("frozen", one.frozen),
                ("accepted", one.accepted),
                ("unknown", one.unknown),
            )
            if count
        }
    )
    assert "standing" in kinds
    assert answer.spells
    assert ["/image/tag"] == [row.path for row in answer.promotions]
    assert answer.trend


def releases(folder: Path, count: int) -> Building:
    """A company that promoted so many tags, each a day after the other, and has one more."""
    built = Building(folder)
    for number in range(count):
        for name in ("staging", "production"):
            host = f"{name}.example.com"
            built.commit({f"env/{name}/web.values.yaml": values(f"1.{number}", 1, host=host)})
    built.commit({"env/staging/web.values.yaml": values("2.0", 1, host="staging.example.com")})
    return built


def test_an_answer_is_kept_until_something_is_late(tmp_path: Path) -> None:
    """What is in flight is told as late as soon as it is, without a new look."""
    built = releases(tmp_path / "infra", 7)
    settings = settings_for(tmp_path, built.folder)
    ask.observe([built.folder], settings, now=START, progress=Unwatched())
    store = open_store(settings.store_path, read_only=True)
    (source,) = store.sources()
    last = store.looks(source.id)[-1].at
    store.close()
    kinds = [
        {row.path: row.kind for row in ask.status(settings, now=last + seconds).divergences}
        for seconds in (60, DAY - 60, DAY, DAY + 1)
    ]

    assert ["in flight", "in flight", "in flight", "standing"] == [
        one["/image/tag"] for one in kinds
    ]


def test_compare_judges_as_of_then(tmp_path: Path) -> None:
    """What was in flight at an instant is told as in flight when one asks for that instant."""
    built = releases(tmp_path / "infra", 7)
    settings = settings_for(tmp_path, built.folder)
    ask.observe([built.folder], settings, now=NOW, progress=Unwatched())
    kinds = []
    store = open_store(settings.store_path, read_only=True)
    (source,) = store.sources()
    last = store.looks(source.id)[-1].at
    store.close()
    for at in (last + 60, last + 2 * DAY):
        moment = time_text(at).removesuffix("Z")
        answer = ask.compare(f"staging@{moment}", f"production@{moment}", settings, now=NOW)
        kinds.append({row.path: row.kind for row in answer.divergences}["/image/tag"])
    own = ask.compare("staging", "staging~1", settings, now=NOW)

    assert ["in flight", "standing"] == kinds
    assert {""} == {row.reason for row in own.divergences}


def test_only_so_many_closed_spells_are_chosen(tmp_path: Path) -> None:
    """Of spells that are over only the latest of all pairs together are chosen."""
    built = releases(tmp_path / "infra", 7)
    settings = settings_for(tmp_path, built.folder)
    ask.observe([built.folder], settings, now=NOW, progress=Unwatched())
    judged = pair(settings, "staging", "production")
    ((_, few),) = latest_spells([judged], closed_max=3)
    ((_, tags),) = latest_spells(
        [judged], closed_max=99, is_meant=lambda row: row.address == "/image/tag"
    )

    assert 3 == sum(row.stretch.spell.ended_at is not None for row in few)
    assert {"/image/tag"} == {row.address for row in tags}
    assert 7 == len(tags)


def ends(journey: Journey) -> Counter[StepEnd]:
    """How staging's steps ended."""
    return Counter(one.end for one in journey.path.left_steps)


@pytest.mark.data
def test_the_api_of_a_recorded_fleet(data: Path, folder: Path) -> None:
    """Staging's 143 steps of the api's tag end as the log says; see docs/judgement.md."""
    settings = recorded.read(data, "wbaas-deploy", folder)
    judged = pair(settings, "staging", "production")
    found = ends(judged.journeys.by_path["api", "/image/tag"])
    late = [
        row
        for row in judged.judged.spells
        if (row.role, row.address) == ("api", "/image/tag")
        and any(one.why == "late" for one in row.stretch.phases)
    ]

    assert {
        StepEnd.PROMOTED: 131,
        StepEnd.SUPERSEDED: 5,
        StepEnd.WITHDRAWN: 3,
        StepEnd.CO_MOVED: 1,
        StepEnd.ADOPTED: 3,
    } == found
    steps = judged.journeys.by_path["api", "/image/tag"].path.left_steps
    assert 8 == sum((one.lag_seconds or 0) >= DAY for one in steps)
    for row in late:
        assert row.stretch.spell.stands_from is not None
        assert row.stretch.spell.stands_from - row.stretch.spell.started_at >= DAY


@pytest.mark.data
def test_the_step_back_of_a_recorded_ui(data: Path, folder: Path) -> None:
    """Production's own step back stands from its onset."""
    settings = recorded.read(data, "wbaas-deploy", folder)
    judged = pair(settings, "staging", "production")
    (row,) = [
        row
        for row in judged.judged.spells
        if (row.role, row.address, row.stretch.spell.opened_by) == ("ui", "/image/tag", "right")
    ]

    assert Kind.STANDING is row.kind
    assert row.stretch.spell.started_at == row.stretch.spell.stands_from
    assert "2024-08-23" == time_text(row.stretch.spell.started_at)[:10]
    assert "production alone stepped back to what staging had held" == row.reason


@pytest.mark.data
def test_replaying_a_recorded_fleet(data: Path, folder: Path) -> None:
    """Judged at instants of its past, a recorded fleet stood as judging it now says of then."""
    settings = recorded.read(data, "wbaas-deploy", folder)
    store = open_store(settings.store_path, read_only=True)
    known = know(store, store.sources(), settings, layer="effective")
    store.close()
    looks = [look.at for look in known.looks]
    units = [known.units.units[name] for name in ("staging", "production")]

    def judged(until: int | None, now: int) -> tuple[siblings.Found, Judged]:
        mine, theirs = (
            side(name, one, until=until)
            for name, one in zip(("staging", "production"), units, strict=True)
        )
        found = siblings.find(mine, theirs, known.words)
        return found, judge(found, journeys(found, looks, now=now, words=known.words), classes={})

    phases = {
        (row.role, row.address, row.stretch.spell.started): row.stretch.phases
        for row in judged(None, recorded.NOW)[1].spells
    }
    checked = 0
    for instant in range(100, len(looks), 90):
        found, then = judged(instant, looks[instant])
        rows = zip(found.compared.differences, found.onsets, then.verdicts, strict=True)
        for one, start, verdict in rows:
            now_told = phases.get((one.role, one.address, start.instant))
            if now_told is None or verdict.kind not in (Kind.STANDING, Kind.IN_FLIGHT):
                continue  # Of roles that ended nothing is told now.
            phase = reached(now_told, looks[instant])
            since = phase.since if phase.kind is Kind.STANDING else None
            checked += 1

            assert (phase.kind, since) == (verdict.kind, verdict.stands_from)
    assert checked > 100
