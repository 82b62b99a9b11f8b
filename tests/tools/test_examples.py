import pytest

from tools import examples

PAGE = f"""# A page
{examples.MARK}

```console
$ echo one; echo two
one
...
$ cd ..
$ false  # exits 1
```

Text with `$ code`.

```python
print("not compared")
```
"""


def test_a_page_asks_to_be_executed() -> None:
    """Only a page with the mark beside its title is executed."""
    assert examples.is_executed(PAGE)
    assert not examples.is_executed(f"# A page\n\nText\n\n{examples.MARK}\n")


def test_examples_are_found_in_order() -> None:
    """Commands, expected output and exit codes are read from the blocks of a page."""
    found = examples.examples(PAGE)

    assert ["echo one; echo two", "cd ..", "false  # exits 1"] == [e.command for e in found[:3]]
    assert ("one\n...\n", 5, 1) == (found[0].expected, found[0].line, found[2].exit_code)
    assert "python - <<'END'" in found[3].command


def test_a_true_page_has_no_breach() -> None:
    """A page that says what happens passes, and `cd` lasts to its end."""
    assert [] == examples.run(PAGE)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("$ echo one\ntwo\n", "-two\n+one"),
        ("$ echo one; echo two\none\n", " one\n+two"),
        ("$ false\n", "line 2: $ false (exit code 1)"),
        ("$ true  # exits 2\n", "(exit code 0)"),
    ],
    ids=["something else", "more", "a failure", "no failure"],
)
def test_an_untrue_page_is_found(said: str, shown: str) -> None:
    """An example that does something else is a breach that shows the difference."""
    breaches = examples.run(f"```console\n{said}```\n")

    assert 1 == len(breaches)
    assert shown in str(breaches[0])


def test_a_refreshed_page_is_true() -> None:
    """Refreshing writes what commands print now, and touches nothing else."""
    page = f"# A page\n{examples.MARK}\n\n```console\n$ echo new\nold\nolder\n$ cd ..\n```\nEnd\n"
    fresh = examples.refreshed(page)

    assert page.replace("old\nolder\n", "new\n") == fresh
    assert [] == examples.run(fresh)


def test_the_clock_stands_still() -> None:
    """Programs of a page believe that it is always the same day."""
    page = "```console\n$ python -c 'import time; print(time.time())'\n1794657600.0\n```\n"

    assert [] == examples.run(page)


def test_a_failing_page_is_not_refreshed() -> None:
    """A command that ends in another way than the page says is a defect, not a new truth."""
    with pytest.raises(ValueError, match=r"line 2: \$ false \(exit code 1\)"):
        examples.refreshed("```console\n$ false\nold\n```\n")
