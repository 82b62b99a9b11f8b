"""What surrounds the services in the example fleet: Terraform, Argo CD, secrets, CI, a README."""

from driftline.lab.dice import Dice
from driftline.lab.fleet import DOMAIN, REGISTRY, Packaging, Site, service

README = """\
# shipyard

Everything Tern & Tide runs is described here; Argo CD does the rest.

- `charts/` and `environments/`: services that are Helm charts.
  Defaults live in the chart, an environment overrides what it must.
- `apps/`: services that are kustomizations, a base and an overlay each.
- `terraform/`: clusters, databases and buckets, one tfvars file an environment.
- `bootstrap/`: what is applied by hand once; it brings up `argocd/`.
- `env/`: the old place of some values. Do not add to it, see below.

## Promotion

`ternbot` writes new images to staging as soon as they are built. Most services
are promoted to production by their owners, when they have seen enough.

## Moving out of env/

New files go to `environments/`. We move the rest service by service.
"""

CODEOWNERS = """\
*                                         @ternandtide/platform
environments/production*/payments.yaml    @ternandtide/payments @ternandtide/security
charts/production-planner/                @ternandtide/loft
"""

VALIDATE = """\
name: validate
on:
  pull_request:
jobs:
  lint:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: make lint
      - run: make render ENVIRONMENT=${{ matrix.environment }}
    strategy:
      matrix:
        environment:
          - staging
          - production
"""

MAKEFILE = """\
.PHONY: lint render

lint:
\tyamllint --strict .

render:
\t./scripts/render $(ENVIRONMENT)
"""

YAMLLINT = """\
extends: default
rules:
  line-length: disable
  document-start: disable
"""

SOPS_RULES = """\
creation_rules:
  - path_regex: secrets\\.sops\\.yaml$
    age: age1ternandtideexamplexxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
"""

_BOOTSTRAP = """\
# Applied by hand, once: kubectl apply -f bootstrap/{site}.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: root
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://git.{domain}/platform/shipyard.git
    path: argocd/{site}
    targetRevision: main
  destination:
    server: https://kubernetes.default.svc
    namespace: argocd
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
"""

_APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: {name}
  namespace: argocd
spec:
  project: shop
  source:
    repoURL: https://git.{domain}/platform/shipyard.git
    targetRevision: main
{source}  destination:
    server: https://{site}.k8s.{domain}
    namespace: shop
  syncPolicy:
    automated:
      prune: true
      selfHeal: {heals}
"""

_HELM_SOURCE = """\
    path: charts/{name}
    helm:
      valueFiles:
        - ../../{values}
"""

_KUSTOMIZE_SOURCE = """\
    path: apps/{name}/overlays/{site}
"""

VARIABLES = """\
# Defaults fit a small environment; terraform/environments/ says the rest.

variable "environment" {
  type = string
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "automatic_deploys_enabled" {
  type        = bool
  default     = true
  description = "Whether Argo CD may sync on its own; false during a freeze"
}

variable "kubernetes_version" {
  type    = string
  default = "1.31"
}

variable "node_type" {
  type    = string
  default = "m6i.large"
}

variable "node_count_max" {
  type    = number
  default = 6
}

variable "postgres_version" {
  type    = string
  default = "15"
}

variable "postgres_class" {
  type    = string
  default = "db.t4g.medium"
}

variable "backup_retention_days" {
  type    = number
  default = 7
}

variable "log_retention_days" {
  type    = number
  default = 14
}
"""

MAIN_TF = """\
terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.64.0"
    }
  }
}

module "cluster" {
  source             = "./modules/cluster"
  name               = "shop-${var.environment}"
  kubernetes_version = var.kubernetes_version
  node_type          = var.node_type
  node_count_max     = var.node_count_max
}

module "orders_database" {
  source                = "./modules/postgres"
  name                  = "orders-${var.environment}"
  engine_version        = var.postgres_version
  instance_class        = var.postgres_class
  backup_retention_days = var.backup_retention_days
}
"""

_TFVARS = {
    "staging": """\
environment = "staging"

kubernetes_version = "1.31"
node_count_max     = 6

postgres_version = "15"
postgres_class   = "db.t4g.medium"
""",
    "demo": """\
environment    = "demo"
node_count_max = 2
""",
    "production": """\
environment = "production"

kubernetes_version = "1.31"
node_type          = "m6i.xlarge"
node_count_max     = 18

postgres_version      = "15"
postgres_class        = "db.r6g.large"
backup_retention_days = 35
log_retention_days    = 90  # auditors ask for three months
""",
}

_SECRETS = ("payprovider_api_key", "orders_database_password", "smtp_password")

_SOPS_TAIL = """\
sops:
  age:
    - recipient: age1ternandtideexamplexxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      enc: ENC_EXAMPLE_{key}
  lastmodified: "{modified}"
  mac: ENC[AES256_GCM,data:{mac},iv:{iv},tag:{tag},type:str]
  version: 3.9.0
"""

_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

# Still in the old place when the story begins.
FIRST_IN_OLD_PLACE = ("orders", "notifications")


def values_path(name: str, site: str, *, moved: tuple[str, ...] = ()) -> str:
    """Where the values of a Helm service lie in an environment, given which have moved."""
    old = name in FIRST_IN_OLD_PLACE and name not in moved
    return f"{'env' if old else 'environments'}/{site}/{name}.yaml"


def bootstrap(site: Site) -> str:
    """The one Application that is applied by hand."""
    return _BOOTSTRAP.format(site=site.name, domain=DOMAIN)


def application(name: str, site: Site, values: str) -> str:
    """One service's Argo CD Application in one environment."""
    known = service(name)
    template = _HELM_SOURCE if known.packaging is Packaging.HELM else _KUSTOMIZE_SOURCE
    return _APPLICATION.format(
        name=name,
        domain=DOMAIN,
        site=site.name,
        source=template.format(name=name, site=site.name, values=values),
        # Somebody debugging in staging does not want to be corrected at once.
        heals="false" if site.name == "staging" else "true",
    )


def applications(site: Site, *, moved: tuple[str, ...] = ()) -> str:
    """All Applications of one environment, in one file."""
    return "---\n".join(
        application(name, site, values_path(name, site.name, moved=moved)) for name in site.services
    )


def tfvars(site: Site) -> str:
    """The Terraform variables of one environment, when the story begins."""
    return _TFVARS[site.name]


def encrypted_secrets(site: str, dice: Dice, modified: str) -> str:
    """A file that looks as sops leaves it; the ciphertext is noise that encrypts nothing."""
    sealed = [
        f"{name}: ENC[AES256_GCM,data:{dice.letters(_BASE64, 28)},"
        f"iv:{dice.letters(_BASE64, 43)}=,tag:{dice.letters(_BASE64, 22)}==,type:str]\n"
        for name in _SECRETS
    ]
    tail = _SOPS_TAIL.format(
        key=dice.letters(_BASE64, 24),
        modified=modified,
        mac=dice.letters(_BASE64, 64),
        iv=dice.letters(_BASE64, 43) + "=",
        tag=dice.letters(_BASE64, 22) + "==",
    )
    return (
        f"# {site}; edit with: sops environments/{site}/secrets.sops.yaml\n"
        + "".join(sealed)
        + tail
    )


def mirrored(image: str, tag: str) -> str:
    """An image of somebody else, from the company's own registry."""
    return f"{REGISTRY}/mirror/{image}:{tag}"
