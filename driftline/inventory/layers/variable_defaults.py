"""The defaults of Terraform variables, as a layer below the files that set them."""

import posixpath
from collections.abc import Mapping, Sequence

import msgspec

from driftline.inventory.layers.layer import Layer, LayerStep, MergeMode
from driftline.inventory.layers.material import Material
from driftline.model.document import DocumentKind

_NAME = "default"


def variable_defaults(tfvars: Material, by_file: Mapping[str, Sequence[Material]]) -> list[Layer]:
    """The defaults of the variables that a tfvars file sets.

    They are those of the Terraform files beside it, else of the nearest folder
    above it that declares any.
    """
    folder = posixpath.dirname(tfvars.file)
    while True:
        layers = [
            Layer(_NAME, file, MergeMode.WHOLE, True, steps)
            for file, materials in by_file.items()
            if posixpath.dirname(file) == folder
            for one in materials
            if one.kind is DocumentKind.TERRAFORM and (steps := default_steps(one))
        ]
        if layers or not folder:
            return layers
        folder = posixpath.dirname(folder)


def default_steps(material: Material) -> tuple[LayerStep, ...]:
    """The steps of the defaults that a document declares, at the addresses of their variables."""
    found = []
    for step in material.steps:
        tokens = step.address.split("/")
        if len(tokens) > 3 and tokens[1] == "variable" and tokens[3] == "default":
            address = "/" + "/".join([tokens[2], *tokens[4:]])
            found.append(msgspec.structs.replace(step, address=address))
    return tuple(found)
