"""References are read from each sort of document and resolved from its folder."""

import pytest

from driftline.inventory.layout.references import references_of, resolve
from driftline.model.document import DocumentKind

OBJECT, CHART = DocumentKind.OBJECT, DocumentKind.CHART
KUSTOMIZATION, HELMFILE = DocumentKind.KUSTOMIZATION, DocumentKind.HELMFILE
# Sort, key, address, text, and the reference: kind, target, environment.
CASES = [
    (KUSTOMIZATION, "", "/resources/0", "../../base", ("resource", "web/base", "")),
    (KUSTOMIZATION, "", "/bases/0", "../../base", ("resource", "web/base", "")),
    (KUSTOMIZATION, "", "/components/0", "../../c", ("resource", "web/c", "")),
    (KUSTOMIZATION, "", "/patches/[path=a]/path", "a.yaml", ("patch", "web/o/prod/a.yaml", "")),
    (KUSTOMIZATION, "", "/patchesStrategicMerge/0", "p.yaml", ("patch", "web/o/prod/p.yaml", "")),
    (
        KUSTOMIZATION, "", "/configMapGenerator/[name=c]/files/0", "app.ini=conf/app.ini",
        ("values", "web/o/prod/conf/app.ini", ""),
    ),
    (
        KUSTOMIZATION, "", "/resources/1", "https://example.com/x.yaml",
        ("resource", "https://example.com/x.yaml", ""),
    ),
    (
        KUSTOMIZATION, "", "/resources/1", "github.com/example/x//base?ref=v1",
        ("resource", "github.com/example/x//base?ref=v1", ""),
    ),
    (
        HELMFILE, "", "/environments/staging/values/0", "./env/staging.yaml",
        ("values", "web/o/prod/env/staging.yaml", "staging"),
    ),
    (HELMFILE, "", "/releases/[name=a]/values/0", "a.yaml", ("values", "web/o/prod/a.yaml", "")),
    (CHART, "", "/dependencies/[name=redis]/name", "redis", ("chart", "redis", "")),
    (OBJECT, "Application/x", "/spec/source/path", "charts/web", ("source", "charts/web", "")),
    (OBJECT, "Application/x", "/spec/sources/0/path", "/a/b", ("source", "a/b", "")),
    (
        OBJECT, "Application/x", "/spec/source/helm/valueFiles/1", "values-prod.yaml",
        ("values", "values-prod.yaml", ""),
    ),
    (
        OBJECT, "Application/x", "/spec/sources/[ref=v]/helm/valueFiles/0", "$values/env/prod.yaml",
        ("values", "env/prod.yaml", ""),
    ),
    (
        OBJECT, "ApplicationSet/x", "/spec/generators/0/list/elements/0/env", "prod",
        ("environment", "prod", "prod"),
    ),
    (
        OBJECT, "ApplicationSet/x", "/spec/generators/0/matrix/generators/1/git/files/0/path",
        "clusters/*/config.json", ("source", "clusters/*/config.json", ""),
    ),
    (OBJECT, "Kustomization/flux/apps", "/spec/path", "./apps/prod", ("source", "apps/prod", "")),
    (
        OBJECT, "HelmRelease/a/b", "/spec/chart/spec/chart", "./charts/web",
        ("chart", "charts/web", ""),
    ),
    (OBJECT, "HelmRelease/a/b", "/spec/chart/spec/chart", "podinfo", ("chart", "podinfo", "")),
    (
        DocumentKind.COMPOSE, "", "/services/web/env_file/0", ".env.prod",
        ("values", "web/o/prod/.env.prod", ""),
    ),
    (
        DocumentKind.TERRAFORM, "", "/module/vpc/source", "../../modules/vpc",
        ("module", "web/modules/vpc", ""),
    ),
    (
        DocumentKind.TERRAFORM, "", "/module/vpc/source", "terraform-aws-modules/vpc/aws",
        ("module", "terraform-aws-modules/vpc/aws", ""),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key", "address", "text", "expected"), CASES)
def test_references(
    kind: DocumentKind, key: str, address: str, text: str, expected: tuple[str, str, str]
) -> None:
    """Each sort of reference is found where it stands and resolved."""
    found = references_of("web/o/prod/file.yaml", kind, key, {address: f'"{text}"'})

    assert expected in [(one.kind, one.target, one.environment) for one in found]


def test_value_files_of_a_source() -> None:
    """Value files count from the source's own path."""
    facts = {"/spec/source/path": '"charts/web"', "/spec/source/helm/valueFiles/0": '"v.yaml"'}
    found = references_of("apps/web.yaml", OBJECT, "Application/web", facts)

    assert "charts/web/v.yaml" in {one.target for one in found}


def test_helmfile_names_environments() -> None:
    """Environments that a helmfile declares are references of their own."""
    facts = {"/environments/sirius": "{}", "/environments/vega/values/0": '"v.yaml"'}
    found = references_of("helmfile.yaml", HELMFILE, "", facts)

    assert {"sirius", "vega"} == {one.environment for one in found}


def test_plain() -> None:
    """A plain document refers to nothing."""
    assert [] == list(references_of("a.yaml", DocumentKind.PLAIN, "", {"/resources/0": '"x"'}))


def test_resolve() -> None:
    """Paths that leave the repository stay as written."""
    assert "apps/web/base" == resolve("apps/web/overlays/prod", "../../base")
    assert "../../b" == resolve("a", "../../b")
    assert "" == resolve("a", "..")
