"""Files that are not what their names promise: each is a gap with a reason, and soon."""

import os
import resource
import time
from pathlib import Path
from typing import Any

import pytest

from tests.campaigns.driving import (
    PLAIN,
    Content,
    Machine,
    assert_civil,
    commit,
    git,
    repository,
)

PATH = "environments/staging/hostile.yaml"
SIBLING = "environments/production/hostile.yaml"

MEBIBYTE = 1024 * 1024
CPU_SECONDS = 5

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
SOPS = "key: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nsops:\n  mac: x\n  lastmodified: y\n"

# Why, content, a word of the reason.
GAPS: list[tuple[str, str | bytes, str]] = [
    ("a bomb of aliases", BOMB, "expands"),
    ("a list in itself", "a: &a [*a]\n", ""),
    ("nesting without end", "[" * 20_000, ""),
    ("mappings in mappings without end", "".join(" " * n + "a:\n" for n in range(3_000)), ""),
    ("no UTF-8", b"name: caf\xe9\xff\n", "utf-8"),
    ("a NUL byte", b"name: a\x00b\n", ""),
    ("noise", bytes(range(256)) * 20, ""),
    ("broken off", 'name: "never closed\nother: 1\n', ""),
    ("a go-template", "{{- if .Values.on }}\nname: {{ .Values.name }}\n{{- end }}\n", "template"),
    ("encrypted with sops", SOPS, "sops"),
    ("encrypted with git-crypt", b"\x00GITCRYPT\x00" + bytes(range(200)), "git-crypt"),
    ("an Ansible vault", "$ANSIBLE_VAULT;1.1;AES256\n61626364\n", "vault"),
    (
        "an LFS pointer",
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n",
        "lfs",
    ),
]

# Why, content: odd, and still to be read.
READABLE: list[tuple[str, str | bytes, Any]] = [
    ("a tab after a colon", "name:\tgood\n", "good"),
    ("a byte order mark", b"\xef\xbb\xbfname: good\n", "good"),
    ("line ends of another system", b"name: good\r\nother: 1\r\n", "good"),
    ("braces in a quoted text", 'name: good\nother: "{{ x }}"\n', "good"),
    ("JSON in YAML's clothes", '{"name": "good", "template": "{{ x }}"}', "good"),
    ("a very long line", "name: good\nblob: " + "x" * 300_000 + "\n", "good"),
    ("many documents", "name: good\n" + "---\nb: 1\n" * 300, None),
]


def _scanned(machine: Machine, folder: Path) -> Any:
    """The JSON of a scan that ends well and is not kept busy by what it reads."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (4 * CPU_SECONDS, 4 * CPU_SECONDS))

    outcome = machine.run("scan", folder, "--format", "json", limit=limit)
    assert_civil(outcome)
    return outcome.answer


def test_what_cannot_be_read_is_a_gap(machine: Machine, tmp_path: Path) -> None:
    """Each unreadable file is one gap with its reason; all others are read as ever."""
    files: dict[str, Content] = dict(PLAIN)
    files |= {f"environments/staging/bad{n}.yaml": body for n, (_, body, _) in enumerate(GAPS)}
    folder = repository(tmp_path / "bad", commit(files), checkout=False)
    answer = _scanned(machine, folder)
    reasons = {gap["path"]: gap["reason"] for gap in answer["gaps"]}

    assert len(GAPS) >= 13, "no cases found"
    for number, (why, _, word) in enumerate(GAPS):
        reason = reasons.get(f"environments/staging/bad{number}.yaml", "")
        assert reason, f"{why}: no gap"
        assert word in reason.lower(), f"{why}: {reason}"
    assert {"api", "web"} <= {one["role"] for one in answer["divergences"]}


@pytest.mark.parametrize(("why", "body", "expected"), READABLE)
def test_what_is_odd_is_read(
    machine: Machine, tmp_path: Path, why: str, body: str | bytes, expected: Any
) -> None:
    """Odd files that other tools accept are read, not given up."""
    folder = repository(
        tmp_path / "odd", commit({PATH: body, SIBLING: "name: other\n"}), checkout=False
    )
    answer = _scanned(machine, folder)
    names = [
        one["left_value"] if one["left"] == "staging" else one["right_value"]
        for one in answer["divergences"]
        if one["path"] == "/name"
    ]

    assert [] == [gap for gap in answer["gaps"] if gap["path"] == PATH], why
    assert expected is None or [expected] == names, why


def test_a_gap_keeps_what_was_known(machine: Machine, tmp_path: Path) -> None:
    """A file that breaks is not deleted, and when it is mended it is as if it never broke."""
    good, broken = "name: one\nreplicas: 1\n", "name: [\n"
    first = commit({PATH: good, SIBLING: "name: two\nreplicas: 1\n"}, at=1_750_000_000)
    breaks = commit({PATH: broken}, at=1_750_100_000)
    mended = commit({PATH: good}, at=1_750_200_000)
    while_broken = repository(tmp_path / "broken", first, breaks, checkout=False)
    after = repository(tmp_path / "mended", first, breaks, mended, checkout=False)
    answer = _scanned(machine, while_broken)
    later = _scanned(machine, after)

    assert [PATH] == [gap["path"] for gap in answer["gaps"]]
    assert not any("absent" in (one["left_state"], one["right_state"])
                   for one in answer["divergences"])  # fmt: skip
    assert [] == later["gaps"]
    assert ["/name"] == [one["path"] for one in later["divergences"]]


def test_a_hundred_megabytes(machine: Machine, tmp_path: Path) -> None:
    """A huge file is a gap in seconds, and is never held in memory as a whole."""
    folder = repository(tmp_path / "huge", commit(PLAIN))
    with (folder / PATH).open("wb") as file:
        for _ in range(100):
            file.write(b"# nothing but filling to be skipped\n" * (MEBIBYTE // 36))
    me = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "core.compression=1")
    git(folder, *me, "add", PATH)
    git(folder, *me, "commit", "--quiet", "--message=huge")
    process = machine.start("scan", folder, "--format", "json")
    peak = ended_pid = status = 0
    while not ended_pid:
        peak = max(peak, _resident(process.pid))
        time.sleep(0.01)
        # What the program and its git used, however busy the machine is.
        ended_pid, status, used = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    out, err = process.communicate()

    assert process.returncode == 0, err
    assert PATH.encode() in out
    assert used.ru_utime + used.ru_stime < CPU_SECONDS
    assert peak < 200 * MEBIBYTE


def _resident(pid: int) -> int:
    """Bytes of memory a process holds, where the system tells; else 0."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(fields[1]) * resource.getpagesize() if len(fields) > 1 else 0


def test_duplicate_keys(machine: Machine, tmp_path: Path) -> None:
    """A key that stands twice has its last value, as tools that apply it take it, or is a gap."""
    folder = repository(
        tmp_path / "twice",
        commit({PATH: "name: a\nname: b\n", SIBLING: "name: c\n"}),
        checkout=False,
    )
    answer = _scanned(machine, folder)
    values = {
        value
        for one in answer["divergences"]
        for value in (one["left_value"], one["right_value"])
        if one["path"] == "/name"
    }

    assert values == {"b", "c"} or [PATH] == [gap["path"] for gap in answer["gaps"]]
