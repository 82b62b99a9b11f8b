"""Effective values and comparisons of a made-up history, against naive ones of the same run.

The history is like a real one: a shared file of 400 facts with 5,000 steps, and
six environments with 150 facts each. The floor does what a script would do: it
rebuilds both files of each side at now and compares two dictionaries. It knows
nothing of lists, types, onsets or causes, so what is above it is their price.
"""

import random
import time
from collections.abc import Callable, Sequence

from bench.pairs import interleaved
from driftline.inventory.compare import View, compare, view
from driftline.inventory.layers.layer import Layer, LayerStep, MergeMode
from driftline.inventory.units import Unit

FACTS, STEPS, ENVIRONMENTS, OWN_FACTS, OWN_STEPS, LOOKS = 400, 5_000, 6, 150, 600, 5_000
VALUES = ('"a"', '"b"', "1", "2", '"10Mi"', None)
REPEATS = 10


def addresses() -> list[str]:
    """The addresses of a values file: mostly keys, some lists with names and without."""
    found = []
    for number in range(FACTS):
        section = f"/app/section{number % 17}"
        if number % 8 < 5:
            found.append(f"{section}/config/key{number}/value")
        elif number % 8 == 5:
            found.append(f"{section}/list{number // 40}/{number // 8 % 5}")
        else:
            found.append(f"{section}/env{number // 40}/[name=N{number}]/value")
    return found


def layer(name: str, places: Sequence[str], steps: int, *, shared: bool) -> Layer:
    """A file with a life: everything at the first look, then random steps."""
    dice = random.Random(name)  # noqa: S311 - the same history every time, no secret
    life = [LayerStep(0, place, '"first"', 0) for place in places]
    life += [
        LayerStep(dice.randrange(1, LOOKS), dice.choice(places), dice.choice(VALUES), number)
        for number in range(steps)
    ]
    life.sort(key=lambda step: step.instant)
    return Layer(name, f"{name}.yaml", MergeMode.HELM, shared, tuple(life))


def units() -> list[Unit]:
    """One role in each environment, over one shared file."""
    shared_places = addresses()
    base = layer("base", shared_places, STEPS, shared=True)
    found = []
    for number in range(ENVIRONMENTS):
        dice = random.Random(number)  # noqa: S311 - as above
        places = dice.sample(shared_places, OWN_FACTS - 40)
        places += [f"/own/key{one}/of/{number if one < 10 else 'all'}" for one in range(40)]
        own = layer(f"environment{number}", places, OWN_STEPS, shared=False)
        found.append(Unit(f"environment{number}", "app", (base, own), (), 0, None))
    return found


def seconds(action: Callable[[], object]) -> float:
    """The least processor time of several runs."""
    taken = []
    for _ in range(REPEATS):
        before = time.process_time()
        action()
        taken.append(time.process_time() - before)
    return min(taken)


def naive(both: Sequence[Unit]) -> int:
    """How many facts two sides do not share, by two dictionaries built at now."""
    sides = []
    for unit in both:
        facts: dict[str, str | None] = {}
        for one in unit.layers:
            for step in one.steps:
                facts[step.address] = step.value
        sides.append(facts)
    return len(sides[0].items() ^ sides[1].items())


def all_pairs(several: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Every pair of environments."""
    return [(left, right) for number, left in enumerate(several) for right in several[:number]]


def compared(sides: Sequence[View]) -> int:
    """The differences of all pairs of sides."""
    return sum(
        len(compare({"app": left}, {"app": right}).differences)
        for number, left in enumerate(sides)
        for right in sides[:number]
    )


def seen(several: Sequence[Unit]) -> list[View]:
    """Every unit with its whole life."""
    return [one for unit in several if (one := view(unit)) is not None]


def run() -> None:
    """Print the cost of all effective values, of all pairs, and both against the floor."""
    several = units()
    pairs = all_pairs(several)
    sides = seen(several)
    print(f"effective values of {len(several)} units: {seconds(lambda: seen(several)):.3f} s CPU")
    print(f"compare of {len(pairs)} pairs: {seconds(lambda: compared(sides)):.3f} s CPU")

    def whole() -> None:
        for _ in range(REPEATS):
            compared(seen(several))

    def floor() -> None:
        for _ in range(REPEATS):
            for both in pairs:
                naive(both)

    print(interleaved(whole, floor, pairs=5).line("values and pairs, against naive"))
