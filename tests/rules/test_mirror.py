"""Every module has its test file, and every test file its module.

A module without one function that does something (records, tables, protocols)
needs none. `test_<module>_<topic>.py` is a test file of the module too. Tests
of the whole program, which belong to no module, live in tests/campaigns/, and
those of its pages in a browser in tests/browser/.
"""

from pathlib import PurePosixPath

from tests.rules.complaint import listed
from tools.source_tree import ROOT, modules

APART = ("tests/rules/", "tests/campaigns/", "tests/browser/")


def test_file_of(module: str) -> str:
    """Where the test of a module lives.

    >>> test_file_of("driftline/model/address.py")
    'tests/model/test_address.py'
    """
    path = PurePosixPath(module.removeprefix("driftline/"))
    return str(PurePosixPath("tests") / path.with_name(f"test_{path.name}"))


test_file_of.__test__ = False  # type: ignore[attr-defined]  # its name would make it a test


def _homes() -> dict[str, bool]:
    """Test file → whether it must exist, for every module."""
    homes = {}
    for module in modules("driftline", "tools", "bench"):
        name = module.path.rsplit("/", 1)[1]
        required = module.acts and module.path.startswith("driftline/") and name != "__init__.py"
        homes[test_file_of(module.path)] = required
    return homes


def test_every_module_has_its_tests() -> None:
    """A module that does something is tested in the file that mirrors its path."""
    missing = [home for home, required in _homes().items() if required and not exists(home)]

    assert [] == missing, listed(missing)


def exists(home: str) -> bool:
    """Whether the test file is there, as such or split by topics."""
    path = ROOT / home
    return path.exists() or any(path.parent.glob(f"{path.stem}_*.py"))


def test_every_test_file_has_its_module() -> None:
    """A test file mirrors a module, so that a reader knows where to look."""
    homes = {home.removesuffix(".py") for home in _homes()}
    strays = []
    for module in modules("tests"):
        folder, _, name = module.path.rpartition("/")
        if module.path.startswith(APART) or not name.startswith("test_"):
            continue
        stem = f"{folder}/{name.removesuffix('.py')}"
        if not any(stem == home or stem.startswith(home + "_") for home in homes):
            strays.append(f"{module.path}: mirrors no module; tests of the whole: tests/campaigns/")

    assert [] == strays, listed(strays)
