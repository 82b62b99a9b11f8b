"""YAML files as documents: cases, and the history of a file read like each version alone."""

import random
from typing import TYPE_CHECKING

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.sources.formats.reader import Reader
from tests.sources.formats import reference_reading
from tests.sources.formats.reading_cases import check, new_reader
from tests.sources.formats.yaml_histories import histories, yaml_soup

if TYPE_CHECKING:
    from driftline.model.document import Reading


def test_cases() -> None:
    """Documents are cut, named and read as Kubernetes reads them."""
    check("yaml_documents")


def agrees(reader: Reader, path: str, text: str) -> None:
    """A reading has exactly the documents of the plain reading, or both have none."""
    reading: Reading = reader.read(path, text.encode())
    try:
        expected = reference_reading.documents(text)
    except (yaml.YAMLError, reference_reading.Unsupported):
        assert reading.gap is not None, text
        return

    assert reading.gap is None, text
    assert expected == [(document.key, document.leaves()) for document in reading.documents], text
    for document in reading.documents:
        assert sum(map(len, document.parts)) == len(document.leaves()), "parts are not disjoint"


@settings(max_examples=80)
@given(histories())
def test_histories_read_like_each_version_alone(versions: list[str]) -> None:
    """What the reader remembers of older versions never changes what it reads."""
    reader = new_reader()
    for version in versions:
        agrees(reader, "values.yaml", version)


@settings(max_examples=300)
@given(yaml_soup())
def test_any_text_of_yaml_characters(text: str) -> None:
    """Any text made of YAML's own signs reads as the plain reading reads it, or not at all."""
    agrees(new_reader(), "values.yaml", text)


@settings(max_examples=30)
@given(histories(), st.integers(0, 2**32))
def test_broken_versions(versions: list[str], seed: int) -> None:
    """Text cut or doubled at any place reads as the plain reading reads it, or not at all."""
    dice = random.Random(seed)  # noqa: S311 - reproducible cuts, no secret
    reader = new_reader()
    for version in versions:
        at, to = sorted(dice.randrange(len(version) + 1) for _ in range(2))
        agrees(reader, "values.yaml", version[:at] + version[to:])
        agrees(reader, "values.yaml", version[:to] + version[at:])


def test_unchanged_pieces_are_the_same_maps() -> None:
    """Two versions share the maps of what did not change, down to nested pieces."""
    reader = new_reader()
    nested = "".join(f"  part{n}:\n" + f"    text: {'x' * 300}\n" for n in range(5))
    before = reader.read("a.yaml", f"a: 1\nweb:\n{nested}b: 1\n".encode())
    after = reader.read(
        "a.yaml", f"a: 1\nweb:\n{nested}b: 2\n".replace("part4:", "part5:").encode()
    )
    kept = {id(part) for part in before.documents[0].parts}

    assert 7 == len(before.documents[0].parts)
    assert 5 == sum(id(part) in kept for part in after.documents[0].parts)


def test_documents_are_remembered_in_files_of_several() -> None:
    """An unchanged object of a file of several objects is the same map in both versions."""
    reader = new_reader()
    one = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {x: eQ==}\n"
    before = reader.read("a.yaml", f"{one}---\na: 1\n".encode())
    after = reader.read("a.yaml", f"{one}---\na: 2\n".encode())

    assert before.documents[0].parts[0] is after.documents[0].parts[0]
