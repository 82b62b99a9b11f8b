"""How work reaches the main branch: who did it, who let it in, and why.

A landing is one step of the first-parent chain. What it was for stands beside
it, because that is the truth that a reader of the history can only infer.
"""

import enum

import msgspec

from driftline.lab.edits import Edit
from driftline.lab.fleet import Staff


class Force(enum.StrEnum):
    """What drives a change."""

    DEPLOYMENT = "deployment"
    CONFIGURATION = "configuration"
    DEPENDENCY_UPGRADE = "dependency-upgrade"
    SECURITY_PATCH = "security-patch"
    SCALING = "scaling"
    TUNING = "tuning"
    INCIDENT_FIX = "incident-fix"
    PROPAGATION = "propagation"


class Intent(enum.StrEnum):
    """What its author meant for the other environments."""

    DELIBERATE = "deliberate"  # it is meant to differ
    PROMOTION = "promotion"  # the others follow, or are being followed
    FORGOTTEN = "forgotten"  # the others should have followed, and nobody saw to it


class Purpose(msgspec.Struct, frozen=True):
    """Why something was done. `plot` names the thread of the story; routine has none."""

    force: Force
    intent: Intent
    plot: str = ""


class Way(enum.StrEnum):
    """How a landing looks in the history."""

    DIRECT = "direct"  # pushed to the main branch
    MERGE = "merge"  # a merge commit over the inner commits
    SQUASH = "squash"  # one commit, made in the browser of all that was proposed


class Work(msgspec.Struct, frozen=True):
    """One commit as its author made it. `at` is when, in seconds since 1970."""

    at: int
    author: Staff
    message: str
    edits: tuple[Edit, ...]
    purpose: Purpose


class Landing(msgspec.Struct, frozen=True):
    """Work that reaches the main branch at one instant.

    `lander` merges or pushes; `message` is the merge's own. A direct landing
    has one piece of work and its message. `skew_seconds` is how wrong the
    lander's clock is.
    """

    at: int
    way: Way
    work: tuple[Work, ...]
    lander: Staff
    message: str = ""
    skew_seconds: int = 0


def pushed(
    at: int, author: Staff, message: str, edits: tuple[Edit, ...], purpose: Purpose
) -> Landing:
    """One commit straight on the main branch."""
    return Landing(at, Way.DIRECT, (Work(at, author, message, edits, purpose),), author)


# Pull requests are numbered in the order they land, which is known at the end.
NUMBER = "{number}"


def merged(at: int, lander: Staff, branch: str, work: tuple[Work, ...]) -> Landing:
    """A pull request merged with a merge commit; its title is that of its first commit."""
    title = work[0].message.split("\n", 1)[0]
    owner = work[0].author.email.split("@")[0].split(".")[0]
    message = f"Merge pull request #{NUMBER} from {owner}/{branch}\n\n{title}"
    return Landing(at, Way.MERGE, work, lander, message)


def squashed(at: int, lander: Staff, work: tuple[Work, ...]) -> Landing:
    """A pull request landed as one commit in the browser, its number behind the title.

    Git does not say who pressed the button; the trailer does.
    """
    title, _, body = work[0].message.partition("\n")
    trailers = body.startswith("\nCo-authored-by:")
    lines = [f"{title} (#{NUMBER})\n", *([body.strip("\n")] if body else [])]
    lines += [] if trailers or not body else [""]
    message = "\n".join([*lines, f"Reviewed-by: {lander.name} <{lander.email}>"])
    return Landing(at, Way.SQUASH, work, lander, message)
