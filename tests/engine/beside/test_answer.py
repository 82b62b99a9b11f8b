"""`compare` for things as they come: whole answers, from files to rows."""

import json
from pathlib import Path
from typing import Any

import pytest

from driftline.engine.beside.answer import compare, environment_words
from driftline.errors import UsageError
from driftline.model.answers.parity import Comparison
from tests.engine.beside.test_plain_sides import tree

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 2, template: {spec: {containers: [{name: app, image: "x:1"}]}}}
"""
SAME = """# written otherwise, in another file
kind: Deployment
apiVersion: apps/v1
spec:
  template:
    spec:
      containers:
      - image: 'docker.io/library/x:1'
        name: app
  replicas: 2
metadata:
  name: web
"""


def rows(answer: Comparison) -> list[tuple[str, str, Any, Any]]:
    """Role, path and both values."""
    return [(row.role, row.path, row.left_value, row.right_value) for row in answer.divergences]


def test_layout_and_writing_do_not_matter(tmp_path: Path) -> None:
    """An object is the same in another file, in another order, under another spelling."""
    tree(
        tmp_path / "a",
        all=f"{DEPLOYMENT}---\nkind: Service\napiVersion: v1\nmetadata: {{name: s}}\n",
    )
    tree(tmp_path / "b", deep__web=SAME, s="kind: Service\napiVersion: v1\nmetadata: {name: s}\n")
    answer = compare("./a", "./b", tmp_path)

    assert () == answer.divergences
    assert (2, 0) == (answer.pair.roles_common, answer.pair.roles_left_only)


def test_counts_of_files(tmp_path: Path) -> None:
    """Files that are equal byte for byte are counted, and in no other count."""
    tree(tmp_path / "a", same="x: 1", one="a: 1")
    tree(tmp_path / "b", same="x: 1", one="a: 2", more="z: 1")
    answer = compare("./a", "./b", tmp_path)
    files = answer.files

    assert files is not None
    assert (2, 3, 1, 2) == (files.left, files.right, files.equal, files.compared)
    assert [("more.yaml", "", None, None), ("one.yaml", "/a", 1, 2)] == rows(answer)


def test_secrets_are_never_told(tmp_path: Path) -> None:
    """Equal secrets are equal, different ones differ, and none of them is in the answer."""
    secret = (
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\nstringData: {{a: hush1, b: {}}}\n"
    )
    tree(tmp_path / "a", s=secret.format("hush2"), v="password: hush3\n")
    tree(tmp_path / "b", s=secret.format("hush4"), v="password: hush5\n")
    answer = compare("./a", "./b", tmp_path)

    assert [("Secret/s", "/stringData/b"), ("v.yaml", "/password")] == [
        (role, path) for role, path, *_ in rows(answer)
    ]
    assert "hush" not in str(answer)


def test_a_broken_document_hides_nothing(tmp_path: Path) -> None:
    """One document that cannot be read is a gap; the others are compared, and it is no absence."""
    tree(tmp_path / "a", all=f"{DEPLOYMENT}---\nx: 1\n")
    tree(tmp_path / "b", all=f"{DEPLOYMENT.replace('x:1', 'x:2')}---\nx: {{\n")
    answer = compare("./a", "./b", tmp_path)

    assert [("Deployment/web", "x:1")] == [
        (role, left) for role, path, left, _ in rows(answer) if path
    ]
    assert ["unknown"] == [row.right_state.value for row in answer.divergences if not row.path]
    assert [("all.yaml", "./b")] == [(gap.path, gap.repository) for gap in answer.gaps]
    assert "1 of 2 documents" in answer.gaps[0].reason


@pytest.mark.parametrize(
    ("name", "one", "other", "expected"),
    [
        ("x.json", '{"a": 1}', '{"a": 2}', "/a"),
        ("x.toml", "a = 1", "a = 2", "/a"),
        (".env", "A=1", "A=2", "/A"),
        ("x.ini", "[s]\na = 1", "[s]\na = 2", "/s/a"),
        ("x.properties", "a.b=1", "a.b=2", "/a.b"),
        ("x.tfvars", "a = 1", "a = 2", "/a"),
        ("odd.name", '{"a": 1}', '{"a": 2}', "/a"),
    ],
)
def test_every_notation(tmp_path: Path, name: str, one: str, other: str, expected: str) -> None:
    """Two files of any notation are compared by what they say, named alike or not."""
    (tmp_path / name).write_text(one, encoding="utf-8")
    (tmp_path / f"b{name}").write_text(other, encoding="utf-8")
    answer = compare(f"./{name}", f"./b{name}", tmp_path)

    assert [(name, expected)] == [(role, path) for role, path, *_ in rows(answer)]


def test_states(tmp_path: Path) -> None:
    """Two states differ in attributes of resources, and their plane is what tools remember."""

    def state(ami: str, serial: int) -> str:
        resource = {
            "mode": "managed",
            "type": "aws_instance",
            "name": "web",
            "instances": [{"attributes": {"ami": ami, "password": ami}}],
        }
        return json.dumps(
            {"version": 4, "terraform_version": "1", "serial": serial, "resources": [resource]}
        )

    (tmp_path / "a.tfstate").write_text(state("ami-1", 1), encoding="utf-8")
    (tmp_path / "b.tfstate").write_text(state("ami-2", 2), encoding="utf-8")
    answer = compare("./a.tfstate", "./b.tfstate", tmp_path)

    assert ["/ami", "/password"] == [path for _, path, *_ in rows(answer)]
    assert {"aws_instance.web"} == {role for role, *_ in rows(answer)}
    assert "recorded" == answer.pair.plane


def test_one_file_that_is_no_configuration_is_an_error(tmp_path: Path) -> None:
    """Who names a file that cannot be compared is told which ones can."""
    (tmp_path / "a.md").write_text("# Hello\n\nDear reader.\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("x: 1\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"\./a\.md: this is no configuration that can be read"):
        compare("./a.md", "./b.yaml", tmp_path)


def test_what_was_left_out_is_noted(tmp_path: Path) -> None:
    """Files that are no configuration are counted in a note."""
    tree(tmp_path / "a", x="1")
    tree(tmp_path / "b", x="1")
    (tmp_path / "b" / "main.py").touch()

    assert ("not compared, as they are no configuration: 0 files of ./a and 1 of ./b",) == compare(
        "./a", "./b", tmp_path
    ).notes


def test_words_of_paths() -> None:
    """The words in a path that name environments count with their usual spellings."""
    assert {"staging", "stg"} <= environment_words("./overlays/staging")
    assert frozenset() == environment_words("./reproduction/stages")


@pytest.mark.data
def test_every_recorded_state_beside_itself(data: Path, tmp_path: Path) -> None:
    """All recorded states equal copies of themselves that are written otherwise."""
    (tmp_path / "b").mkdir()
    files = sorted((data / "tfstate").iterdir())
    for file in files:
        state = json.loads(file.read_text(encoding="utf-8"))
        state["serial"] += 1
        rewritten = json.dumps(state, sort_keys=True)
        (tmp_path / "b" / file.name).write_text(rewritten, encoding="utf-8")
    answer = compare(str(data / "tfstate"), "./b", tmp_path)

    assert len(files) > 100
    assert ((), ()) == (answer.divergences, answer.gaps)
    assert answer.pair.facts_common > 4_000


def test_templates_that_differ_are_told_so(tmp_path: Path) -> None:
    """Two files that nobody can read, and whose bytes differ, are no agreement."""
    for name in "ab":
        tree(tmp_path / name, x=f"{{{{ if .{name} }}}}\nx: 1\n", y="{{ same }}\n- {")
    answer = compare("./a", "./b", tmp_path)

    assert ["x.yaml", "x.yaml"] == [gap.path for gap in answer.gaps]
    assert all(gap.reason.endswith("; its bytes differ") for gap in answer.gaps)


ROLE = """apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: reader}}
rules:
- apiGroups: [""]
  resources: [{resources}]
  verbs: [{verbs}]
"""
ARGUMENTS = """apiVersion: v1
kind: Pod
metadata: {{name: p}}
spec: {{containers: [{{name: a, args: [{args}]}}]}}
"""


def test_the_order_of_sets_is_no_difference(tmp_path: Path) -> None:
    """Verbs of a role may stand in any order, arguments of a program may not."""
    one = ROLE.format(resources="pods, services", verbs="get, list, watch")
    other = ROLE.format(resources="services, pods", verbs="watch, get, list")
    tree(tmp_path / "a", role=one, pod=ARGUMENTS.format(args="one, two"))
    tree(tmp_path / "b", role=other, pod=ARGUMENTS.format(args="two, one"))
    answer = compare("./a", "./b", tmp_path)

    assert [("Pod/p", "one", "two"), ("Pod/p", "two", "one")] == [
        (role, left, right) for role, _, left, right in rows(answer)
    ]
    assert 5 == answer.pair.noise
    assert ("5 differences in the order of lists whose order means nothing",) == answer.notes


def test_a_set_in_another_order_is_equal(tmp_path: Path) -> None:
    """Where nothing but the order of sets differs, nothing does."""
    for name, verbs in (("a", "get, list, watch"), ("b", "watch, get, list")):
        tree(tmp_path / name, role=ROLE.format(resources="pods", verbs=verbs))
    answer = compare("./a", "./b", tmp_path)

    assert () == answer.divergences
    assert (0, 3) == (answer.pair.facts_differ, answer.pair.noise)
