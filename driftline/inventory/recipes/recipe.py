"""One thing to be rendered for one environment, and where what it gives is kept."""

import re

import msgspec

KUSTOMIZE, HELM, GIVEN = "kustomize", "helm", "given"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Recipe(msgspec.Struct, frozen=True):
    """One thing to be rendered for one environment.

    `folder` is the kustomization's or the chart's. A chart gets the files of
    `values`, lowest first, then `inline`, which are values as JSON, then
    `settings`, each `name=value`. `inputs` are the files that lead to what is
    rendered, the environment's own last. `beside` are the folders of charts of the
    repository on which this one depends. With a `refusal` it cannot be done here.
    """

    environment: str
    tool: str
    folder: str
    release: str = ""
    namespace: str = ""
    values: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def file(self) -> str:
        """Where what is rendered is kept: the environment, the tool and a name."""
        name = self.folder if self.tool == KUSTOMIZE else f"{self.namespace}-{self.release}"
        plain = _UNSAFE.sub("-", name).strip("-") or "root"
        return f"{quoted(self.environment)}/{self.tool}/{plain}.yaml"


def quoted(environment: str) -> str:
    """An environment's name as one name of a path.

    >>> quoted("production/eu"), unquoted(quoted("a%/b"))
    ('production%2Feu', 'a%/b')
    """
    return environment.replace("%", "%25").replace("/", "%2F")


def unquoted(name: str) -> str:
    """The environment that a name of a path stands for."""
    return name.replace("%2F", "/").replace("%25", "%")
