"""Secrets that show themselves by their form, wherever they stand.

Each row is a form that is hardly ever anything else; what the group `secret`
matches is masked and the rest of the text stays readable. That a text looks
random is never a reason: digests of images and hashes do.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from driftline.sources.secret_names import holds_secret

# Form -> marks -> pattern. Text without any of the marks, in lower case, cannot
# hold the form; plain substrings are found many times faster than patterns,
# and every fact that changes passes here. The group `secret` is not kept.
FORMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "private key",
        ("private key",),
        r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY[A-Z ]{0,9}-----(?P<secret>.*?)(?:-----END |\Z)",
    ),
    ("Ansible Vault text", ("ansible_vault",), r"\$ANSIBLE_VAULT;[0-9.]+;\w+\S*(?P<secret>.*)"),
    (
        "AWS access key",
        ("akia", "asia"),
        r"(?<![A-Za-z0-9])(?P<secret>(?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9])",
    ),
    (
        "GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"(?<!\w)(?P<secret>gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})",
    ),
    (
        "GitLab token",
        ("glpat-", "glrt-", "gldt-", "glptt-", "glcbt-", "glft-", "glsoat-"),
        r"(?<!\w)(?P<secret>gl(?:pat|rt|dt|ptt|cbt|ft|soat)-[\w-]{16,})",
    ),
    ("Slack token", ("xox", "xapp-"), r"(?<!\w)(?P<secret>xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,})"),
    (
        "JSON web token",
        ("eyj",),
        r"(?<![\w-])(?P<secret>eyJ[\w-]{6,}\.eyJ[\w-]{6,}\.[\w-]*)",
    ),
    ("Google API key", ("aiza",), r"(?<!\w)(?P<secret>AIza[\w-]{30,})"),
    (
        "Stripe key",
        ("k_live_", "k_test_"),
        r"(?<!\w)(?P<secret>[sr]k_(?:live|test)_\w{10,})",
    ),
    (
        "model provider key",
        ("sk-",),
        r"(?<![\w-])(?P<secret>sk-(?:proj-|ant-)?[A-Za-z0-9_-]{30,})",
    ),
    ("SendGrid key", ("sg.",), r"(?<!\w)(?P<secret>SG\.[\w-]{16,}\.[\w-]{16,})"),
    ("npm token", ("npm_",), r"(?<!\w)(?P<secret>npm_[A-Za-z0-9]{30,})"),
    ("PyPI token", ("pypi-",), r"(?<!\w)(?P<secret>pypi-[\w-]{30,})"),
    ("Vault token", ("hvs.", "hvb.", "hvr."), r"(?<!\w)(?P<secret>hv[sbr]\.[\w-]{20,})"),
    ("DigitalOcean token", ("_v1_",), r"(?<!\w)(?P<secret>do[opr]_v1_[a-f0-9]{40,})"),
    ("age key", ("age-secret-key",), r"(?P<secret>AGE-SECRET-KEY-1[A-Z0-9]{20,})"),
    (
        "Slack webhook",
        ("hooks.slack.com",),
        r"hooks\.slack\.com/(?:services|workflows)/(?P<secret>[\w/+-]{8,})",
    ),
    (
        "Discord webhook",
        ("api/webhooks",),
        r"discord(?:app)?\.com/api/webhooks/(?P<secret>[\w/-]{8,})",
    ),
    (
        "Teams webhook",
        ("webhook.office.com",),
        r"webhook\.office\.com/(?P<secret>[\w@/-]{8,})",
    ),
    (
        "password in a URL",
        ("://",),
        r"://[^\s/:@\"'<>]*:(?P<secret>[^\s/@\"'<>]{1,256})@(?=[\w\[])",
    ),
    (
        "authorization header",
        ("bearer ", "basic "),
        r"(?i:\b(?:bearer|basic))[ ]+(?P<secret>[\w+/.~-]{16,}={0,2})",
    ),
)
# An address is only a suspicion where there is somebody at it.
_URL_MARKS = ("://",)
_MARKS = tuple(mark for _, marks, _ in FORMS if marks != _URL_MARKS for mark in marks)
# Something of every key that `secret_names` takes for a secret's.
_WORDS = (
    "pass", "secret", "token", "key", "cred", "pwd", "dsn", "salt", "jwt", "url", "docker",
    "connection",
)  # fmt: skip
# `password=…` in an argument, an address or a line of an embedded file.
_ASSIGNED = re.compile(
    r"(?<![\w.])(?<!\w-)(?P<key>[A-Za-z_][\w.-]{0,127})(?P<between>[\"']?=[\"']?)(?P<secret>(?<=[\"'])[^\"'\n]+|[^\s\"'&;,)}\]]+)"
)
_LINE = re.compile(
    r"^(?P<head>[ \t]*+(?:-[ ]+|export[ ]+)?[\"']?"
    r"(?P<key>[A-Za-z_][\w./-]*+)[\"']?[ \t]*+[:=][ \t]*+)"
    r"(?P<secret>\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'#]++)[ \t]*+,?+(?=[ \t]*+(?:#|$))",
    re.MULTILINE,
)
_FORM = tuple((marks, re.compile(pattern, re.DOTALL)) for _, marks, pattern in FORMS)

_REFERENCE = re.compile(
    r"\$\{[^{}:]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|%[({]?\w+[)}]?|%env\(.*\)%|<[^<>]*>|\{\{.*\}\}"
    r"|ENC\[.*\]|(?:ref\+|vault:|op://|arn:aws[\w-]*:|gcpsm|awssm|sm://|!vault|!secret|secretref:).*"
    r"|projects/[^/]+/secrets/.*|(?:/(?:etc|var|run|mnt|secrets?|opt|usr|home|tmp|vault|root)/|\.{1,2}/|~/)[\w./-]*"
    r"|file:.*|(?:ssh-|ecdsa-)\S+ .*|-----BEGIN (?:CERTIFICATE|PUBLIC KEY).*",
    re.DOTALL,
)
_WORDS_OF_NO_SECRET = frozenset(
    (
        "", "true", "false", "yes", "no", "on", "off", "null", "none", "nil", "~", "enabled",
        "disabled", "required", "optional", "always", "never", "auto",
    )
)  # fmt: skip
# `settings.token` and `get_token()` are code that fetches a secret.
_CODE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+|.*[()\[\]{}].*")


def may_hold_secret(text: str) -> bool:
    """Whether any secret could be in the text; False is certain, True is a suspicion.

    The text may be JSON: its escapes hide nothing that counts here.
    """
    if may_hold_form(text):
        return True
    lowered = text.lower()
    if "=" not in lowered and "\n" not in lowered and "\\n" not in lowered:
        return False
    return any(word in lowered for word in _WORDS)


def may_hold_form(text: str) -> bool:
    """The same for forms alone."""
    lowered = text.lower()
    for mark in _MARKS:
        if mark in lowered:
            return True
    return "@" in lowered and "://" in lowered


def suspects(
    texts: Sequence[str], may_hold: Callable[[str], bool] = may_hold_secret
) -> Iterator[str]:
    """The texts that may hold a secret, found by searching many at a time."""
    if not texts or not may_hold("\0".join(texts)):
        return
    if len(texts) == 1:
        yield texts[0]
        return
    half = len(texts) // 2
    yield from suspects(texts[:half], may_hold)
    yield from suspects(texts[half:], may_hold)


def is_reference(text: str) -> bool:
    """Whether a value names or fetches a secret, or is none, instead of being one.

    >>> [is_reference(text) for text in ("${DB_PASSWORD}", "${DB_PASSWORD:-hunter2}", "hunter2")]
    [True, False, False]
    """
    plain = text.strip()
    return plain.lower() in _WORDS_OF_NO_SECRET or _REFERENCE.fullmatch(plain) is not None


def masked(text: str, mask: Callable[[str], str]) -> str:
    """The text with every secret inside it replaced by `mask(secret)`.

    >>> masked("postgres://app:hunter2@db/shop", lambda secret: "***")
    'postgres://app:***@db/shop'
    """
    text = forms_masked(text, mask)
    if "=" in text:
        text = _ASSIGNED.sub(lambda match: _assigned(match, mask), text)
    if "\n" in text:
        text = _LINE.sub(lambda match: _assigned(match, mask), text)
    return text


def forms_masked(text: str, mask: Callable[[str], str]) -> str:
    """The same for forms alone: what is assigned to a telling name stays."""
    lowered = text.lower()
    for marks, form in _FORM:
        for mark in marks:
            if mark in lowered:
                text = form.sub(lambda match: _within(match, mask), text)
                break
    return text


def _within(match: re.Match[str], mask: Callable[[str], str]) -> str:
    secret = match["secret"]
    if is_reference(secret) or secret.startswith("<secret:"):
        return match[0]
    start, end = match.span("secret")
    offset = match.start()
    return match[0][: start - offset] + mask(secret) + match[0][end - offset :]


def _assigned(match: re.Match[str], mask: Callable[[str], str]) -> str:
    secret = match["secret"]
    bare = secret.strip("\"'")
    if bare.startswith("<secret:") or not holds_secret(match["key"].rpartition("/")[2]):
        return match[0]
    quoted = bare != secret or match[0].endswith(('"', "'"))
    if is_reference(bare) or (not quoted and _CODE.fullmatch(bare)):
        return match[0]
    start, _ = match.span("secret")
    head = match[0][: start - match.start()]
    tail = match[0][start - match.start() + len(secret) :]
    return head + secret.replace(bare, mask(bare), 1) + tail
