"""The Helm half of the fleet."""

import yaml

from driftline.lab.charts import chart_files, environment_values
from driftline.lab.fleet import HELM_SERVICES, SITES


def test_an_environment_overrides_only_what_the_chart_has() -> None:
    """Every top-level block of an environment's values is one that the chart knows."""
    for service in HELM_SERVICES:
        defaults = yaml.safe_load(chart_files(service)[f"charts/{service.name}/values.yaml"])
        for site in ("staging", "production"):
            own = yaml.safe_load(environment_values(service, SITES[site]))

            assert set(own) <= set(defaults), (service.name, site)
            assert service.version == own["image"]["tag"]


def test_charts_are_charts() -> None:
    """A chart has its name, its version as text, and a template that is no YAML."""
    for service in HELM_SERVICES:
        files = chart_files(service)
        chart = yaml.safe_load(files[f"charts/{service.name}/Chart.yaml"])

        assert service.name == chart["name"]
        assert service.version == chart["appVersion"]
        assert "{{ include" in files[f"charts/{service.name}/templates/all.yaml"]


def test_values_look_written_by_hand() -> None:
    """Values carry comments that say why, and end with one line break."""
    for service in HELM_SERVICES:
        text = environment_values(service, SITES["production"])

        assert text.startswith(f"# {service.name} in production\n")
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\n\n\n" not in text
