from driftline.inventory.noise.ownership import Ownership
from driftline.inventory.noise.side import Side
from tests.inventory.noise.case_files import Facts


def side(facts: Facts, other: Facts, managers: dict[str, tuple[str, ...]] | None = None) -> Side:
    """A deployment beside another account of it."""
    own = Ownership(managers or {}, other, facts)
    return Side("Deployment", {"/apiVersion": '"apps/v1"', **facts}, other, own)


def test_an_element_is_noise_as_a_whole_or_not_at_all() -> None:
    """What the server adds to an element that somebody added is theirs, too."""
    port = "/spec/template/spec/containers/[name=a]/ports/[containerPort=80]"
    one = side({f"{port}/containerPort": "80", f"{port}/protocol": '"TCP"'}, {})
    more = side({f"{port}/protocol": '"TCP"'}, {f"{port}/containerPort": "80"})

    assert {} == one.extras([f"{port}/containerPort", f"{port}/protocol"])
    assert [f"{port}/protocol"] == list(more.extras([f"{port}/protocol"]))


def test_a_hand_is_seen() -> None:
    """What a field manager of a hand owns was set by somebody."""
    one = side({"/spec/x": "1"}, {}, {"/spec/x": ("kubectl-edit/Update",)})

    assert one.by_hand("/spec/x")
    assert not one.by_hand("/spec/y")


def test_of_the_servers_own_kinds_the_tables_know_all_defaults() -> None:
    """Without field managers, what no table explains is told."""
    facts = {"/spec/x": "5"}
    custom = Side("Flag", {"/apiVersion": '"a.example.com/v1"', **facts}, {}, Ownership({}, {}, {}))

    assert {} == side(facts, {}).extras(["/spec/x"])
    assert {"/spec/x": "undeclared"} == {
        one: found.rule for one, found in custom.extras(["/spec/x"]).items()
    }
