import re
import tomllib

import msgspec

from driftline.engine.settings import SettingsFile, known_keys, parse_settings
from driftline.engine.settings_text import settings_text
from tests.render import samples


def test_what_init_writes_decides_nothing_but_the_repositories() -> None:
    """The file is valid, and every setting in it is a comment."""
    text = settings_text(["../shop", 'odd "name"'], samples.scan())
    content = parse_settings(text, origin="driftline.toml")

    assert SettingsFile(repositories=("../shop", 'odd "name"')) == content


def test_every_setting_is_there_with_its_default() -> None:
    """Whoever reads the file learns all that can be decided."""
    text = settings_text(["."], samples.scan())
    sections = re.split(r"(?m)^\[(\w+)\]$", text)
    found = dict(zip(sections[1::2], sections[2::2], strict=True))
    records = {
        name: kind
        for name, kind in known_keys(SettingsFile).items()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    }

    assert set(records) == set(found)
    for name, record in records.items():
        for key in known_keys(record):
            assert re.search(rf"(?m)^# {key} = ", found[name]), f"{name}.{key}"


def test_every_example_can_be_uncommented() -> None:
    """Each commented setting is a line that is valid as it stands."""
    text = settings_text(["."], samples.scan())
    examples = re.findall(r"(?m)^# (\w+ = .*)$", text)

    assert len(examples) > 8
    for example in examples:
        assert tomllib.loads(example)


def test_what_was_found_stands_at_the_top() -> None:
    """Environments with their counts, and questions with the lines that answer them."""
    text = settings_text(["."], samples.scan(questions=[samples.QUESTION]))

    assert '#   "staging": 23 resources, 412 facts\n' in text
    assert '#   "demo": 23 resources, 0 facts, ended 2026-08-06\n' in text
    assert '#     environments = ["alpha", "bravo"]\n' in text


def test_hostile_names_stay_comments() -> None:
    """No name ends the comment it stands in, or becomes a setting."""
    bad = 'x"]\nrepositories = ["/etc'
    found = samples.hostile(role=bad, path=bad, value=bad, name=bad, reason=bad)
    content = parse_settings(settings_text([bad], found), origin="driftline.toml")

    assert (bad,) == content.repositories
