import json

import pytest

from driftline.render.json_text import json_text
from tests.render import samples
from tests.render.screen_files import unseen_in


def test_the_same_answer_is_the_same_text() -> None:
    """Rows whose order means nothing are sorted, whatever order they came in."""
    forth = samples.scan(divergences=samples.DIVERGENCES)
    back = samples.scan(divergences=samples.DIVERGENCES[::-1])

    assert json_text(forth) == json_text(back)


def test_fields_stand_in_the_order_of_the_records() -> None:
    """What people look for first comes first."""
    fields = list(json.loads(json_text(samples.scan())))

    assert ["schema", "generated_by", "asked_at", "repositories"] == fields[:4]


def test_values_keep_their_types() -> None:
    """A number stays a number, an absent side is null and says that it is absent."""
    rows = json.loads(json_text(samples.comparison()))["divergences"]
    flag = next(row for row in rows if row["path"] == "/flags/newBasket")

    assert flag["left_value"] is True
    assert flag["right_value"] is None
    assert ("present", "absent") == (flag["left_state"], flag["right_state"])
    assert {"name": "Ana Lopes", "class": "human"} == flag["actor"]


@pytest.mark.parametrize("bad", ["\x1b[31m", "\x9b31m", "\u202e", "\udcff", "\x7f", "\U000e0041"])
def test_nothing_unseen_is_printed(bad: str) -> None:
    """JSON is looked at on terminals too."""
    answer = samples.hostile(role=bad, path=bad, value=bad, name=bad, reason=bad)
    text = json_text(answer)

    assert not unseen_in(text)
    assert json.loads(text)["gaps"]
