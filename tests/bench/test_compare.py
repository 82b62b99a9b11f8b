from bench import compare


def test_the_history_is_of_the_size_it_says() -> None:
    """The made-up history has the facts and steps that its page states."""
    several = compare.units()

    assert 6 == len(several)
    assert {5_400, 750} == {len(layer.steps) for unit in several for layer in unit.layers}
    assert 15 == len(compare.all_pairs(several))


def test_both_sides_do_the_same_work() -> None:
    """The naive comparison and ours look at the same facts, and both find differences."""
    several = compare.units()
    sides = compare.seen(several)

    assert 6 == len(sides)
    assert compare.compared(sides) > 100
    assert all(compare.naive(both) > 10 for both in compare.all_pairs(several))
