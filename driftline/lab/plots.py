"""The threads of the example story that driftline is for: what stayed behind, and why.

Each function is one thread, told in full where it stands; docs/example-fleet.md
tells the same for readers, and a test holds the two together.
"""

import msgspec

from driftline.lab.edits import (
    Append,
    Edit,
    Move,
    Reformat,
    Remove,
    Replace,
    SetOwn,
    SetTag,
    SetValue,
    Tree,
)
from driftline.lab.fleet import (
    AMARA,
    CHLOE,
    HELM_SERVICES,
    INGRID,
    JAKUB,
    JAKUB_LAPTOP,
    KUSTOMIZE_SERVICES,
    LUCA,
    MEILING,
    NOOR,
    PRIYA,
    RASHID,
    TERNBOT,
    TOMAS,
    Staff,
)
from driftline.lab.landing import (
    Force,
    Intent,
    Landing,
    Purpose,
    Work,
    merged,
    pushed,
    squashed,
)
from driftline.lab.moments import HOUR, MINUTE, moment
from driftline.lab.overlays import FIRST_SCALE_FILE
from driftline.lab.surroundings import mirrored

FREEZE = (moment("2025-11-24 08:02"), moment("2025-12-02 09:34"))
END = moment("2026-11-13 15:20")


class Judgement(msgspec.Struct, frozen=True):
    """What became of one value in one environment, where its change meant otherwise."""

    site: str
    role: str
    address: str
    intent: Intent
    plot: str


JUDGEMENTS = (
    # The region was copied on purpose; that nobody thought of the logs was not.
    Judgement("production-us", "terraform", "/log_retention_days", Intent.FORGOTTEN, "new-region"),
    # The promotion went out, and stopped half-way across the ocean.
    Judgement("production-us", "orders", "/image/tag", Intent.FORGOTTEN, "region-left-behind"),
)

_Row = tuple[str, Staff, str, tuple[Edit, ...]]


def _pushes(purpose: Purpose, *rows: _Row) -> tuple[Landing, ...]:
    return tuple(
        pushed(moment(when), author, message, edits, purpose)
        for when, author, message, edits in rows
    )


def _review(purpose: Purpose, when: str, lander: Staff, branch: str, *rows: _Row) -> Landing:
    work = tuple(
        Work(moment(written), author, message, edits, purpose)
        for written, author, message, edits in rows
    )
    return merged(moment(when), lander, branch, work)


def incident() -> tuple[Landing, ...]:
    """A Tuesday night: checkout is mended in production alone; the mending never comes back."""
    fixed = Purpose(Force.INCIDENT_FIX, Intent.FORGOTTEN, "incident")
    scaled = Purpose(Force.INCIDENT_FIX, Intent.DELIBERATE, "incident")
    timeouts = (
        "\n# Incident 2026-031; staging and the chart are to follow.\n"
        "timeouts:\n  upstreamSeconds: 20\n"
    )
    more = "checkout: 9 replicas, production is on fire\n\nIncident 2026-031."
    memory = "checkout: 1Gi of memory, it is being killed\n\nIncident 2026-031."
    longer = "checkout: wait 20 s for payments instead of 5\n\nIncident 2026-031. Provider is slow."
    fewer = "checkout: back to 4 replicas after incident 2026-031"
    up, down = ((SetOwn("checkout", "production", "/replicaCount", count),) for count in ("9", "4"))
    *mended, last = _pushes(
        fixed,
        ("2026-03-17 22:55", LUCA, memory,
         (SetOwn("checkout", "production", "/resources/limits/memory", "1Gi"),)),
        ("2026-03-17 23:19", LUCA, longer,
         (Append("environments/production/checkout.yaml", timeouts),)),
    )  # fmt: skip
    return (
        *_pushes(scaled, ("2026-03-17 22:41", LUCA, more, up)),
        *mended,
        # By then he works on the laptop whose clock is 50 minutes slow.
        msgspec.structs.replace(last, skew_seconds=-50 * MINUTE),
        *_pushes(scaled, ("2026-03-19 09:12", LUCA, fewer, down)),
    )


def security_patch() -> tuple[Landing, ...]:
    """A patched proxy for payments that reached staging and nothing else."""
    purpose = Purpose(Force.SECURITY_PATCH, Intent.FORGOTTEN, "security-patch")
    message = (
        "payments: nginx 1.27.5, advisory TTSA-2026-07 (request smuggling)\n\n"
        "Staging now, production after the load test on Monday."
    )
    edit = SetOwn("payments", "staging", "/proxy/image", mirrored("nginx", "1.27.5"))
    row = ("2026-06-11 13:52", NOOR, message, (edit,))
    return (_review(purpose, "2026-06-11 14:31", RASHID, "ttsa-2026-07", row),)


def forgotten_flag() -> tuple[Landing, ...]:
    """A ranking that has been tried in staging for seven months."""
    purpose = Purpose(Force.CONFIGURATION, Intent.FORGOTTEN, "forgotten-flag")
    message = "catalog: try the new ranking in staging for two weeks"
    edit = Append("environments/staging/catalog.yaml",
                  "\nfeatures:\n  newRanking: true  # until Easter is over\n")  # fmt: skip
    row = ("2026-04-08 16:20", MEILING, message, (edit,))
    return (_review(purpose, "2026-04-09 08:45", INGRID, "new-ranking", row),)


def debug_logging() -> tuple[Landing, ...]:
    """Debug logging in production, for an hour; it is still on."""
    purpose = Purpose(Force.CONFIGURATION, Intent.FORGOTTEN, "debug-logging")
    message = "web: debug for an hour, to see the slow basket"
    edit = Append("apps/web/overlays/production/config.env", "LOG_LEVEL=debug\n")
    return _pushes(purpose, ("2026-09-30 17:08", JAKUB_LAPTOP, message, (edit,)))


def postgres_upgrade() -> tuple[Landing, ...]:
    """PostgreSQL 16 in staging in July; production was to follow before the autumn."""
    purpose = Purpose(Force.DEPENDENCY_UPGRADE, Intent.FORGOTTEN, "postgres-upgrade")
    message = "PostgreSQL 16 for orders in staging\n\nProduction before the autumn."
    edit = SetValue("terraform/environments/staging.tfvars", "/postgres_version", "16")
    row = ("2026-07-07 15:02", PRIYA, message, (edit,))
    return (_review(purpose, "2026-07-08 07:40", TOMAS, "postgres-16", row),)


def tuned_autoscaler() -> tuple[Landing, ...]:
    """Sizes that follow the traffic of production, and are meant to."""
    scaling = Purpose(Force.SCALING, Intent.DELIBERATE, "tuned-autoscaler")
    tuning = Purpose(Force.TUNING, Intent.DELIBERATE, "tuned-autoscaler")
    web = SetValue("apps/web/overlays/production/autoscaler.yaml", "/spec/maxReplicas", "30",
                   "HorizontalPodAutoscaler/web")  # fmt: skip
    catalog = SetOwn("catalog", "production", "/autoscaling/maxReplicas", "20")
    message = "web and catalog: room for Black Friday"
    row = ("2025-11-18 13:10", LUCA, message, (web, catalog))
    heap = "/spec/template/spec/containers/[name=search]/resources/limits/memory"
    return (
        _review(scaling, "2025-11-20 08:30", AMARA, "black-friday", row),
        *_pushes(
            tuning,
            ("2026-08-05 20:14", MEILING, "search: 12Gi, the evening peak no longer fits into 8",
             (SetValue("apps/search/overlays/production/scale.yaml", heap, "12Gi",
                       "Deployment/search"),)),
        ),
    )  # fmt: skip


def freeze() -> tuple[Landing, ...]:
    """Nothing reaches production on its own in the week that pays for the year."""
    purpose = Purpose(Force.CONFIGURATION, Intent.DELIBERATE, "freeze")
    path = "terraform/environments/production.tfvars"
    lines = "\n# Frozen over Black Friday; ask Amara.\nautomatic_deploys_enabled = false\n"
    return (
        pushed(FREEZE[0], AMARA, "Freeze production for a week", (Append(path, lines),), purpose),
        pushed(FREEZE[1], AMARA, "Thaw production", (Replace(path, lines, ""),), purpose),
    )


def reverted_pool() -> tuple[Landing, ...]:
    """A larger pool that ate all connections, taken back after two days."""
    purpose = Purpose(Force.TUNING, Intent.DELIBERATE, "reverted-pool")
    title = "orders: 40 connections a replica, to be faster at month's end"
    up = (SetOwn("orders", "production", "/database/poolSize", "40"),)
    down = (SetOwn("orders", "production", "/database/poolSize", "20"),)
    back = f'Revert "{title}"\n\nFive replicas times 40 is all the server has.'
    return (
        _review(purpose, "2026-01-20 10:18", RASHID, "pool-40",
                ("2026-01-19 16:44", PRIYA, title, up)),
        *_pushes(purpose, ("2026-01-22 06:02", LUCA, back, down)),
    )  # fmt: skip


def secret_in_the_open() -> tuple[Landing, ...]:
    """Two passwords in plain text: one removed within the hour, one still there."""
    purpose = Purpose(Force.CONFIGURATION, Intent.FORGOTTEN, "secret-in-the-open")
    orders = "env/staging/orders.yaml"
    line = "  poolSize: 20\n"
    leaked = line + "  password: example-password-one-of-nobody\n"
    return _pushes(
        purpose,
        ("2025-10-14 09:03", PRIYA, "orders: let staging start without the secret",
         (Replace(orders, line, leaked),)),
        ("2025-10-14 09:41", PRIYA, "orders: take the password out again, rotated",
         (Replace(orders, leaked, line),)),
        ("2026-09-15 16:27", CHLOE, "notifications: staging's mail catcher wants a login now",
         (Replace("environments/staging/notifications.yaml", "  port: 1025\n",
                  "  port: 1025\n  password: example-password-two-of-nobody\n"),)),
    )  # fmt: skip


def renamed_file() -> tuple[Landing, ...]:
    """A patch that nobody found under its first name; its values stay."""
    purpose = Purpose(Force.CONFIGURATION, Intent.DELIBERATE, "renamed-file")
    overlays = [
        f"apps/{service.name}/overlays/{site}"
        for service in KUSTOMIZE_SERVICES
        for site in ("staging", "demo", "production")
        if site != "demo" or service.name == "web"
    ]
    moves = tuple(Move(f"{o}/{FIRST_SCALE_FILE}", f"{o}/scale.yaml") for o in overlays)
    names = tuple(
        Replace(f"{o}/kustomization.yaml", f"path: {FIRST_SCALE_FILE}", "path: scale.yaml")
        for o in overlays
    )
    return (
        _review(
            purpose, "2025-10-21 13:37", TOMAS, "scale-yaml",
            ("2025-10-21 11:58", JAKUB, "Call the patch scale.yaml, it sets more than that", moves),
            ("2025-10-21 12:20", JAKUB, "Name scale.yaml in the kustomizations", names),
        ),
    )  # fmt: skip


def reformatted() -> tuple[Landing, ...]:
    """Quotes, order and spelling change in production; no value does."""
    purpose = Purpose(Force.CONFIGURATION, Intent.DELIBERATE, "reformatted")
    paths = [
        f"environments/production/{service.name}.yaml"
        for service in HELM_SERVICES
        if service.name not in ("orders", "notifications")
    ]
    cores = Replace("environments/production/checkout.yaml", 'cpu: "1000m"', 'cpu: "1"')
    edits = (*(Reformat(path) for path in paths), cores)
    message = "Sort keys and quote strings in environments/production\n\nNo value changes."
    work = (Work(moment("2025-12-11 10:10"), JAKUB, message, edits, purpose),)
    return (squashed(moment("2025-12-11 12:26"), TOMAS, work),)


def demo_ends() -> tuple[Landing, ...]:
    """The demo environment goes; the sales team shows staging now."""
    purpose = Purpose(Force.CONFIGURATION, Intent.DELIBERATE, "demo-ends")
    services: tuple[Edit, ...] = (Remove("environments/demo/"), Remove("apps/web/overlays/demo/"))
    rest = ("argocd/demo/apps.yaml", "bootstrap/demo.yaml", "terraform/environments/demo.tfvars")
    return (
        _review(
            purpose, "2026-02-27 14:44", TOMAS, "no-more-demo",
            ("2026-02-26 15:30", AMARA, "Remove the demo, which nobody opens any more", services),
            ("2026-02-27 08:15", AMARA, "Remove the demo's cluster",
             tuple(Remove(path) for path in rest)),
        ),
    )  # fmt: skip


class _PointValues(Edit, frozen=True):
    """Let Argo CD read a service's values from the new place."""

    service: str
    site: str

    def apply(self, tree: Tree) -> dict[str, str | None]:
        path = f"argocd/{self.site}/apps.yaml"
        file = f"{self.site}/{self.service}.yaml"
        return Replace(path, f"../../env/{file}", f"../../environments/{file}").apply(tree)


def _moves(service: str, *sites: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    for site in sites:
        file = f"{site}/{service}.yaml"
        edits += [Move(f"env/{file}", f"environments/{file}"), _PointValues(service, site)]
    return tuple(edits)


def half_way_move() -> tuple[Landing, ...]:
    """Out of env/: orders has moved, notifications only in staging."""
    purpose = Purpose(Force.CONFIGURATION, Intent.DELIBERATE, "half-way-move")
    half = Purpose(Force.CONFIGURATION, Intent.FORGOTTEN, "half-way-move")
    return (
        _review(purpose, "2026-06-25 09:58", AMARA, "orders-moves",
                ("2026-06-24 14:06", TOMAS, "Move orders out of env/",
                 _moves("orders", "staging", "production"))),
        _review(half, "2026-08-19 11:11", AMARA, "notifications-moves",
                ("2026-08-18 15:47", TOMAS,
                 "Move notifications out of env/, staging first\n\nProduction when Chloé is back.",
                 _moves("notifications", "staging"))),
    )  # fmt: skip


def last_builds(versions: dict[str, tuple[str, str]]) -> tuple[Landing, ...]:
    """What is on its way when the story ends, and what has stopped on its way.

    `versions` gives for each service the build before and the last one.
    """
    moving = Purpose(Force.DEPLOYMENT, Intent.PROMOTION, "in-flight")
    stuck = Purpose(Force.DEPLOYMENT, Intent.FORGOTTEN, "stuck-promotion")
    behind = Purpose(Force.DEPLOYMENT, Intent.FORGOTTEN, "region-left-behind")

    def build(when: int, service: str, purpose: Purpose, *sites: str) -> Landing:
        version = versions[service][1]
        edits = tuple(SetTag(service, site, version) for site in sites)
        message = f"{service}: {version} to {' and '.join(sites)}"
        return pushed(when, TERNBOT, message, edits, purpose)

    return (
        build(END - 3 * HOUR - 7 * MINUTE, "catalog", moving, "staging"),
        build(END - 26 * HOUR + 4 * MINUTE, "web", moving, "staging"),
        build(moment("2026-10-09 09:24"), "recommendations", stuck, "staging"),
        build(moment("2026-10-19 08:31"), "orders", moving, "staging"),
        build(moment("2026-10-20 12:10"), "orders", behind, "production"),
    )
