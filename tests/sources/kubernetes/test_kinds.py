"""Kinds, and why some are not read."""

from driftline.sources.kubernetes.kinds import CUSTOMARY, SKIPPED, ListedKind, why_skipped

CASES = (
    ("", "events", True),
    ("events.k8s.io", "events", True),
    ("custom.metrics.k8s.io", "pods", True),
    ("metrics.k8s.io", "nodes", True),
    ("coordination.k8s.io", "leases", True),
    ("coordination.k8s.io", "leasecandidates", True),
    ("extensions", "deployments", True),
    ("apps", "deployments", False),
    ("", "pods", False),
    ("apps", "replicasets", False),
    ("argoproj.io", "applications", False),
    ("argoproj.io", "workflows", True),
    ("argoproj.io", "workflowtemplates", False),
    ("tekton.dev", "pipelines", False),
    ("tekton.dev", "pipelineruns", True),
    ("velero.io", "schedules", False),
    ("velero.io", "podvolumebackups", True),
)


def test_what_is_read() -> None:
    """Configuration is read, records and measurements are not."""
    for group, plural, is_skipped in CASES:
        assert is_skipped == bool(why_skipped(group, plural)), (group, plural)


def test_reasons() -> None:
    """Every row has a reason that completes a sentence."""
    for row in SKIPPED:
        assert row.reason == row.reason.strip(". ")
        assert row.reason


def test_paths() -> None:
    """Paths and files of kinds in the core group and in others."""
    pods = ListedKind("", "pods", "v1", "Pod", is_namespaced=True)
    nodes = ListedKind("", "nodes", "v1", "Node", is_namespaced=False)
    cron = ListedKind("batch", "cronjobs", "v1", "CronJob", is_namespaced=True)

    assert "/api/v1/namespaces/shop/pods" == pods.path("shop")
    assert "/apis/batch/v1/cronjobs" == cron.path()
    assert ("v1", "batch/v1") == (pods.api_version, cron.api_version)
    assert ("shop/pods.core", "-/nodes.core") == (pods.file("shop"), nodes.file(""))


def test_customary_kinds() -> None:
    """What stands in when a server will not say what it has is read, each once."""
    names = [kind.name for kind in CUSTOMARY]

    assert len(names) == len(set(names)) > 20
    assert "namespaces.core" == names[0]
    assert [] == [kind.name for kind in CUSTOMARY if why_skipped(kind.group, kind.plural)]
