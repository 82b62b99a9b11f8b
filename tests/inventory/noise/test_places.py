from driftline.inventory.noise.places import (
    container_path,
    has,
    is_element,
    metadata_path,
    parent,
    place,
    pod_path,
)


def test_a_place_knows_its_elements() -> None:
    """Elements are listed the outermost first, by name and by position."""
    at = place("/spec/containers/[name=a]/args/0")

    assert "/spec/containers/*/args/*" == at.shape
    assert ("/spec/containers/[name=a]", "/spec/containers/[name=a]/args/0") == at.elements
    assert "args" == at.key
    assert at.is_element


def test_keys_of_mappings_that_anybody_fills_are_no_elements() -> None:
    """A key of data may be a number and stays a key."""
    at = place("/data/0")

    assert ("/data/0", (), "0", True) == (at.shape, at.elements, at.key, at.is_open)
    assert place("/metadata/annotations/a.b~1c").key == "a.b/c"
    assert place("/spec/containers/[name=a]/resources/limits/nvidia.com~1gpu").is_open


def test_tokens_that_select() -> None:
    """A key that only looks like an element is escaped."""
    assert [True, True, False, False] == [is_element(one) for one in ("[a=b]", "7", "a", "~2a]")]


def test_descriptions_of_pods_are_found_in_every_kind() -> None:
    """A pod, a template of pods, and the template of a job's pods."""
    assert "a" == pod_path("Pod", "/spec/a")
    assert "a" == pod_path("DaemonSet", "/spec/template/spec/a")
    assert "a" == pod_path("CronJob", "/spec/jobTemplate/spec/template/spec/a")
    assert "a" == pod_path("PodTemplate", "/template/spec/a")
    assert pod_path("Deployment", "/spec/a") is None
    assert "a" == container_path("Pod", "/spec/ephemeralContainers/*/a")
    assert container_path("Pod", "/spec/volumes/*/a") is None


def test_metadata_is_found_on_objects_and_templates() -> None:
    """Labels of an object, of its pods, of its jobs and of its claims."""
    for start in ("", "/spec/template", "/spec/jobTemplate", "/spec/volumeClaimTemplates/*"):
        assert "labels/a" == metadata_path(f"{start}/metadata/labels/a")
    assert metadata_path("/spec/metadata/a") is None


def test_addresses_hold_what_they_run_through() -> None:
    """A container is there when something in it is, or when it is there empty."""
    assert has(["/a/b/c", "/d"], "/a/b")
    assert has(["/d"], "/d")
    assert not has(["/ab"], "/a")
    assert ("/a", "") == (parent("/a/b"), parent(""))
