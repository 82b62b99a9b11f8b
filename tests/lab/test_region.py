"""How the second region appears."""

from driftline.lab.edits import changed
from driftline.lab.fleet import SITES
from driftline.lab.opening import opening
from driftline.lab.plots import half_way_move, renamed_file
from driftline.lab.region import BORN, new_region
from driftline.lab.weaving import woven


def _tree() -> dict[str, str]:
    landings = (*opening(7, 1_750_000_000), *renamed_file())
    tree: dict[str, str] = {}
    for commit in woven(landings):
        if commit.step is not None:
            tree |= {path: text for path, text in commit.changes if text is not None}
    return tree


def test_the_region_is_a_copy_with_other_names() -> None:
    """Values are production's of the day, but for host names, sizes and what nobody thought of."""
    (landing,) = new_region(7)
    tree = _tree()
    made = changed(tree, tuple(edit for work in landing.work for edit in work.edits))
    checkout = made["environments/production-us/checkout.yaml"] or ""

    assert BORN == landing.at
    assert "host: checkout.us.ternandtide.example" in checkout
    assert "replicaCount: 3" in checkout
    assert "log_retention_days" not in (made["terraform/environments/production-us.tfvars"] or "")
    services = SITES["production-us"].services
    assert not any("recommendations" in path for path in made)
    assert not any("production-planner" in path for path in made)
    assert {path.split("/")[1] for path in made if path.startswith("apps/")} <= set(services)


def test_the_region_is_born_in_the_new_place() -> None:
    """Services that still lie in the old folder elsewhere begin in the new one here."""
    (landing,) = new_region(7)
    made = changed(_tree(), tuple(edit for work in landing.work for edit in work.edits))

    assert "environments/production-us/orders.yaml" in made
    assert not any(path.startswith("env/") for path in made)
    assert all(one.at > landing.at for one in half_way_move())
