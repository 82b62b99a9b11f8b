"""Everybody is one actor under all spellings, whatever is asked."""

from pathlib import Path

from driftline.engine.knowing.fleet import load_histories
from driftline.engine.knowing.people import people_of
from driftline.history.sqlite_store import open_store
from tests.engine.asking import company, scanned


def test_people_of_a_history(tmp_path: Path) -> None:
    """Authors and mergers have a class with its evidence."""
    _, settings = scanned(tmp_path, company(tmp_path / "infra").folder)
    store = open_store(settings.store_path, read_only=True)
    histories, _, _ = load_histories(store, store.sources())

    people = people_of(store, histories, settings)
    store.close()

    assert {
        "Ada Lovelace": "human",
        "Grace Hopper": "human",
        "Max Merger": "human",
        "deploy-bot": "bot",
    } == {actor.name: actor.class_ for actor in people.values()}
    assert all(actor.evidence for actor in people.values())
