"""The one reader of configuration files: any bytes in, a reading out.

It knows no format itself: it turns bytes into text, asks the catalogue for the
format, and hands the text to that format's module. Whatever goes wrong there
is a gap with its reason.
"""

from collections.abc import Callable

from driftline.model.document import DocumentKind, Reading
from driftline.sources.formats.catalogue import Format, classify, expected_kind, in_templates
from driftline.sources.formats.documents import Masking, documents_of_tree, with_unique_keys
from driftline.sources.formats.encoding import text_of
from driftline.sources.formats.env_files import env_tree
from driftline.sources.formats.hcl_trees import hcl_tree
from driftline.sources.formats.ini_files import ini_tree
from driftline.sources.formats.json_trees import json_tree
from driftline.sources.formats.limits import (
    FILE_BYTES_MAX,
    SLOW_PARSER_CHARACTERS_MAX,
    SLOWEST_PARSER_CHARACTERS_MAX,
    Malformed,
    NotText,
    Unreadable,
    too_long,
)
from driftline.sources.formats.properties_files import properties_tree
from driftline.sources.formats.sniffing import sniff
from driftline.sources.formats.toml_trees import toml_tree
from driftline.sources.formats.tree import Tree
from driftline.sources.formats.yaml_documents import TEMPLATE_REASON, YamlDocuments

__all__ = ["Format", "Reader", "classify"]

# YAML is missing here: it is read piece by piece and remembers the pieces.
PARSERS: dict[Format, Callable[[str], Tree]] = {
    Format.JSON: json_tree,
    Format.TOML: toml_tree,
    Format.ENV: env_tree,
    Format.PROPERTIES: properties_tree,
    Format.INI: ini_tree,
    Format.HCL: hcl_tree,
}

CHARACTERS_MAX: dict[Format, int] = {
    Format.TOML: SLOWEST_PARSER_CHARACTERS_MAX,
    Format.ENV: SLOW_PARSER_CHARACTERS_MAX,
    Format.PROPERTIES: SLOW_PARSER_CHARACTERS_MAX,
    Format.INI: SLOW_PARSER_CHARACTERS_MAX,
    Format.HCL: SLOWEST_PARSER_CHARACTERS_MAX,
}

_NOT_CONFIGURATION = Reading(())


class Reader:
    """Reads one version of one file after the other; implements `contract.FormatReader`.

    `masking` is the redactor, through which every fact goes before it leaves.
    A reader remembers pieces of text in bounded memory and is not safe to
    share between threads. Where no file is met in many versions, reading them
    without `in_pieces` costs less and gives the same.
    """

    def __init__(
        self, masking: Masking, *, file_bytes_max: int = FILE_BYTES_MAX, in_pieces: bool = True
    ) -> None:
        self._masking = masking
        self._file_bytes_max = file_bytes_max
        self._yaml = YamlDocuments(masking, in_pieces=in_pieces)

    def read(self, path: str, data: bytes) -> Reading:
        """The documents of this version, redacted; never raises on bad input."""
        found = classify(path)
        if found is None:
            return _NOT_CONFIGURATION
        try:
            text = text_of(data, file_bytes_max=self._file_bytes_max)
        except NotText as reason:
            # Nothing says that binary data without an extension configures anything.
            return _NOT_CONFIGURATION if found is Format.UNKNOWN else Reading((), str(reason))
        except Unreadable as reason:
            return Reading((), str(reason))
        if found is Format.UNKNOWN:
            found = sniff(text)
        if found is None:
            return _NOT_CONFIGURATION
        if found is Format.TEMPLATE:
            return Reading((), TEMPLATE_REASON)
        expected = expected_kind(path)
        if found is Format.YAML:
            documents, gap = self._yaml.read(text, expected, in_templates=in_templates(path))
            return Reading(documents, gap)
        return self._whole(text, found, expected)

    def _whole(self, text: str, found: Format, expected: DocumentKind) -> Reading:
        """A file of a format that is always parsed in one piece."""
        try:
            if len(text) > CHARACTERS_MAX.get(found, self._file_bytes_max):
                raise too_long(CHARACTERS_MAX[found])
            tree = PARSERS[found](text)
            named = documents_of_tree(tree, expected, self._masking)
        except Unreadable as reason:
            if isinstance(reason, Malformed) and "{{" in text:
                return Reading((), TEMPLATE_REASON)
            return Reading((), str(reason))
        return Reading(with_unique_keys(named))
