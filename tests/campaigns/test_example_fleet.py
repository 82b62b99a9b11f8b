"""The whole program against the example fleet, whose truth is known."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from driftline.lab.example import example_truth, write_example
from driftline.lab.fleet import BOTS, HUMANS, SITES
from driftline.lab.truth import TrueDivergence
from tests.campaigns.driving import Machine, Outcome, assert_civil, lasting

SECRETS = ("example-password-one-of-nobody", "example-password-two-of-nobody")


class Scanned:
    """The fleet, the machine that scanned it, and the answer."""

    def __init__(self, folder: Path) -> None:
        self.fleet = write_example(folder / "shipyard")
        self.machine = Machine(folder)
        self.outcome = self.ask("scan", self.fleet, "--format", "json")
        self.answer: Any = self.outcome.answer
        self.found = {
            (one["left"], one["right"], one["role"], one["path"]): one
            for one in self.answer["divergences"]
        }

    def ask(self, *arguments: str | Path) -> Outcome:
        """Run a command in the fleet's folder."""
        return self.machine.run(*arguments, cwd=self.fleet)

    def match(self, true: TrueDivergence) -> Any:
        """What the scan says of a true divergence, sides turned as the truth has them."""
        fact = true.fact
        role = fact.resource or fact.role
        if role.startswith("ConfigMap/"):
            role = f"{fact.role}/config"
        one = self.found.get((true.left, true.right, role, fact.address))
        if one is not None:
            return one
        turned = self.found.get((true.right, true.left, role, fact.address))
        return None if turned is None else _turned(turned)


def _turned(one: Any) -> Any:
    """The same divergence with its sides exchanged."""
    other = {"left": "right", "right": "left"}
    result = {}
    for key, value in one.items():
        side, _, rest = key.partition("_")
        result[f"{other[side]}_{rest}" if side in other and rest else key] = value
    return result | {"left": one["right"], "right": one["left"],
                     "moved": other.get(one["moved"], one["moved"])}  # fmt: skip


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    """The example fleet, scanned once."""
    return Scanned(tmp_path_factory.mktemp("fleet"))


def _instant(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _patched(true: TrueDivergence) -> bool:
    """Whether a value stands in a kustomize patch, or in an environment's kustomize layers."""
    return true.fact.resource.startswith(("Deployment/", "HorizontalPodAutoscaler/"))


def test_the_scan_goes_well(scanned: Scanned) -> None:
    """A scan of the fleet ends well, without a question and without a word on stderr."""
    assert_civil(scanned.outcome)

    assert [] == scanned.answer["questions"]
    assert "" == scanned.outcome.err


def test_environments_are_found(scanned: Scanned) -> None:
    """All four environments are found, the ended one as ended, and no service among them."""
    found = {one["name"]: one["alive"] for one in scanned.answer["environments"]}

    assert {name: name != "demo" for name in SITES} == found


def test_an_environment_begins_when_it_begins(scanned: Scanned) -> None:
    """The second region was first seen when it was born, whatever layers it shares."""
    found = {one["name"]: one["first_seen"] for one in scanned.answer["environments"]}
    expected = {one.name: _instant(one.began) for one in example_truth().environments}

    assert expected == found


def test_every_difference_is_found(scanned: Scanned) -> None:
    """Every true divergence is reported with both values, but for those that are secret."""
    wrong = []
    for true in example_truth().divergences:
        found = scanned.match(true)
        if found is None:
            wrong.append(f"not found: {true.left} {true.right} {true.fact}")
            continue
        for side, value in (("left", true.left_value), ("right", true.right_value)):
            said = found[f"{side}_value"]
            expected = None if value is None else json.loads(value)
            if said != expected and not (expected in SECRETS and "secret" in said):
                wrong.append(f"{true.fact}: {side} is {said!r}, not {expected!r}")

    assert [] == wrong, "\n".join(wrong)


def test_nothing_else_is_reported(scanned: Scanned) -> None:
    """What is reported beyond the truth is only services and objects that one side lacks."""
    count = len(example_truth().divergences)
    whole = [one for one in scanned.answer["divergences"] if one["path"] == ""]

    assert len(scanned.answer["divergences"]) == count + len(whole)
    assert {"planner", "recommendations"} >= {
        one["role"].split("/")[-1].removeprefix("production-").replace("config", "recommendations")
        for one in whole
    }


def _names(email: str) -> set[str]:
    """The names of one person: people spell themselves in several ways."""
    return {one.name for one in (*HUMANS, *BOTS) if one.email == email}


def _accounts(scanned: Scanned, *, patched: bool) -> list[str]:
    """Where the scan's account of a difference is not the true one."""
    wrong = []
    for true in example_truth().divergences:
        found = scanned.match(true)
        if found is None or _patched(true) != patched:
            continue
        change = true.change
        said = (found["since"], found["onset"])
        if said != (_instant(true.since), true.onset):
            wrong.append(f"{true.left} {true.right} {true.fact}: {said} for {true.since}")
        if true.onset == "drifted" and (
            found["actor"]["name"] not in _names(change.actor.email)
            or (found["moved"], found["approved_by"])
            != (true.moved, change.approver and change.approver.name)
        ):
            wrong.append(f"{true.left} {true.right} {true.fact}: {found['actor']}")
    return wrong


def test_since_when_and_by_whom(scanned: Scanned) -> None:
    """Onset, instant, side, actor and approver of each plain difference are the true ones."""
    wrong = _accounts(scanned, patched=False)

    assert [] == wrong, "\n".join(wrong)


def test_since_when_and_by_whom_in_kustomizations(scanned: Scanned) -> None:
    """The same where kustomize patches a base, though a patch was renamed on the way."""
    wrong = _accounts(scanned, patched=True)

    assert [] == wrong, "\n".join(wrong)


def test_gaps_are_the_true_ones(scanned: Scanned) -> None:
    """Each unreadable file is a gap with a reason, and nothing else is."""
    gaps = {one["path"]: one["reason"] for one in scanned.answer["gaps"]}

    assert set(example_truth().gaps) == set(gaps)
    assert all(gaps.values())


def test_classes_of_actors(scanned: Scanned) -> None:
    """People, the bots and CI are told apart, Chloé Abbot is a person, Jakub is one."""
    classes = {one["name"]: one["class"] for one in scanned.answer["actors"]}

    assert "human" == classes["Chloé Abbot"]
    assert ("bot", "bot", "ci") == (
        classes["ternbot"],
        classes["renovate[bot]"],
        classes["github-actions[bot]"],
    )
    assert 1 == sum(name.startswith("Jakub") for name in classes)


def test_a_service_is_called_what_it_is_called(scanned: Scanned) -> None:
    """`production-planner` keeps its name, as a service and as an object."""
    roles = {one["role"] for one in scanned.answer["divergences"]}

    assert {"production-planner", "Application/production-planner"} <= roles
    assert not any(role.endswith("/planner") for role in roles)


def test_secrets_stay_secret(scanned: Scanned) -> None:
    """No answer, no screen and no byte of the store holds a password that was committed."""
    asked = [
        scanned.ask("scan", scanned.fleet, "--format", form)
        for form in ("table", "markdown", "json")
    ]
    asked.append(scanned.ask("history", "notifications", "/smtp/password"))
    asked.append(scanned.ask("history", "orders", "/database/password", "--format", "json"))
    stored = b"".join(
        path.read_bytes() for path in scanned.machine.home.rglob("*") if path.is_file()
    )
    assert len(stored) > 10_000, "no store found"

    for secret in SECRETS:
        assert not any(secret in outcome.out + outcome.err for outcome in asked)
        assert secret.encode() not in stored
    for outcome in asked:
        assert_civil(outcome)


@pytest.mark.parametrize(
    "command",
    [
        ("scan", "."),
        ("status",),
        ("observe",),
        ("layout",),
        ("layout", "--all"),
        ("compare", "staging", "production"),
        ("compare", "stg", "prod", "--layer", "own"),
        ("compare", "production@2026-03-17T22:00", "production"),
        ("compare", "production-us", "production", "--format", "markdown"),
        ("history", "checkout"),
        ("history", "checkout", "/timeouts/upstreamSeconds"),
        ("history", "Deployment/web", "--format", "json"),
    ],
)
def test_every_command_answers(scanned: Scanned, command: tuple[str, ...]) -> None:
    """Each reading command answers about the fleet, in every width."""
    for width in ("80", "160"):
        outcome = scanned.ask(*command, "--width", width)

        assert_civil(outcome)
        assert outcome.out.strip()


def test_scanning_again_says_the_same(scanned: Scanned) -> None:
    """A second scan of the same history gives the same answer."""
    again = scanned.ask("scan", scanned.fleet, "--format", "json").answer

    assert lasting(json.loads(scanned.outcome.out)) == lasting(again)


def test_the_first_screen_shows_what_was_forgotten(scanned: Scanned) -> None:
    """The report names the incident's leftovers on its first screen."""
    screen = "\n".join(scanned.ask("scan", scanned.fleet).out.splitlines()[:45])

    assert "upstreamSeconds" in screen
    assert "newRanking" in screen
