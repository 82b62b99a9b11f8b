"""Which files are configuration."""

import pytest

from driftline.model.document import DocumentKind
from driftline.sources.formats.catalogue import Format, classify, expected_kind, in_templates

FORMATS = {
    Format.YAML: "a.yaml b/C.YML kustomization.yaml Kustomization values-prod.yaml .travis.yml",
    Format.JSON: "a.json main.tf.json prod.tfvars.json",
    Format.TOML: "netlify.toml",
    Format.ENV: ".env .env.production production.env a/.env.example",
    Format.PROPERTIES: "application-prod.properties",
    Format.INI: "a.ini setup.cfg my.cnf web.service php.conf .npmrc",
    Format.HCL: "main.tf prod.tfvars terragrunt.hcl .terraform.lock.hcl",
    Format.TEMPLATE: "helmfile.yaml.gotmpl _helpers.tpl a.yaml.j2 user_data.tftpl",
    Format.UNKNOWN: "production config/web .flaskrc",
}
NOT_CONFIGURATION = (
    "driftline.toml infra/driftline-ledger.yaml .driftignore "
    "README.md README LICENSE LICENSE.txt Makefile Dockerfile Dockerfile.prod Jenkinsfile "
    "CODEOWNERS .gitignore .dockerignore .helmignore package-lock.json yarn.lock poetry.lock "
    "pnpm-lock.yaml go.sum uv.lock Cargo.lock Chart.lock main.py index.ts a.md logo.png run.sh "
    ".gitattributes Procfile Vagrantfile NOTES.txt a.tfstate"
).split()


@pytest.mark.parametrize("expected", FORMATS)
def test_formats(expected: Format) -> None:
    """A name promises its format, in any folder and in any case."""
    for path in FORMATS[expected].split():
        assert expected == classify(path), path
        assert expected == classify(f"deep/er/{path}"), path


@pytest.mark.parametrize("path", NOT_CONFIGURATION)
def test_what_is_not_configuration(path: str) -> None:
    """Prose, code, lock files and build files are left alone."""
    assert classify(path) is None


def test_every_format_has_a_name() -> None:
    """No format is without an example here."""
    assert set(Format) == set(FORMATS)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/kustomization.yaml", DocumentKind.KUSTOMIZATION),
        ("a/Chart.yaml", DocumentKind.CHART),
        ("requirements.yaml", DocumentKind.CHART),
        ("docker-compose.prod.yml", DocumentKind.COMPOSE),
        ("compose.yaml", DocumentKind.COMPOSE),
        ("helmfile.yaml", DocumentKind.HELMFILE),
        ("helmfile.d/10-web.yaml", DocumentKind.HELMFILE),
        ("prod.tfvars", DocumentKind.TFVARS),
        ("prod.auto.tfvars.json", DocumentKind.TFVARS),
        ("main.tf", DocumentKind.TERRAFORM),
        ("values.yaml", DocumentKind.PLAIN),
        ("composer.yaml", DocumentKind.PLAIN),
    ],
)
def test_kinds(path: str, kind: DocumentKind) -> None:
    """Names that tools prescribe say what the file is."""
    assert kind == expected_kind(path)


def test_templates_folder() -> None:
    """Only a folder of that very name is one of templates."""
    assert in_templates("chart/templates/a.yaml")
    assert in_templates("templates/a.yaml")
    assert not in_templates("mytemplates/a.yaml")
    assert not in_templates("templates.yaml")
