"""How values, paths, ages and counts are written for people.

A pair of values is shown so that the difference can be seen: only the tag of
two images that differ in nothing else, only the stretch around the first
difference of two long texts.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from driftline.model import address
from driftline.model.answers.parity import Side
from driftline.render.harmless import harmless
from driftline.render.lines import ELLIPSIS, cells, cut

ABSENT = "—"
UNKNOWN = "unknown"
_IMAGE = re.compile(
    r"(?P<name>[^\s@]+?)(?::(?P<tag>[^\s/:@]+))?(?:@sha256:(?P<digest>[0-9a-f]{8,}))?"
)
_CONTEXT_CELLS = 6
_DIFFERENCE_CELLS = 5


def value_text(value: Any) -> str:
    """One JSON value as people write it: texts bare, secrets as digests, never a line feed.

    >>> value_text("web"), value_text(True), value_text({}), value_text("")
    ('web', 'true', '{}', '""')
    """
    if isinstance(value, str):
        bare = value.strip(" ")
        return harmless(value if value and bare == value else _json(value))
    if isinstance(value, Mapping) and set(value) == {"secret"}:
        digest = str(value["secret"]).rpartition(":")[2]
        return harmless(f"secret({digest[:6]}{ELLIPSIS})")
    return harmless(_json(value))


def side_text(state: Side, value: Any) -> str:
    """What one side of a divergence says; absent and unknown never look alike."""
    match state:
        case Side.PRESENT:
            return value_text(value)
        case Side.ABSENT:
            return ABSENT
        case Side.UNKNOWN:
            return UNKNOWN


def pair_texts(
    left: tuple[Side, Any], right: tuple[Side, Any], rooms: tuple[int, int]
) -> tuple[str, str]:
    """Both sides within their rooms, shortened so that the difference stays visible."""
    shown_left, shown_right = side_text(*left), side_text(*right)
    if left[0] is Side.PRESENT and right[0] is Side.PRESENT:
        if shown_left == shown_right:
            # Equal to the eye but not equal: the number 1 and the text "1".
            shown_left, shown_right = _json_shown(left[1]), _json_shown(right[1])
        shown_left, shown_right = _without_equal_name(shown_left, shown_right)
        if cells(shown_left) > rooms[0] or cells(shown_right) > rooms[1]:
            shown_left, shown_right = _around_difference(shown_left, shown_right, rooms)
    return _sized(shown_left, left[1], rooms[0]), _sized(shown_right, right[1], rooms[1])


def path_text(path: str, room: int) -> str:
    """A path within a room, in whole tokens; the last ones say most.

    >>> path_text("/spec/template/spec/containers/[name=web]/image", 28)
    '/spec/…/[name=web]/image'
    """
    shown = harmless(path)
    if cells(shown) <= room:
        return shown
    tokens = address.tokens(shown)
    for kept in range(len(tokens) - 1, 0, -1):
        tail = ELLIPSIS + address.join(tokens[-kept:])
        if cells(tail) > room:
            continue
        # Where it began is worth showing once as much as possible of the end is.
        begun = address.join((tokens[0], tail))
        return begun if kept < len(tokens) - 1 and cells(begun) <= room else tail
    return _end_of(shown, room)


def path_texts(paths: Sequence[tuple[str, int]]) -> list[str]:
    """Paths, each within its room, such that different paths look different if that can be.

    Where shortening makes two of them alike, each shows the last token that
    the other does not have at that place.

    >>> path_texts([("/hub/resources/requests/memory", 20), ("/web/resources/requests/memory", 20)])
    ['…/hub/…/memory', '…/web/…/memory']
    """
    shown = [path_text(path, room) for path, room in paths]
    by_text: dict[str, list[int]] = {}
    for at, text in enumerate(shown):
        by_text.setdefault(text, []).append(at)
    for text, alike in by_text.items():
        if ELLIPSIS in text and len({paths[at][0] for at in alike}) > 1:
            others = [address.tokens(harmless(paths[at][0])) for at in alike]
            for at in alike:
                shown[at] = _told_apart(shown[at], paths[at], others)
    return shown


def _told_apart(text: str, path: tuple[str, int], others: Sequence[tuple[str, ...]]) -> str:
    """The path with the last inner token, counted from the end, that sets it apart."""
    tokens = address.tokens(harmless(path[0]))
    for back in range(1, len(tokens)):
        beside = {other[-1 - back] if back < len(other) else "" for other in others}
        if len(beside) > 1:
            between = "/" if back == 1 else f"/{ELLIPSIS}/"
            telling = f"{ELLIPSIS}/{tokens[-1 - back]}{between}{tokens[-1]}"
            return cut(telling, path[1]) if cells(tokens[-1 - back]) + 4 <= path[1] else text
    return text


def file_text(path: str, room: int) -> str:
    """A file's path within a room; its folders give way before its name does.

    >>> file_text("k8s/argocd/production/api.values.yaml", 26)
    'k8s/…/api.values.yaml'
    """
    shown = path_text("/" + path, room + 1)
    if not shown.startswith("/"):
        shown = path_text("/" + path, room)
    return shown.removeprefix("/")


def count(number: int) -> str:
    """A count with thousands apart.

    >>> count(1204)
    '1,204'
    """
    return f"{number:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "gap"), counted(2, "gap"), counted(3, "repository", "repositories")
    ('1 gap', '2 gaps', '3 repositories')
    """
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def percentage(part: int, whole: int) -> str:
    """A share as a whole percentage that says 100 only for all and 0 only for nothing.

    >>> percentage(999, 1000), percentage(1, 1000), percentage(0, 0)
    ('99 %', '1 %', '—')
    """
    if not whole:
        return ABSENT
    rounded = round(100 * part / whole)
    if part < whole:
        rounded = min(rounded, 99)
    return f"{max(rounded, 1) if part else 0} %"


def instant(text: str | None) -> datetime | None:
    """The instant that an answer's ISO text names."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def date_text(text: str | None) -> str:
    """The day of an instant, or an ellipsis where it is not known."""
    return text[:10] if text else ELLIPSIS


def age_text(since: str | None, now: str | None) -> str:
    """How long ago an instant was, or `?` where it is not known."""
    start, end = instant(since), instant(now)
    if start is None or end is None:
        return "?"
    return duration_text(int((end - start).total_seconds()))


def duration_text(seconds: int) -> str:
    """A length of time in the one unit that suits it.

    >>> duration_text(3 * 86400), duration_text(150 * 86400), duration_text(5)
    ('3 d', '5 months', '5 s')
    """
    steps = (
        (90, 1, "s"),
        (90 * 60, 60, "min"),
        (48 * 3600, 3600, "h"),
        (60 * 86400, 86400, "d"),
        (2 * 365 * 86400, 30.44 * 86400, "months"),
    )
    seconds = max(seconds, 0)
    for below, unit_seconds, unit in steps:
        if seconds < below:
            # Rounded down below a month, as people count days; months are no exact measure.
            number = seconds / unit_seconds
            return f"{round(number) if unit == 'months' else int(number)} {unit}"
    return f"{seconds / (365.25 * 86400):.1f} years"


def image_name(value: Any) -> str:
    """The image without tag and digest, where the value is surely an image; else nothing.

    >>> image_name("registry.example.com/shop/web:1.9.3"), image_name("10:30")
    ('registry.example.com/shop/web', '')
    """
    image = _IMAGE.fullmatch(value) if isinstance(value, str) else None
    if not image or "/" not in image["name"] or "//" in image["name"]:
        return ""
    return harmless(image["name"]) if image["tag"] or image["digest"] else ""


def _json(value: Any) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        # Undecodable bytes of a file's name or text; the escape says which.
        return repr(value)


def _json_shown(value: Any) -> str:
    return harmless(_json(value))


def _without_equal_name(left: str, right: str) -> tuple[str, str]:
    """Only tag and digest of two images with one name; else both as they are."""
    first, second = _IMAGE.fullmatch(left), _IMAGE.fullmatch(right)
    if not first or not second or first["name"] != second["name"]:
        return left, right
    if "/" not in first["name"] or "//" in first["name"] or left == right:
        return left, right
    return _tag(first), _tag(second)


def _tag(image: re.Match[str]) -> str:
    tag = f":{image['tag']}" if image["tag"] else ""
    digest = f"@{image['digest'][:10]}{ELLIPSIS}" if image["digest"] else ""
    return tag + digest or "(no tag)"


def _around_difference(left: str, right: str, rooms: tuple[int, int]) -> tuple[str, str]:
    """Both texts without most of what they begin with alike."""
    same = 0
    for first, second in zip(left, right, strict=False):
        if first != second:
            break
        same += 1
    if all(same + _DIFFERENCE_CELLS <= room for room in rooms):
        return left, right
    # As much of the beginning stays as leaves room for the rest of both.
    beyond = max(cells(left) - rooms[0], cells(right) - rooms[1]) + 1
    skipped = min(beyond, same - _CONTEXT_CELLS)
    if skipped < 2:
        return left, right
    return ELLIPSIS + left[skipped:], ELLIPSIS + right[skipped:]


def _sized(shown: str, value: Any, room: int) -> str:
    """The text within its room; a long one says how long it is, where there is room to."""
    if cells(shown) <= room:
        return shown
    length = f" ({len(value)} chars)" if isinstance(value, str) and len(value) > 2 * room else ""
    if length and room - len(length) >= 2 * _CONTEXT_CELLS:
        return cut(shown, room - len(length)) + length
    return cut(shown, room)


def _end_of(text: str, room: int) -> str:
    kept = text
    while kept and cells(kept) > room - 1:
        kept = kept[1:]
    return ELLIPSIS + kept if room > 0 else ""
