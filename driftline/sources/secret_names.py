"""Which keys hold a secret and which only refer to one, by their words.

A key is taken apart into words (`dbPasswordFile`: db, password, file) and its
last words decide: what ends in `password` holds one, what ends in `file` names
a place. The tables are meant to be read and extended.
"""

import functools
import re

# The last word or words of a key that holds a secret.
SECRET_ENDINGS: tuple[str, ...] = (
    "password",
    "passwords",
    "passwd",
    "pwd",
    "pass",
    "passphrase",
    "passcode",
    "secret",
    "secrets",
    "token",
    "tokens",
    "jwt",
    "credential",
    "credentials",
    "creds",
    "dsn",
    "salt",
    "api key",
    "api keys",
    "app key",
    "access key",
    "secret key",
    "secret access key",
    "secret key base",
    "private key",
    "privkey",
    "signing key",
    "encryption key",
    "auth key",
    "account key",
    "shared key",
    "master key",
    "session key",
    "storage key",
    "deploy key",
    "license key",
    "ssh key",
    "tls key",
    "ca key",
    "hmac key",
    "host key",
    "service key",
    "function key",
    "integration key",
    "routing key",
    "ingest key",
    "connection string",
    "webhook url",
    "slack url",
    "password hash",
    "secret hash",
    "cookie secret",
    "secret token",
    "auth config",
    "dockerconfigjson",
    "dockercfg",
)

# Keys that end like a secret but name one, or are about one.
REFERENCE_ENDINGS: tuple[str, ...] = (
    "existing secret",
    "existing secrets",
    "auth secret",
    "tls secret",
    "pull secret",
    "pull secrets",
    "ca secret",
    "cert secret",
    "certificate secret",
    "client ca secret",
    "kubernetes secret",
    "vault secret",
    "from secret",
    "target secret",
    "external secret",
    "external secrets",
    "sealed secret",
    "sealed secrets",
    "config secret",
    "credentials secret",
    "password secret",
    "token secret",
    "keys secret",
    "key secret",
    "tls certificate secret",
    "user secret",
    "account secret",
    "password secret key",
    "passwd secret key",
    "token secret key",
    "secret secret key",
    "key secret key",
    "sitekey secret key",
    "account secret key",
    "id secret key",
    "user secret key",
    "username secret key",
    "existing secret key",
    "credentials secret key",
    "public access key",
    "max tokens",
    "service account token",
    "csrf token",
    "bypass",
    "by pass",
    "proxy pass",
    "first pass",
    "second pass",
    "uses credentials",
    "allow credentials",
)

# A mapping under one of these keys holds a secret under each of its keys.
SECRET_CONTAINERS: tuple[str, ...] = (
    "secrets",
    "passwords",
    "credentials",
    "tokens",
    "api keys",
    "secret data",
    "secret env",
    "secret envs",
    "secret vars",
    "secret env vars",
    "secret values",
    "secret string data",
    "secret environment",
    "sensitive env",
    "encrypted data",
)

# Below such a mapping, these keys describe the secret instead of being one.
DESCRIPTIVE_WORDS = frozenset(
    (
        "name", "names", "enabled", "create", "created", "type", "kind", "key", "keys", "path",
        "paths", "file", "files", "ref", "namespace", "provider", "backend", "store", "labels",
        "annotations", "interval", "version", "engine", "mount", "mode", "optional", "external",
        "driver", "username", "user", "id", "description", "source", "target", "url", "host",
        "region", "role", "format", "owner", "scope", "email", "expiry", "ttl", "method", "prefix",
        "environment", "suffix", "property", "manager", "algorithm", "issuer", "audience", "class",
        "required", "inherit", "policy", "uid", "gid", "replicas", "image", "template", "length",
    )
)  # fmt: skip

# Fields that hold the value of whatever their element or block is named.
VALUE_FIELDS = frozenset(("value", "default", "defaultValue", "content", "secretValue"))

# With these a number is a secret too; nobody counts passwords.
NUMERIC_ENDINGS = frozenset(("password", "passwd", "pwd", "passphrase", "passcode", "pass"))

_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
# Words that people write together, and how they are read.
_JOINED = (
    ("password", "password"),
    ("passwd", "passwd"),
    ("passphrase", "passphrase"),
    ("pgpass", "pass"),
    ("dbpass", "pass"),
    ("userpass", "pass"),
    ("smtppass", "pass"),
    ("secretkey", "secret key"),
    ("accesskey", "access key"),
    ("privatekey", "private key"),
    ("apikey", "api key"),
    ("apikeys", "api keys"),
    ("authkey", "auth key"),
    ("apitoken", "token"),
    ("authtoken", "token"),
    ("accesstoken", "token"),
    ("clientsecret", "secret"),
    ("connectionstring", "connection string"),
)

_JOINED_ENDINGS = tuple(joined for joined, _ in _JOINED)
_SECRETS = frozenset(SECRET_ENDINGS)
_REFERENCES = frozenset(REFERENCE_ENDINGS)
_CONTAINERS = frozenset(SECRET_CONTAINERS)


@functools.lru_cache(maxsize=20_000)
def words(key: str) -> tuple[str, ...]:
    """The words of a key in lower case, without numbers.

    >>> words("dbPasswordFile"), words("AWS_SECRET_ACCESS_KEY_2"), words("mysqlpassword")
    (('db', 'password', 'file'), ('aws', 'secret', 'access', 'key'), ('mysql', 'password'))
    """
    found: list[str] = []
    for word in _CAMEL.findall(key):
        if word.isdigit():
            continue
        lowered = word.lower()
        if lowered.endswith(_JOINED_ENDINGS):
            joined, read = next(pair for pair in _JOINED if lowered.endswith(pair[0]))
            if lowered != joined:
                found.append(lowered[: -len(joined)])
            found.extend(read.split())
        else:
            found.append(lowered)
    return tuple(found)


@functools.lru_cache(maxsize=20_000)
def holds_secret(key: str) -> bool:
    """Whether a key's value is a secret by the key's own words.

    >>> [holds_secret(key) for key in ("DB_PASSWORD", "passwordFile", "existingSecret")]
    [True, False, False]
    """
    found = words(key)
    return _ends(found, _SECRETS) and not _ends(found, _REFERENCES)


@functools.lru_cache(maxsize=20_000)
def holds_secrets(key: str) -> bool:
    """Whether the mapping under a key holds nothing but secrets."""
    return " ".join(words(key)[-3:]) in _CONTAINERS or " ".join(words(key)) in _CONTAINERS


def describes(key: str) -> bool:
    """Whether a key below such a mapping describes a secret instead of being one."""
    found = words(key)
    return bool(found) and found[-1] in DESCRIPTIVE_WORDS


def is_numeric_secret(key: str) -> bool:
    """Whether even a number under this key is a secret."""
    found = words(key)
    return bool(found) and found[-1] in NUMERIC_ENDINGS


def _ends(found: tuple[str, ...], endings: frozenset[str]) -> bool:
    return any(" ".join(found[-count:]) in endings for count in (1, 2, 3) if len(found) >= count)
