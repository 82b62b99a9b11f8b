"""How the versions of all files are shared out among processes.

A file's history is cut only into contiguous stretches, because a reader is
fast on versions that resemble the one before. The cuts fall where the shares
come out as heavy as was asked for.
"""

from collections.abc import Mapping, Sequence

import msgspec

from driftline.engine.reading.file_histories import Version

# Reading a version costs something even where it is empty.
VERSION_BYTES_MIN = 400

# A stretch that continues a file must first read the version before it; that
# is only worth its while for a long stretch.
CUT_VERSIONS_MIN = 16


class Share(msgspec.Struct, frozen=True):
    """The versions for one process, in order of position.

    `earlier` holds, for each file whose history was cut before this share, its
    versions before the cut, oldest first.
    """

    versions: tuple[Version, ...]
    earlier: Mapping[str, tuple[Version, ...]]


def by_file(versions: Sequence[Version]) -> dict[str, list[Version]]:
    """The versions of each file, in order."""
    files: dict[str, list[Version]] = {}
    for version in versions:
        files.setdefault(version.step.path, []).append(version)
    return files


def weights(files: Mapping[str, Sequence[Version]], sizes: Mapping[str, int]) -> dict[str, int]:
    """What one version of each file weighs, in bytes; `sizes` has some size for each file."""
    return {path: VERSION_BYTES_MIN + sizes.get(path, 0) for path in files}


def shared_out(
    files: Mapping[str, Sequence[Version]], weight: Mapping[str, int], parts: Sequence[float]
) -> tuple[Share, ...]:
    """One share for each part; the parts add up to one and say how heavy each is to be."""
    total = sum(weight[path] * len(versions) for path, versions in files.items())
    taken: list[list[Version]] = [[] for _ in parts]
    earlier: list[dict[str, tuple[Version, ...]]] = [{} for _ in parts]
    number = 0
    room = total * parts[0]
    for path, versions in sorted(files.items(), key=lambda item: -weight[item[0]] * len(item[1])):
        start = 0
        while start < len(versions):
            last = number == len(parts) - 1
            fits = len(versions) - start if last else max(0, round(room / weight[path]))
            end = min(len(versions), start + fits)
            if end < len(versions) and min(end - start, len(versions) - end) < CUT_VERSIONS_MIN:
                # Not worth a cut: all of it goes where most of it belongs.
                end = len(versions) if 2 * fits >= len(versions) - start else start
            if start and end > start:
                earlier[number][path] = tuple(versions[:start])
            taken[number].extend(versions[start:end])
            room -= (end - start) * weight[path]
            start = end
            if start < len(versions) or room <= 0:
                if last:
                    continue
                number += 1
                room += total * parts[number]
    return tuple(
        Share(tuple(sorted(some, key=lambda version: version.position)), before)
        for some, before in zip(taken, earlier, strict=True)
    )
