"""A plain reading of YAML, slow and obvious, against which the fast one is compared.

It composes every document with PyYAML, builds Python objects in the Kubernetes
reading, and flattens them recursively. It knows no pieces and remembers
nothing. Only the tables of rules are shared with the reader under test.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from driftline.model.address import element, escape
from driftline.sources.formats.list_keys import FIELDS_BY_PARENT, GENERIC_FIELDS, _is_sensitive
from driftline.sources.redaction import Redactor

KEY = b"0123456789abcdef"
BOOLEANS = {"y": "true", "yes": "true", "true": "true", "on": "true"} | {
    "n": "false",
    "no": "false",
    "false": "false",
    "off": "false",
}
TAG = "tag:yaml.org,2002:"


class Unsupported(Exception):  # noqa: N818 - it is how this reading says no.
    """The text is nothing that Kubernetes would read."""


class Number:
    """A number as JSON text."""

    def __init__(self, text: str) -> None:
        self.text = text


class Composer:
    """Makes nodes of events, recursively; unlike PyYAML's it lets an anchor be used again.

    Every plain scalar keeps the tag `plain`: what it means is decided later.
    """

    def __init__(self, source: str) -> None:
        self.events = yaml.parse(source, Loader=yaml.CLoader)

    def documents(self) -> Iterator[Any]:
        """The root node of every document."""
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                yield self.node(next(self.events), {})

    def node(self, event: Any, anchors: dict[str, Any]) -> Any:
        """The node that begins with an event."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                raise Unsupported("undefined alias")
            return anchors[event.anchor]
        node: Any
        if isinstance(event, yaml.ScalarEvent):
            tag = "plain" if event.implicit[0] else event.tag or TAG + "str"
            node = yaml.ScalarNode(tag, event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = yaml.SequenceNode(TAG + "seq", [])
        else:
            node = yaml.MappingNode(TAG + "map", [])
        if event.anchor is not None:
            anchors[event.anchor] = node
        if isinstance(node, yaml.CollectionNode):
            children = []
            while not isinstance(event := next(self.events), yaml.CollectionEndEvent):
                children.append(self.node(event, anchors))
            pairs = zip(children[::2], children[1::2], strict=True)
            node.value = children if isinstance(node, yaml.SequenceNode) else list(pairs)
        return node


def plain(text: str) -> Any:
    """The object that a plain scalar means to Kubernetes."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in BOOLEANS and text in (text.lower(), text.upper(), text.capitalize()):
        return BOOLEANS[text.lower()] == "true"
    number = as_number(text)
    return text if number is None else number


def as_number(text: str) -> Number | None:
    """A number in any of the spellings of YAML."""
    bare = text.replace("_", "")
    if text.startswith("_") or not re.fullmatch(r"[-+.0-9a-fA-FxXoO]+", bare) or len(bare) > 1000:
        return None
    for base, pattern in (
        (2, r"[-+]?0[bB][01]+"),
        (16, r"[-+]?0[xX][0-9a-fA-F]+"),
        (8, r"[-+]?0[oO]?[0-7]+"),
    ):
        if re.fullmatch(pattern, bare):
            return Number(str(int(re.sub(r"0[bBxXoO]|0(?=[0-7])", "", bare, count=1) or "0", base)))
    if re.fullmatch(r"[-+]?(0|[1-9][0-9]*)", bare):
        return Number(str(int(bare)))
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", bare):
        value = float(bare)
        if value in (float("inf"), float("-inf")):
            return None
        try:
            json.loads(bare.lstrip("+"))
            return Number(bare.lstrip("+"))
        except ValueError:
            return Number(repr(value).removesuffix(".0"))
    return None


def key_text(value: Any) -> str:
    """A mapping key as Kubernetes spells it in JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Number):
        if re.fullmatch(r"-?[0-9]+", value.text):
            return value.text
        return go_float(float(value.text))
    return str(value)


def go_float(value: float) -> str:
    """Go's shortest form of a float."""
    digits = repr(value)
    exponent = int(f"{value:.16e}".partition("e")[2])
    if value == 0 or -4 <= exponent < 6:
        return format_plain(digits)
    mantissa = re.sub(r"e.*|[-.]", "", digits).strip("0")
    head = mantissa[0] + ("." + mantissa[1:] if mantissa[1:] else "")
    return ("-" if value < 0 else "") + head + f"e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def format_plain(digits: str) -> str:
    """Digits without a needless fraction."""
    return digits.removesuffix(".0")


def construct(node: Any, made: dict[int, Any]) -> Any:
    """The object of a node; shared nodes give shared objects."""
    if id(node) in made:
        if made[id(node)] is Unsupported:
            raise Unsupported("recursive")
        return made[id(node)]
    made[id(node)] = Unsupported
    if isinstance(node, yaml.ScalarNode):
        value = scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = [construct(child, made) for child in node.value]
    else:
        value = mapping(node, made)
    made[id(node)] = value
    return value


def scalar(node: Any) -> Any:
    """The object of a scalar node, by tag."""
    tag = node.tag
    if tag == "plain":
        return plain(node.value)
    if not tag.startswith(TAG):
        return f"{tag} {node.value}"
    name = tag.removeprefix(TAG)
    if name in ("int", "float"):
        return as_number(node.value) or node.value
    if name in ("bool", "null"):
        return plain(node.value)
    return node.value


def mapping(node: Any, made: dict[int, Any]) -> dict[str, Any]:
    """Entries in order: a merge key acts where it stands, the last equal key wins."""
    entries: dict[str, Any] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Unsupported("complex key")
        value = construct(child, made)
        if key.tag == TAG + "merge" or (key.tag == "plain" and key.value == "<<"):
            for source in reversed(value) if isinstance(value, list) else [value]:
                if not isinstance(source, dict):
                    raise Unsupported("merge")
                entries.update(source)
        else:
            entries[key_text(construct(key, made))] = value
    return entries


def leaf(value: Any) -> str:
    """The JSON text of a scalar object."""
    if isinstance(value, Number):
        return value.text
    return json.dumps(value, ensure_ascii=False)


def flat(value: Any, address: str, parent: str) -> Iterator[tuple[str, str]]:
    """Every leaf of an object with its address."""
    if isinstance(value, dict):
        if not value:
            yield address, "{}"
        for key, child in value.items():
            yield from flat(child, f"{address}/{escape(key)}", key)
    elif isinstance(value, list):
        if not value:
            yield address, "[]"
        for token, child in zip(tokens(value, parent), value, strict=True):
            yield from flat(child, f"{address}/{token}", "")
    else:
        yield address, leaf(value)


def tokens(elements: list[Any], parent: str) -> list[str]:
    """How the elements of a list are addressed."""
    fields = FIELDS_BY_PARENT.get(parent, GENERIC_FIELDS)
    if fields is GENERIC_FIELDS and parent and _is_sensitive(parent):
        fields = ("name",)
    for field in fields:
        names = [name_in(one, field) for one in elements]
        if names and None not in names and len(set(names)) == len(names):
            return [element(field, str(name)) for name in names]
    return [str(position) for position in range(len(elements))]


def name_in(one: Any, field: str) -> str | None:
    """The name that a field gives to an element."""
    value = one.get(field) if isinstance(one, dict) else None
    if isinstance(value, Number):
        return value.text
    if not isinstance(value, str) or not value or len(value) > 200 or not value.isprintable():
        return None
    return value


def documents(text: str) -> list[tuple[str, dict[str, str]]]:
    """Key and facts of every document that is not empty; raises when one cannot be read."""
    redactor = Redactor(KEY, "k1")
    found: list[tuple[str, dict[str, str]]] = []
    for node in Composer(text).documents():
        value = construct(node, {})
        if value is not None:
            found.extend(read(value, redactor))
    return renamed(found)


def read(value: Any, redactor: Redactor) -> Iterator[tuple[str, dict[str, str]]]:
    """One document, or the items of a list of objects."""
    stamp = value.get("sops") if isinstance(value, dict) else None
    if isinstance(stamp, dict) and {"mac", "lastmodified"} & set(stamp):
        raise Unsupported("sops")
    items = value.get("items") if isinstance(value, dict) else None
    if (
        is_object(value)
        and str(value["kind"]).endswith("List")
        and isinstance(items, list)
        and items
        and all(map(is_object, items))
    ):
        for item in items:
            yield from read(item, redactor)
        return
    embed(value)
    facts = dict(flat(value, "", ""))
    is_secret = is_object(value) and value["kind"] == "Secret" and value["apiVersion"] == "v1"
    redactor.redact(facts, ("/data/", "/stringData/") if is_secret else ())
    yield name(value), facts


def is_object(value: Any) -> bool:
    """Whether it has the form of a Kubernetes object."""
    return isinstance(value, dict) and all(
        isinstance(value.get(field), str | bool | Number) and text(value[field])
        for field in ("apiVersion", "kind")
    )


def text(value: Any) -> str:
    """A scalar as the part of a name."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""


def name(value: Any) -> str:
    """Kind, namespace and name of an object; nothing for anything else."""
    if not is_object(value) or text(value["apiVersion"]).startswith("kustomize.config.k8s.io/"):
        return ""
    metadata = value.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    own = text(metadata.get("name")) or text(metadata.get("generateName"))
    return "/".join(filter(None, (text(value["kind"]), text(metadata.get("namespace")), own)))


def embed(value: Any) -> None:
    """Parse the patches of kustomizations and the values of Argo CD applications."""
    if not is_object(value):
        return
    version = text(value["apiVersion"])
    if version.startswith("kustomize.config.k8s.io/"):
        for field in ("patches", "patchesJson6902"):
            for patch in value.get(field) if isinstance(value.get(field), list) else []:
                if isinstance(patch, dict):
                    parse_in(patch, "patch")
        merges = value.get("patchesStrategicMerge")
        for position in range(len(merges) if isinstance(merges, list) else 0):
            parse_in(merges, position)
    elif version.startswith("argoproj.io/") and value["kind"] in ("Application", "ApplicationSet"):
        spec = value.get("spec")
        template = spec.get("template") if isinstance(spec, dict) else None
        for holder in (spec, template.get("spec") if isinstance(template, dict) else None):
            if isinstance(holder, dict):
                sources = holder.get("sources")
                for source in [
                    holder.get("source"),
                    *(sources if isinstance(sources, list) else []),
                ]:
                    if isinstance(source, dict) and isinstance(source.get("helm"), dict):
                        parse_in(source["helm"], "values")


def parse_in(holder: Any, key: Any) -> None:
    """Replace a text by what it says, if it is a mapping or list."""
    if not isinstance(holder[key] if isinstance(holder, list) else holder.get(key), str):
        return
    try:
        values = [construct(node, {}) for node in Composer(holder[key]).documents()]
    except (yaml.YAMLError, Unsupported):
        return
    values = [value for value in values if value is not None]
    if values and all(isinstance(value, dict | list) for value in values):
        holder[key] = values[0] if len(values) == 1 else values


def renamed(found: list[tuple[str, dict[str, str]]]) -> list[tuple[str, dict[str, str]]]:
    """Keys made unique: `#1` for the second nameless, `#2` for the second of a name."""
    count: dict[str, int] = {}
    unique = []
    for key, facts in found:
        count[key] = count.get(key, 0) + 1
        if key:
            unique.append((key if count[key] == 1 else f"{key}#{count[key]}", facts))
        else:
            unique.append(("" if count[key] == 1 else f"#{count[key] - 1}", facts))
    return unique
