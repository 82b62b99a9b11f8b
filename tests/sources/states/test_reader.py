"""What is recognised as a state or a bill of materials, whatever it is called, and what is not."""

from pathlib import Path

import pytest

from driftline.sources.redaction import Redactor
from driftline.sources.states.reader import StateReader, is_wanted

STATE = (
    b'{"version": 4, "terraform_version": "1.0", "serial": 1, "resources": [],'
    b' "outputs": {"a": {"value": 1}}}'
)


@pytest.fixture
def reader() -> StateReader:
    """A reader with a key of its own."""
    return StateReader(Redactor(b"0123456789abcdef", "test"))


@pytest.mark.parametrize("path", ["terraform.tfstate", "x.tfstate.backup", "export.json", "state"])
def test_states_are_known_by_what_they_say(reader: StateReader, path: str) -> None:
    """A state is read as one under any name that may hold JSON."""
    assert {"/outputs/a": "1"} == reader.read(path, STATE).documents[0].leaves()


def test_other_files_are_read_as_ever(reader: StateReader) -> None:
    """YAML that quotes the words of a state, and JSON that has some of its fields, stay so."""
    yaml = b"about: '{\"terraform_version\": 1}'\n"
    json = b'{"terraform_version": "1.0", "region": "eu"}'

    assert ["/about"] == list(reader.read("a.yaml", yaml).documents[0].leaves())
    assert {"/terraform_version": '"1.0"', "/region": '"eu"'} == (
        reader.read("versions.json", json).documents[0].leaves()
    )


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("a.tfstate", b"", "it is empty"),
        ("a.tfstate", b"\x00\x01", "binary data"),
        ("a.tfstate", b'{"version": 4,', "not valid JSON"),
        ("a.tfstate", b"[]", "neither a Terraform state nor a bill of materials in JSON"),
        ("a.spdx", b"SPDXVersion: SPDX-2.3", "not valid JSON (line 1)"),
        ("a.json", b'{"bomFormat": "CycloneDX",', "not valid JSON"),
        ("a.tfstate", b'{"a":' * 5000 + b"1" + b"}" * 5000, "nested"),
    ],
)
def test_what_cannot_be_read_is_a_gap(
    reader: StateReader, path: str, data: bytes, reason: str
) -> None:
    """A broken state or bill says why, and breaks nothing."""
    reading = reader.read(path, data)

    assert () == reading.documents
    assert reading.gap is not None
    assert reason in reading.gap


def test_what_is_wanted() -> None:
    """States and bills are wanted by name besides configuration."""
    names = ["terraform.tfstate", "x.TFSTATE.backup", "a.cdx", "a.yaml", "README.md", "a.py"]

    assert [True, True, True, True, False, False] == [is_wanted(name) for name in names]


@pytest.mark.data
def test_every_recorded_state_is_read(reader: StateReader, data: Path) -> None:
    """All states of the data set give their instances, or a plain reason."""
    files = sorted((data / "tfstate").iterdir())
    readings = {file.name: reader.read(file.name, file.read_bytes()) for file in files}
    keys = [one.key for reading in readings.values() for one in reading.documents]

    assert len(files) > 100
    assert [] == [name for name, one in readings.items() if one.gap is None and not one.documents]
    assert len(keys) > 2 * len(files)


@pytest.mark.data
def test_every_recorded_bill_is_read(reader: StateReader, data: Path) -> None:
    """Every component of the bills of the data set is a document of its own."""
    files = sorted((data / "sbom").iterdir())
    for file in files:
        reading = reader.read(file.name, file.read_bytes())

        assert reading.gap is None
        assert file.read_bytes().count(b'"bom-ref"') == len(reading.documents)
    assert len(files) > 1
