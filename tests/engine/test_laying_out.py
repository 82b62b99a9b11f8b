"""The layout's answer has every file with its evidence."""

from pathlib import Path

from driftline.engine import ask
from tests.engine.asking import NOW, company, scanned


def test_every_file_is_listed_once(tmp_path: Path) -> None:
    """Each configuration file stands in the layout once, with evidence and confidence."""
    _, settings = scanned(tmp_path, company(tmp_path / "infra").folder)

    rows = ask.layout(settings, now=NOW).placements

    assert {
        "charts/web/Chart.yaml",
        "charts/web/values.yaml",
        "env/production/web.values.yaml",
        "env/staging/web.values.yaml",
    } == {row.path for row in rows}
    assert all(row.alive and 0 <= row.confidence <= 1 for row in rows)
    assert all(row.evidence for row in rows if row.environments)
