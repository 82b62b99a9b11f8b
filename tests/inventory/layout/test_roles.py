"""Roles are short, natural, equal for siblings and different for different things."""

import pytest

from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard

# Files of two environments; their roles, in the order of the paths.
CASES = [
    ("k8s/argocd/{}/api.values.yaml", "api"),
    ("services/web/overlays/{}/kustomization.yaml", "web"),
    ("clusters/{}/apps.yaml", "apps"),
    ("apps/{}/kustomization.yaml", "apps"),
    ("env/{}/api.values.yaml argocd/{}/api.values.yaml", "api api"),
    ("{}/apps/redis/v.yaml {}/infra/redis/v.yaml", "apps/redis/v infra/redis/v"),
    ("{}/apps/redis/values.yaml {}/infra/redis/values.yaml", "apps/redis infra/redis"),
    ("{}/web/deployment.yaml {}/web/service.yaml", "web web"),
    ("{}/web/values.yaml {}/web/config.yaml", "web web/config"),
    ("{}/web/values.yaml {}/web/secrets.yaml", "web web"),
    ("{}/db.tfvars k8s/{}/db.yaml", "db/terraform db"),
    ("config/{}.yaml", "shop"),
    ("image-tags/{}/release image-tags/{}/api", "release api"),
]


@pytest.mark.parametrize(("templates", "roles"), CASES)
def test_roles(templates: str, roles: str) -> None:
    """Siblings share a role, and two things never do."""
    paths = {
        template.format(name): role
        for template, role in zip(templates.split(), roles.split(), strict=True)
        for name in ("staging", "production")
    }
    layout = infer([FileCard(path) for path in paths], repository="shop")

    assert paths == {placement.path: placement.role for placement in layout.placements}
