"""Unchanged stretches recognised by their text."""

from driftline.sources.formats.part_cache import PartCache
from driftline.sources.formats.yaml_chunks import ChunkReader, Stretch

LONG = "".join(f"    key{n}: {'x' * 80}\n" for n in range(10))


def new_chunks(cache: PartCache[Stretch] | None = None) -> ChunkReader:
    """A reader of pieces that masks nothing."""
    return ChunkReader(lambda _: None, cache)


def parts(text: str) -> dict[str, int] | None:
    """The number of maps below each top-level key, or None for text that is not cut."""
    sections = new_chunks().read(text)
    return None if sections is None else {key: len(found) for key, found in sections.items()}


def test_long_stretches_are_cut_again() -> None:
    """Keys of the next levels are pieces of their own where there is much text."""
    assert {"a": 1, "web": 11} == parts(f"a: 1\nweb:\n  one: 1\n  two:\n{LONG}")


def test_short_stretches_are_not() -> None:
    """A few lines are one piece."""
    assert {"a": 1, "b": 1} == parts("a: {x: 1}\nb:\n- 1\n- 2\n")


def test_what_is_not_cut() -> None:
    """Where a line cannot surely begin a piece, nothing is cut."""
    for text in (
        "a: 1\n<<: {b: 2}\n",  # merges into all of it
        "a: 1\n? b\n: 2\n",
        "a: 1\na: 2\n",  # the last one wins, and that is not for pieces to decide
        'a: "x\nb: 1"\n',  # an open quote
        "a: [1,\nb: 2]\n",
        "- a\n- b\n",
        "just text\n",
        "a: *nowhere\n",
        "",
    ):
        assert parts(text) is None, text


def test_a_nested_doubt_leaves_the_stretch_whole() -> None:
    """A merge key or open quote deep inside is read right, in one piece."""
    sections = new_chunks().read(f"base:\n  two:\n{LONG}  <<: {{x: 1}}\n")

    assert sections is not None
    assert "1" == sections["base"][0]["/base/x"]
    assert 1 == len(sections["base"])


def test_anchors_of_earlier_pieces() -> None:
    """A piece with an alias is read again when the anchor's piece has changed, and only then."""
    chunks = new_chunks()
    first = chunks.read("base: &base {x: 1}\nuser: *base\nlast: 1\n")
    again = chunks.read("base: &base {x: 1}\nuser: *base\nlast: 2\n")
    changed = chunks.read("base: &base {x: 2}\nuser: *base\nlast: 2\n")

    assert first is not None
    assert again is not None
    assert changed is not None
    assert first["user"][0] is again["user"][0]
    assert {"/user/x": "2"} == changed["user"][0]


def test_nested_pieces_use_anchors_too() -> None:
    """Anchors reach into and out of nested pieces."""
    head = f"web:\n  one: &one {{x: 1}}\n  two:\n{LONG}"
    sections = new_chunks().read(f"{head}    deep: *one\n  three: &three 3\nend: *three\n")

    assert sections is not None
    facts = {address: value for part in sections["web"] for address, value in part.items()}
    assert "1" == facts["/web/two/deep/x"]
    assert {"/end": "3"} == sections["end"][0]


def test_memory_is_bounded() -> None:
    """However long the history, no more is kept than the budget; what is read stays right."""
    cache: PartCache[Stretch] = PartCache(budget_bytes=100_000)
    chunks = new_chunks(cache)
    for number in range(2_000):
        sections = chunks.read(f"a: {number}\nweb:\n  two:\n{LONG}")

        assert sections is not None
        assert {"/a": str(number)} == sections["a"][0]
    assert len(cache._young) + len(cache._old) < 200
