"""A little shop that is declared in git and runs in a cluster, for tests of planes."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from driftline.engine import ask
from driftline.engine.knowing.live_sources import live_among
from driftline.engine.planes.sides import Planes, know_planes
from driftline.engine.secret_key import secret_key
from driftline.engine.settings import Settings, load_settings
from driftline.history.sqlite_store import open_store
from driftline.model.answers.parity import Comparison
from driftline.model.progress import Unwatched
from driftline.model.ref import time_text
from driftline.sources.redaction import Redactor
from tests.engine.running import Running, config_map, manager
from tests.sources.git.building import DAY, START, Building

NOW = START + 40 * DAY
ENVIRONMENTS = ("staging", "production")


def declared(environment: str, level: str, *, workers: str = "4") -> str:
    """Two manifests of an environment."""
    place = f"  namespace: shop-{environment}\n"
    return (
        f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n{place}"
        f'data:\n  level: {level}\n  workers: "{workers}"\n'
        f"---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: jobs\n{place}"
        "data:\n  size: '9'\n"
    )


def running(environment: str, **data: str) -> list[dict[str, Any]]:
    """What runs of an environment; `data` is what the web was given, else as declared."""
    namespace = f"shop-{environment}"
    values = data or {"level": "info", "workers": "4"}
    argo = manager("argocd-controller", "2023-11-14T22:13:20Z", *values, operation="Apply")
    return [
        config_map(namespace, "web", managers=[argo], **values),
        config_map(namespace, "jobs", managers=[argo], size="9"),
        config_map(namespace, "kube-root-ca.crt", **{"ca.crt": "x"}),
    ]


class Shop:
    """The repository, its store and the cluster beside it.

    Commits are a day apart from day 1 on, and looks say their day.
    """

    def __init__(self, folder: Path) -> None:
        self.repository = Building(folder / "infra")
        self.settings: Settings = load_settings(
            folder, {}, store=folder / "history.db", scanned=(folder / "infra",)
        )
        self.declare({one: declared(one, "info") for one in ENVIRONMENTS})
        with closing(open_store(self.settings.store_path)) as store:
            self.running = Running(store)
        key = secret_key(self.settings.store_path, {}, key_file=None)
        self.running.masking = Redactor(key.key, key.key_id)

    def declare(self, files: dict[str, str]) -> None:
        """Commit these manifests by environment, and read them."""
        self.repository.commit({f"{name}/shop.yaml": text for name, text in files.items()})
        assert self.repository.folder.exists()
        ask.observe(self.settings.repositories, self.settings, now=NOW, progress=Unwatched())

    def look(
        self, day: float, objects: Sequence[dict[str, Any]], by: str = "", **gaps: str
    ) -> None:
        """Look at the cluster; gaps are by listing of all namespaces."""
        with closing(open_store(self.settings.store_path)) as store:
            self.running.store = store
            unseen = {f"*/{plural}.core": reason for plural, reason in gaps.items()}
            self.running.look(int(START + day * DAY), objects, gaps=unseen, by=by)

    def planes(self) -> Planes:
        """Everything that is known of both planes."""
        with closing(open_store(self.settings.store_path, read_only=True)) as store:
            sources = store.sources()
            declared_here = [one for one in sources if one.kind == "git"]
            return know_planes(store, declared_here, live_among(sources), self.settings)


def steady(folder: Path) -> Shop:
    """A shop of which everything runs as it is declared, looked at once."""
    shop = Shop(folder)
    shop.look(2, [*running("staging"), *running("production")])
    return shop


def compared_planes(
    shop: Shop,
    left: str = "production:declared",
    right: str = "production:observed",
    **more: Any,
) -> Comparison:
    """The answer as the command gives it."""
    return ask.compare(left, right, shop.settings, now=NOW, **more)


def day(text: str | None) -> int:
    """The day of a time, as looks and commits count them."""
    days = {time_text(START + number * DAY): number for number in range(60)}
    return days[text or ""]
