import json

import msgspec
import pytest

from driftline.model.answers.parity import Divergence
from driftline.render.json_text import json_text
from tests.render import samples
from tests.render.screen_files import unseen_in

# What other programs may take for granted in every row.
PROMISED = set(
    "left right plane role path type left_state right_state left_value right_value left_layer "
    "right_layer since onset moved actor approved_by kind reason share_of_time_apart spells "
    "rank".split()
)


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


def test_a_row_is_a_line() -> None:
    """Each field and each row has a line of its own; for eyes, each value has one."""
    answer = samples.scan()
    lines = json_text(answer).splitlines()
    shown = json_text(answer, indented=True)

    assert len(answer.divergences) == sum('"onset":' in line for line in lines)
    assert json.loads(shown) == json.loads("".join(lines))
    assert len(shown.splitlines()) > 5 * len(lines)


def test_what_says_nothing_is_left_out() -> None:
    """A divergence has no field that would only repeat its default, unless all are asked for."""
    row = samples.divergence("web", "/replicas", 1, 2)
    plain = msgspec.structs.replace(
        row, left_file=None, right_file=None, look=None, subject=None, aspect=""
    )
    (short,) = json.loads(json_text(samples.scan(divergences=[plain])))["divergences"]
    (whole,) = json.loads(json_text(samples.scan(divergences=[plain]), whole=True))["divergences"]

    assert {"aspect", "left_file", "right_file", "look", "subject", "cause", "owner"} <= (
        set(whole) - set(short)
    )
    assert plain == msgspec.convert(short, Divergence) == msgspec.convert(whole, Divergence)
    assert PROMISED <= set(short)


def test_what_belongs_together_is_left_out_together() -> None:
    """Where one side has a file and the other has none, both are told."""
    row = msgspec.structs.replace(
        samples.divergence("web", "/replicas", 1, 2), left_file="a.yaml", right_file=None
    )
    (told,) = json.loads(json_text(samples.scan(divergences=[row])))["divergences"]

    assert ("a.yaml", None) == (told["left_file"], told["right_file"])


@pytest.mark.parametrize("bad", ["\x1b[31m", "\x9b31m", "\u202e", "\udcff", "\x7f", "\U000e0041"])
def test_nothing_unseen_is_printed(bad: str) -> None:
    """JSON is looked at on terminals too."""
    answer = samples.hostile(role=bad, path=bad, value=bad, name=bad, reason=bad)
    text = json_text(answer)

    assert not unseen_in(text)
    assert json.loads(text)["gaps"]
