"""Two trees of 5,000 manifests, with 50 real edits among 200 that change only the writing.

The answer is exact: the 50 edited leaves, each with both values, and nothing
else. Cold is a process from its start, ours and the floor's; warm is the same
in one process that has everything imported.
"""

import json
import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import yaml

from bench import tree_floor
from bench.pairs import interleaved, process
from bench.tree_floor import FLOORS
from driftline.engine.beside import answer as side_by_side
from driftline.render.json_text import json_text

MANIFESTS, EDITS, COSMETIC = 5_000, 50, 200
PAIRS = 5


def manifest(number: int) -> str:
    """A Deployment as people write it, of about 50 lines."""
    dice = random.Random(number)  # noqa: S311 - the same trees every time, no secret
    name = f"service-{number}"
    variables = "".join(
        f'        - name: {key}\n          value: "{dice.randrange(1000)}"\n'
        for key in ("LOG_LEVEL", "WORKERS", "CACHE_SIZE", "UPSTREAM", "REGION")
    )
    return f"""apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: team-{number % 40}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: shop
spec:
  replicas: {dice.randrange(1, 6)}
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {name}
    spec:
      serviceAccountName: {name}
      containers:
      - name: app
        image: registry.example.com/shop/{name}:1.{dice.randrange(40)}.{dice.randrange(10)}
        args: ["--listen=:8080", "--verbose"]
        ports:
        - name: http
          containerPort: 8080
        env:
{variables}        resources:
          requests:
            cpu: 500m
            memory: 1Gi
          limits:
            memory: 1Gi
        readinessProbe:
          httpGet:
            path: /healthz
            port: http
          periodSeconds: 10
"""


def commented(text: str) -> str:
    """A comment more, and one behind a value."""
    return "# reviewed\n" + text.replace("periodSeconds: 10", "periodSeconds: 10  # often enough")


def respelled(text: str) -> str:
    """The same quantities and texts in other spellings."""
    text = text.replace("cpu: 500m", 'cpu: "0.5"').replace("memory: 1Gi", "memory: 1024Mi")
    return text.replace("kind: Deployment", "kind: 'Deployment'")


def reordered(text: str) -> str:
    """The keys of every mapping in another order, and the variables too."""
    tree = yaml.load(text, Loader=yaml.CSafeLoader)
    tree["spec"]["template"]["spec"]["containers"][0]["env"].reverse()
    return yaml.dump(tree, Dumper=yaml.CSafeDumper, sort_keys=True)


def in_json(text: str) -> str:
    """The same manifest in the flow style of YAML, which is JSON here."""
    tree = yaml.load(text, Loader=yaml.CSafeLoader)
    return json.dumps(tree, indent=2) + "\n"


WRITINGS: tuple[Callable[[str], str], ...] = (commented, respelled, reordered, in_json)
# What is edited: the text before it, and the address where the edit shows.
EDITED = (
    ("  replicas: ", "/spec/replicas"),
    ("        image: ", "/spec/template/spec/containers/[name=app]/image"),
    (
        "        - name: WORKERS\n          value: ",
        "/spec/template/spec/containers/[name=app]/env/[name=WORKERS]/value",
    ),
    (
        "          periodSeconds: ",
        "/spec/template/spec/containers/[name=app]/readinessProbe/periodSeconds",
    ),
)
NEW = ("17", "registry.example.com/shop/other:2.0", '"8000"', "99")


def write_trees(folder: Path) -> set[tuple[str, str]]:
    """Both trees, `a` and `b`; role and path of each real edit."""
    chosen = random.Random(0).sample(range(MANIFESTS), EDITS + COSMETIC)  # noqa: S311
    place = {number: at for at, number in enumerate(chosen)}
    expected = set()
    for number in range(MANIFESTS):
        text = other = manifest(number)
        at = place.get(number)
        if at is not None and at < EDITS:
            before, address = EDITED[at % len(EDITED)]
            head, _, rest = text.partition(before)
            other = head + before + NEW[at % len(EDITED)] + "\n" + rest.partition("\n")[2]
            expected.add((f"Deployment/team-{number % 40}/service-{number}", address))
        elif at is not None:
            other = WRITINGS[at % len(WRITINGS)](text)
        for tree, content in (("a", text), ("b", other)):
            file = folder / tree / f"team-{number % 40}" / f"service-{number}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
    return expected


def found(folder: Path) -> set[tuple[str, str]]:
    """Role and path of each difference that is told."""
    answer = side_by_side.compare(str(folder / "a"), str(folder / "b"), folder)
    return {(row.role, row.path) for row in answer.divergences}


def ours(folder: Path) -> None:
    """The whole answer as JSON, in this process."""
    json_text(side_by_side.compare(str(folder / "a"), str(folder / "b"), folder))


def run() -> None:
    """Check that the answer is exact; print its cost against both floors, cold and warm."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        expected = write_trees(folder)
        told = found(folder)
        print(
            f"{MANIFESTS:,} manifests a side, {len(expected)} edits: {len(told & expected)} found, "
            f"{len(told - expected)} false"
        )
        program = str(Path(sys.executable).with_name("driftline"))
        command = [program, "compare", "./a", "./b", "--format", "json"]
        for name, floor in FLOORS.items():
            script = str(Path(tree_floor.__file__))
            alone = [sys.executable, script, name, "a", "b"]
            cold = interleaved(
                process(command, cwd=folder), process(alone, cwd=folder), pairs=PAIRS
            )
            print(cold.line(f"cold, {name}"))
            warm = interleaved(
                lambda: ours(folder), partial(floor, folder / "a", folder / "b"), pairs=PAIRS
            )
            print(warm.line(f"warm, {name}"))
