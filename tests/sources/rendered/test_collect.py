"""The user's tools are found, run without means to reach anything, and ended in time."""

import os
import shutil
import time
from pathlib import Path

import pytest

from driftline.sources.rendered import collect
from driftline.sources.rendered.collect import Tools, find_tools, run
from tests.sources.rendered.scripts import script


def test_tools_are_found_on_the_path(tmp_path: Path) -> None:
    """A kustomize of its own comes before the one in kubectl, and each says its version."""
    script(tmp_path, "kubectl", "echo Client Version: v1.2.3")
    script(tmp_path, "helm", "echo v4.5.6")
    found = find_tools({"PATH": str(tmp_path)})

    assert ((f"{tmp_path}/kubectl", "kustomize"), (f"{tmp_path}/helm", "template")) == (
        found.kustomize,
        found.helm,
    )
    assert ("kubectl Client Version: v1.2.3", "helm v4.5.6") == found.versions
    script(tmp_path, "kustomize", "echo v9")
    assert (f"{tmp_path}/kustomize", "build") == find_tools({"PATH": str(tmp_path)}).kustomize


def test_nothing_on_the_path(tmp_path: Path) -> None:
    """Where there is no tool, none is found."""
    assert Tools() == find_tools({"PATH": str(tmp_path)}) == find_tools({})


def test_a_tool_has_no_means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No credential, no home, no other program and no way out reach a tool."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
    monkeypatch.setenv("KUBECONFIG", "/somewhere")
    tool = script(tmp_path, "tool", "set; pwd; command -v git || echo no git")
    said = (run([str(tool)], tmp_path, seconds=10).data or b"").decode()

    assert "hunter2" not in said
    assert "/somewhere" not in said
    assert "no git" in said
    assert "127.0.0.1:9" in said
    assert str(Path.home()) + "\n" not in said
    assert f"\n{tmp_path}\n" in said


FAILURES = [
    ("echo 'Error: first' >&2; echo 'use --help' >&2; exit 1", "tool: first"),
    ("exit 3", "tool: it gave no reason"),
    ('echo "error: no $PWD/file" >&2; exit 1', "tool: no file"),
    ("printf 'error: %0999d' 1 >&2; exit 1", "tool: " + "0" * 297 + "..."),
]


@pytest.mark.parametrize(("body", "reason"), FAILURES)
def test_a_failure_has_the_tools_own_words(tmp_path: Path, body: str, reason: str) -> None:
    """The reason is what the tool said, in one line and without our folder."""
    output = run([str(script(tmp_path, "tool", body))], tmp_path, seconds=10)

    assert (None, reason) == (output.data, output.reason)


def test_a_tool_that_does_not_end_is_ended(tmp_path: Path) -> None:
    """After its time a tool is stopped, with whatever it started."""
    tool = script(tmp_path, "tool", "(while :; do :; done) & while :; do :; done")
    started = time.monotonic()
    output = run([str(tool)], tmp_path, seconds=0.3)

    assert "tool took more than 0.3 seconds" == output.reason
    assert time.monotonic() - started < 5


def test_a_tool_that_writes_for_ever_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Output beyond all use is no output."""
    monkeypatch.setattr(collect, "OUTPUT_BYTES_MAX", 1 << 20)
    tool = script(tmp_path, "tool", "while :; do printf '%01000d' 1; done")

    assert "tool wrote more than 1 MiB" == run([str(tool)], tmp_path, seconds=10).reason


def test_a_tool_that_is_none(tmp_path: Path) -> None:
    """A program that cannot be started has a reason."""
    assert "none cannot be run" in run([str(tmp_path / "none")], tmp_path, seconds=1).reason


needs_kubectl = pytest.mark.skipif(
    shutil.which("kubectl") is None, reason="there is no kubectl on the PATH to render with"
)


@needs_kubectl
def test_real_kustomize(tmp_path: Path) -> None:
    """The kustomize inside the user's kubectl builds a local overlay."""
    for path, text in {
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
        "qa/kustomization.yaml": "namespace: qa\nresources: [../base]\n",
    }.items():
        place = tmp_path / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)
    command = find_tools(os.environ).kustomize
    output = run([*command, "--", "./qa"], tmp_path, seconds=30)

    assert b"namespace: qa" in (output.data or b""), output.reason


@needs_kubectl
def test_real_kustomize_fetches_nothing(tmp_path: Path) -> None:
    """A base from elsewhere fails at once instead of being fetched."""
    (tmp_path / "kustomization.yaml").write_text(
        "resources: ['https://example.com/base.yaml', 'https://example.com/org/app//base?ref=v1']"
    )
    output = run([*find_tools(os.environ).kustomize, "--", "."], tmp_path, seconds=30)

    assert output.data is None
    assert "127.0.0.1:9" in output.reason or "git" in output.reason
