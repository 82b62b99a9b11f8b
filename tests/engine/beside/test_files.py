"""Files as they come beside an environment of the history."""

from pathlib import Path

import pytest

from driftline.engine import ask
from driftline.engine.settings import Settings
from driftline.errors import UsageError
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, company, settings_for
from tests.sources.git.building import Building


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A company with charts and an overlay of manifests, read into a store."""
    built = company(tmp_path / "infra")
    built.commit(
        {
            f"clusters/{environment}/job.yaml": "apiVersion: batch/v1\nkind: CronJob\n"
            f"metadata: {{name: report, namespace: {environment}}}\n"
            f"spec: {{schedule: '{schedule}', token: hush}}\n"
            for environment, schedule in (("staging", "0 1 * * *"), ("production", "0 2 * * *"))
        }
    )
    settings = settings_for(tmp_path, built.folder)
    ask.scan(settings.repositories, settings, now=NOW, progress=Unwatched())
    return settings


def written(folder: Path, name: str, text: str) -> None:
    """A file in a folder that may not be there yet."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def rows(
    left: str, right: str, settings: Settings, folder: Path, *, layer: str = "effective"
) -> set[str]:
    """Role, path and both values of each row."""
    answer = ask.compare(left, right, settings, now=NOW, folder=folder, layer=layer)
    return {
        f"{row.role} {row.path} {row.left_value} {row.right_value}".rstrip()
        for row in answer.divergences
    }


def test_rendered_manifests_beside_an_environment(tmp_path: Path, settings: Settings) -> None:
    """An object is matched by what it is, and compared with what the environment declares."""
    written(
        tmp_path / "out",
        "all.yaml",
        "kind: CronJob\napiVersion: batch/v1\nmetadata: {name: report, namespace: staging}\n"
        "spec: {token: hush, schedule: '0 3 * * *'}\n",
    )
    found = rows("./out", "staging", settings, tmp_path)

    assert "CronJob/staging/report /spec/schedule 0 3 * * * 0 1 * * *" in found
    # The same secret has the same digest on both sides.
    assert not [row for row in found if "token" in row]


def test_a_values_file_beside_its_environment(tmp_path: Path, settings: Settings) -> None:
    """A plain file is matched by the end of its path; either side may be the file."""
    written(tmp_path, "production/web.values.yaml", "image:\n  tag: '1.3'\nreplicas: 5\n")
    path = "production/web.values.yaml"
    found = rows("./" + path, "production", settings, tmp_path, layer="own")
    reverse = rows("production", "./" + path, settings, tmp_path, layer="own")

    assert {
        "web.values.yaml /image/tag 1.3 1.1",
        "web.values.yaml /host None example.com",
        "web.values.yaml /log None warn",
        "CronJob/production/report  None None",
    } == found
    assert 4 == len(reverse)


def test_the_past_of_an_environment(tmp_path: Path, settings: Settings) -> None:
    """An environment may be asked for as it was."""
    written(tmp_path, "production/web.values.yaml", "image:\n  tag: '1.0'\n")
    answer = ask.compare(
        "./production/web.values.yaml", "production#0", settings, now=NOW, folder=tmp_path
    )

    assert "/image/tag" not in {row.path for row in answer.divergences}
    assert answer.right_at is not None
    assert answer.right_at < "2027"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("productoin", "no environment is called 'productoin'"),
        ("production@1970-01-01", "the history begins at"),
        ("production:observed", "files stand beside what is declared; leave out :observed"),
    ],
)
def test_what_is_not_there(tmp_path: Path, settings: Settings, other: str, why: str) -> None:
    """A wrong environment or time is refused as it is without files."""
    written(tmp_path, "a.yaml", "x: 1\n")
    with pytest.raises(UsageError, match=why):
        ask.compare("./a.yaml", other, settings, now=NOW, folder=tmp_path)


def test_files_where_an_environment_is_asked_for(tmp_path: Path) -> None:
    """A question that needs an environment says so when it is given a path."""
    from driftline.engine.answering.referring import resolve
    from driftline.engine.knowing.known import know
    from driftline.history.sqlite_store import open_store
    from driftline.model.ref import parse_ref

    built = Building(tmp_path / "r")
    built.commit({"env/staging/a.yaml": "x: 1\n"})
    settings = settings_for(tmp_path, built.folder)
    ask.observe(settings.repositories, settings, now=NOW, progress=Unwatched())
    store = open_store(settings.store_path)
    known = know(store, store.sources(), settings, layer="effective")
    with pytest.raises(UsageError, match="this names files, and an environment is asked for"):
        resolve(parse_ref("git:main:"), known, now=NOW)
    store.close()
