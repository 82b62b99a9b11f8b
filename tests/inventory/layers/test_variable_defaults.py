from typing import Any

import pytest

from driftline.inventory.layers.material import Material
from driftline.inventory.layers.variable_defaults import default_steps, variable_defaults
from driftline.model.document import DocumentKind
from tests.inventory.building import material_of


def declared(file: str, **defaults: Any) -> Material:
    """A Terraform file that declares variables."""
    variables = {name: {"type": "any", "default": value} for name, value in defaults.items()}
    return material_of(file, [(0, {"variable": variables})], DocumentKind.TERRAFORM)


def below(file: str, *materials: Material) -> dict[str, str]:
    """The file of each default that lies below a tfvars file, by address."""
    by_file = {one.file: [one] for one in materials}
    layers = variable_defaults(material_of(file, [(0, {})], DocumentKind.TFVARS), by_file)
    return {step.address: layer.file for layer in layers for step in layer.steps}


def test_defaults_are_addressed_as_the_values_are() -> None:
    """A default stands at the address of its variable, with all that is in it."""
    steps = default_steps(declared("a.tf", size="small", tags={"a": 1}, zones=["x"]))

    assert {"/size": '"small"', "/tags/a": "1", "/zones/0": '"x"'} == {
        step.address: step.value for step in steps
    }


def test_a_variable_without_a_default_has_none() -> None:
    """What a variable says besides its default is no value of it."""
    document = {"variable": {"size": {"type": "string", "description": "default"}}}

    assert () == default_steps(material_of("a.tf", [(0, document)], DocumentKind.TERRAFORM))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("live/production/x.tfvars", "live/production/variables.tf"),
        ("live/staging/x.tfvars", "live/variables.tf"),
        ("other/x.tfvars", "main.tf"),
    ],
)
def test_the_nearest_declarations_count(file: str, expected: str) -> None:
    """Variables are declared beside the file that sets them, or in the nearest folder above."""
    files = ("main.tf", "live/variables.tf", "live/production/variables.tf", "live/module/m.tf")

    assert {"/size": expected} == below(file, *(declared(one, size=one) for one in files))


def test_nothing_is_declared() -> None:
    """A tfvars file without Terraform files has nothing below it."""
    assert {} == below("a/x.tfvars", material_of("a/variables.tf.md", [(0, {"variable": 1})]))
