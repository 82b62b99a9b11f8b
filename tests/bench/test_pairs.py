import subprocess
import sys

import pytest

from bench.pairs import Cost, cost, interleaved, process, ratio

BUSY = "sum(i * i for i in range(2_000_000))"


def test_ratios_are_medians_of_pairs() -> None:
    """One slow round does not move the stated ratio."""
    floor = Cost(cpu_seconds=1.0, wall_seconds=2.0)
    measured = [(Cost(cpu_seconds=c, wall_seconds=c), floor) for c in (0.5, 0.6, 9.0)]

    assert (0.6, 0.3, 3) == (ratio(measured).cpu, ratio(measured).wall, ratio(measured).pairs)


def test_each_pair_runs_both_once() -> None:
    """Candidate and floor run in turns, after one round that is not measured."""
    calls: list[str] = []
    interleaved(lambda: calls.append("c"), lambda: calls.append("f"), pairs=3)

    assert "cf" + "cf" + "fc" + "cf" == "".join(calls)


def test_children_count() -> None:
    """The CPU time of a program that was run and waited for is part of the cost."""
    taken = cost(process((sys.executable, "-c", BUSY)))

    assert taken.cpu_seconds > 0.02


def test_a_failed_program_is_no_measurement() -> None:
    """A program that fails raises with what it said, instead of looking fast."""
    with pytest.raises(subprocess.CalledProcessError) as raised:
        process((sys.executable, "-c", "raise SystemExit('no repository')"))()

    assert ["no repository"] == raised.value.__notes__
