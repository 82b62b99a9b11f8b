from driftline.inventory.noise.injected import injected

POD = "/spec/template/spec"


def who(element: str, **facts: str) -> str | None:
    """The reason for which an element is an injector's."""
    found = injected(element, {f"{element}/{key}": value for key, value in facts.items()})
    return None if found is None else found.reason


def test_proxies_of_meshes_are_injected() -> None:
    """Containers are known by their names, among containers only."""
    assert "Istio adds this to whatever runs here" == who(f"{POD}/containers/[name=istio-proxy]")
    assert "Linkerd adds this to whatever runs here" == who(
        f"{POD}/initContainers/[name=linkerd-init]"
    )
    assert who(f"{POD}/containers/[name=web]") is None
    assert who(f"{POD}/volumes/[name=istio-proxy]") is not None
    assert who("/spec/ports/[name=istio-proxy]") is None


def test_tokens_are_mounted_everywhere() -> None:
    """A mount is known by its path, or by the volume that it mounts."""
    mounts = f"{POD}/containers/[name=web]/volumeMounts"
    token = f"{mounts}/[mountPath=~1var~1run~1secrets~1kubernetes.io~1serviceaccount]"

    assert who(token) is not None
    assert who(f"{mounts}/[mountPath=~1etc]", name='"kube-api-access-x2k9q"') is not None
    assert who(f"{mounts}/[mountPath=~1etc]", name='"config"') is None


def test_elements_without_a_name_are_nobodys() -> None:
    """Injectors name what they add."""
    assert who(f"{POD}/containers/0") is None
    assert who(f"{POD}/containers/[id=istio-proxy]") is None
