"""Refs: how people name an environment at an instant.

`production`, `production:declared@2026-05-01T12:00`, `staging@{2.hours.ago}`,
`staging~5` (five looks that changed it back), `staging#42` and `#42` (a look),
`git:REV:ENV` (an environment at a commit or branch). A ref that starts with
`.` or `/` is a path, `git:REV:./PATH` the path as it was in a commit, and
`git:REV:` the path that the other side names, as it was there.
"""

import re
from datetime import UTC, datetime

import msgspec

from driftline.errors import UsageError
from driftline.model.plane import Plane

_EXAMPLE = "for example production, staging:declared@2026-05-01, staging@{2.days.ago} or staging~5"
_YEAR_ONE = -62135596800
_YEAR_LAST = 253402300799
_UNIT_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 7 * 86400,
    "month": 30 * 86400,
    "year": 365 * 86400,
}
_AGO = re.compile(r"(\d{1,9})[. ](second|minute|hour|day|week|month|year)s?[. ]ago", re.ASCII)
_NAME = re.compile(r"[^\s:@~#{}\x00-\x1f\x7f]+")
# A path after a revision, which may hold colons itself but no slash after one.
_PATH_AT = re.compile(r":(\.{0,2}/.*|\.{1,2})\Z", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)


class Instant(msgspec.Struct, frozen=True, tag="instant"):
    """An instant, in seconds since 1970 UTC."""

    at: int


class Ago(msgspec.Struct, frozen=True, tag="ago"):
    """So many units before now; a month is 30 days and a year 365."""

    count: int
    unit: str

    def seconds(self) -> int:
        """The length of the stretch."""
        return self.count * _UNIT_SECONDS[self.unit]


class Back(msgspec.Struct, frozen=True, tag="back"):
    """So many looks back, counting only looks that changed the environment."""

    looks: int


class LookNumber(msgspec.Struct, frozen=True, tag="look"):
    """The look with this position in its source's chain; it may be negative."""

    position: int


Moment = Instant | Ago | Back | LookNumber


class Ref(msgspec.Struct, frozen=True):
    """An environment, optionally on one plane, at a moment (None: now).

    `revision` is filled by `git:REV:ENV` and `path` by a path; with a path all
    other fields are empty, but for the revision of `git:REV:./PATH`.
    `environment` is empty only for a path, for `git:REV:` and for a bare look
    such as `#42`.
    """

    environment: str
    plane: Plane | None = None
    moment: Moment | None = None
    revision: str = ""
    path: str = ""

    @property
    def names_files(self) -> bool:
        """Whether it means files as they are, on disk or in a commit."""
        return bool(self.path) or (bool(self.revision) and not self.environment)

    def instant(self, *, now: int) -> int | None:
        """The instant meant, where the ref names one by time; None otherwise."""
        if isinstance(self.moment, Instant):
            return self.moment.at
        if isinstance(self.moment, Ago):
            return now - self.moment.seconds()
        return None

    def __str__(self) -> str:
        if self.revision:
            return f"git:{self.revision}:{self.path or self.environment}"
        if self.path:
            return self.path
        plane = f":{self.plane.value}" if self.plane else ""
        return f"{self.environment}{plane}{_moment_text(self.moment)}"


def parse_ref(text: str) -> Ref:
    """The ref that a person wrote.

    >>> str(parse_ref("production:declared@2026-05-01T12:00"))
    'production:declared@2026-05-01T12:00:00Z'

    Raises UsageError that says what is wrong and shows a right example.
    """
    if text.startswith((".", "/")):
        return Ref(environment="", path=text)
    if text.startswith("git:") and text.count(":") > 1:
        return _git_ref(text)
    head, moment = _split_moment(text)
    environment, colon, plane_text = head.partition(":")
    if not environment and (colon or not isinstance(moment, LookNumber)):
        raise _wrong(text, "it names no environment")
    if environment and not _NAME.fullmatch(environment):
        raise _wrong(text, f"{environment!r} cannot be the name of an environment")
    return Ref(environment, _plane(text, plane_text) if colon else None, moment)


def parse_time(text: str) -> int:
    """The instant that an ISO 8601 date or time names, UTC unless it says a zone.

    >>> parse_time("1970-01-02"), parse_time("1970-01-01T02:00+02:00")
    (86400, 0)

    Raises UsageError.
    """
    if not _DATE.fullmatch(text):
        raise UsageError(
            f"{text!r} is not a time; write 2026-05-01, 2026-05-01T12:00 or {{2.days.ago}}"
        )
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a time: {error}; write 2026-05-01T12:00") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment.year < 1970 or moment.year > 9999:
        raise UsageError(f"{text!r} is no time that a history reaches; write 2026-05-01T12:00")
    return int(moment.timestamp())


def time_text(at: int) -> str:
    """An instant as ISO 8601 in UTC, ending in Z; the years end with 9999, as they do there.

    >>> time_text(0)
    '1970-01-01T00:00:00Z'
    """
    return (
        datetime.fromtimestamp(min(max(at, _YEAR_ONE), _YEAR_LAST), UTC)
        .isoformat()
        .replace("+00:00", "Z")
    )


def _git_ref(text: str) -> Ref:
    rest = text.removeprefix("git:")
    path = _PATH_AT.search(rest)
    if path is not None:
        revision, environment = rest[: path.start()], ""
    else:
        revision, _, environment = rest.rpartition(":")
    if not revision or revision.startswith("-"):
        raise _wrong(text, "it names no commit or branch (git:main:staging)")
    if not environment:
        return Ref("", revision=revision, path=path[1] if path else "")
    if not _NAME.fullmatch(environment):
        raise _wrong(text, "it names no environment after the revision (git:main:staging)")
    return Ref(environment, revision=revision)


def _split_moment(text: str) -> tuple[str, Moment | None]:
    """What stands before the moment, and the moment."""
    cut = min((at for mark in "@~#" if (at := text.find(mark)) >= 0), default=-1)
    if cut < 0:
        return text, None
    head, mark, rest = text[:cut], text[cut], text[cut + 1 :]
    if mark == "@":
        return head, _time_moment(text, rest)
    if mark == "~":
        if rest and not re.fullmatch(r"\d{1,9}", rest, re.ASCII):
            raise _wrong(text, f"after ~ stands a number of looks, not {rest!r}")
        return head, Back(int(rest or "1"))
    if not re.fullmatch(r"-?\d{1,9}", rest, re.ASCII):
        raise _wrong(text, f"after # stands the number of a look, not {rest!r}")
    return head, LookNumber(int(rest))


def _time_moment(text: str, rest: str) -> Moment:
    if not rest.startswith("{"):
        return Instant(parse_time(rest))
    if not rest.endswith("}"):
        raise _wrong(text, "the brace is not closed")
    inner = rest[1:-1].strip().lower()
    if inner == "now":
        return Ago(0, "second")
    if inner == "yesterday":
        return Ago(1, "day")
    ago = _AGO.fullmatch(inner)
    if ago:
        return Ago(int(ago[1]), ago[2])
    if inner[:1].isdigit() and "ago" not in inner:
        return Instant(parse_time(rest[1:-1].strip()))
    raise _wrong(text, f"{{{inner}}} is not a time; write {{2.hours.ago}} or {{yesterday}}")


def _plane(text: str, word: str) -> Plane:
    try:
        return Plane(word)
    except ValueError:
        planes = ", ".join(plane.value for plane in Plane)
        raise _wrong(text, f"{word!r} is not a plane (they are {planes})") from None


def _moment_text(moment: Moment | None) -> str:
    match moment:
        case None:
            return ""
        case Instant(at=at):
            return f"@{time_text(at)}"
        case Ago(count=count, unit=unit):
            return f"@{{{count}.{unit}{'' if count == 1 else 's'}.ago}}"
        case Back(looks=looks):
            return f"~{looks}"
        case LookNumber(position=position):
            return f"#{position}"


def _wrong(text: str, why: str) -> UsageError:
    return UsageError(f"{text!r} is not a ref: {why}; write {_EXAMPLE}")
