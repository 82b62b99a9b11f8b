"""A draft of some files brings what a commit of them would bring."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from driftline.engine.aligning.overlaid import Draft, overlaid
from driftline.engine.knowing.known import Known, know, side
from driftline.engine.reading.readers import make_reader
from driftline.engine.secret_key import secret_key
from driftline.engine.settings import Settings
from driftline.history.sqlite_store import open_store
from tests.engine.asking import company, scanned, values
from tests.sources.git.building import Building

STAGING = "env/staging/web.values.yaml"
PRODUCTION = "env/production/web.values.yaml"

# What the draft does -> the files as they would be.
DRAFTS: dict[str, tuple[Mapping[str, str | None], ...]] = {
    "a value changes": ({PRODUCTION: values("1.2", 5, host="example.com")},),
    "a shared layer changes": ({"charts/web/values.yaml": "replicas: 2\nport: 9090\n"},),
    "a file begins": ({"env/qa/web.values.yaml": values("1.0", 1, host="qa.example.com")},),
    "a file ends": ({STAGING: None},),
    "a file that ended comes back": (
        {STAGING: None},
        {STAGING: values("1.3", 1, host="staging.example.com")},
    ),
    "a file moves": (
        {STAGING: None, "envs/staging/web.values.yaml": values("1.2", 1, host="staging.ex.org")},
    ),
    "a file cannot be read any more": ({PRODUCTION: "image: {{ tag }}\n"},),
    "a file can be read again": (
        {PRODUCTION: "image: {{ tag }}\n"},
        {PRODUCTION: values("1.4", 5, host="example.com")},
    ),
    "two looks follow each other": (
        {STAGING: values("1.3", 1, host="staging.example.com")},
        {PRODUCTION: values("1.3", 1, host="example.com")},
    ),
    "nothing changes": ({STAGING: values("1.2", 1, host="staging.example.com")},),
    "what is no configuration comes": ({"README.md": "read me"},),
}


def drafted(settings: Settings, drafts: tuple[Mapping[str, str | None], ...]) -> Known:
    """What would be known after the drafts of the only source."""
    store = open_store(settings.store_path, read_only=True)
    known = know(store, store.sources(), settings, layer="effective")
    key = secret_key(settings.store_path, {})
    made = overlaid(
        store,
        known,
        settings,
        [
            Draft(
                store.sources()[0].id,
                {file: None if text is None else text.encode() for file, text in files.items()},
            )
            for files in drafts
        ],
        make_reader(key.key, key.key_id),
    )
    store.close()
    return made


def told(known: Known) -> dict[str, Any]:
    """All that comparisons read of what is known, but for the number of the look."""
    found: dict[str, Any] = {"gaps": [], "layout": known.layouts, "looks": len(known.looks)}
    for history in known.histories:
        found["gaps"] += [
            (one.file, history.instants[one.from_position], one.to_position is None, one.reason)
            for one in history.gaps
        ]
    for name, units in known.units.units.items():
        sides = side(name, units)
        for role, view in sides.views.items():
            found[f"{name} {role}"] = {
                address: [(point.instant, point.value, point.layer) for point in points]
                for address, points in view.series.items()
            }
    return found


def after_commits(
    folder: Path, built: Building, drafts: tuple[Mapping[str, str | None], ...]
) -> dict[str, Any]:
    """What is known after commits of the same files."""
    for files in drafts:
        built.commit(dict(files))
    _, settings = scanned(folder, built.folder)
    store = open_store(settings.store_path, read_only=True)
    known = know(store, store.sources(), settings, layer="effective")
    store.close()
    return told(known)


@pytest.mark.parametrize("why", DRAFTS)
def test_a_draft_is_known_as_its_commit_would_be(tmp_path: Path, why: str) -> None:
    """Facts with their whole series, layouts and gaps are those that commits would bring."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    actual = told(drafted(settings, DRAFTS[why]))

    assert after_commits(tmp_path, built, DRAFTS[why]) == actual


def test_nothing_of_a_draft_is_stored(tmp_path: Path) -> None:
    """The store holds the same looks after a draft as before."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)
    before = settings.store_path.read_bytes()

    drafted(settings, DRAFTS["a value changes"])

    assert before == settings.store_path.read_bytes()


def test_the_look_of_a_draft_is_the_last(tmp_path: Path) -> None:
    """A draft that claims an earlier second speaks of the second of the last look."""
    built = company(tmp_path / "infra")
    _, settings = scanned(tmp_path, built.folder)

    known = drafted(settings, DRAFTS["a value changes"])

    assert known.looks[-2].at == known.looks[-1].at
    assert len(known.looks) - 1 == known.histories[0].instants[known.looks[-1].position]
