"""What every environment declares, layers merged."""

from driftline.lab.declared import Fact, declared

TREE = {
    "charts/api/values.yaml": "size: 1\nmode: fast\n",
    "charts/api/templates/all.yaml": '{{ include "x" . }}\n',
    "environments/staging/api.yaml": "size: 2\n",
    "environments/production/secrets.sops.yaml": "key: ENC[x]\n",
    "apps/web/base/kustomization.yaml": "resources:\n  - deployment.yaml\n",
    "apps/web/base/deployment.yaml": (
        "kind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n"
        "  containers:\n    - name: web\n      image: registry.example/web\n"
    ),
    "apps/web/base/config.env": "LEVEL=info\nSHOW=true\n",
    "apps/web/overlays/production/kustomization.yaml": (
        "images:\n  - name: registry.example/web\n    newTag: 7.1.0\n"
    ),
    "apps/web/overlays/production/scale.yaml": (
        "kind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 4\n"
    ),
    "apps/web/overlays/production/config.env": "LEVEL=debug\n",
    "terraform/variables.tf": 'variable "nodes" {\n  type = number\n  default = 3\n}\n\n'
    'variable "name" {\n  type = string\n}\n',
    "terraform/environments/production.tfvars": 'name = "shop"\n',
    "README.md": "# nothing\n",
}

CASES = [
    ("staging", Fact("api", "", "/size"), "2", "environments/staging/api.yaml"),
    ("staging", Fact("api", "", "/mode"), '"fast"', "charts/api/values.yaml"),
    ("production", Fact("web", "Deployment/web", "/spec/replicas"), "4", "scale.yaml"),
    (
        "production",
        Fact("web", "Deployment/web", "/spec/containers/[name=web]/image"),
        '"registry.example/web:7.1.0"',
        "apps/web/overlays/production/kustomization.yaml",
    ),
    ("production", Fact("web", "ConfigMap/web-config", "/LEVEL"), '"debug"', "config.env"),
    ("production", Fact("web", "ConfigMap/web-config", "/SHOW"), '"true"', "base/config.env"),
    ("production", Fact("terraform", "", "/nodes"), "3", "terraform/variables.tf"),
    ("production", Fact("terraform", "", "/name"), '"shop"', "production.tfvars"),
]


def test_layers_are_merged() -> None:
    """An environment's own value wins, a shared one fills in, and each names its file."""
    found = declared(TREE)

    assert len(CASES) >= 8, "no cases found"
    for site, fact, value, file in CASES:
        said = found[site][fact]
        assert value == said.value, fact
        assert said.file.endswith(file), fact


def test_nothing_else_is_declared() -> None:
    """Ciphertext, templates and prose declare nothing, and a base alone is no environment."""
    found = declared(TREE)

    assert {"staging", "production"} == set(found)
    assert {"api"} == {fact.role for fact in found["staging"]}
    assert {"web", "terraform"} == {fact.role for fact in found["production"]}
