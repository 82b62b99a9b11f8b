import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from driftline.engine.secret_key import secret_key
from driftline.errors import IntegrityError, UsageError


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """The second question has the first one's key, and only its owner can read it."""
    store = tmp_path / "history.db"
    first, second = secret_key(store, {}), secret_key(store, {})

    assert first == second
    assert 32 == len(first.key)
    assert 0o600 == stat.S_IMODE((tmp_path / "secret.key").stat().st_mode)
    assert ["secret.key"] == [file.name for file in tmp_path.iterdir()]


def test_every_store_has_a_key_of_its_own(tmp_path: Path) -> None:
    """Digests of two histories cannot be compared, and say so by their key's name."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = secret_key(tmp_path / "a" / "history.db", {})
    other = secret_key(tmp_path / "b" / "history.db", {})

    assert one.key != other.key
    assert one.key_id != other.key_id


def test_a_shared_key_comes_from_the_environment(tmp_path: Path) -> None:
    """Machines that share a text have equal digests, and no file is made."""
    environ = {"DRIFTLINE_SECRET_KEY": "correct horse battery"}

    assert secret_key(tmp_path / "x.db", environ) == secret_key(tmp_path / "y" / "z.db", environ)
    assert [] == list(tmp_path.iterdir())


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    """A key that can be guessed protects nothing."""
    with pytest.raises(UsageError, match="7 characters are too few"):
        secret_key(tmp_path / "x.db", {"DRIFTLINE_SECRET_KEY": "hunter2"})


def test_the_settings_may_name_another_file(tmp_path: Path) -> None:
    """A key may live apart from the history it protects."""
    key = secret_key(tmp_path / "history.db", {}, key_file=tmp_path / "elsewhere")

    assert key.key.hex() == (tmp_path / "elsewhere").read_text(encoding="ascii").strip()


def test_a_broken_key_is_not_replaced(tmp_path: Path) -> None:
    """A new key would make every secret look changed, so that is for people to decide."""
    (tmp_path / "secret.key").write_text("oops", encoding="ascii")

    with pytest.raises(IntegrityError, match="holds no key of 32 bytes"):
        secret_key(tmp_path / "history.db", {})


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The error says what to set instead."""
    with pytest.raises(UsageError, match=r"cannot be (made|read).*DRIFTLINE_SECRET_KEY"):
        secret_key(tmp_path / "nowhere" / "history.db", {})


def test_two_makers_agree(tmp_path: Path) -> None:
    """Whoever asks at the same time gets the same key."""
    with ThreadPoolExecutor(2) as pool:
        keys = list(pool.map(lambda _: secret_key(tmp_path / "history.db", {}), range(2)))

    assert keys[0].key == keys[1].key
    assert ["secret.key"] == [file.name for file in tmp_path.iterdir()]


def test_a_key_is_never_printed(tmp_path: Path) -> None:
    """A traceback shows the key's name, not the key."""
    key = secret_key(tmp_path / "history.db", {})

    assert f"SecretKey({key.key_id})" == repr(key)
