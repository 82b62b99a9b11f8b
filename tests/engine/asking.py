"""What tests of questions share: a little company, read into a store by the real readers."""

from pathlib import Path

from driftline.engine import ask
from driftline.engine.settings import Settings, load_settings
from driftline.model.answers.scan import Scan
from driftline.model.progress import Unwatched
from tests.sources.git.building import Building

NOW = 1_800_000_000


def values(tag: str, replicas: int, *, host: str, extra: str = "") -> str:
    """A values file of a web service."""
    return f"image:\n  tag: {tag}\nreplicas: {replicas}\nhost: {host}\n{extra}"


def company(folder: Path) -> Building:
    """Two environments of one chart: a promotion, a tuning in production, a merge by a bot."""
    built = Building(folder)
    built.commit(
        {
            "charts/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 0.1.0\n",
            "charts/web/values.yaml": "replicas: 1\nport: 8080\nlog: info\n",
            "env/staging/web.values.yaml": values("1.0", 1, host="staging.example.com"),
            "env/production/web.values.yaml": values("1.0", 1, host="example.com"),
        },
        "the beginning",
    )
    built.commit({"env/staging/web.values.yaml": values("1.1", 1, host="staging.example.com")})
    built.commit({"env/production/web.values.yaml": values("1.1", 1, host="example.com")})
    built.commit(
        {
            "env/production/web.values.yaml": values(
                "1.1", 5, host="example.com", extra="log: warn\n"
            )
        },
        "production is slow",
        author="Grace Hopper",
    )
    inner = built.commit(
        {"env/staging/web.values.yaml": values("1.2", 1, host="staging.example.com")},
        "deploy web 1.2",
        author="deploy-bot",
        branch="bot",
        parents=(built.tip() or "",),
    )
    built.merge(
        inner, files={"env/staging/web.values.yaml": values("1.2", 1, host="staging.example.com")}
    )
    return built


def settings_for(folder: Path, *repositories: Path) -> Settings:
    """Settings of a scan of repositories, with a store in a folder of its own."""
    return load_settings(folder, {}, store=folder / "history.db", scanned=repositories)


def scanned(folder: Path, *repositories: Path, layer: str = "effective") -> tuple[Scan, Settings]:
    """The scan of repositories, and the settings to ask further."""
    settings = settings_for(folder, *repositories)
    return ask.scan(repositories, settings, now=NOW, progress=Unwatched(), layer=layer), settings
