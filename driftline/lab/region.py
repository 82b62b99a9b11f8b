"""How the second region appears in the example story: copied from the first, on one day in May.

What was copied is what production had become by then, mended in the night and
tuned for Black Friday; what was typed anew has the defaults of day one.
"""

from driftline.lab.dice import Dice
from driftline.lab.edits import Append, Copy, Edit, Put, SetOwn, SetValue, Tree, own_values
from driftline.lab.fleet import (
    AMARA,
    DANIEL,
    DOMAIN,
    HELM_SERVICES,
    KUSTOMIZE_SERVICES,
    SITES,
    Site,
)
from driftline.lab.landing import Force, Intent, Landing, Purpose, Work, merged
from driftline.lab.moments import moment, written
from driftline.lab.surroundings import applications, bootstrap, encrypted_secrets

BORN = moment("2026-05-12 15:48")
_SITE: Site = SITES["production-us"]
_MOVED = ("orders", "notifications")

# log_retention_days is missing here: nobody thought of it, and the default is 14.
_TFVARS = """\
environment = "production-us"
region      = "us-east-1"

kubernetes_version = "1.32"
node_type          = "m6i.xlarge"
node_count_max     = 9

postgres_version      = "15"
postgres_class        = "db.r6g.large"
backup_retention_days = 35
"""

_REGIONS = "\n## Regions\n\n`production` is Europe, `production-us` is Virginia.\n"


class CopyValues(Edit, frozen=True):
    """Copy a Helm service's values to the new region, from wherever they lie by now."""

    service: str
    names: tuple[tuple[str, str], ...]

    def apply(self, tree: Tree) -> dict[str, str | None]:
        """The new values file."""
        old = own_values(tree, self.service, "production")
        return Copy(old, f"environments/{_SITE.name}/{self.service}.yaml", self.names).apply(tree)


def _names(service: str) -> tuple[tuple[str, str], ...]:
    return (
        (f"{service} in production", f"{service} in {_SITE.name}"),
        (f"{service}.{DOMAIN}", _SITE.host(service)),
        (f"www.{DOMAIN}", f"www.us.{DOMAIN}"),
        (f"orders-db.internal.{DOMAIN}", f"orders-db.us.internal.{DOMAIN}"),
        ("tern-live-eu", "tern-live-us"),
        ("bucket: tern-templates", "bucket: tern-templates-us"),
    )


def _values() -> tuple[Edit, ...]:
    wanted = [service.name for service in HELM_SERVICES if service.name in _SITE.services]
    copies: list[Edit] = [CopyValues(name, _names(name)) for name in wanted]
    smaller = (("checkout", "3"), ("catalog", "2"), ("orders", "2"))
    return (*copies, *(SetOwn(name, _SITE.name, "/replicaCount", n) for name, n in smaller))


def _overlays() -> tuple[Edit, ...]:
    edits: list[Edit] = []
    files = ("kustomization.yaml", "scale.yaml", "autoscaler.yaml", "config.env")
    for service in KUSTOMIZE_SERVICES:
        if service.name in _SITE.services:
            overlays = f"apps/{service.name}/overlays"
            edits += [
                Copy(f"{overlays}/production/{file}", f"{overlays}/{_SITE.name}/{file}",
                     _names(service.name))
                for file in files
            ]  # fmt: skip
    # Nobody expects Black Friday on day one.
    path = f"apps/web/overlays/{_SITE.name}/autoscaler.yaml"
    return (*edits, SetValue(path, "/spec/maxReplicas", "12", "HorizontalPodAutoscaler/web"))


def new_region(seed: int) -> tuple[Landing, ...]:
    """The pull request that brings the region up, of four commits."""
    purpose = Purpose(Force.CONFIGURATION, Intent.DELIBERATE, "new-region")
    dice = Dice(seed, "secrets of the new region")
    secrets = encrypted_secrets(_SITE.name, dice, written(moment("2026-05-12 09:30")))
    name = _SITE.name
    rows: tuple[tuple[str, str, tuple[Edit, ...]], ...] = (
        ("2026-05-07 19:12", "A cluster in us-east-1",
         (Put(f"terraform/environments/{name}.tfvars", _TFVARS),)),
        ("2026-05-11 17:40", "Values for production-us, as production has them", _values()),
        ("2026-05-11 20:03", "Overlays for production-us", _overlays()),
        ("2026-05-12 14:35", "Argo CD for production-us",
         (Put(f"argocd/{name}/apps.yaml", applications(_SITE, moved=_MOVED)),
          Put(f"bootstrap/{name}.yaml", bootstrap(_SITE)),
          Put(f"environments/{name}/secrets.sops.yaml", secrets),
          Append("README.md", _REGIONS))),
    )  # fmt: skip
    work = tuple(
        Work(moment(when), DANIEL, message, edits, purpose) for when, message, edits in rows
    )
    return (merged(BORN, AMARA, "production-us", work),)
