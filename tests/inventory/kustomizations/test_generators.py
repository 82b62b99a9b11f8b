from typing import Any

import pytest

from driftline.inventory.compare import view
from driftline.inventory.kustomizations.built import Built
from driftline.inventory.kustomizations.generators import Generated, data_of, generate
from driftline.inventory.layers.layer import Layer
from driftline.inventory.units import Unit
from driftline.model.document import DocumentKind
from tests.inventory.building import facts_of, material_of


def generated(*versions: tuple[int, Any], base: Built | None = None) -> Generated:
    """What a kustomization with these versions generates."""
    material = material_of("app/kustomization.yaml", versions, DocumentKind.KUSTOMIZATION)
    return generate(material, [base] if base else [])


def maps(*entries: dict[str, Any]) -> dict[str, Any]:
    """A kustomization with these entries."""
    return {"configMapGenerator": list(entries)}


LITERALS = [
    ("A=1", {"/data/A": '"1"'}),
    ("A=x=y", {"/data/A": '"x=y"'}),
    ("A='quoted'", {"/data/A": '"quoted"'}),
    ('A="quoted"', {"/data/A": '"quoted"'}),
    ("A=", {"/data/A": '""'}),
    ("a/b=c", {"/data/a~1b": '"c"'}),
]


@pytest.mark.parametrize(("literal", "expected"), LITERALS)
def test_literals_are_data(literal: str, expected: dict[str, str]) -> None:
    """A literal is a key and all that follows its first equals sign."""
    assert expected == data_of(facts_of({"literals": [literal]}))


def test_a_map_has_the_life_of_its_generator() -> None:
    """A generated object changes as the literals do, and names the file that makes it."""
    (built,) = generated(
        (0, maps({"name": "flags", "literals": ["A=1"]})),
        (4, maps({"name": "flags", "literals": ["A=2", "B=1"]})),
    ).objects
    layers = tuple(Layer("", "", one.mode, False, one.steps) for one in built.pieces)
    seen = view(Unit("e", "r", layers, (), 0, None), until=3)

    assert {"/data/A": '"2"', "/data/B": '"1"'} == {
        one: value for one, value in built.now.items() if one.startswith("/data")
    }
    assert seen is not None
    assert '"1"' == seen.facts["/data/A"].value
    assert ("app/kustomization.yaml", "ConfigMap/flags") == (
        built.material.file,
        built.material.key,
    )


BASE = {"kind": "ConfigMap", "metadata": {"name": "flags"}, "data": {"A": "1", "B": "1"}}


@pytest.mark.parametrize(
    ("behavior", "expected"),
    [("merge", {"/data/A": '"2"', "/data/B": '"1"'}), ("replace", {"/data/A": '"2"'})],
)
def test_a_generator_may_change_the_map_of_a_base(behavior: str, expected: dict[str, str]) -> None:
    """Merging adds to the data of a map that is there, replacing leaves only the new."""
    base = Built(material_of("b.yaml", [(0, BASE)], DocumentKind.OBJECT, key="ConfigMap/flags"))
    entry = {"name": "flags", "behavior": behavior, "literals": ["A=2"]}
    made = generated((1, maps(entry)), base=base)

    assert Generated((), ()) == made
    assert expected == {one: v for one, v in base.now.items() if one.startswith("/data")}


REFUSED: list[tuple[dict[str, Any], str]] = [
    (maps({"name": "x", "files": ["a.txt"]}), "ConfigMap x is made of whole files"),
    (maps({"name": "x", "envs": [".env"]}), "ConfigMap x is made of whole files"),
    (maps({"name": "x", "behavior": "merge", "literals": ["A=1"]}), "no ConfigMap x to merge"),
    ({"secretGenerator": [{"name": "s", "literals": ["a=b"]}]}, "Secret s is generated"),
]


@pytest.mark.parametrize(("document", "why"), REFUSED)
def test_what_is_not_generated_is_told(document: dict[str, Any], why: str) -> None:
    """What would need the bytes of files, or the values of secrets, is named and not made."""
    made = generated((0, document))

    assert () == made.objects
    assert 1 == len(made.unapplied)
    assert why in made.unapplied[0]
