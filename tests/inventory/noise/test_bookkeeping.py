from driftline.inventory.noise.bookkeeping import bookkeeping
from driftline.inventory.noise.places import place


def rule(address: str) -> str | None:
    """The rule by which an address is bookkeeping."""
    found = bookkeeping(place(address))
    return None if found is None else found.rule


def test_records_of_tools_are_found_on_objects_and_in_templates() -> None:
    """A record is one wherever labels and annotations stand."""
    for at in ("/metadata", "/spec/template/metadata", "/spec/jobTemplate/metadata"):
        assert "bookkeeping" == rule(f"{at}/annotations/meta.helm.sh~1release-name")
        assert "bookkeeping" == rule(f"{at}/labels/app.kubernetes.io~1managed-by")


def test_what_looks_like_a_record_elsewhere_is_none() -> None:
    """The same words in data or in a selector are configuration."""
    assert rule("/data/meta.helm.sh~1release-name") is None
    assert rule("/spec/selector/matchLabels/app.kubernetes.io~1managed-by") is None


def test_labels_that_people_declare_are_no_records() -> None:
    """A domain of people's own, and the known ones of applications, are read."""
    for key in ("app", "app.kubernetes.io~1name", "prometheus.io~1scrape", "team.example.com~1x"):
        assert rule(f"/metadata/labels/{key}") is None, key


def test_a_restart_is_told_from_a_record() -> None:
    """Whoever restarts pods leaves an annotation, which may be shown."""
    at = "/spec/template/metadata/annotations"

    assert "restart" == rule(f"{at}/kubectl.kubernetes.io~1restartedAt")
    assert "restart" == rule(f"{at}/reloader.stakater.com~1last-reloaded-from")
