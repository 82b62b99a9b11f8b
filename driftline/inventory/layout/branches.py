"""Which branches are environments, and what environment a branch is.

Names decide, carefully: `staging` beside `production` is an environment,
`fix/staging-login` never is. `main` is only the rest of what is there.
"""

import re
from collections.abc import Sequence

from driftline.inventory.layout.aliases import canonical
from driftline.inventory.layout.vocabulary import STRENGTH
from driftline.inventory.layout.words import Reader

_PREFIX = re.compile(
    r"(?:refs/(?:heads|remotes)/)?(?:origin/)?"
    r"(?:(?:envs?|environments?|deploy(?:ment)?s?|stages?|clusters?)[/-]|)",
    re.IGNORECASE,
)
_READER = Reader()
# Words that name branches of development more often than environments.
_DOUBTFUL = frozenset({"development", "testing", "integration", "alpha", "beta", "edge", "ci"})


def environment_of_branch(branch: str) -> str:
    """What a branch's name says without the words around it.

    >>> environment_of_branch("env/prod"), environment_of_branch("origin/staging")
    ('prod', 'staging')
    """
    return _PREFIX.sub("", branch, count=1) or branch


def branch_environments(branches: Sequence[str]) -> tuple[str, ...]:
    """The branches that are environments, in the order given.

    At least two are needed that name different environments, one of them
    surely, since a lone `staging` is more often a branch to merge in.

    >>> branch_environments(["main", "staging", "production", "feature/x"])
    ('staging', 'production')
    >>> branch_environments(["main", "develop", "fix/prod-login"])
    ()
    """
    found: dict[str, str] = {}
    for branch in branches:
        name = environment_of_branch(branch)
        read = _READER.read(name, is_file=False).found
        if "/" in name or len(read) != 1:
            continue
        if read[0].start == 0 and read[0].end == len(name):
            found[branch] = canonical(name)
    sure = {name for name in found.values() if STRENGTH.get(_word(name), 0.0) >= 0.7}
    sure = {name for name in sure if _word(name) not in _DOUBTFUL}
    if not sure or len(set(found.values())) < 2:
        return ()
    if len(sure) == 1 and all(_word(n) in _DOUBTFUL for n in found.values() if n not in sure):
        explicit = any(environment_of_branch(branch) != branch for branch in found)
        if not explicit:
            return ()
    return tuple(found)


def _word(name: str) -> str:
    return re.sub(r"-[0-9]+$", "", name)
