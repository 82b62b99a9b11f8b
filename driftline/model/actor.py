"""Who acts: the classes of actors, and one actor under all its spellings."""

import enum

import msgspec

from driftline.model.look import Person


class ActorClass(enum.StrEnum):
    """What kind of actor made a change. Assistance and approval are attributes, not classes."""

    HUMAN = "human"
    GITOPS = "gitops"  # a reconciler, or what writes images back for one
    HELM = "helm"
    AUTOSCALER = "autoscaler"
    CI = "ci"  # a pipeline
    BOT = "bot"  # dependency and update bots, service accounts
    OPERATOR = "operator"  # a controller inside a cluster
    CONFIG_MANAGEMENT = "config-management"  # Ansible, Puppet, Terraform's own runners
    CLOUD_SERVICE = "cloud-service"
    UNATTRIBUTED = "unattributed"  # an account that does not say who


class ActorRule(msgspec.Struct, frozen=True):
    """One row of the table by which actors are classed.

    `pattern` is a regular expression, searched without regard to case in what
    `where` names: `name`, `email`, or `account` (the e-mail before its `@`,
    without the number that a hosting site puts there). `why` completes the
    sentence "classed so because ...".
    """

    actor_class: ActorClass
    where: str
    pattern: str
    why: str


class Identity(msgspec.Struct, frozen=True):
    """One actor: the name most used, every spelling of it, and why they are one."""

    name: str
    people: tuple[Person, ...]
    evidence: tuple[str, ...]
