"""What is derived follows the rules and the hints, never the order in which they came."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.engine import ask
from driftline.engine.knowing import inferring, people
from driftline.engine.settings import Settings
from driftline.model.answers.scan import Scan
from driftline.model.placing import LayoutHints
from driftline.model.progress import Unwatched
from tests.engine.asking import NOW, settings_for
from tests.sources.git.building import Building

NAMES = st.sampled_from(("staging", "production", "alpha", "bravo"))
FILES = st.dictionaries(
    st.builds("{}/{}.yaml".format, NAMES, st.sampled_from(("web", "api"))),
    st.builds("tag: {}\nport: {}\n".format, st.integers(1, 3), st.integers(1, 2)),
    min_size=1,
    max_size=4,
)
HINTS = st.sampled_from(
    (
        LayoutHints(),
        LayoutHints(environments=("alpha", "bravo")),
        LayoutHints(not_environments=("staging",)),
        LayoutHints(places=("{environment}/{role}.yaml",)),
        LayoutHints(ignore=("alpha/**",)),
    )
)


def scan(folder: Path, repository: Path, hints: LayoutHints) -> tuple[Scan, Settings]:
    """The answer under these hints, from the store in a folder."""
    folder.mkdir(exist_ok=True)
    wanted = msgspec.structs.replace(settings_for(folder, repository), layout=hints)
    return ask.scan([repository], wanted, now=NOW, progress=Unwatched()), wanted


@settings(max_examples=8)
@given(history=st.lists(FILES, min_size=1, max_size=5), first=HINTS, second=HINTS)
def test_switching_rules_equals_having_had_them(
    tmp_path_factory: pytest.TempPathFactory,
    history: list[dict[str, str]],
    first: LayoutHints,
    second: LayoutHints,
) -> None:
    """Read under one set of rules and then switched to another equals read under the other."""
    folder = tmp_path_factory.mktemp("rules")
    built = Building(folder / "infra")
    for files in history:
        built.commit(files)
    repository = built.folder

    with pytest.MonkeyPatch.context() as patched:
        for module in (inferring, people, ask):
            patched.setattr(module, "RULES_VERSION", 1)
        scan(folder / "switched", repository, first)
        for module in (inferring, people, ask):
            patched.setattr(module, "RULES_VERSION", 2)
        switched, wanted = scan(folder / "switched", repository, second)
        fresh, _ = scan(folder / "fresh", repository, second)

    assert fresh == switched
    assert ask.layout(wanted, now=NOW).environments == fresh.environments
