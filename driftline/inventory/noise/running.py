"""What really runs beside what was said: images behind a tag, pods older than their settings.

A specification says `web:1.2`; which bytes that is, only the running container
tells. And a pod that reads its settings at its start runs with those of then.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from driftline.inventory.noise.generated_names import without_random
from driftline.inventory.noise.settings_read import SettingsRead, settings_read
from driftline.inventory.typed import decode
from driftline.model.address import escape

Facts = Mapping[str, str]
Objects = Iterable[tuple[str, Facts]]

_KUBELET_MINORS_MAX = 1


class Finding(msgspec.Struct, frozen=True, gc=False):
    """Something that runs otherwise than its specification lets one believe.

    `check` is `image`, `settings` or `kubelet`; `subject` the key of what runs
    so, or `Kind/namespace/name` of the workload; `evidence` what was seen.
    """

    check: str
    subject: str
    text: str
    evidence: tuple[str, ...]


class _Container(msgspec.Struct, frozen=True):
    """A running container: whose it is, what it was told to run, and what it runs."""

    workload: str
    name: str
    image: str
    digest: str
    pod: str


def images(objects: Sequence[tuple[str, Facts]]) -> tuple[Finding, ...]:
    """Containers of one workload that run different bytes under one tag."""
    found = []
    for (workload, name, image), running in sorted(_by_tag(objects).items()):
        digests = defaultdict(list)
        for one in running:
            digests[one.digest].append(one.pod)
        if len(digests) > 1:
            text = f"container {name!a} runs {len(digests)} different images called {image!a}"
            found.append(Finding("image", workload, text, _shown(digests)))
    return tuple(found)


def images_apart(
    left: Sequence[tuple[str, Facts]], right: Sequence[tuple[str, Facts]]
) -> tuple[Finding, ...]:
    """Workloads of two siblings that run other bytes under the same tag.

    Workloads are matched by kind and name; the subject is the left one.
    """
    mine, theirs = _by_role(left), _by_role(right)
    found = []
    for role in sorted(mine.keys() & theirs.keys()):
        here = {one.digest for one in mine[role]}
        there = {one.digest for one in theirs[role]}
        if here.isdisjoint(there) and _are_comparable(here | there):
            _, name, image = role
            text = f"container {name!a} runs another image under the same name, {image!a}"
            evidence = (f"here {', '.join(sorted(here))}", f"there {', '.join(sorted(there))}")
            found.append(Finding("image", mine[role][0].workload, text, evidence))
    return tuple(found)


def settings(
    objects: Sequence[tuple[str, Facts]], written_at: Mapping[str, int]
) -> tuple[Finding, ...]:
    """Pods that started before what they read was last written.

    `written_at` gives the second at which a ConfigMap or Secret got its present
    content, by key; one that is not there counts as unchanged. Variables are
    read at the start and never again; files are renewed in place, and whether
    they were read again nobody can see from outside.
    """
    stale: dict[tuple[str, str, SettingsRead], list[tuple[str, int]]] = defaultdict(list)
    for key, facts in objects:
        if not key.startswith("Pod/"):
            continue
        started = seconds(facts.get("/status/startTime"))
        if started is None or "/metadata/deletionTimestamp" in facts:
            continue
        for one in settings_read(key, facts):
            written = written_at.get(one.key)
            if written is not None and written > started:
                stale[workload_of(key, facts), one.key, one].append((key, started))
    found = []
    for (workload, source, one), pods in sorted(stale.items(), key=lambda item: item[0][:2]):
        how = "as variables" if one.as_variables else "as files"
        late = "" if one.as_variables else ", which are renewed in place but perhaps not read again"
        who = "1 pod is" if len(pods) == 1 else f"{len(pods)} pods are"
        text = f"{who} older than {source}, read {how}{late}"
        evidence = tuple(
            f"{pod} started {written_at[source] - started} s before it was written"
            for pod, started in sorted(pods)
        )
        found.append(Finding("settings", workload, text, evidence))
    return tuple(found)


def written_at(owners: Facts) -> int | None:
    """When the content of a ConfigMap or Secret was last written, as its field managers tell.

    `owners` are the facts of the companion that says who owns which field, with
    the time of each owner's last change. A manager's time is that of its last
    change to anything, so the content may be older. None when nobody tells.
    """
    writers: set[str] = set()
    for address, several in owners.items():
        if address.startswith(("/data", "/binaryData")):
            writers.update(decode(several))
    times = (seconds(owners.get(f"/-/times/{escape(one)}")) for one in writers)
    return max((one for one in times if one is not None), default=None)


def kubelets(objects: Objects) -> tuple[Finding, ...]:
    """Nodes whose kubelet is more than one minor version away from most others."""
    minors: dict[str, tuple[int, int, str]] = {}
    for key, facts in objects:
        if key.startswith("Node/"):
            spelled = _text(facts.get("/status/nodeInfo/kubeletVersion"))
            parts = spelled.removeprefix("v").split(".")
            if len(parts) > 1 and parts[0].isdigit() and parts[1].isdigit():
                minors[key] = int(parts[0]), int(parts[1]), spelled
    if not minors:
        return ()
    counts = Counter(one[:2] for one in minors.values())
    # Of two equally common versions the newer one counts: that is where nodes go.
    usual = max(counts, key=lambda one: (counts[one], one))
    found = []
    for key, (major, minor, spelled) in sorted(minors.items()):
        if major != usual[0] or abs(minor - usual[1]) > _KUBELET_MINORS_MAX:
            text = f"its kubelet is {spelled!a}, while most nodes run {usual[0]}.{usual[1]}"
            evidence = (f"{counts[usual]} of {len(minors)} nodes run {usual[0]}.{usual[1]}",)
            found.append(Finding("kubelet", key, text, evidence))
    return tuple(found)


def workload_of(key: str, facts: Facts) -> str:
    """The key of the workload that a pod belongs to; its own where nobody owns it.

    >>> facts = {"/metadata/ownerReferences/[name=web-7d67897454]/kind": '"ReplicaSet"'}
    >>> workload_of("Pod/shop/web-7d67897454-x2k9q", facts)
    'Deployment/shop/web'
    """
    namespace = key.split("/")[1:-1]
    start, end = "/metadata/ownerReferences/[name=", "]/kind"
    for address, value in facts.items():
        if address.startswith(start) and address.endswith(end):
            kind, name = _text(value), address[len(start) : -len(end)]
            if kind == "ReplicaSet" and "-" in name:
                kind, name = "Deployment", name.rpartition("-")[0]
            return "/".join([kind, *namespace, name])
    return key


def seconds(time: str | None) -> int | None:
    """A time of the server, as JSON text, in seconds since 1970; None where there is none.

    >>> seconds('"1970-01-01T00:01:00Z"')
    60
    """
    try:
        return int(datetime.fromisoformat(_text(time)).timestamp())
    except ValueError:
        return None


def _containers(objects: Objects) -> list[_Container]:
    found = []
    for key, facts in objects:
        if not key.startswith("Pod/"):
            continue
        workload = workload_of(key, facts)
        for address, value in facts.items():
            if not address.startswith("/status/") or not address.endswith("/imageID"):
                continue
            element = address[: -len("/imageID")]
            image = _text(facts.get(element + "/image"))
            digest = _digest(_text(value))
            # Whoever names a digest gets just that, and is no question.
            if digest and image and "@" not in image and not image.startswith("sha256:"):
                name = _text(facts.get(element + "/name"))
                found.append(_Container(workload, name, image, digest, key))
    return found


def _by_tag(objects: Objects) -> dict[tuple[str, str, str], list[_Container]]:
    found: dict[tuple[str, str, str], list[_Container]] = defaultdict(list)
    for one in _containers(objects):
        found[one.workload, one.name, one.image].append(one)
    return {role: several for role, several in found.items() if _are_comparable(_digests(several))}


def _digests(containers: Iterable[_Container]) -> set[str]:
    """The digests of these containers."""
    return {one.digest for one in containers}


def _by_role(objects: Objects) -> dict[tuple[str, str, str], list[_Container]]:
    """Containers by the kind and name of their workload, their own name and their image."""
    found: dict[tuple[str, str, str], list[_Container]] = defaultdict(list)
    for one in _containers(objects):
        kind, *_, name = one.workload.split("/")
        role = f"{kind}/{without_random(name)}"
        found[role, one.name, one.image].append(one)
    return found


def _digest(image_id: str) -> str:
    """The digest of an image's id as runtimes spell it; empty where it has none."""
    text = image_id.rpartition("://")[2]
    return text if "sha256:" in text else ""


def _are_comparable(digests: Iterable[str]) -> bool:
    """Whether the digests are of one sort: of a registry, or of the image on a machine.

    The digest on a machine is another on a machine of another make.
    """
    return len({"@" in one for one in digests}) == 1


def _shown(digests: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(
        f"{digest} in {len(pods)} of its pods ({', '.join(sorted(pods)[:3])})"
        for digest, pods in sorted(digests.items())
    )


def _text(value: str | None) -> str:
    return decode(value) if value and value[:1] == '"' else ""
