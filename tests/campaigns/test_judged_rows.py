"""What the report puts in front of its reader, held to the verdicts that people wrote down."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from driftline.engine import ask
from driftline.engine.settings import Settings, load_settings
from driftline.lab.example import example_truth, write_example
from driftline.lab.landing import Intent
from driftline.model.answers.parity import Divergence
from driftline.model.progress import Unwatched
from tests.engine.recorded import NOW, read

JUDGED = Path(__file__).resolve().parents[2] / "docs" / "judged"
IN_FRONT = 20
WORTHLESS_SHARE_MAX = 0.2
EXAMPLE_END = 1_794_800_000  # six days after the story's last commit
RECORDED = ("flux2-kustomize-helm-example", "mybinder.org-deploy", "wbaas-deploy")


def verdicts(name: str) -> dict[tuple[str, str], Any]:
    """The verdicts on a history, by role and path; each has its reason."""
    rows = tomllib.loads((JUDGED / f"{name}.toml").read_text(encoding="utf-8"))["row"]
    assert all(len(row["why"]) > 20 and row["left"] != row["right"] for row in rows)
    return {(row["role"], row["path"]): row["worth"] for row in rows}


def in_front(settings: Settings, now: int) -> list[Divergence]:
    """The leaders of the groups that stand, the first of them."""
    rows = [row for row in ask.status(settings, now=now).divergences if row.rank]
    leaders: dict[str, Divergence] = {}
    for row in sorted(rows, key=lambda one: one.rank):
        leaders.setdefault(row.cause, row)
    return list(leaders.values())[:IN_FRONT]


def hold(name: str, rows: list[Divergence]) -> None:
    """Every row in front is judged, at most one in five is worthless, and no worthy one is lost."""
    known = verdicts(name)
    seen = {(row.role, row.path) for row in rows}
    unjudged = [f"{row.role} {row.path}" for row in rows if (row.role, row.path) not in known]
    worthless = [row for row in rows if not known.get((row.role, row.path), False)]

    assert [] == unjudged
    assert [] == [key for key, worth in known.items() if worth and key not in seen]
    assert len(worthless) <= len(rows) * WORTHLESS_SHARE_MAX


def test_verdicts_are_there() -> None:
    """Each recorded history and the example fleet has its file, and none has another."""
    expected = sorted((*RECORDED, "example"))

    assert expected == sorted(path.stem for path in JUDGED.glob("*.toml"))


@pytest.mark.data
@pytest.mark.parametrize("name", RECORDED)
def test_what_is_in_front_is_worth_asking(
    name: str, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Of the first rows of a recorded history, four in five are worth asking the owner about."""
    settings = read(data, name, tmp_path_factory.getbasetemp())

    hold(name, in_front(settings, NOW))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The example fleet, read once."""
    folder = tmp_path_factory.mktemp("judged")
    fleet = write_example(folder / "fleet")
    settings = load_settings(folder, {}, store=folder / "history.db", scanned=[fleet])
    ask.observe([fleet], settings, now=EXAMPLE_END, progress=Unwatched())
    return settings


def test_the_example_is_worth_asking(example: Settings) -> None:
    """Of the first rows of the example fleet, four in five are worth asking about."""
    rows = in_front(example, EXAMPLE_END)

    assert len(rows) > 10
    hold("example", rows)


def test_the_example_is_judged_as_it_was_meant(example: Settings) -> None:
    """What was meant to differ is by design; what was forgotten stands; the rest is on its way."""
    kinds = {
        (frozenset((row.left, row.right)), row.role, row.path): row.kind
        for row in ask.status(example, now=EXAMPLE_END).divergences
    }
    expected = {
        Intent.DELIBERATE: {"environmental"},
        Intent.FORGOTTEN: {"standing"},
        Intent.PROMOTION: {"in flight", "standing"},
    }
    wrong = []
    for true in example_truth().divergences:
        role = true.fact.resource or true.fact.role
        role = f"{true.fact.role}/config" if role.startswith("ConfigMap/") else role
        kind = kinds[frozenset((true.left, true.right)), role, true.fact.address]
        if kind not in expected[true.intent]:
            wrong.append(f"{true.left} {true.right} {role} {true.fact.address}: {kind}")

    assert [] == wrong
