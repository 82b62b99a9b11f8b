"""A git bundle given as a path: kept as a repository in the cache folder, and read as that.

The copy belongs to the bundle's path and is brought up to date when the file
changes, so that a newer bundle continues the history of the older one, even
where it holds only what is newer.
"""

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from driftline.errors import SourceError, UsageError
from driftline.sources.git import collect
from driftline.sources.git.log import file_name

_MARK = re.compile(rb"# v[23] git bundle\n")
_HEADER_BYTES_MAX = 16 << 20
_CHUNK_BYTES = 1 << 20
_STAMP = "driftline-bundle"
_BRANCHES_FIRST = ("main", "master", "trunk", "develop")
# Bundles that are files on this machine are all that may be fetched.
_FETCH = (
    "-c protocol.file.allow=always -c gc.auto=0 -c maintenance.auto=false"
    " -c core.hooksPath=/dev/null"
    " fetch --quiet --force --prune --no-tags --no-write-fetch-head --no-recurse-submodules"
).split()


class Header(msgspec.Struct, frozen=True):
    """What a bundle says of itself: its refs with their commits, and what it builds upon."""

    refs: tuple[tuple[str, str], ...]
    prerequisites: tuple[str, ...]
    object_format: str

    def branches(self) -> dict[str, str]:
        """The branches and the commits on which they stand."""
        start = "refs/heads/"
        return {ref.removeprefix(start): at for ref, at in self.refs if ref.startswith(start)}

    def head(self) -> tuple[str, str]:
        """The branch on which HEAD stands, or else its commit; the other one is empty.

        A bundle names the commit of HEAD at most, so that of several branches
        on it the most usual name wins.
        """
        branches = self.branches()
        commit = dict(self.refs).get("HEAD", "")
        names = sorted(name for name, at in branches.items() if commit in ("", at))
        if not names:
            return "", commit
        return next((name for name in _BRANCHES_FIRST if name in names), names[0]), ""


def is_bundle(path: Path) -> bool:
    """Whether a path is a file that begins as bundles do."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return _MARK.fullmatch(file.read(16)) is not None
    except OSError:
        return False


def unbundled(path: Path, environ: Mapping[str, str]) -> Path:
    """The repository that a bundle holds, in the cache folder.

    Raises UsageError when the bundle builds upon commits that nobody has here
    or holds no branch, and SourceError when git cannot read it.
    """
    header, digest = _read(path)
    if not header.refs:
        raise UsageError(
            f"{path}: this bundle holds no branch; make one with git bundle create FILE --all"
        )
    place = _place(path, environ)
    with _locked(place, path):
        stamp = place / _STAMP
        if _text(stamp) == digest:
            return place
        if not (place / "HEAD").is_file():
            shutil.rmtree(place, ignore_errors=True)
            _begin(place, header, path)
        _bring_up(place, header, path)
        stamp.write_text(digest, encoding="ascii")
    return place


def _begin(place: Path, header: Header, path: Path) -> None:
    made = collect.run(
        ["init", "--quiet", "--bare", f"--object-format={header.object_format}", str(place)],
        folder=place.parent,
    )
    if made.returncode != 0:
        raise SourceError(f"{path}: {_last_line(made.stderr)}; name a repository instead")


def _bring_up(place: Path, header: Header, path: Path) -> None:
    """Fetch what the bundle holds and stand where it stands."""
    folders = [kind for kind in ("heads", "tags", "remotes") if _holds(header, kind)]
    wanted = [f"+refs/{kind}/*:refs/{kind}/*" for kind in folders]
    branch, commit = header.head()
    if commit:
        wanted.append("+HEAD:refs/driftline/head")
    fetched = collect.run(
        [*_FETCH, str(path.resolve()), *(wanted or _each(header))], git_dir=str(place)
    )
    if fetched.returncode != 0:
        _forget_unfinished(place)
        raise _refused(path, header, fetched.stderr)
    aim = ["update-ref", "--no-deref", "HEAD", commit]
    if branch:
        aim = ["symbolic-ref", "HEAD", f"refs/heads/{branch}"]
    collect.check(collect.open_repository(place), collect.run(aim, git_dir=str(place)))


def _holds(header: Header, kind: str) -> bool:
    return any(ref.startswith(f"refs/{kind}/") for ref, _ in header.refs)


def _each(header: Header) -> list[str]:
    """The refs of a bundle that has neither branches nor tags, under names of our own."""
    return [f"+{ref}:refs/driftline/{number}" for number, (ref, _) in enumerate(header.refs)]


def _forget_unfinished(place: Path) -> None:
    """Take away a copy that never held anything, so that the next attempt begins anew."""
    if not (place / _STAMP).exists():
        shutil.rmtree(place, ignore_errors=True)


def _refused(path: Path, header: Header, said: bytes) -> UsageError | SourceError:
    if header.prerequisites and b"prerequisite" in said:
        return UsageError(
            f"{path}: this bundle holds only what is newer than {header.prerequisites[0][:12]},"
            " and what came before was never read here; make a whole one with"
            " git bundle create FILE --all"
        )
    return SourceError(
        f"{path}: git could not read this bundle ({_last_line(said)});"
        f" run git bundle verify {path.name} beside it, or have it made again"
    )


def _read(path: Path) -> tuple[Header, str]:
    """The header of a bundle, and the digest of all of it."""
    digest = hashlib.blake2b(digest_size=16)
    head = bytearray()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
                if b"\n\n" not in head and len(head) < _HEADER_BYTES_MAX:
                    head += chunk
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror}); make the bundle readable"
        ) from error
    if b"\n\n" not in head:
        raise SourceError(f"{path}: this bundle is cut off in its first lines; have it made again")
    return _header(bytes(head.partition(b"\n\n")[0])), digest.hexdigest()


def _header(head: bytes) -> Header:
    refs: list[tuple[str, str]] = []
    needed: list[str] = []
    object_format = "sha1"
    for line in head.split(b"\n")[1:]:
        first, _, rest = line.partition(b" ")
        if line.startswith(b"@"):
            name, _, value = line[1:].partition(b"=")
            if name == b"object-format" and value.isalnum():
                object_format = value.decode("ascii")
        elif line.startswith(b"-"):
            needed.append(first[1:].decode("ascii", "replace"))
        else:
            refs.append((file_name(rest), first.decode("ascii", "replace")))
    return Header(tuple(refs), tuple(needed), object_format)


def _place(path: Path, environ: Mapping[str, str]) -> Path:
    real = os.path.realpath(path)
    digest = hashlib.sha256(os.fsencode(real)).hexdigest()[:12]
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-.")[:40] or "bundle"
    return _cache_folder(environ) / "driftline" / "bundles" / digest / f"{readable}.git"


def _cache_folder(environ: Mapping[str, str]) -> Path:
    named, home = environ.get("XDG_CACHE_HOME", ""), environ.get("HOME", "")
    # The XDG rules say that a relative path is invalid and is to be ignored.
    if named.startswith("/"):
        return Path(named)
    if home.startswith("/"):
        return Path(home) / ".cache"
    raise UsageError(
        "neither HOME nor XDG_CACHE_HOME names a folder, so there is no place for the repository "
        "in the bundle; set one of them, or clone the bundle and name the clone"
    )


@contextmanager
def _locked(place: Path, path: Path) -> Iterator[None]:
    """The copy for ourselves alone: of two that read a bundle at once, one waits."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (place.parent / "lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise UsageError(
            f"{place.parent}: the repository in {path.name} cannot be kept here"
            f" ({error.strerror}); set XDG_CACHE_HOME to a folder that can be written"
        ) from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="backslashreplace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ").removeprefix("error: ") if lines else "no reason given"
