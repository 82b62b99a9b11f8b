"""The threads of the story, and what is left of each when it ends."""

import json
from pathlib import Path

from driftline.lab import plots
from driftline.lab.example import example_truth
from driftline.lab.landing import Intent
from driftline.lab.moments import written

PAGE = Path(__file__).parents[2] / "docs" / "example-fleet.md"
F, P = Intent.FORGOTTEN, Intent.PROMOTION

# Thread, intent, left, right, role, end of the address, left and right value, since, who.
LEFT_BEHIND = [
    ("incident", F, "staging", "production", "checkout", "/limits/memory", "512Mi", "1Gi",
     "2026-03-17", "Luca Ferrante"),
    ("incident", F, "staging", "production", "checkout", "/upstreamSeconds", 5, 20,
     "2026-03-17", "Luca Ferrante"),
    ("security-patch", F, "staging", "production", "payments", "/proxy/image",
     "registry.ternandtide.example/mirror/nginx:1.27.5",
     "registry.ternandtide.example/mirror/nginx:1.27.3", "2026-06-11", "Noor Haddad"),
    ("forgotten-flag", F, "staging", "production", "catalog", "/features/newRanking", True, False,
     "2026-04-09", "Mei-Ling Zhao"),
    ("debug-logging", F, "staging", "production", "web", "/LOG_LEVEL", "info", "debug",
     "2026-09-30", "Jakub Wisniewski"),
    ("postgres-upgrade", F, "staging", "production", "terraform", "/postgres_version", "16", "15",
     "2026-07-08", "Priyanka Raghunathan"),
    ("secret-in-the-open", F, "staging", "production", "notifications", "/smtp/password",
     "example-password-two-of-nobody", None, "2026-09-15", "Chloé Abbot"),
    ("new-region", F, "production", "production-us", "terraform", "/log_retention_days", 90, 14,
     "2026-05-12", "Daniel Whitcombe"),
    ("tuned-autoscaler", Intent.DELIBERATE, "staging", "production", "web", "/maxReplicas", 4, 30,
     "2025-09-08", "Tomás Herrera"),
]  # fmt: skip


def test_what_each_thread_leaves_behind() -> None:
    """Each thread's difference is there at the end, with values, instant, actor and intent."""
    known = example_truth()
    assert len(LEFT_BEHIND) >= 9, "no cases found"
    for plot, intent, left, right, role, end, here, there, since, who in LEFT_BEHIND:
        (found,) = [
            one
            for one in known.divergences
            if (one.left, one.right, one.fact.role) == (left, right, role)
            and one.fact.address.endswith(end)
        ]
        values = tuple(
            None if value is None else json.loads(value)
            for value in (found.left_value, found.right_value)
        )

        assert (here, there) == values, plot
        assert since == written(found.since)[:10], plot
        assert who == found.change.actor.name, plot
        assert intent is found.intent, plot


def test_nothing_is_forgotten_but_what_the_story_says() -> None:
    """Every forgotten difference belongs to a thread, and no thread is missing."""
    known = example_truth()
    expected = {row[0] for row in LEFT_BEHIND if row[1] is F}

    assert expected | {"stuck-promotion", "region-left-behind", "half-way-move"} >= {
        one.plot for one in known.divergences if one.intent is F
    }
    assert expected | {"stuck-promotion", "region-left-behind"} <= {
        one.plot for one in known.divergences if one.intent is F
    }


def test_what_is_on_its_way_is_young() -> None:
    """At the end two builds and one upgrade are on their way to production."""
    moving = {
        (one.fact.role, one.left, one.right)
        for one in example_truth().divergences
        if one.intent is P and one.right == "production"
    }

    assert {
        ("catalog", "staging", "production"),
        ("web", "staging", "production"),
        ("terraform", "staging", "production"),
    } == moving


def test_the_freeze_is_a_week_in_which_nothing_is_promoted() -> None:
    """Between freeze and thaw no promotion reaches production."""
    first, last = plots.FREEZE
    inside = [one for one in example_truth().changes
              if first < one.at < last and one.site == "production"]  # fmt: skip

    assert [] == inside


def test_what_was_undone_leaves_nothing() -> None:
    """Reformatting changes no value but one spelling, a revert takes back all it reverts."""
    known = example_truth()
    reformatted = [one for one in known.changes if one.plot == "reformatted"]
    pool = [one for one in known.changes if one.plot == "reverted-pool"]
    renamed = [one for one in known.changes if one.plot == "renamed-file"]

    assert [('"1000m"', '"1"')] == [(one.before, one.after) for one in reformatted]
    assert [("20", "40"), ("40", "20")] == [(one.before, one.after) for one in pool]
    assert [] == renamed


def test_the_move_is_half_way() -> None:
    """One service lies in the new place in staging and in the old one in production."""
    paths = {path for path, _ in example_truth().files}

    assert {"environments/staging/notifications.yaml", "env/production/notifications.yaml"} <= paths
    assert "env/staging/notifications.yaml" not in paths
    assert not any(path.endswith("orders.yaml") for path in paths if path.startswith("env/"))


def test_the_page_tells_every_thread() -> None:
    """docs/example-fleet.md has a place for each thread of the story, by its name."""
    page = PAGE.read_text(encoding="utf-8")
    told = {one.plot for one in example_truth().changes if one.plot} - {"opening"}
    assert len(told) >= 14, "no threads found"

    assert [] == sorted(plot for plot in told if f"`{plot}`" not in page)
