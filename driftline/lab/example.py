"""The example fleet as a git repository, and the truth about it.

`write_example` is what `driftline example` scans: a small company's GitOps
repository of fourteen months, the same to the last hash for the same seed.
"""

import functools
from pathlib import Path

from driftline.lab import repository
from driftline.lab.story import told
from driftline.lab.truth import Truth, truth
from driftline.lab.weaving import woven

SEED = 7


def write_example(folder: Path, *, seed: int = SEED) -> Path:
    """Write the example fleet's repository into a new or empty folder, and give it back.

    Raises UsageError when the folder holds something, SourceError when git is
    missing or the disk refuses.
    """
    return repository.write(folder, woven(told(seed)))


@functools.cache
def example_truth(*, seed: int = SEED) -> Truth:
    """The truth about the repository that `write_example` writes for the same seed."""
    return truth(woven(told(seed)))
