"""The small reasonable changes of the example fleet's routine, one row each.

Each was right when it was made. Most reach staging first and production some
days later; a few are meant for one environment alone.
"""

import msgspec

from driftline.lab.dice import Dice
from driftline.lab.edits import Edit, Replace, SetOwn, SetValue
from driftline.lab.fleet import (
    AMARA,
    CHLOE,
    CI,
    DANIEL,
    INGRID,
    JAKUB,
    JAKUB_LAPTOP,
    LUCA,
    MEILING,
    NOOR,
    PRIYA,
    RASHID,
    RENOVATE,
    SIZWE,
    TOMAS,
    Staff,
)
from driftline.lab.landing import (
    Force,
    Intent,
    Landing,
    Purpose,
    Way,
    Work,
    merged,
    pushed,
    squashed,
)
from driftline.lab.moments import HOUR, MINUTE, moment

_EVERYWHERE = ("staging", "production", "production-us")


class Chore(msgspec.Struct, frozen=True):
    """One routine change: when it lands (UTC), who, what, how, and who let it in."""

    when: str
    author: Staff
    message: str
    edits: tuple[Edit, ...]
    reviewer: Staff | None = None
    way: Way = Way.DIRECT
    force: Force = Force.CONFIGURATION
    intent: Intent = Intent.PROMOTION


def _own(service: str, address: str, spelled: str, *sites: str) -> tuple[Edit, ...]:
    return tuple(SetOwn(service, site, address, spelled) for site in sites)


def _config(service: str, site: str, name: str, spelled: str) -> tuple[Edit, ...]:
    return (SetValue(f"apps/{service}/overlays/{site}/config.env", f"/{name}", spelled),)


def _tfvars(name: str, spelled: str, *sites: str) -> tuple[Edit, ...]:
    return tuple(SetValue(f"terraform/environments/{s}.tfvars", f"/{name}", spelled) for s in sites)


def _chart(service: str, address: str, spelled: str) -> tuple[Edit, ...]:
    return (SetValue(f"charts/{service}/values.yaml", address, spelled),)


def _libraries(*services: str, version: str) -> tuple[Edit, ...]:
    address = "/dependencies/[name=shipshape]/version"
    return tuple(SetValue(f"charts/{name}/Chart.yaml", address, version) for name in services)


_HELM = ("checkout", "catalog", "payments", "orders", "notifications", "production-planner")
_DELIBERATE = Intent.DELIBERATE
_MERGE, _SQUASH = Way.MERGE, Way.SQUASH
_UPGRADE, _TUNING, _SCALING = Force.DEPENDENCY_UPGRADE, Force.TUNING, Force.SCALING
_WORKFLOW = ".github/workflows/validate.yaml"
_COPILOT = "Co-authored-by: Copilot <copilot@users.noreply.github.com>"

CHORES = (
    Chore("2025-09-11 08:12", CHLOE, "notifications: 120 mails a minute are fine for staging",
          _own("notifications", "/rateLimits/mailPerMinute", "120", "staging"), intent=_DELIBERATE),
    Chore("2025-09-18 09:40", INGRID, "checkout: log what the gift card service answers",
          _chart("checkout", "/logLevel", "debug"), JAKUB, _MERGE),
    Chore("2025-09-19 14:05", INGRID, "checkout: back to info, found it",
          _chart("checkout", "/logLevel", "info")),
    Chore("2025-09-25 07:31", RENOVATE, "Update Terraform aws to v5.68.0",
          (Replace("terraform/main.tf", 'version = "5.64.0"', 'version = "5.68.0"'),),
          TOMAS, _SQUASH, _UPGRADE),
    Chore("2025-10-01 10:22", PRIYA, "orders: flush the outbox every five seconds\n\n"
          "Customers reload the page before the mail arrives. Staging first.",
          _own("orders", "/outbox/intervalSeconds", "5", "staging"), RASHID, _MERGE),
    Chore("2025-10-07 12:48", PRIYA, "orders: outbox every five seconds in production too",
          _own("orders", "/outbox/intervalSeconds", "5", "production"), RASHID, _MERGE),
    Chore("2025-10-09 07:33", RENOVATE, "Update Helm chart shipshape to v2.4.0",
          _libraries(*_HELM, version="2.4.0"), AMARA, _SQUASH, _UPGRADE),
    Chore("2025-10-28 13:15", JAKUB_LAPTOP, "web: four seconds are too long to wait for an answer",
          (SetValue("apps/web/base/config.env", "/API_TIMEOUT_MS", "2500"),), INGRID, _MERGE),
    Chore("2025-11-04 09:09", MEILING, "search: refresh the index every ten seconds in staging",
          _config("search", "staging", "INDEX_REFRESH_SECONDS", "10"), JAKUB, _MERGE),
    Chore("2025-11-10 08:55", MEILING, "search: refresh every ten seconds, production",
          _config("search", "production", "INDEX_REFRESH_SECONDS", "10"), JAKUB, _MERGE),
    Chore("2025-11-13 07:36", RENOVATE, "Update actions/checkout to v5",
          (Replace(_WORKFLOW, "actions/checkout@v4", "actions/checkout@v5"),),
          TOMAS, _SQUASH, _UPGRADE),
    Chore("2025-12-04 10:41", RASHID, "payments: three retries only annoy the provider",
          _chart("payments", "/provider/retries", "1"), NOOR, _SQUASH),
    Chore("2025-12-16 15:20", INGRID, f"checkout: keep idle connections longer\n\n{_COPILOT}",
          _chart("checkout", "/timeouts/idleSeconds", "120"), JAKUB, _SQUASH, _TUNING),
    Chore("2026-01-08 07:34", RENOVATE, "Update Terraform aws to v5.82.0",
          (Replace("terraform/main.tf", 'version = "5.68.0"', 'version = "5.82.0"'),),
          TOMAS, _SQUASH, _UPGRADE),
    Chore("2026-01-13 09:02", TOMAS, "Kubernetes 1.32 in staging",
          _tfvars("kubernetes_version", "1.32", "staging"), AMARA, _MERGE, _UPGRADE),
    Chore("2026-02-03 09:18", TOMAS, "Kubernetes 1.32 in production",
          _tfvars("kubernetes_version", "1.32", "production"), AMARA, _MERGE, _UPGRADE),
    Chore("2026-02-12 11:27", SIZWE, "production-planner: the loft starts at six now",
          (Replace("charts/production-planner/values.yaml",
                   '"30 4 * * 1-5"  # before the loft opens',
                   '"0 3 * * 1-5"  # the loft opens at six'),), PRIYA, _MERGE),
    Chore("2026-03-03 10:50", CHLOE, "notifications: 900 mails a minute, the provider agreed",
          _own("notifications", "/rateLimits/mailPerMinute", "900", "production"), PRIYA, _MERGE,
          _SCALING, _DELIBERATE),
    Chore("2026-03-05 07:37", RENOVATE, "Update Helm chart shipshape to v2.5.1",
          _libraries(*_HELM, version="2.5.1"), AMARA, _SQUASH, _UPGRADE),
    Chore("2026-03-26 13:33", JAKUB, "web: show stock on product pages in the demo's place\n\n"
          "Nothing reads it since the demo is gone; the base says true already.",
          _config("web", "staging", "BANNER", "staging-2026"), INGRID, _MERGE, intent=_DELIBERATE),
    Chore("2026-04-02 16:12", SIZWE, "production-planner: eight threads were not enough for May",
          _own("production-planner", "/solver/threads", "12", "production"), PRIYA, _MERGE,
          _SCALING, _DELIBERATE),
    Chore("2026-04-21 08:20", RASHID, "payments: give the provider 30 seconds, staging",
          (Replace("environments/staging/payments.yaml", "  merchantId: tern-test\n",
                   "  merchantId: tern-test\n  timeoutSeconds: 30\n"),), NOOR, _MERGE),
    Chore("2026-04-27 08:44", RASHID, "payments: give the provider 30 seconds",
          _own("payments", "/provider/timeoutSeconds", "30", "production"), NOOR, _MERGE),
    Chore("2026-05-21 18:05", DANIEL, "catalog: American prices change less often",
          _own("catalog", "/cache/ttlSeconds", "900", "production-us"), AMARA, _MERGE,
          _TUNING, _DELIBERATE),
    Chore("2026-06-04 07:35", RENOVATE, "Update Terraform aws to v5.99.1",
          (Replace("terraform/main.tf", 'version = "5.82.0"', 'version = "5.99.1"'),),
          TOMAS, _SQUASH, _UPGRADE),
    Chore("2026-07-02 07:32", RENOVATE, "Update Helm chart shipshape to v2.6.0",
          _libraries(*_HELM, version="2.6.0"), AMARA, _SQUASH, _UPGRADE),
    Chore("2026-07-14 09:26", INGRID, f"checkout: no gift cards until further notice\n\n{_COPILOT}",
          _chart("checkout", "/features/giftCards", "false"), JAKUB, _SQUASH),
    Chore("2026-07-30 12:01", MEILING, "search: at most 120 results, nobody scrolls further",
          (SetValue("apps/search/base/config.env", "/MAX_RESULTS", "120"),), JAKUB, _MERGE),
    Chore("2026-08-11 09:37", PRIYA, "orders: larger outbox batches",
          _chart("orders", "/outbox/batchSize", "500"), RASHID, _MERGE, _TUNING),
    Chore("2026-08-27 10:10", JAKUB, "catalog: 120000 entries fit into the cache by now",
          _own("catalog", "/cache/maxEntries", "120000", "production", "production-us"),
          INGRID, _MERGE, _TUNING, _DELIBERATE),
    Chore("2026-09-03 07:38", RENOVATE, "Update Helm chart shipshape to v2.7.2",
          _libraries(*_HELM, version="2.7.2"), AMARA, _SQUASH, _UPGRADE),
    Chore("2026-09-08 14:54", INGRID, "checkout: baskets live two weeks",
          _own("checkout", "/cart/ttlHours", "336", "production", "production-us"), JAKUB, _MERGE,
          intent=_DELIBERATE),
    Chore("2026-09-24 09:48", AMARA, "More nodes for the autumn, production",
          _tfvars("node_count_max", "24", "production"), TOMAS, _MERGE, _SCALING, _DELIBERATE),
    Chore("2026-10-06 11:19", CHLOE, "notifications: fewer text messages, they cost money",
          _chart("notifications", "/rateLimits/textPerMinute", "30"), PRIYA, _MERGE),
    Chore("2026-10-22 10:03", LUCA, "payments: a third replica in staging for the failover drill",
          _own("payments", "/replicaCount", "3", "staging"), RASHID, _MERGE, _SCALING, _DELIBERATE),
    Chore("2026-10-27 09:11", TOMAS, "Kubernetes 1.33 in staging\n\n"
          "Production in the week of the 16th.",
          _tfvars("kubernetes_version", "1.33", "staging"), AMARA, _MERGE, _UPGRADE),
)  # fmt: skip

# The job that gives a chart its next version when its templates have changed.
_CHARTS = (
    ("2025-12-31 23:02", "checkout", "0.5.0"),
    ("2026-02-28 23:02", "catalog", "0.5.0"),
    ("2026-05-31 23:02", "orders", "0.5.0"),
    ("2026-08-31 23:02", "checkout", "0.6.0"),
)


def _landing(chore: Chore, dice: Dice) -> Landing:
    at = moment(chore.when) + dice.between(0, 25 * MINUTE)
    purpose = Purpose(chore.force, chore.intent)
    if chore.reviewer is None or chore.way is Way.DIRECT:
        return pushed(at, chore.author, chore.message, chore.edits, purpose)
    written_at = at - dice.between(12 * MINUTE, 26 * HOUR)
    work = (Work(written_at, chore.author, chore.message, chore.edits, purpose),)
    if chore.way is Way.SQUASH:
        return squashed(at, chore.reviewer, work)
    words = chore.message.split("\n", 1)[0].lower().replace(":", "").replace(",", "").split()
    return merged(at, chore.reviewer, "-".join(words[:4]), work)


def chores(seed: int) -> tuple[Landing, ...]:
    """The routine changes as landings."""
    dice = Dice(seed, "chores")
    purpose = Purpose(Force.CONFIGURATION, Intent.DELIBERATE)
    charts = tuple(
        pushed(
            moment(when),
            CI,
            f"Release chart {name} {version} [skip ci]",
            (SetValue(f"charts/{name}/Chart.yaml", "/version", version),),
            purpose,
        )
        for when, name, version in _CHARTS
    )
    return (*(_landing(chore, dice) for chore in CHORES), *charts)
