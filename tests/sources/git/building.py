"""Little repositories for tests, one readable call a commit.

Each commit is one `git fast-import`, which can make any history: several
parents, trees that no work tree could hold, dates that run backwards.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

START = 1_700_000_000
DAY = 86_400


class Link(NamedTuple):
    """A symbolic link to a target."""

    target: str


class Submodule(NamedTuple):
    """A submodule at a commit."""

    ref: str


class Script(NamedTuple):
    """A file that may be executed."""

    text: str


Content = str | bytes | Link | Submodule | Script | None


def git(folder: Path, *arguments: str, text: bytes = b"") -> str:
    """The output of git, run without anybody's own configuration."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "T",
        "GIT_AUTHOR_EMAIL": "t@example.com",
        "GIT_COMMITTER_NAME": "T",
        "GIT_COMMITTER_EMAIL": "t@example.com",
    }
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        [*command, "-C", str(folder), *arguments],
        input=text,
        capture_output=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode(errors="replace").strip()


class Building:
    """A repository under construction. A commit continues `main` unless told otherwise."""

    def __init__(self, folder: Path, *, bare: bool = False) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.commits = 0
        git(folder, "init", "--quiet", *(["--bare"] if bare else []))

    def commit(
        self,
        files: Mapping[str | bytes, Content] | Mapping[str, Content],
        message: str = "",
        *,
        author: str = "Ada Lovelace",
        email: str = "",
        committer: str = "",
        at: int | None = None,
        branch: str = "main",
        parents: tuple[str, ...] | None = None,
    ) -> str:
        """Add a commit that changes these files (None deletes one); its hash.

        `parents` are its parents, the tip of the branch by default, none for a
        new root. A merge takes the tree of its first parent and these files.
        """
        self.commits += 1
        when = START + self.commits * DAY if at is None else at
        by = email or author.split(" ", maxsplit=1)[0].lower() + "@example.com"
        words = (message or f"commit {self.commits}").encode()
        as_committer = committer or f"{author} <{by}>"
        head = [
            f"commit refs/heads/{branch}",
            "mark :1",
            f"author {author} <{by}> {when} +0000",
            f"committer {as_committer} {when} +0000",
            f"data {len(words)}",
        ]
        before = self.tip(branch) if parents is None else None
        ancestors = ((before,) if before else ()) if parents is None else parents
        lines = ["\n".join(head).encode(), words]
        if ancestors:
            lines.append(f"from {ancestors[0]}".encode())
        lines.extend(f"merge {other}".encode() for other in ancestors[1:])
        for path, content in files.items():
            lines.append(_change(path if isinstance(path, bytes) else path.encode(), content))
        if parents == ():
            # Without this, fast-import would continue the branch.
            lines.insert(0, f"reset refs/heads/{branch}\n".encode())
        lines.append(b"")
        git(
            self.folder,
            "fast-import",
            "--quiet",
            "--force",
            "--done",
            text=b"\n".join(lines) + b"\ndone\n",
        )
        return self.tip(branch) or ""

    def merge(
        self,
        *others: str,
        files: Mapping[str, Content],
        message: str = "merge",
        author: str = "Max Merger",
        branch: str = "main",
        at: int | None = None,
        committer: str = "",
    ) -> str:
        """Merge commits into a branch, with the files as the merge leaves them."""
        tip = self.tip(branch)
        assert tip is not None
        return self.commit(
            files,
            message,
            author=author,
            branch=branch,
            parents=(tip, *others),
            at=at,
            committer=committer,
        )

    def tip(self, branch: str = "main") -> str | None:
        """The commit that a branch stands on."""
        listed = git(self.folder, "for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
        return listed or None

    def reset(self, ref: str, branch: str = "main") -> None:
        """Let a branch stand on another commit, as a force push does."""
        git(self.folder, "update-ref", f"refs/heads/{branch}", ref)


def _change(path: bytes, content: Content) -> bytes:
    name = _quoted(path)
    if content is None:
        return b"D " + name
    if isinstance(content, Submodule):
        return b"M 160000 " + content.ref.encode() + b" " + name
    mode, data = b"100644", b""
    if isinstance(content, Link):
        mode, data = b"120000", content.target.encode()
    elif isinstance(content, Script):
        mode, data = b"100755", content.text.encode()
    else:
        data = content.encode() if isinstance(content, str) else content
    return b"M %b inline %b\ndata %d\n%b" % (mode, name, len(data), data)


def _quoted(path: bytes) -> bytes:
    escaped = b"".join(
        b"\\%03o" % byte if byte < 0x20 or byte > 0x7E or byte in b'"\\' else bytes([byte])
        for byte in path
    )
    return b'"' + escaped + b'"'
