"""Which environment a person means by a name."""

import difflib
from collections.abc import Sequence

from driftline.errors import UsageError
from driftline.inventory.layout.aliases import canonical


def environment_named(text: str, names: Sequence[str]) -> str:
    """The one environment that a person means by a name, by its usual aliases if need be.

    >>> environment_named("prod", ["staging", "production"])
    'production'
    """
    if text in names:
        return text
    wanted = canonical(text)
    tests = (
        lambda name: name.lower() == text.lower(),
        lambda name: canonical(name) == wanted,
        lambda name: wanted in canonical(name).split("/"),
    )
    for test in tests:
        found = [name for name in names if test(name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{text!r} may mean {', '.join(found)}; write one of them in full")
    if not names:
        raise UsageError(
            f"no environment is called {text!r}: none were found; "
            "`driftline layout` shows what was looked at"
        )
    near = difflib.get_close_matches(text.lower(), [name.lower() for name in names], n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UsageError(f"no environment is called {text!r}; there are {', '.join(names)}{hint}")
