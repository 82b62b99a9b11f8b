"""The rules by which a live difference is noise, each with its reason, as one table.

docs/live-noise.md has a heading with an example for each of them; a test holds
the page to this table, and the cases in tests to the rules.
"""

import msgspec


class Noise(msgspec.Struct, frozen=True, gc=False):
    """Why one difference, or one object, is not reported.

    `rule` is a name of the table below; `reason` a clause that a person reads,
    and may say more than the rule's own.
    """

    rule: str
    reason: str


RULES: dict[str, str] = {
    "default": "the API server fills this in where nothing is declared",
    "populated": "the cluster itself assigns this value",
    "status": "a status says how things go, not what was meant",
    "identity": "every object has its own identity and times",
    "bookkeeping": "a tool keeps its own records here",
    "restart": "somebody asked for a restart, and nothing else",
    "annotated": "a program left a note that no declaration speaks of",
    "control-plane": "the control plane keeps this field itself",
    "unowned": "nobody set it, as the field managers tell, so the server did",
    "undeclared": "the declared side does not speak of it, and nobody can say who set it",
    "deployed": "it was sent together with what is declared, or filled in then",
    "empty": "an empty value says as little as none",
    "zero": "the server does not keep a value that equals its absence",
    "spelling": "the same value in another spelling",
    "reordered": "the same elements in another order",
    "version": "the same object, served in another version of its API",
    "write-only": "this field is only ever written; what it set stands elsewhere",
    "namespace": "where an object lives is told by its environment",
    "name-hash": "the name ends in a hash of the content, which is compared by itself",
    "injected": "an injector adds this to whatever runs here",
    "ca-bundle": "certificates are put here, and renewed, by the cluster",
    "aggregated": "the control plane copies these rules from other roles",
    "autoscaler": "an autoscaler moves this within the bounds that it was given",
    "child": "another object owns it, made it and will remove it",
    "everywhere": "the cluster makes one in every namespace, or for every object of a kind",
    "kind": "nobody declares objects of this kind; programs keep them",
    "release-record": "a tool remembers here what it deployed",
    "claim": "it was made from the template of claims in a stateful set",
    "token": "a token or certificate that the cluster issues by itself",
    "platform": "it belongs to the cluster, not to what runs on it",
    "managed": "a label says that another program looks after it",
    "hook": "it runs once, and is gone when it is done",
    "local": "it is read by a tool and never sent to a cluster",
}


def noise(rule: str, reason: str = "") -> Noise:
    """The noise of a rule, with a reason of its own if there is more to say.

    >>> noise("empty").reason
    'an empty value says as little as none'
    """
    return Noise(rule, reason or RULES[rule])
