"""Shared files are layers of the role they underlie, and of no other."""

import pytest

from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard, Reference

# A shared file; an environment's files; the role and layer it gets (none: unplaced).
CASES = [
    ("values.yaml", "values-staging.yaml values-prod.yaml", "shop base"),
    ("Chart.yaml values.yaml", "values-staging.yaml values-prod.yaml", "shop chart"),
    ("config/common.yaml", "config/staging.yaml config/prod.yaml", "shop base"),
    ("web/base/deployment.yaml", "web/staging/hpa.yaml web/prod/hpa.yaml", "web base"),
    (
        "charts/api/Chart.yaml charts/api/values.yaml",
        "e/staging/api.yaml e/prod/api.yaml",
        "api chart",
    ),
    ("default.yaml", "private-staging.yaml private-prod.yaml", ""),
    ("base/redis/a.yaml", "overlays/staging/x.yaml overlays/prod/x.yaml", ""),
    ("apps/root.yaml", "apps/staging/billing.yaml apps/prod/billing.yaml", ""),
    ("main.tf", "staging.tfvars prod.tfvars", "shop chart"),
]


@pytest.mark.parametrize(("shared", "own", "expected"), CASES)
def test_shared(shared: str, own: str, expected: str) -> None:
    """A shared file needs one role that it surely underlies."""
    paths = [*shared.split(), *own.split()]
    layout = infer([FileCard(path) for path in paths], repository="shop")
    found = {placement.path: placement for placement in layout.placements}
    placement = found[shared.rsplit(maxsplit=1)[-1]]

    assert expected == (f"{placement.role} {placement.layer}" if placement.layer else "")


def test_reference() -> None:
    """What an overlay refers to is its base, wherever it stands, through several steps."""
    cards = [
        FileCard("e/staging/edge/k.yaml", references=(Reference("resource", "blocks/in"),)),
        FileCard("e/prod/edge/k.yaml", references=(Reference("resource", "blocks/in"),)),
        FileCard("blocks/in/k.yaml", references=(Reference("resource", "blocks/deep/x.yaml"),)),
        FileCard("blocks/deep/x.yaml"),
        FileCard("blocks/deep/y.yaml"),
    ]
    layout = infer(cards, repository="shop")
    bases = {p.path: p.role for p in layout.placements if p.layer == "base"}

    assert {"blocks/in/k.yaml", "blocks/deep/x.yaml"} == set(bases)
    assert 1 == len(set(bases.values()))


def test_shared_by_two_roles() -> None:
    """A file that two roles refer to is left unplaced, since it can have one role only."""
    refer = (Reference("values", "shared/limits.yaml"),)
    cards = [
        FileCard("staging/api.yaml", references=refer),
        FileCard("staging/web.yaml", references=refer),
        FileCard("prod/api.yaml", references=refer),
        FileCard("prod/web.yaml", references=refer),
        FileCard("shared/limits.yaml"),
    ]
    layout = infer(cards, repository="shop")
    found = {placement.path: placement.layer for placement in layout.placements}

    assert found["shared/limits.yaml"] is None
