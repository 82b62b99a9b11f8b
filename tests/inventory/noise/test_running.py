from driftline.inventory.noise.running import (
    images,
    images_apart,
    kubelets,
    seconds,
    settings,
    workload_of,
    written_at,
)
from tests.inventory.noise.case_files import Facts

ONE = "docker.io/shop/web@sha256:" + "1" * 64
TWO = "docker.io/shop/web@sha256:" + "2" * 64


def pod(
    name: str, image_id: str, *, image: str = "shop/web:1.2", namespace: str = "shop", **more: str
) -> tuple[str, Facts]:
    """A pod of the deployment `web` that runs one container."""
    status = "/status/containerStatuses/[name=web]"
    facts = {
        "/metadata/ownerReferences/[name=web-7d67897454]/kind": '"ReplicaSet"',
        f"{status}/name": '"web"',
        f"{status}/image": f'"{image}"',
        f"{status}/imageID": f'"{image_id}"',
        "/status/startTime": '"2026-01-01T00:00:00Z"',
    }
    return f"Pod/{namespace}/{name}", facts | more


def node(name: str, version: str) -> tuple[str, Facts]:
    """A node with its kubelet."""
    return f"Node/{name}", {"/status/nodeInfo/kubeletVersion": f'"{version}"'}


def test_one_tag_is_one_image() -> None:
    """Pods of a workload that run different bytes under one tag are found, and only those."""
    found = images([pod("a", ONE), pod("b", TWO), pod("c", ONE)])

    assert ["Deployment/shop/web"] == [one.subject for one in found]
    assert "container 'web' runs 2 different images called 'shop/web:1.2'" == found[0].text
    assert f"{ONE} in 2 of its pods (Pod/shop/a, Pod/shop/c)" == found[0].evidence[0]
    assert () == images([pod("a", ONE), pod("b", ONE)])


def test_digests_of_another_sort_are_not_compared() -> None:
    """What a machine calls an image says nothing about what a registry calls it."""
    assert () == images([pod("a", ONE), pod("b", "sha256:" + "3" * 64)])
    assert () == images([pod("a", ONE), pod("b", "")])


def test_a_pinned_image_is_no_question() -> None:
    """Whoever names a digest gets just that."""
    assert () == images([pod("a", ONE, image=ONE), pod("b", TWO, image=ONE)])


def test_siblings_may_run_other_bytes_under_the_same_name() -> None:
    """A tag that was pushed again is another image where it was pulled later."""
    left = [pod("web-7d67897454-x2k9q", ONE, namespace="staging")]
    right = [pod("web-7d67897454-b5c6d", TWO, namespace="production")]
    found = images_apart(left, right)

    assert ["Deployment/staging/web"] == [one.subject for one in found]
    assert (f"here {ONE}", f"there {TWO}") == found[0].evidence
    assert () == images_apart(left, left)
    assert () == images_apart(left, [pod("b", TWO, image="shop/web:1.3")])


def test_pods_older_than_their_variables_run_with_old_ones() -> None:
    """What was written after the start is not what runs."""
    variables = {"/spec/containers/[name=web]/envFrom/0/configMapRef/name": '"settings"'}
    start = seconds('"2026-01-01T00:00:00Z"')
    assert start is not None
    objects = [pod("a", ONE, **variables), pod("b", ONE)]
    found = settings(objects, {"ConfigMap/shop/settings": start + 90})

    assert ["Deployment/shop/web"] == [one.subject for one in found]
    assert "1 pod is older than ConfigMap/shop/settings, read as variables" == found[0].text
    assert ("Pod/shop/a started 90 s before it was written",) == found[0].evidence
    assert () == settings(objects, {"ConfigMap/shop/settings": start - 1})
    assert () == settings(objects, {})


def test_files_may_have_been_read_again() -> None:
    """The finding says what nobody can see from outside."""
    files = {"/spec/volumes/[name=a]/configMap/name": '"settings"'}
    found = settings([pod("a", ONE, **files)], {"ConfigMap/shop/settings": 2_000_000_000})

    assert found[0].text.endswith("renewed in place but perhaps not read again")


def test_pods_that_did_not_start_or_are_going_are_left_out() -> None:
    """A pod that waits for a machine reads its settings when it starts."""
    files = {"/spec/volumes/[name=a]/configMap/name": '"settings"'}
    written = {"ConfigMap/shop/settings": 2_000_000_000}
    waiting = pod("a", ONE, **files, **{"/status/startTime": "null"})
    going = pod("b", ONE, **files, **{"/metadata/deletionTimestamp": '"2026-01-02T00:00:00Z"'})

    assert () == settings([waiting, going], written)


def test_kubelets_may_be_one_version_apart() -> None:
    """Two versions away from most others is told, one is an upgrade on its way."""
    nodes = [node(name, "v1.31.2") for name in "abc"]
    found = kubelets([*nodes, node("d", "v1.30.9"), node("e", "v1.29.0-eks-1"), node("f", "odd")])

    assert ["Node/e"] == [one.subject for one in found]
    assert "its kubelet is 'v1.29.0-eks-1', while most nodes run 1.31" == found[0].text
    assert ("3 of 5 nodes run 1.31",) == found[0].evidence
    assert () == kubelets([])


def test_a_pod_without_an_owner_is_its_own_workload() -> None:
    """Owners are named as they are, and replica sets by their deployment."""
    owner = {"/metadata/ownerReferences/[name=db]/kind": '"StatefulSet"'}

    assert "Pod/shop/a" == workload_of("Pod/shop/a", {})
    assert "StatefulSet/shop/db" == workload_of("Pod/shop/db-0", owner)


def test_times_that_are_none_are_unknown() -> None:
    """Neither absence nor odd text is a time."""
    assert [None, None, None] == [seconds(one) for one in (None, "null", '"soon"')]


def test_field_managers_tell_when_content_was_written() -> None:
    """The latest time of those who own data counts, and nobody else's."""
    owners = {
        "/data/a": '["kubectl-edit/Update"]',
        "/data/b": '["argocd-controller/Apply","kubectl-edit/Update"]',
        "/metadata/labels/x": '["labeller/Update"]',
        "/-/times/kubectl-edit~1Update": '"1970-01-01T00:01:00Z"',
        "/-/times/argocd-controller~1Apply": '"1970-01-01T00:00:30Z"',
        "/-/times/labeller~1Update": '"1970-01-01T00:09:00Z"',
    }

    assert 60 == written_at(owners)
    assert written_at({"/metadata/labels/x": '["labeller/Update"]'}) is None
