"""Little repositories for tests, one readable call a commit.

Commits go through `git fast-import`, which can make any history: several
parents, trees that no work tree could hold, dates that run backwards. Git sees
them as soon as somebody asks for the folder.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

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


def _command(folder: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
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
    return [*command, "-C", str(folder), *arguments], environment


def git(folder: Path, *arguments: str, **environ: str) -> str:
    """The output of git, run without anybody's own configuration."""
    command, environment = _command(folder, *arguments)
    environment |= environ
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode(errors="replace").strip()


class Building:
    """A repository under construction. A commit continues `main` unless told otherwise."""

    def __init__(self, folder: Path, *, bare: bool = False) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._importing: subprocess.Popen[bytes] | None = None
        self._tips: dict[str, str] = {}
        # Git knows a commit that is still being imported by its mark only.
        self._marks: dict[str, str] = {}
        self.commits = 0
        git(folder, "init", "--quiet", *(["--bare"] if bare else []))

    @property
    def folder(self) -> Path:
        """Where it is, with every commit so far."""
        if self._importing is not None:
            self._importing.communicate()
            assert self._importing.returncode == 0
            self._importing = None
            self._marks = {}
        return self._folder

    def commit(
        self,
        files: Mapping[Any, Content],
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
            f"mark :{self.commits}",
            f"author {author} <{by}> {when} +0000",
            f"committer {as_committer} {when} +0000",
            f"data {len(words)}",
        ]
        before = self.tip(branch) if parents is None else None
        ancestors = ((before,) if before else ()) if parents is None else parents
        lines = ["\n".join(head).encode(), words]
        if ancestors:
            lines.append(f"from {self._marks.get(ancestors[0], ancestors[0])}".encode())
        lines.extend(f"merge {self._marks.get(other, other)}".encode() for other in ancestors[1:])
        for path, content in files.items():
            lines.append(_change(path if isinstance(path, bytes) else path.encode(), content))
        if parents == ():
            # Without this, fast-import would continue the branch.
            lines.insert(0, f"reset refs/heads/{branch}\n".encode())
        lines.append(b"\nget-mark :%d\n" % self.commits)
        ref = self._imported(b"\n".join(lines))
        self._marks[ref] = f":{self.commits}"
        self._tips[branch] = ref
        return ref

    def _imported(self, commands: bytes) -> str:
        if self._importing is None:
            command, environment = _command(self._folder, "fast-import", "--quiet", "--force")
            self._importing = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
            )
        process = self._importing
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(commands)
        process.stdin.flush()
        answer = process.stdout.readline().decode().strip()
        assert answer, "git fast-import refused the commit"
        return answer

    def merge(
        self,
        *others: str,
        files: Mapping[Any, Content],
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
        return self._tips.get(branch)

    def reset(self, ref: str, branch: str = "main") -> None:
        """Let a branch stand on another commit, as a force push does."""
        git(self.folder, "update-ref", f"refs/heads/{branch}", ref)
        self._tips[branch] = ref


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
