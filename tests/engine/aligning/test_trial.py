"""An edit is kept only if it does what is meant and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from driftline.engine.aligning.trial import Meant, Trial
from driftline.engine.knowing.known import know
from driftline.engine.reading.readers import make_reader
from driftline.engine.secret_key import secret_key
from driftline.engine.settings import Settings
from driftline.history.sqlite_store import open_store
from driftline.inventory.edit_places import Way
from driftline.sources.edits.contract import Inexact
from tests.engine.asking import company, scanned

PRODUCTION = "env/production/web.values.yaml"


@contextmanager
def trying(settings: Settings) -> Iterator[Trial]:
    """A trial on what was scanned."""
    store = open_store(settings.store_path, read_only=True)
    known = know(store, store.sources(), settings, layer="effective")
    key = secret_key(settings.store_path, {})
    yield Trial(store, known, settings, make_reader(key.key, key.key_id))
    store.close()


def meant(address: str, value: str | None) -> Meant:
    """What production's web shall say."""
    return Meant("production", "web", {address: value}, {})


def test_an_edit_that_does_what_is_meant_is_kept(tmp_path: Path) -> None:
    """The text is remembered, and the next edit goes on from it."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    with trying(settings) as trial:
        first = Way(1, PRODUCTION, "", (("/image/tag", "1.2"),))
        trial.attempt(first, meant("/image/tag", "1.2"))
        trial.attempt(Way(1, PRODUCTION, "", (("/replicas", "7"),)), meant("/replicas", "7"))

        assert b"tag: 1.2\nreplicas: 7\n" in trial.texts[1, PRODUCTION]


# Why -> the file that is edited, the fact, its value, what is meant, and the reason.
REFUSALS = {
    "another fact changes": (PRODUCTION, "/replicas", "7", "/image/tag", "/replicas would change"),
    "others change as well": (
        "charts/web/values.yaml",
        "/port",
        "9",
        "/port",
        "of web in staging would change as well",
    ),
    "an override hides it": (
        "charts/web/values.yaml",
        "/replicas",
        "9",
        "/replicas",
        "merged value would still be another",
    ),
    "there is no such file": ("env/production/db.yaml", "/a", "1", "/a", "is no file of its own"),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_anything_else_is_refused(tmp_path: Path, why: str) -> None:
    """The reason says what would become of it, and nothing is kept."""
    file, address, value, wanted, reason = REFUSALS[why]
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    with trying(settings) as trial:
        with pytest.raises(Inexact, match=reason):
            trial.attempt(Way(1, file, "", ((address, value),)), meant(wanted, value))

        assert {} == trial.texts
