from driftline.inventory.noise.generated_names import (
    is_reference,
    same_but_for_hash,
    without_hash,
    without_random,
)


def test_a_hash_of_content_is_no_part_of_a_name() -> None:
    """Ten letters and digits as kustomize spells them are cut off, and nothing else is."""
    assert "settings" == without_hash("settings-5f8k29bt6d")
    assert "settings-v2" == without_hash("settings-v2")
    assert "web-bmkgthfdcb" == without_hash("web-bmkgthfdcb")
    assert "a-5f8k29bt6" == without_hash("a-5f8k29bt6")


def test_random_letters_are_no_part_of_a_name() -> None:
    """Pods, replica sets and tokens are called after what they were made for."""
    assert "web" == without_random("web-7d67897454-x2k9q")
    assert "robot-token" == without_random("robot-token-7m6xs")
    assert "web" == without_random("web")


def test_only_references_may_differ_in_a_hash() -> None:
    """A volume names a ConfigMap, an image names no such thing."""
    assert is_reference("/spec/template/spec/volumes/*/configMap/name")
    assert is_reference("/spec/containers/*/env/*/valueFrom/secretKeyRef/name")
    assert is_reference("/spec/tls/*/secretName")
    assert not is_reference("/spec/containers/*/image")
    assert not is_reference("/metadata/name")


def test_names_are_compared_without_hashes() -> None:
    """Two hashes, or one and none, mean the same; another name does not."""
    assert same_but_for_hash('"a-5f8k29bt6d"', '"a-9mk27hhc4b"')
    assert same_but_for_hash('"a"', '"a-9mk27hhc4b"')
    assert not same_but_for_hash('"a-5f8k29bt6d"', '"b-5f8k29bt6d"')
    assert not same_but_for_hash("3", '"a"')
