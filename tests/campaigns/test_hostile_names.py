"""Names and values that try to be more than text: none reaches a terminal as it came."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.campaigns.driving import (
    PLAIN,
    PROGRAM,
    TIMEOUT_SECONDS,
    Machine,
    assert_civil,
    commit,
    repository,
)

RED, RETITLE, CLEAR = "\x1b[31m", "\x1b]0;owned\x07", "\x1b[2J\x1b[H"
C1, BIDI, ZERO, SEPARATOR = "\x9b31m", "\u202egnp.\u2066", "\u200b\ufeff", "\u2028"
LINK = "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\"
HOSTILE = [RED, RETITLE, CLEAR, C1, BIDI, ZERO, SEPARATOR, LINK, "\r\b\x7f", "a\nb", "\ttab"]


def _json(text: str) -> str:
    """A text as YAML in double quotes understands it."""
    return '"' + "".join(f"\\U{ord(char):08X}" for char in text) + '"'


def _values(side: str) -> str:
    lines = []
    for number, evil in enumerate(HOSTILE):
        lines.append(f"value{number}: {_json(side + evil)}")
        lines.append(f"{_json(f'key{number}{evil}')}: {side}")
        lines.append(f"list{number}:\n  - name: {_json(evil)}\n    value: {side}")
    return "\n".join(lines) + "\n"


def _evil_paths(side: str) -> dict[bytes, str]:
    # A path's parts cannot hold a slash; everything else they can.
    names = [f"svc{n}{evil}".replace("/", "_").encode() for n, evil in enumerate(HOSTILE)]
    names += [
        b"svc-\xff\xfe-latin-\xe9",
        b"svc " + b"x" * 200,
        "svc-ł-日本".encode(),
        b"svc'\"`$(x)",
    ]
    return {f"environments/{side}/".encode() + name + b".yaml": f"side: {side}\n" for name in names}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose every name and value is hostile."""
    files: dict[bytes, str] = {path.encode(): body for path, body in PLAIN.items()}
    for side in ("staging", "production"):
        files |= _evil_paths(side)
        files[f"environments/{side}/values.yaml".encode()] = _values(side)
        files[f"environments/{side}/broken{RED}.yaml".encode()] = f"a: [{RED}\n"
    author = f"Eve {RED}{BIDI}{RETITLE}Mallory <eve{CLEAR}@example.com>"
    later = {b"environments/staging/values.yaml": _values("staging") + f"late: {_json(RED)}\n"}
    return repository(
        tmp_path_factory.mktemp("names") / "hostile",
        commit(files, at=1_750_000_000, author=author, subject=f"{RED}subject{CLEAR}{BIDI}"),
        commit(later, at=1_750_100_000, author=author, subject=f"late{RETITLE}\n\n{LINK}"),
        checkout=False,
    )


@pytest.fixture(scope="module")
def veteran(tmp_path_factory: pytest.TempPathFactory, hostile: Path) -> Machine:
    """A machine that has scanned the hostile repository before."""
    machine = Machine(tmp_path_factory.mktemp("veteran"))
    machine.scan(hostile)
    return machine


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
@pytest.mark.parametrize(
    "command",
    [
        ("scan", "."),
        ("layout", "--all"),
        ("observe",),
        ("status",),
        ("compare", "staging", "production"),
        ("history", "values"),
        ("history", "values", "/late"),
    ],
)
def test_no_name_reaches_the_terminal_raw(
    veteran: Machine, hostile: Path, command: tuple[str, ...], form: str
) -> None:
    """Whatever is asked, in whatever form, nothing unsafe is printed."""
    outcome = veteran.run(*command, "--format", form, cwd=hostile)

    # Asking for one role may be refused as ambiguous; in words that are safe too.
    assert_civil(outcome, (0, 2) if command[0] == "history" else (0,))


def test_no_name_reaches_the_terminal_raw_in_colour(veteran: Machine, hostile: Path) -> None:
    """With colour the only escapes are those that set colours."""
    outcome = veteran.run("scan", hostile, "--color", "always")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", outcome.out)

    assert outcome.code == 0, outcome.err
    assert "\x1b" not in plain
    assert "\u202e" not in plain
    assert RED + "subject" not in outcome.out


def test_nothing_hostile_is_lost(veteran: Machine, hostile: Path) -> None:
    """Hostile files are configuration all the same: they are compared, or their gap is named."""
    answer = veteran.scan(hostile)
    roles = {one["role"] for one in answer["divergences"]}

    assert len([role for role in roles if "svc" in role]) >= len(HOSTILE)
    assert any("broken" in gap["path"] for gap in answer["gaps"])


def _markdown_cells(text: str) -> list[list[str]]:
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [re.split(r"(?<!\\)\|", row)[1:-1] for row in rows]


def test_markdown_stays_markdown(machine: Machine, tmp_path: Path) -> None:
    """A value cannot break a table, open a tag or make a link."""
    evil = ["a | b", "`code`", "<script>alert(1)</script>", "[x](http://evil.example)", "**bold**",
            "![i](http://evil.example/i.png)", "&lt;b&gt;", "\\"]  # fmt: skip
    body = "".join(f"v{n}: {_json(text)}\n" for n, text in enumerate(evil))
    folder = repository(
        tmp_path / "md",
        commit(
            {
                "environments/staging/api.yaml": body,
                "environments/production/api.yaml": "".join(
                    f"v{n}: plain\n" for n in range(len(evil))
                ),
            }
        ),
    )
    outcome = machine.run("compare", "staging", "production", "--format", "markdown", cwd=folder)
    if outcome.code != 0:
        machine.scan(folder)
        outcome = machine.run(
            "compare", "staging", "production", "--format", "markdown", cwd=folder
        )
    assert_civil(outcome)
    tables = _markdown_cells(outcome.out)
    # In a code span nothing is special but the backticks and, in a table, the bar.
    outside = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", outcome.out)

    assert len(tables) > len(evil), outcome.out
    assert "<script>" not in outside
    assert "evil.example" not in outside
    assert "**bold**" not in outside
    assert 1 == len({len(row) for row in tables[-len(evil) :]}), outcome.out


@pytest.mark.parametrize(
    "command",
    [
        ("scan", "no{}where"),
        ("compare", "stag{}ing", "production"),
        ("history", "ro{}le"),
        ("history", "values", "/pa{}th"),
        ("comm{}and",),
        ("scan", "--opt{}ion"),
        ("--config", "fi{}le", "status"),
    ],
)
def test_arguments_are_repeated_harmlessly(
    veteran: Machine, hostile: Path, command: tuple[str, ...]
) -> None:
    """What a user or a script passes is shown in errors as text, never as it came."""
    evil = RED + CLEAR + BIDI + LINK + "a\nb"
    outcome = veteran.run(*(word.replace("{}", evil) for word in command), cwd=hostile)

    assert_civil(outcome, (0, 2))


def test_settings_are_repeated_harmlessly(machine: Machine, tmp_path: Path) -> None:
    """A hostile key in driftline.toml is named in an error that is safe to print."""
    folder = repository(tmp_path / "plain", commit(PLAIN))
    for text in (
        '"\\u001b[31mrepositories" = ["."]\n',
        '[layout]\nignore = ["\\u001b[31m"]\nunknown = 1\n',
        "repositories = 7\n",
        "this is no TOML \x1b[31m\n",
    ):
        (folder / "driftline.toml").write_text(text)

        assert_civil(machine.run("status", cwd=folder), (2,))


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": None, "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": None, "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_a_terminal_without_unicode(
    veteran: Machine, hostile: Path, variables: dict[str, str | None]
) -> None:
    """A terminal that cannot show a letter gets another sign, not an error."""
    for form in ("table", "markdown", "json"):
        process = veteran.start("scan", hostile, "--format", form, environment=variables)
        out, err = process.communicate(timeout=TIMEOUT_SECONDS)

        assert process.returncode == 0, err
        assert out
        assert b"\x1b" not in out + err


def test_a_listener_that_leaves(veteran: Machine, hostile: Path) -> None:
    """When the reader of a pipe goes away, the program goes quietly."""
    script = f"{' '.join(PROGRAM)} scan {hostile} --format json | head -c 100 > /dev/null"
    done = subprocess.run(
        ["sh", "-c", script],
        env=veteran.environment,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )

    assert b"" == done.stderr, done.stderr
    assert sys.executable in script


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.items() for part in item for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def test_json_keeps_what_was_there(veteran: Machine, hostile: Path) -> None:
    """For programs the values are whole: escaped on the way, and the same when read."""
    texts = _texts(veteran.scan(hostile))

    assert any(RED in text for text in texts)
    assert any(BIDI in text for text in texts)
