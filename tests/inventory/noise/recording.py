"""The recorded cluster as the sources read it, and paths of its truth as places in objects."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import yaml

from driftline.model.address import element_name, tokens, unescape
from driftline.sources.formats.reader import Reader
from driftline.sources.kubernetes.kinds import ListedKind
from driftline.sources.kubernetes.translate import translate
from driftline.sources.redaction import Redactor

Managers = dict[str, tuple[str, ...]]
Spot = tuple[str | int, ...]
_STEP = re.compile(r'\["([^"]*)"\]|\[(\d+)\]|\[(\w+)=([^\]]*)\]|\.?([^.\[\]]+)')


class Known(msgspec.Struct, frozen=True):
    """One object of a side: as read, who owns it, and as it was written."""

    facts: dict[str, str]
    managers: Managers
    written: Any


def declared(folder: Path) -> dict[str, Known]:
    """The objects of all manifests below a folder, by key."""
    reader = Reader(Redactor(b"0123456789abcdef", "test"))
    found = {}
    for path in sorted(folder.glob("*/*.yaml")):
        if path.parent.name == "values":
            continue
        written = {
            _key(one): one for one in yaml.safe_load_all(path.read_text()) if one is not None
        }
        for document in reader.read(str(path), path.read_bytes()).documents:
            found[document.key] = Known(document.leaves(), {}, written[document.key])
    return found


def observed(path: Path) -> dict[str, Known]:
    """The objects of all listings of one observation, by key."""
    masking = Redactor(b"0123456789abcdef", "test")
    found = {}
    for line in gzip.decompress(path.read_bytes()).splitlines():
        page = json.loads(line)
        body = page.get("body")
        if not body or "items" not in body:
            continue
        group, _, version = body["apiVersion"].rpartition("/")
        kind = body["kind"].removesuffix("List")
        listed = ListedKind(group, page["resource"], version, kind, bool(page["namespace"]))
        for item in body["items"]:
            one = translate(json.dumps(item).encode(), listed, masking)
            owners = {
                address: tuple(json.loads(text))
                for address, text in one.managers.items()
                if not address.startswith("/-/")
            }
            found[one.key] = Known(dict(one.facts), owners, item)
    return found


def spot_of_path(path: str, *objects: Any) -> Spot:
    """Where a dotted path of the truth points in the first object that fits: keys and positions."""
    for whole in objects:
        one = whole
        spot: list[str | int] = []
        for quoted, position, field, value, key in _STEP.findall(path):
            if position:
                spot.append(int(position))
                one = _at(one, int(position))
            elif field:
                number = _find(one, field, value)
                spot.append(number)
                one = _at(one, number)
            else:
                spot.append(quoted or key)
                one = _at(one, quoted or key)
        if one is not None:
            return tuple(spot)
    raise AssertionError(f"{path} points nowhere")


def spot_of_address(address: str, *objects: Any) -> Spot:
    """Where an address points in the first object that fits: keys and positions."""
    for whole in objects:
        one = whole
        spot: list[str | int] = []
        for token in tokens(address):
            named = element_name(token)
            step: str | int = unescape(token)
            if named is not None and isinstance(one, list):
                step = _find(one, *named)
            elif isinstance(one, list):
                step = int(token)
            spot.append(step)
            one = _at(one, step)
        if one is not None:
            return tuple(spot)
    return tuple(tokens(address))


def _key(one: Any) -> str:
    metadata = one["metadata"]
    names = (one["kind"], metadata.get("namespace", ""), metadata["name"])
    return "/".join(filter(None, names))


def _at(one: Any, step: str | int) -> Any:
    if isinstance(one, list):
        return one[step] if isinstance(step, int) and 0 <= step < len(one) else None
    return one.get(step) if isinstance(one, dict) else None


def _find(one: Any, field: str, value: str) -> int:
    for number, element in enumerate(one if isinstance(one, list) else ()):
        if str(element.get(field, element.get("metadata", {}).get(field))) == value:
            return number
    return -1
