from driftline.inventory.noise.kinds import group_of, is_custom


def test_kinds_of_the_server_and_of_others_are_told_apart() -> None:
    """The server's own groups end in `.k8s.io` or have no dot; some custom ones look alike."""
    own = ("v1", "apps/v1", "batch/v1", "networking.k8s.io/v1", "discovery.k8s.io/v1")
    custom = (
        "gateway.networking.k8s.io/v1",
        "autoscaling.k8s.io/v1",
        "cluster.x-k8s.io/v1beta1",
        "shop.example.com/v1",
        "argoproj.io/v1alpha1",
    )

    assert [] == [one for one in own if is_custom(f'"{one}"')]
    assert [] == [one for one in custom if not is_custom(f'"{one}"')]
    assert not is_custom("")


def test_the_first_group_has_no_name() -> None:
    """`v1` alone is of no group."""
    assert ("", "apps") == (group_of('"v1"'), group_of('"apps/v1"'))
