"""An answer that can be shown to strangers: people, hosts and values under numbered names.

The same thing has the same number throughout, so that what is equal still
looks equal. Services, paths, environments, dates and kinds stay; whatever
inside them names a host, an address, an e-mail or a person does not. Reasons,
messages, files and commits are left out, because they quote the rest.
"""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from driftline.model.answers.majority import Majority
from driftline.model.answers.parity import ActorRef, Divergence, GapNote
from driftline.model.answers.planes import BurnedDown
from driftline.model.answers.scan import ActorSummary, RepositorySummary, Scan
from driftline.model.answers.spells import SpellNote
from driftline.model.answers.trend import TrendAnswer
from driftline.model.verdict import Kind

# What is public already, and says which feature is meant rather than whose host.
_PUBLIC = (
    "kubernetes.io",
    "k8s.io",
    "argoproj.io",
    "fluxcd.io",
    "istio.io",
    "cert-manager.io",
    "helm.sh",
)
_FILE_ENDINGS = frozenset(
    "yaml yml json toml tf tfvars hcl env conf cfg ini properties xml txt md sh py js ts sql "
    "html css lua tpl tmpl gotmpl jsonnet rules crt pem key".split()
)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s\])}\"']+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@/=\[\]]+@[^\s@/=\[\]]+")
_ADDRESS = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?<![\w.-])(?:\w(?:[\w-]*\w)?\.)+[^\W\d_][\w-]*\w\.?(?![\w-])")
_NAME_MIN = 3
_UNREAD = "a layer or a file could not be read"
# Words of ours and instants, in which nobody can be named.
_CLOSED = frozenset(
    "schema generated_by asked_at plane type aspect kind onset moved level opened_by actor_class "
    "side since stands_from started ended at week last first_seen last_seen missing".split()
)


class Masks:
    """Numbered names, given out in the order in which things are met."""

    def __init__(self, people: Iterable[str] = ()) -> None:
        """Masks that also hide these people where a kept text names them."""
        self._given: dict[tuple[str, object], str] = {}
        self._numbers: dict[str, int] = {}
        names = sorted({name for name in people if len(name) >= _NAME_MIN}, key=len, reverse=True)
        self._people = re.compile("|".join(map(re.escape, names)), re.IGNORECASE) if names else None

    def of(self, what: str, thing: object) -> str:
        """The name of a thing: `value 3`; the same thing always has the same one."""
        key = (what, thing)
        if key not in self._given:
            self._numbers[what] = self._numbers.get(what, 0) + 1
            self._given[key] = f"{what} {self._numbers[what]}"
        return self._given[key]

    def value(self, value: Any) -> Any:
        """A value under another name. Yes, no and nothing are no secrets of anybody."""
        if value is None or isinstance(value, bool):
            return value
        return self.of("value", repr(value))

    def text(self, text: str) -> str:
        """A kept text, without the addresses, hosts and people in it.

        >>> Masks(["Ana Lopes"]).text("/hosts/[name=a.example.com]/owner/ana lopes")
        '/hosts/[name=host 1]/owner/person 1'
        """
        if self._people:
            text = self._people.sub(lambda found: self.of("person", found[0].lower()), text)
        text = _URL.sub(lambda found: self.of("address", found[0]), text)
        text = _MAIL.sub(lambda found: self.of("address", found[0]), text)
        text = _ADDRESS.sub(lambda found: self.of("address", found[0]), text)
        return _HOST.sub(self._host, text)

    def actor(self, actor: ActorRef | None) -> ActorRef | None:
        """An actor without a name; the class stays."""
        return actor and ActorRef(self.name(actor.class_, actor.name), actor.class_)

    def name(self, actor_class: str, name: str) -> str:
        """The name of somebody; a person has one name, whether as author or as approver."""
        if actor_class == "human":
            return self.of("person", name.lower())
        return self.of(actor_class, name)

    def _host(self, found: re.Match[str]) -> str:
        name = found[0]
        if name.endswith(_PUBLIC) or name.rpartition(".")[2].lower() in _FILE_ENDINGS:
            return name
        return self.of("host", name.lower())


def masked(scan: Scan, trend: TrendAnswer | None = None) -> tuple[Scan, TrendAnswer | None]:
    """The report, and the trend that goes with it, as they may be shown around."""
    masks = Masks(_people(scan))
    return _scan(scan, masks), _kept(trend, masks, notes=()) if trend else None


def _people(scan: Scan) -> set[str]:
    """Everybody who is named; programs' names are often those of services, so they may stay."""
    actors = [row.actor for row in scan.divergences] + [one.actor for one in scan.spells]
    names = {one.name for one in actors if one and one.class_ == "human"}
    names |= {one.name for one in scan.actors if one.class_ == "human"}
    return names | {row.approved_by for row in scan.divergences if row.approved_by}


def _scan(scan: Scan, masks: Masks) -> Scan:
    left_out = []
    if scan.questions:
        left_out.append(f"Questions of the layout, left out here: {len(scan.questions)}.")
    if scan.notes:
        left_out.append(f"Notes on the reading, left out here: {len(scan.notes)}.")
    return msgspec.structs.replace(
        scan,
        repositories=tuple(_repository(one, masks) for one in scan.repositories),
        environments=tuple(_kept(one, masks, evidence=()) for one in scan.environments),
        pairs=tuple(_kept(one, masks) for one in scan.pairs),
        divergences=tuple(_divergence(one, masks) for one in scan.divergences),
        most_changed=tuple(_kept(one, masks) for one in scan.most_changed),
        actors=tuple(_summary(one, masks) for one in scan.actors),
        gaps=tuple(_gap(one, masks) for one in scan.gaps),
        questions=(),
        notes=tuple(left_out),
        focus=_pair(scan.focus, masks),
        promotions=tuple(_kept(one, masks) for one in scan.promotions),
        spells=tuple(_spell(one, masks) for one in scan.spells),
        trend=tuple(_kept(one, masks) for one in scan.trend),
        majorities=tuple(_majority(one, masks) for one in scan.majorities),
        burned_down=tuple(_loss(one, masks) for one in scan.burned_down),
    )


def _loss(one: BurnedDown, masks: Masks) -> BurnedDown:
    owners = tuple(
        msgspec.structs.replace(row, owner=masks.of("owner", row.owner) if row.owner else "")
        for row in one.owners
    )
    return msgspec.structs.replace(one, owners=owners)


def _kept(record: Any, masks: Masks, **replaced: Any) -> Any:
    """A record whose texts stay, but for what they must not name, and the records in it."""
    fields = {
        name: replaced[name]
        if name in replaced
        else getattr(record, name)
        if name in _CLOSED
        else _cleaned(getattr(record, name), masks)
        for name in record.__struct_fields__
    }
    return type(record)(**fields)


def _cleaned(thing: Any, masks: Masks) -> Any:
    if type(thing) is str:
        return masks.text(thing)
    if isinstance(thing, tuple):
        return tuple(_cleaned(one, masks) for one in thing)
    return _kept(thing, masks) if isinstance(thing, msgspec.Struct) else thing


def _divergence(row: Divergence, masks: Masks) -> Divergence:
    kept: Divergence = _kept(
        row,
        masks,
        left_value=masks.value(row.left_value),
        right_value=masks.value(row.right_value),
        actor=masks.actor(row.actor),
        approved_by=masks.of("person", row.approved_by.lower()) if row.approved_by else None,
        left_file=None,
        right_file=None,
        look=masks.of("commit", row.look) if row.look else None,
        subject=None,
        # Unknown without a reason would read as if nobody had judged it.
        reason=_UNREAD if row.kind == Kind.UNKNOWN and row.reason else "",
        cause=masks.of("cause", row.cause) if row.cause else "",
        owner=masks.of("owner", row.owner) if row.owner else "",
    )
    return kept


def _spell(one: SpellNote, masks: Masks) -> SpellNote:
    kept: SpellNote = _kept(
        one,
        masks,
        reason="",
        actor=masks.actor(one.actor),
        left_value=masks.value(one.left_value),
        right_value=masks.value(one.right_value),
    )
    return kept


def _majority(one: Majority, masks: Masks) -> Majority:
    odd = tuple(_kept(each, masks, value=masks.value(each.value), reason="") for each in one.odd)
    kept: Majority = _kept(one, masks, value=masks.value(one.value), odd=odd)
    return kept


def _repository(one: RepositorySummary, masks: Masks) -> RepositorySummary:
    return msgspec.structs.replace(one, path=masks.of("repository", one.path), head="", branch=None)


def _summary(one: ActorSummary, masks: Masks) -> ActorSummary:
    return msgspec.structs.replace(one, name=masks.name(one.class_, one.name), evidence="")


def _gap(gap: GapNote, masks: Masks) -> GapNote:
    file = masks.of("file", (gap.repository, gap.path))
    return GapNote(file, "", "", masks.of("repository", gap.repository) if gap.repository else "")


def _pair(names: tuple[str, str] | None, masks: Masks) -> tuple[str, str] | None:
    return (masks.text(names[0]), masks.text(names[1])) if names else None
