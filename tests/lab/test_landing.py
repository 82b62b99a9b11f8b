"""How work reaches the main branch."""

from driftline.lab.edits import Put
from driftline.lab.fleet import AMARA, PRIYA, RENOVATE, TOMAS
from driftline.lab.landing import (
    NUMBER,
    Force,
    Intent,
    Purpose,
    Way,
    Work,
    merged,
    pushed,
    squashed,
)

PURPOSE = Purpose(Force.CONFIGURATION, Intent.DELIBERATE)
EDITS = (Put("a", "b"),)


def _work(message: str) -> Work:
    return Work(100, PRIYA, message, EDITS, PURPOSE)


def test_a_merge_names_the_branch_and_repeats_the_title() -> None:
    """A merge commit reads as a forge writes it."""
    landing = merged(200, TOMAS, "pool", (_work("orders: more\n\nWhy."),))

    assert Way.MERGE is landing.way
    assert f"Merge pull request #{NUMBER} from priyanka/pool\n\norders: more" == landing.message


def test_a_squash_has_its_number_and_its_reviewer() -> None:
    """A squashed pull request says who let it in, below what it says of itself."""
    plain = squashed(200, AMARA, (_work("Update x"),))
    told = squashed(200, AMARA, (_work("Update x\n\nBecause."),))
    helped = squashed(200, AMARA, (_work("Update x\n\nCo-authored-by: Copilot <c@example.com>"),))
    reviewer = f"Reviewed-by: {AMARA.name} <{AMARA.email}>"

    assert f"Update x (#{NUMBER})\n\n{reviewer}" == plain.message
    assert f"Update x (#{NUMBER})\n\nBecause.\n\n{reviewer}" == told.message
    assert helped.message.endswith(f"\n\nCo-authored-by: Copilot <c@example.com>\n{reviewer}")


def test_a_push_is_its_author_s() -> None:
    """Who pushes is who wrote it."""
    landing = pushed(100, RENOVATE, "x", EDITS, PURPOSE)

    assert RENOVATE == landing.lander == landing.work[0].author
    assert landing.at == landing.work[0].at
