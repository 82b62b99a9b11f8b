"""The example company: its people, its bots, its services and its environments.

Tern & Tide sells sailing gear on the web and makes its own sails. Everything
here is invented. The traps are on purpose: a person called Abbot, a bot
without "[bot]" in its name, and a service called `production-planner`, which
plans the production of sails and has nothing to do with the environment.
"""

import enum

import msgspec

from driftline.model.look import Person

DOMAIN = "ternandtide.example"
REGISTRY = f"registry.{DOMAIN}"


class Staff(msgspec.Struct, frozen=True):
    """Somebody who commits: the name as git knows it, and the hours from UTC they live at."""

    name: str
    email: str
    offset_hours: float = 0

    @property
    def person(self) -> Person:
        """The name and e-mail alone."""
        return Person(self.name, self.email)

    @property
    def zone(self) -> str:
        """The offset as git writes it.

        >>> Staff("P", "p@x", 5.5).zone, Staff("D", "d@x", -5).zone
        ('+0530', '-0500')
        """
        minutes = int(abs(self.offset_hours) * 60)
        sign = "-" if self.offset_hours < 0 else "+"
        return f"{sign}{minutes // 60:02}{minutes % 60:02}"


def _staff(name: str, mailbox: str, offset_hours: float) -> Staff:
    return Staff(name, f"{mailbox}@{DOMAIN}", offset_hours)


AMARA = _staff("Amara Okafor", "amara.okafor", 1)  # leads the platform team
TOMAS = _staff("Tomás Herrera", "tomas.herrera", 1)  # platform
LUCA = _staff("Luca Ferrante", "luca.ferrante", 1)  # on call more often than he likes
INGRID = _staff("Ingrid Solvang", "ingrid.solvang", 1)  # storefront
JAKUB = _staff("Jakub Wiśniewski", "jakub.wisniewski", 1)  # storefront
# The same Jakub on his laptop, where nobody ever set up the diacritics.
JAKUB_LAPTOP = _staff("Jakub Wisniewski", "jakub.wisniewski", 1)
RASHID = _staff("Rashid Karimov", "rashid.karimov", 2)  # payments
PRIYA = _staff("Priyanka Raghunathan", "priyanka.raghunathan", 5.5)  # orders
MEILING = _staff("Mei-Ling Zhao", "meiling.zhao", 8)  # search
CHLOE = _staff("Chloé Abbot", "chloe.abbot", 0)  # notifications; a person, whatever the suffix
SIZWE = _staff("Sizwe Dlamini", "sizwe.dlamini", 2)  # the sail loft's planning
NOOR = _staff("Noor Haddad", "noor.haddad", 2)  # security
DANIEL = _staff("Daniel Whitcombe", "daniel.whitcombe", -5)  # opened the American region

TERNBOT = _staff("ternbot", "ternbot", 0)  # promotes images; no "[bot]" in the name
RENOVATE = Staff("renovate[bot]", "renovate[bot]@users.noreply.github.com")
CI = Staff("github-actions[bot]", "github-actions[bot]@users.noreply.github.com")
WEB_FLOW = Staff("GitHub", "noreply@github.com")  # commits what is merged in the browser

HUMANS = (
    AMARA,
    TOMAS,
    LUCA,
    INGRID,
    JAKUB,
    JAKUB_LAPTOP,
    RASHID,
    PRIYA,
    MEILING,
    CHLOE,
    SIZWE,
    NOOR,
    DANIEL,
)
BOTS = (TERNBOT, RENOVATE, CI)


class Packaging(enum.StrEnum):
    """How a service's configuration is kept."""

    HELM = "helm"  # charts/<service>/values.yaml under environments/<environment>/<service>.yaml
    KUSTOMIZE = "kustomize"  # apps/<service>/base under apps/<service>/overlays/<environment>


class Service(msgspec.Struct, frozen=True):
    """One service: who owns it and how often it is released.

    `releases` is the number of builds that reach staging in the time the story
    covers; `version` is the one that runs everywhere when the story begins.
    """

    name: str
    packaging: Packaging
    owners: tuple[Staff, ...]
    port: int
    version: str
    releases: int

    @property
    def repository(self) -> str:
        """The image without its tag."""
        return f"{REGISTRY}/{self.name}"


_HELM = Packaging.HELM
_KUSTOMIZE = Packaging.KUSTOMIZE

SERVICES = (
    Service("checkout", _HELM, (INGRID, JAKUB), 8080, "3.11.0", 14),
    Service("catalog", _HELM, (JAKUB, INGRID), 8080, "2.4.1", 15),
    Service("payments", _HELM, (RASHID, NOOR), 8443, "5.0.2", 8),
    Service("orders", _HELM, (PRIYA, RASHID), 8080, "1.19.4", 10),
    Service("notifications", _HELM, (CHLOE, PRIYA), 8080, "0.9.3", 6),
    Service("production-planner", _HELM, (SIZWE, PRIYA), 9000, "1.2.0", 5),
    Service("web", _KUSTOMIZE, (JAKUB, INGRID), 3000, "7.2.0", 18),
    Service("search", _KUSTOMIZE, (MEILING, JAKUB), 9200, "0.14.0", 9),
    Service("recommendations", _KUSTOMIZE, (MEILING, SIZWE), 8500, "1.6.2", 7),
)

HELM_SERVICES = tuple(service for service in SERVICES if service.packaging is _HELM)
KUSTOMIZE_SERVICES = tuple(service for service in SERVICES if service.packaging is _KUSTOMIZE)


def service(name: str) -> Service:
    """The service of this name; a KeyError when the company has none."""
    for known in SERVICES:
        if known.name == name:
            return known
    raise KeyError(name)


class Site(msgspec.Struct, frozen=True):
    """One environment: its name, the label in its host names, the services it runs."""

    name: str
    host_label: str
    services: tuple[str, ...]

    def host(self, name: str) -> str:
        """The public host name of one of its services.

        >>> SITES["staging"].host("checkout")
        'checkout.staging.ternandtide.example'
        """
        return ".".join(part for part in (name, self.host_label, DOMAIN) if part)


_ALL = tuple(service.name for service in SERVICES)

SITES = {
    "staging": Site("staging", "staging", _ALL),
    "production": Site("production", "", _ALL),
    # Ended in the first winter.
    "demo": Site("demo", "demo", ("checkout", "catalog", "web")),
    # Appeared in the following spring. The sail loft is in Europe only, and
    # recommendations have not been taken across the ocean yet.
    "production-us": Site(
        "production-us",
        "us",
        tuple(name for name in _ALL if name not in ("production-planner", "recommendations")),
    ),
}


class Place(msgspec.Struct, frozen=True):
    """Where a file of the fleet belongs; `site` is None for a layer that all share."""

    role: str
    site: str | None


def place(path: str) -> Place | None:
    """What a file of the fleet is, as its authors meant it; None for all other files.

    >>> place("environments/staging/checkout.yaml")
    Place(role='checkout', site='staging')
    >>> place("charts/production-planner/values.yaml")
    Place(role='production-planner', site=None)
    """
    parts = path.split("/")
    match parts:
        case ["charts", role, "values.yaml"]:
            return Place(role, None)
        case ["environments" | "env", site, file]:
            return Place(file.removesuffix(".yaml").removesuffix(".sops"), site)
        case ["apps", role, "base", _]:
            return Place(role, None)
        case ["apps", role, "overlays", site, _]:
            return Place(role, site)
        case ["argocd", site, "apps.yaml"]:
            return Place("argocd", site)
        case ["bootstrap", file]:
            return Place("bootstrap", file.removesuffix(".yaml"))
        case ["terraform", "variables.tf"]:
            return Place("terraform", None)
        case ["terraform", "environments", file]:
            return Place("terraform", file.removesuffix(".tfvars"))
        case _:
            return None
