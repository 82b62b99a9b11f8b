"""The reader of what tools wrote down, and of every configuration format beside it.

States and bills of materials are JSON like other JSON, so they are recognised
by what they say, whatever the file is called.
"""

from driftline.model.document import Reading
from driftline.sources.formats.catalogue import classify
from driftline.sources.formats.documents import Masking, with_unique_keys
from driftline.sources.formats.encoding import text_of
from driftline.sources.formats.json_trees import json_value
from driftline.sources.formats.limits import Unreadable
from driftline.sources.formats.reader import Reader
from driftline.sources.states import bills_of_materials, terraform_states

FILE_BYTES_MAX = 32 << 20
_MARKS = (*terraform_states.MARKS, *bills_of_materials.MARKS)
_STATE_NAMES = (".tfstate", ".tfstate.backup", ".spdx", ".cdx", ".bom")


class StateReader:
    """Reads states and bills of materials, and any other file as `Reader` does."""

    def __init__(self, masking: Masking) -> None:
        self._masking = masking
        self._others = Reader(masking, in_pieces=False)

    def read(self, path: str, data: bytes) -> Reading:
        """The documents of this version, redacted; never raises on bad input."""
        is_named_so = is_state_name(path)
        if not is_named_so and (b"{" not in data[:256] or not any(one in data for one in _MARKS)):
            return self._others.read(path, data)
        try:
            value = json_value(text_of(data, file_bytes_max=FILE_BYTES_MAX))
            if terraform_states.is_state(value):
                named = terraform_states.state_documents(value, self._masking)
            elif bills_of_materials.is_bill(value):
                named = bills_of_materials.bill_documents(value, self._masking)
            elif is_named_so:
                return Reading((), "neither a Terraform state nor a bill of materials in JSON")
            else:
                return self._others.read(path, data)
        except Unreadable as reason:
            return Reading((), str(reason)) if is_named_so else self._others.read(path, data)
        except RecursionError:
            return Reading((), "nested too deeply to be read")
        return Reading(with_unique_keys(named))


def is_wanted(path: str) -> bool:
    """Whether a path is configuration, or a state or bill of materials, by its name."""
    return classify(path) is not None or is_state_name(path)


def is_state_name(path: str) -> bool:
    """Whether only states and bills of materials are called so."""
    return path.lower().endswith(_STATE_NAMES)
