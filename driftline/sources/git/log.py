"""The text of `git log --raw -z` as commits.

Everything here is pure: chunks of bytes come in, commits go out, newest first
as git prints them. Names of files are bytes in git and need not be text; a
name that is not UTF-8 is kept readable with its odd bytes in hexadecimal, because
what cannot be encoded again could be neither stored nor printed.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from driftline.model.look import Person
from driftline.sources.git.trailers import Trailers, read_trailers

# Nine fields, each ended by NUL. The body comes last, because it is the only
# one that may be long.
FORMAT = "%H%x00%P%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%s%x00%b"

SYMLINK_MODE = "120000"
SUBMODULE_MODE = "160000"


class Edit(msgspec.Struct, frozen=True, gc=False):
    """What one commit did to one path: the blob before and after; None is no file.

    `mode` is git's file mode after the commit, empty for a deletion.
    """

    path: str
    before: str | None
    after: str | None
    mode: str


class Commit(msgspec.Struct, frozen=True, gc=False):
    """One commit with its edits against its first parent."""

    ref: str
    parents: tuple[str, ...]
    at: int
    author: Person
    committer: Person
    subject: str
    trailers: Trailers
    edits: tuple[Edit, ...]


def file_name(raw: bytes) -> str:
    r"""A path as text that can always be encoded again.

    >>> file_name(b"caf\xc3\xa9.yaml"), file_name(b"caf\xe9.yaml")
    ('café.yaml', 'caf\\xe9.yaml')
    """
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(errors="backslashreplace")


def commits(chunks: Iterable[bytes], is_wanted: Callable[[str, str], bool]) -> Iterator[Commit]:
    """Each commit of a log printed with `FORMAT`, with the edits that are wanted.

    `is_wanted` is asked once for each path and kind of file (its mode), so it
    may be slow. An edit that changes only the mode is left out: the words of
    the file are the same.
    """
    return _Parser(is_wanted).parse(_tokens(chunks))


def _tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        pieces = (rest + chunk).split(b"\0") if rest else chunk.split(b"\0")
        rest = pieces.pop()
        yield from pieces
    if rest:
        yield rest


class _Parser:
    """Remembers names and people, so that each is decoded and kept once."""

    def __init__(self, is_wanted: Callable[[str, str], bool]) -> None:
        self._is_wanted = is_wanted
        self._paths: dict[tuple[bytes, bytes], str | None] = {}
        self._people: dict[tuple[bytes, bytes], Person] = {}
        self._none = Trailers((), ())

    def parse(self, tokens: Iterator[bytes]) -> Iterator[Commit]:
        """Commits from NUL-separated tokens."""
        token = next(tokens, None)
        while token is not None:
            ref = token.strip().decode("ascii", "replace")
            parents, at, name, email, by_name, by_email, subject, body = (
                next(tokens, b"") for _ in range(8)
            )
            edits: list[Edit] = []
            token = next(tokens, None)
            # An entry begins with a colon; the first one of a commit follows
            # a line feed. The next commit begins with a digit of its hash.
            while token is not None and token.lstrip(b"\n").startswith(b":"):
                edit = self._edit(token.lstrip(b"\n"), next(tokens, b""))
                if edit is not None:
                    edits.append(edit)
                token = next(tokens, None)
            yield Commit(
                ref=ref,
                parents=tuple(parents.decode("ascii", "replace").split()),
                at=_instant(at),
                author=self._person(name, email),
                committer=self._person(by_name, by_email),
                subject=subject.decode(errors="replace"),
                trailers=read_trailers(body.decode(errors="replace"))
                if b":" in body or b"enerated" in body
                else self._none,
                edits=tuple(edits),
            )

    def _edit(self, entry: bytes, raw_path: bytes) -> Edit | None:
        fields = entry.split(b" ")
        mode = fields[1] if fields[1] != b"000000" else b""
        known = (raw_path, mode or fields[0][1:])
        if known in self._paths:
            path = self._paths[known]
        else:
            name = file_name(raw_path)
            path = name if self._is_wanted(name, known[1].decode("ascii", "replace")) else None
            self._paths[known] = path
        if path is None or fields[2] == fields[3]:
            return None
        return Edit(path, _blob(fields[2]), _blob(fields[3]), mode.decode("ascii", "replace"))

    def _person(self, name: bytes, email: bytes) -> Person:
        person = self._people.get((name, email))
        if person is None:
            person = Person(name.decode(errors="replace"), email.decode(errors="replace"))
            self._people[(name, email)] = person
        return person


def _blob(name: bytes) -> str | None:
    return name.decode("ascii", "replace") if name.strip(b"0") else None


def _instant(text: bytes) -> int:
    # A commit whose committer line is damaged has no time; the chain gives it
    # the time of the commit before.
    try:
        return int(text)
    except ValueError:
        return 0
