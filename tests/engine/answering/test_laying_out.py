"""The layout's answer has every file with its evidence."""

from pathlib import Path

from driftline.engine import ask
from driftline.engine.answering import laying_out
from driftline.engine.knowing.known import know
from driftline.history.sqlite_store import open_store
from driftline.model.placing import LiveLayout, LivePlace, Question
from tests.engine.asking import NOW, company, scanned


def test_every_file_is_listed_once(tmp_path: Path) -> None:
    """Each configuration file stands in the layout once, with evidence and confidence."""
    _, settings = scanned(tmp_path, company(tmp_path / "infra").folder)

    rows = ask.layout(settings, now=NOW).placements

    assert {
        "charts/web/Chart.yaml",
        "charts/web/values.yaml",
        "env/production/web.values.yaml",
        "env/staging/web.values.yaml",
    } == {row.path for row in rows}
    assert all(row.alive and 0 <= row.confidence <= 1 for row in rows)
    assert all(row.evidence for row in rows if row.environments)


def test_live_places_stand_beside_the_files(tmp_path: Path) -> None:
    """Where environments live, and what is asked about it, is part of the layout."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)
    store = open_store(settings.store_path)
    known = know(store, store.sources(), settings, layer="effective")
    place = LivePlace("staging", "minikube", ("shop",), "", 0.9, ("a test says so",))
    question = Question("where?", (), "kubernetes = []")
    told = laying_out.answer(known, LiveLayout((place,), (question,)))

    assert [("staging", "minikube", ("shop",))] == [
        (one.environment, one.cluster, one.namespaces) for one in told.live
    ]
    assert "where?" in {one.text for one in told.questions}
    assert () == laying_out.answer(known).live
