"""What the store costs: bytes a fact, CPU of an append, times of the questions.

The history is made up, but in the proportions of real ones: mostly short
values, image tags mostly new, about two facts in a changed resource, about
three resources in a look. Every time is printed with its ratio to a floor of
the same run: the same fact rows written to, or read from, one plain table.
"""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from driftline.history.protocol import Store
from driftline.history.sqlite_store import open_store
from driftline.model.look import Contribution, FactChange, Look, LookChanges, Person, ResourceChange

_PEOPLE = tuple(Person(f"Person {n}", f"person{n}@example.org") for n in range(40))
_WORDS = ("api", "web", "queue", "cache", "mail", "search", "auth", "cart", "feed", "jobs")
_LEAVES = 40


def looks(
    number: int, *, resources: int, seed: int, born: int | None = None
) -> Iterator[LookChanges]:
    """A history of so many looks over so many resources.

    The first look lists `born` resources (all of them by default), and the
    others appear along the way.
    """
    dice = random.Random(seed)  # noqa: S311 - a made-up history, no secret
    held: list[dict[str, str]] = []
    first = resources if born is None else born
    for position in range(number):
        changes: list[ResourceChange] = []
        wanted = first if position == 0 else (len(held) < resources and dice.random() < 0.05)
        for _ in range(int(wanted)):
            held.append(_facts(dice, len(held)))
            listed = tuple(FactChange(at, None, value) for at, value in held[-1].items())
            changes.append(_change(len(held) - 1, listed, appeared=True))
        if position:
            touched = dice.sample(range(len(held) - int(wanted)), k=dice.choice((1, 2, 3, 3, 6)))
            changes += [_change(n, _moved(dice, held[n]), appeared=False) for n in touched]
        yield _look(dice, position, tuple(changes))


def _look(dice: random.Random, position: int, changes: tuple[ResourceChange, ...]) -> LookChanges:
    ref = f"{dice.getrandbits(160):040x}"
    author, merger = dice.choice(_PEOPLE), dice.choice(_PEOPLE)
    subject = f"Bump {dice.choice(_WORDS)} to {dice.randrange(10**6)} in {dice.choice(_WORDS)}"
    if dice.random() < 0.5:  # a merge: its one act is another commit
        act = Contribution(f"{dice.getrandbits(160):040x}", author, subject)
        title = f"Merge pull request #{position} from {dice.choice(_WORDS)}/update"
        look = Look(position, 1_600_000_000 + position * 3600, ref, merger, merger, title)
    else:
        act = Contribution(ref, author, subject)
        look = Look(position, 1_600_000_000 + position * 3600, ref, author, None, subject)
    return LookChanges(look, (act,), changes)


def _change(number: int, facts: tuple[FactChange, ...], *, appeared: bool) -> ResourceChange:
    name = f"{_WORDS[number % 10]}-{number // 10}"
    return ResourceChange(
        file=f"clusters/{('staging', 'production')[number % 2]}/apps/{name}/deployment.yaml",
        key=f"Deployment/{name}",
        kind="object",
        appeared=appeared,
        vanished=False,
        facts=facts,
        act=0,
    )


def _facts(dice: random.Random, number: int) -> dict[str, str]:
    name = f"{_WORDS[number % 10]}-{number // 10}"
    root = f"/spec/template/spec/containers/[name={_WORDS[number % 10]}]"
    facts = {
        "/metadata/name": f'"{name}"',
        "/spec/replicas": str(dice.randrange(9)),
        f"{root}/image": _image(dice),
        f"{root}/args/0": f'"--config=/etc/{name}/config.yaml"',
        "/metadata/annotations/description": '"' + "what this is for, in words " * 5 + '"',
    }
    for n in range(_LEAVES - len(facts)):
        facts[f"{root}/env/[name=SETTING_{n}]/value"] = _value(dice)
    return facts


def _moved(dice: random.Random, held: dict[str, str]) -> tuple[FactChange, ...]:
    image = next(at for at in held if at.endswith("/image"))
    others = [at for at in held if at.endswith("/value")]
    chosen = [image, *dice.sample(others, k=dice.choice((0, 1, 2)))]
    moved = []
    for at in chosen:
        after = _image(dice) if at == image else _value(dice)
        if after != held[at]:
            moved.append(FactChange(at, held[at], after))
            held[at] = after
    return tuple(moved)


def _image(dice: random.Random) -> str:
    return f'"ghcr.io/example/{dice.choice(_WORDS)}:sha-{dice.getrandbits(28):07x}"'


def _value(dice: random.Random) -> str:
    return dice.choice(
        (
            str(dice.randrange(1000)),
            "true",
            "false",
            f'"{dice.randrange(64)}Mi"',
            f'"https://{dice.choice(_WORDS)}.example.org/v{dice.randrange(3)}"',
            f'"{dice.choice(_WORDS)}"',
        )
    )


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _appended(store: Store, source: int, history: list[LookChanges], batch: int) -> None:
    for start in range(0, len(history), batch):
        store.append(source, history[start : start + batch], known_at=1)


def _floor_written(path: Path, rows: list[tuple[int, str, str | None]]) -> None:
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("CREATE TABLE plain (position INTEGER, address TEXT, value TEXT)")
    plain.executemany("INSERT INTO plain VALUES (?, ?, ?)", rows)
    plain.commit()
    plain.close()


def _floor_read(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("SELECT position, address, value FROM plain").fetchall()
    plain.close()


def _rows(history: list[LookChanges]) -> list[tuple[int, str, str | None]]:
    return [
        (changes.look.position, fact.address, fact.after)
        for changes in history
        for resource in changes.resources
        for fact in resource.facts
    ]


def run() -> None:
    """Print the figures of a scan's size, then the size of a long history."""
    history = list(looks(2_000, resources=500, seed=1))
    rows = _rows(history)
    print(f"{len(history)} looks, 500 resources, {len(rows)} facts")
    with tempfile.TemporaryDirectory() as folder:
        _print_times(Path(folder), history, rows, repeats=5)
    with tempfile.TemporaryDirectory() as folder:
        _print_size(Path(folder))


def _print_times(
    folder: Path, history: list[LookChanges], rows: list[tuple[int, str, str | None]], repeats: int
) -> None:
    times: dict[str, list[float]] = {}
    for repeat in range(repeats):
        plain, kept = folder / f"plain{repeat}.db", folder / f"store{repeat}.db"
        floor_write = _cpu(lambda at=plain: _floor_written(at, rows))  # type: ignore[misc]
        floor_read = _cpu(lambda at=plain: _floor_read(at))  # type: ignore[misc]
        store = open_store(kept)
        source = store.register("git", "/example").id
        measured = {
            "floor: write one table": floor_write,
            "floor: read one table": floor_read,
            "append": _cpu(lambda: _appended(store, source, history, 1000)),  # noqa: B023
        }
        store.close()
        start = time.perf_counter()
        store = open_store(kept)
        measured["open (wall)"] = time.perf_counter() - start
        every = [resource.id for resource in store.resources(source)]
        middle = history[len(history) // 2].look.position
        questions: dict[str, Callable[[], object]] = {
            "looks": lambda: store.looks(source),  # noqa: B023
            "resources": lambda: store.resources(source),  # noqa: B023
            "steps": lambda: list(store.steps(every)),  # noqa: B023
            "state at the tip": lambda: store.state(every, None),  # noqa: B023
            "state half-way": lambda: store.state(every, middle),  # noqa: B023
            "change counts": lambda: store.change_counts(source),  # noqa: B023
            "acts": lambda: store.acts(source),  # noqa: B023
        }
        measured.update({name: _cpu(question) for name, question in questions.items()})
        store.close()
        for name, seconds in measured.items():
            times.setdefault(name, []).append(seconds)
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    for name, seconds in medians.items():
        floor = medians["floor: write one table" if name == "append" else "floor: read one table"]
        print(f"  {name:24} {seconds * 1000:8.1f} ms  {seconds / floor:6.2f} x floor")


def _print_size(folder: Path) -> None:
    history = list(looks(20_000, resources=1_000, seed=2, born=200))
    facts = len(_rows(history))
    path = folder / "store.db"
    store = open_store(path)
    source = store.register("git", "/example").id
    _appended(store, source, history[:-50], 1000)
    commits = []
    for changes in history[-50:]:
        start = time.perf_counter()
        store.append(source, [changes], known_at=1)
        commits.append(time.perf_counter() - start)
    store.close()
    size = path.stat().st_size
    print(f"{len(history)} looks, {facts} facts: {size / facts:.1f} bytes a fact, all included")
    median = statistics.median(commits) * 1000
    print(f"  one look appended: p50 {median:.1f} ms, max {max(commits) * 1000:.1f} ms (wall)")
    for name, share in _shares(path):
        print(f"  {name:32} {share / facts:6.1f} bytes a fact")


def _shares(path: Path) -> list[tuple[str, int]]:
    """Bytes by table and index, where this SQLite can tell."""
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2")
        return [(name, size) for name, size in rows.fetchall() if size > 50_000]
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


if __name__ == "__main__":
    run()
