"""How the example fleet's history begins: four commits that bring everything in."""

from driftline.lab.charts import chart_files, environment_values
from driftline.lab.dice import Dice
from driftline.lab.edits import Edit, Put
from driftline.lab.fleet import (
    AMARA,
    HELM_SERVICES,
    KUSTOMIZE_SERVICES,
    SITES,
    TOMAS,
    Staff,
)
from driftline.lab.landing import Force, Intent, Landing, Purpose, pushed
from driftline.lab.moments import HOUR, MINUTE, written
from driftline.lab.overlays import base_files, overlay_files
from driftline.lab.surroundings import (
    CODEOWNERS,
    MAIN_TF,
    MAKEFILE,
    README,
    SOPS_RULES,
    VALIDATE,
    VARIABLES,
    YAMLLINT,
    applications,
    bootstrap,
    encrypted_secrets,
    tfvars,
    values_path,
)

FIRST_SITES = ("staging", "demo", "production")

_OPENING = Purpose(Force.CONFIGURATION, Intent.DELIBERATE, "opening")

_TAKEN_OVER = """\
Charts and values, taken over from the deploy scripts

Same values as run today; orders and notifications stay in env/ for now,
because their nightly jobs still read from there."""


def _puts(files: dict[str, str]) -> tuple[Edit, ...]:
    return tuple(Put(path, text) for path, text in files.items())


def _groundwork() -> dict[str, str]:
    return {
        "README.md": README,
        "Makefile": MAKEFILE,
        ".yamllint.yaml": YAMLLINT,
        ".sops.yaml": SOPS_RULES,
        ".github/CODEOWNERS": CODEOWNERS,
        ".github/workflows/validate.yaml": VALIDATE,
    }


def _helm_files() -> dict[str, str]:
    files: dict[str, str] = {}
    for service in HELM_SERVICES:
        files |= chart_files(service)
        for name in FIRST_SITES:
            site = SITES[name]
            if service.name in site.services:
                files[values_path(service.name, name)] = environment_values(service, site)
    return files


def _kustomize_files() -> dict[str, str]:
    files: dict[str, str] = {}
    for service in KUSTOMIZE_SERVICES:
        files |= base_files(service)
        for name in FIRST_SITES:
            if service.name in SITES[name].services:
                files |= overlay_files(service, SITES[name])
    return files


def _delivery_files(dice: Dice, at: int) -> dict[str, str]:
    files = {"terraform/variables.tf": VARIABLES, "terraform/main.tf": MAIN_TF}
    for name in FIRST_SITES:
        site = SITES[name]
        files[f"terraform/environments/{name}.tfvars"] = tfvars(site)
        files[f"argocd/{name}/apps.yaml"] = applications(site)
        files[f"bootstrap/{name}.yaml"] = bootstrap(site)
        if name != "demo":
            files[f"environments/{name}/secrets.sops.yaml"] = encrypted_secrets(
                name, dice, written(at)
            )
    return files


def opening(seed: int, start: int) -> tuple[Landing, ...]:
    """The landings that bring in what stood in the deploy scripts before."""
    dice = Dice(seed, "opening")
    rows: tuple[tuple[int, Staff, str, dict[str, str]], ...] = (
        (0, AMARA, "Start the shipyard repository", _groundwork()),
        (
            50 * MINUTE,
            AMARA,
            _TAKEN_OVER,
            _helm_files(),
        ),
        (2 * HOUR + 12 * MINUTE, TOMAS, "Kustomizations for web and search", _kustomize_files()),
        (
            5 * HOUR + 3 * MINUTE,
            TOMAS,
            "Argo CD and Terraform: what brings it all up",
            _delivery_files(dice, start),
        ),
    )
    return tuple(
        pushed(start + after, author, message, _puts(files), _OPENING)
        for after, author, message, files in rows
    )
