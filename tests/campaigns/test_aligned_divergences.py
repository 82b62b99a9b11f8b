"""Patches for the recorded histories: applied by git, the difference is gone and nothing else is.

Every divergence between staging and production is aligned in both directions,
whatever its kind, each with a patch of its own. The result is read by a scan
of a commit, which knows nothing of how the patch was tried out.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from driftline.engine import ask
from driftline.engine.aligning.answer import Asked
from driftline.engine.knowing.known import know, side
from driftline.engine.settings import Settings, load_settings
from driftline.history.sqlite_store import open_store
from driftline.model import address as addresses
from driftline.model.answers.align import AlignAnswer
from driftline.model.progress import Unwatched
from tests.engine.recorded import NOW, read
from tests.sources.git.building import git

PAIRS = {
    "flux2-kustomize-helm-example": ("staging", "production"),
    "wbaas-deploy": ("staging", "production"),
    "mybinder.org-deploy": ("staging", "prod"),
}
# How many of all may be refused, so that refusing everything does not pass.
REFUSED_SHARE_MAX = 0.2
STRIDE = 7  # of the long lists, every seventh is applied and scanned again

Facts = dict[tuple[str, str, str], str]


def facts(settings: Settings) -> Facts:
    """Every effective fact of every environment at the tip."""
    with closing(open_store(settings.store_path, read_only=True)) as store:
        known = know(store, store.sources(), settings, layer="effective")
    return {
        (name, role, address): point.value or ""
        for name, units in known.units.units.items()
        for role, view in side(name, units).views.items()
        for address, point in view.facts.items()
    }


class Patched:
    """A clone to which one patch after the other is applied, each on the same commit."""

    def __init__(self, folder: Path, origin: Path) -> None:
        self.clone = folder / origin.name
        folder.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(origin), str(self.clone)], check=True)
        self.base = git(self.clone, "rev-parse", "HEAD")
        # Beside the other history lies the key of the digests of secrets.
        store = folder.parent / "patched.db"
        self.settings = load_settings(folder, {}, store=store, scanned=[self.clone])

    def facts(self, patch: str) -> Facts:
        """What a scan finds after a commit of the patch."""
        git(self.clone, "checkout", "--quiet", "-B", "patched", self.base)
        data = patch.encode(errors="surrogateescape")
        subprocess.run(["git", "apply", "--index", "-"], cwd=self.clone, input=data, check=True)
        git(self.clone, "commit", "--quiet", "--message=align")
        ask.observe([self.clone], self.settings, now=NOW, progress=Unwatched())
        return facts(self.settings)


def asked(settings: Settings, pair: tuple[str, str]) -> Iterator[AlignAnswer]:
    """An answer for each divergence of the pair; what comes or goes as one is asked as one."""
    compared = ask.compare(*pair, settings, now=NOW)
    done = set()
    for row in compared.divergences:
        if not row.path:
            continue
        place = element(row.path) if "absent" in (row.left_state, row.right_state) else row.path
        if (row.role, place) not in done:
            done.add((row.role, place))
            wanted = Asked(pair[0], pair[1], row.role, place, is_forced=True)
            yield ask.align(wanted, settings, now=NOW)


def element(path: str) -> str:
    """The highest element of a list that an address lies in, or the address."""
    tokens = addresses.tokens(path)
    for number, token in enumerate(tokens):
        if addresses.element_name(token) is not None:
            return addresses.join(tokens[: number + 1])
    return path


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("back", [False, True])
def test_what_is_aligned_is_alike_and_all_else_as_it_was(
    data: Path,
    tmp_path: Path,
    name: str,
    back: bool,  # noqa: FBT001 - a case
) -> None:
    """A patch that git takes ends just the differences it names."""
    pair = PAIRS[name][::-1] if back else PAIRS[name]
    settings = read(data, name, tmp_path)
    before = facts(settings)
    patched = Patched(tmp_path / "patched", settings.repositories[0])
    stride = STRIDE if len(before) > 1000 else 1
    aligned = refused = 0
    for number, answer in enumerate(asked(settings, pair)):
        aligned += len(answer.aligned)
        refused += len(answer.refusals)
        if answer.aligned and number % stride == 0:
            hold(answer, before, patched.facts(answer.patch))

    print(f"{name} {pair}: {aligned} aligned, {refused} refused")  # noqa: T201 - the figure
    assert aligned > 0
    assert refused <= (aligned + refused) * REFUSED_SHARE_MAX


def hold(answer: AlignAnswer, before: Facts, after: Facts) -> None:
    """The named facts of the target are those of the source, and no other fact has moved."""
    meant = {(answer.target, one.role, one.path) for one in answer.aligned}
    for one in answer.aligned:
        value = after.get((answer.target, one.role, one.path))
        expected = one.after if one.after_state == "present" else None
        assert expected == (None if value is None else json.loads(value)), one
    moved = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    extra = {one for one in moved - meant if not any(is_above(one, other) for other in meant)}

    assert set() == extra, msgspec.json.encode(answer).decode()


def is_above(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether a fact is the empty container in which another one stands."""
    return one[:2] == other[:2] and other[2].startswith(one[2] + "/")
