"""Every layout of the case files comes out right, whole and half hidden."""

import random
import re
import subprocess
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.inventory.layout.aliases import canonical
from driftline.inventory.layout.cards import card
from driftline.inventory.layout.infer import infer
from driftline.inventory.layout.members import PLACE_FROM
from driftline.model.placing import FileCard, LayerKind, Layout, Placement
from driftline.sources.formats.reader import Reader
from driftline.sources.redaction import Redactor

SEEDS = range(8)


def expected(case: Any) -> list[str]:
    """The rows of a case as text."""
    return [line(row.source, row.path, row.environments, row.role, row.layer) for row in case.rows]


def line(
    source: str, path: str, environments: tuple[str, ...], role: str | None, layer: str | None
) -> str:
    """One placement as text, so that a failure shows which file is wrong and how."""
    return f"{source}:{path} {','.join(environments) or '-'} {role or '-'} {layer or '-'}"


def actual(case: Any, layouts: dict[str, Layout]) -> list[str]:
    """The placements of a case's files as text, roles left out where the case has none."""
    found = {
        (source, placement.path): placement
        for source, layout in layouts.items()
        for placement in layout.placements
    }
    lines = []
    for row in case.rows:
        placement = found[row.source, row.path]
        role = placement.role if row.role is not None else None
        lines.append(line(row.source, row.path, placement.environments, role, placement.layer))
    return lines


def test_layouts(case: Any) -> None:
    """Each file of each layout gets its environment, role and layer."""
    layouts = case.layouts(case.cards())

    assert expected(case) == actual(case, layouts)


def test_questions(case: Any) -> None:
    """A question is asked where a case says so, and nowhere else."""
    layouts = case.layouts(case.cards())
    asked = [question.text for layout in layouts.values() for question in layout.questions]

    assert bool(case.questions) == bool(asked), asked


def wrong(case: Any, layouts: dict[str, Layout]) -> Iterable[str]:
    """Every environment and pair that a partial view reports and that the truth denies."""
    truth = {(row.source, row.path): row for row in case.rows}
    placed: list[tuple[Placement, Any]] = []
    for source, layout in layouts.items():
        for placement in layout.placements:
            row = truth[source, placement.path]
            if placement.layer is None:
                continue
            placed.append((placement, row))
            names = {canonical(name) for name in row.environments}
            for name in placement.environments:
                # A coarser view of the same place (`production` of
                # `production/eu`, or its `eu`) is not wrong, only less.
                known = set(canonical(name).split("/"))
                if not any(known <= set(full.split("/")) for full in names):
                    yield f"{placement.path} is not in {name}"
    for (one, row), (other, other_row) in combinations(placed, 2):
        siblings = one.environments != other.environments
        if one.role == other.role and siblings and row.role != other_row.role:
            yield f"{one.path} is no sibling of {other.path}"


@pytest.mark.parametrize("content", ["content", "names"])
def test_half_hidden(case: Any, content: str) -> None:
    """With half of the files hidden, no wrong environment and no wrong pair is reported."""
    cards = case.cards(content=content == "content")
    problems = set(wrong(case, case.layouts(cards)))
    for seed in SEEDS:
        dice = random.Random(seed)  # noqa: S311 - which half is hidden is no secret
        partial = {
            source: [one for one in held if dice.random() < 0.5] for source, held in cards.items()
        }
        problems.update(wrong(case, case.layouts(partial)))

    assert set() == problems


def test_order_does_not_matter(case: Any) -> None:
    """The order of cards changes nothing."""
    cards = case.cards()
    shuffled = {source: held[::-1] for source, held in cards.items()}

    assert case.layouts(cards) == case.layouts(shuffled)


STRANGERS = [
    "tools/release/steps.yaml",
    "zz-notes/today.json",
    ".github/workflows/build.yaml",
    "docs/production/readme.yaml",
    "monitoring-rules/latency.yaml",
]


def test_unrelated_files_change_nothing(case: Any) -> None:
    """Unrelated files beside a layout leave every placement of its own files as it was."""
    cards = case.cards()
    more = {
        source: [*held, *(FileCard(path) for path in STRANGERS)] for source, held in cards.items()
    }

    assert actual(case, case.layouts(cards)) == actual(case, case.layouts(more))


# Words that may stand for one another without any other meaning in a path.
EXCHANGE = {"staging": "uat", "production": "preprod", "prod": "preprod"}
WORDS = re.compile(r"(?<![a-z0-9])(staging|production|prod)(?![a-z0-9])")
# Cases with several spellings of one environment would become other layouts.
SEVERAL = re.compile(r"(?<![a-z0-9])(stg|stage|non-prod|preprod)(?![a-z0-9])")


def renamed(text: str) -> str:
    """A text with its environments renamed."""
    return WORDS.sub(lambda match: EXCHANGE[match[1]], text)


def with_other_names(case: Any) -> Any:
    """A case with every environment renamed, in paths, content and expectations alike."""
    rows = tuple(
        msgspec.structs.replace(
            row,
            source=renamed(row.source),
            path=renamed(row.path),
            environments=tuple(sorted(renamed(name) for name in row.environments)),
            role=renamed(row.role) if row.role else row.role,
        )
        for row in case.rows
    )
    return msgspec.structs.replace(
        case,
        rows=rows,
        content={renamed(path): renamed(body) for path, body in case.content.items()},
        sources={
            renamed(label): (renamed(repository), renamed(branch))
            for label, (repository, branch) in case.sources.items()
        },
    )


def test_renaming_environments(cases: list[Any]) -> None:
    """Renaming every environment renames them in the answer and changes nothing else."""
    compared = 0
    for case in cases:
        words = {match[1] for row in case.rows for match in WORDS.finditer(row.path)}
        several = any(SEVERAL.search(row.path) for row in case.rows)
        if case.hints.places or several or {"prod", "production"} <= words:
            continue
        compared += 1
        other = with_other_names(case)

        assert expected(other) == actual(other, other.layouts(other.cards())), case.name

    assert compared >= 60, "too few cases compared"


# What paths are made of; their combinations are stranger than any repository.
SEGMENTS = [
    "staging", "prod", "production", "PROD", "dev", "test", "uat", "nonprod", "prod-eu", "prod2",
    "clusters", "environments", "overlays", "base", "common", "regions", "tenants", "accounts",
    "eu-west-1", "us", "blue", "cluster-1", "alpha", "bravo", "apps", "services", "web", "redis",
    "production-api", "web-staging", "k8s", "helm", "charts", "config", "secrets", "values",
]  # fmt: skip
NAMES = [
    "values.yaml", "values-prod.yaml", "prod.yaml", "staging.yaml", "kustomization.yaml", "api",
    "Chart.yaml", "main.tf", "prod.tfvars", "common.yaml", "deployment.yaml", "web.json", ".env",
    ".env.production", "eu-west-1.yaml", "values-acme.yaml", "production-api.yaml", "secrets.yaml",
]  # fmt: skip
PATHS = st.builds(
    lambda folders, name: "/".join([*folders, name]),
    st.lists(st.sampled_from(SEGMENTS), max_size=4),
    st.sampled_from(NAMES),
)


@given(st.sets(PATHS, max_size=24), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_any_tree(paths: set[str], dice: random.Random) -> None:
    """Whatever the tree, each file is placed once, alike in any order, and never on one sign."""
    shuffled = sorted(paths)
    dice.shuffle(shuffled)
    layout = infer([FileCard(path) for path in sorted(paths)], repository="shop")
    names = {one.name for one in layout.environments}

    assert layout == infer([FileCard(path) for path in shuffled], repository="shop")
    assert sorted(paths) == [one.path for one in layout.placements]
    for one in layout.placements:
        assert set(one.environments) <= names
        assert one.layer is None or one.role
        assert one.layer is None or one.confidence >= PLACE_FROM
        assert not one.environments or one.layer is not None


def test_speed() -> None:
    """Five thousand files are placed in well under three seconds, on any machine."""
    cards = [
        FileCard(f"services/s{number}/overlays/{name}/{stem}.yaml")
        for number in range(420)
        for name in ("dev", "staging", "prod")
        for stem in ("kustomization", "patch", "ingress", "values")
    ]
    start = time.process_time()
    layout = infer(cards, repository="shop")

    assert 3 == len(layout.environments)
    assert time.process_time() - start < 3


DATA = Path(__file__).parents[3].parent / "shared" / "data" / "gitops"


def recorded(name: str, folder: Path) -> list[FileCard]:
    """Cards of every file that was ever in a recorded history, from its last version."""
    bundle = DATA / f"{name}.bundle"
    if not bundle.exists():
        pytest.skip(f"the recorded history {name}.bundle is not beside the checkout")
    clone = folder / name
    subprocess.run(["git", "clone", "--quiet", "--bare", str(bundle), str(clone)], check=True)
    log = ["log", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames", "--format="]
    blobs: dict[str, str] = {}
    alive: dict[str, bool] = {}
    for row in git(clone, *log).decode().splitlines():
        head, path = row.split("\t", 1)
        _, _, _, blob, status = head.split()
        alive.setdefault(path, status != "D")
        if status != "D":
            blobs.setdefault(path, blob)
    reader = Reader(Redactor(b"0" * 32, "test"))
    made = []
    for path, blob in blobs.items():
        reading = reader.read(path, git(clone, "cat-file", "blob", blob))
        documents = [(one.kind, one.key, one.leaves()) for one in reading.documents]
        made.append(card(path, documents, alive=alive[path]))
    return made


def git(folder: Path, *arguments: str) -> bytes:
    """What git prints."""
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True
    ).stdout


@pytest.mark.data
def test_mybinder(tmp_path: Path) -> None:
    """Federation members come and go, over one chart, and neighbours are no environments."""
    layout = infer(recorded("mybinder.org-deploy", tmp_path), repository="mybinder.org-deploy")
    found = {one.path: one for one in layout.placements}
    members = {one.path for one in layout.placements if one.role == "mybinder"}
    names = {one.name for one in layout.environments}

    assert names == {
        "staging", "prod", "ovh", "ovh2", "turing", "turing-staging", "hetzner-2i2c",
        "hetzner-2i2c-bare", "hetzner-gesis", "bids-ovh", "curvenote", "beta", "localhost",
        "prod-gke2", "staging-gke2",
    }  # fmt: skip
    assert {f"config/{name}.yaml" for name in names} <= members
    assert LayerKind.CHART == found["mybinder/values.yaml"].layer
    assert "mybinder" == found["mybinder/values.yaml"].role
    assert LayerKind.BASE == found["config/common.yaml"].layer
    assert {None} == {
        found[path].layer
        for path in ("config/cert-manager.yaml", "config/support.yaml", "support/values.yaml")
    }
    assert found["binder/staging.yaml"].role == found["binder/prod.yaml"].role
    assert found["staging.yaml"].role == found["prod.yaml"].role == found["common.yaml"].role
    assert not {found["staging.yaml"].role, found["binder/prod.yaml"].role} & {"mybinder"}


@pytest.mark.data
def test_wbaas(tmp_path: Path) -> None:
    """Two layouts that carry the same intent give one role."""
    layout = infer(recorded("wbaas-deploy", tmp_path), repository="wbaas-deploy")
    environments = ["local", "production", "staging"]
    found = {one.path: (one.environments, one.role, one.layer) for one in layout.placements}
    own = LayerKind.ENVIRONMENT

    assert environments == [one.name for one in layout.environments]
    assert () == layout.questions
    for name in environments:
        for role in ("api", "ui", "redis", "redis-2", "app-of-apps"):
            assert ((name,), role, own) == found[f"k8s/argocd/{name}/{role}.values.yaml"]
        assert ((name,), "private", own) == found[f"k8s/helmfile/env/{name}/private.yaml"]
    assert (("local",), "private", own) == found["private-local.yaml"]
    assert ((), "private", LayerKind.BASE) == found["private.yaml"]
    assert found["k8s/definitions/cert-manager/01-crds.yaml"][2] is None
    assert found["k8s/jobs/mediawikiUpdate.yaml"][2] is None


@pytest.mark.data
def test_flux(tmp_path: Path) -> None:
    """Clusters, applications and their base."""
    name = "flux2-kustomize-helm-example"
    layout = infer(recorded(name, tmp_path), repository=name)
    found = {one.path: (one.environments, one.role, one.layer) for one in layout.placements}
    own = LayerKind.ENVIRONMENT

    assert ["production", "staging"] == [one.name for one in layout.environments]
    assert () == layout.questions
    for each in ("production", "staging"):
        assert ((each,), "apps", own) == found[f"clusters/{each}/apps.yaml"]
        assert ((each,), "apps", own) == found[f"apps/{each}/kustomization.yaml"]
        assert ((each,), "podinfo", own) == found[f"apps/{each}/podinfo-values.yaml"]
        sync = f"clusters/{each}/flux-system/gotk-sync.yaml"
        assert ((each,), "flux-system", own) == found[sync]
    assert ((), "podinfo", LayerKind.BASE) == found["apps/base/podinfo/release.yaml"]
    assert found["infrastructure/controllers/cert-manager.yaml"][2] is None
