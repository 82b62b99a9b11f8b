"""Instants as a story tells them: written out in UTC, and moved into working hours."""

from datetime import UTC, datetime

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_FIRST_HOUR, _LAST_HOUR = 7, 16  # UTC; most of the company lives an hour or two east of it
_MORNING_HOURS = 6


def moment(text: str) -> int:
    """Seconds since 1970 of an instant written in UTC.

    >>> moment("2026-03-17 22:41") - moment("2026-03-17")
    81660
    """
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def written(at: int) -> str:
    """An instant as sops and people write it.

    >>> written(moment("2026-03-17 22:41"))
    '2026-03-17T22:41:00Z'
    """
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def at_work(at: int) -> int:
    """The same instant if people work then, else some hour of the next working day.

    >>> written(at_work(moment("2026-03-14 22:41")))  # a Saturday
    '2026-03-16T11:41:00Z'
    """
    # Not everybody who waited for the day comes first thing in the morning.
    hour = _FIRST_HOUR + at // HOUR % _MORNING_HOURS
    while True:
        when = datetime.fromtimestamp(at, UTC)
        if when.weekday() < 5 and _FIRST_HOUR <= when.hour <= _LAST_HOUR:
            return at
        into_hour = at % HOUR
        midnight = at - at % DAY
        early = when.weekday() < 5 and when.hour < _FIRST_HOUR
        at = midnight + (0 if early else DAY) + hour * HOUR + into_hour
