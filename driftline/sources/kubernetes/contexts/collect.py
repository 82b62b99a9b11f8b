"""Which cluster is meant: the context of a kubeconfig, or the cluster that we run in.

The client library knows the files' grammar; what it leaves out stands here:
several files in KUBECONFIG, and login helpers of the present API version.
"""

import os
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import yaml
from lightkube.config.kubeconfig import SERVICE_ACCOUNT, KubeConfig, SingleConfig
from lightkube.config.models import Cluster, Context, NameValue, User
from lightkube.core.exceptions import ConfigError

from driftline.errors import UsageError

IN_CLUSTER = "in-cluster"
_DEFAULT = "~/.kube/config"
_LOGIN_VERSION = "client.authentication.k8s.io/v1"
_LOGIN_SPOKEN = "client.authentication.k8s.io/v1beta1"


class Access(msgspec.Struct, frozen=True):
    """How to reach one cluster, and what it is called.

    `locator` is the context's name, with `@` and the cluster's where they
    differ; it never holds a credential. `namespace` is the context's own,
    empty where it names none. `config` is for the client library alone, and
    `proxy` and `tls_server_name` are what it does not read of a cluster.
    """

    locator: str
    user: str
    server: str
    namespace: str
    config: SingleConfig
    proxy: str = ""
    tls_server_name: str = ""


def contexts(environ: Mapping[str, str], kubeconfig: Path | None = None) -> tuple[str, ...]:
    """The names of all contexts, sorted; raises UsageError where no kubeconfig can be read."""
    return tuple(sorted({name for one in _files(environ, kubeconfig) for name in one.contexts}))


def access(
    environ: Mapping[str, str],
    kubeconfig: Path | None = None,
    context: str = "",
    *,
    service_account: Path = Path(SERVICE_ACCOUNT),
) -> Access:
    """How to reach the cluster of a context; the current context where none is named.

    `environ` may hold KUBECONFIG. Without any kubeconfig, the account that a
    pod is given is used. Raises UsageError when there is nothing to reach.
    """
    asked_for_files = kubeconfig is not None or bool(environ.get("KUBECONFIG"))
    if not context and not asked_for_files and not _default(environ).is_file():
        if (service_account / "token").is_file() and environ.get("KUBERNETES_SERVICE_HOST"):
            return _inside(environ, service_account)
        raise UsageError(
            f"kubernetes: there is no kubeconfig at {_DEFAULT}, KUBECONFIG names none, and this is "
            "no pod of a cluster; name a file with --kubeconfig FILE"
        )
    files = _files(environ, kubeconfig)
    name = context or next((one.current_context for one in files if one.current_context), "")
    if not name:
        raise UsageError(
            "kubernetes: the kubeconfig has no current context; name one with --context: "
            + (", ".join(contexts(environ, kubeconfig)) or "it has none")
        )
    return _named(files, name)


def _default(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or Path.home()) / ".kube" / "config"


def _files(environ: Mapping[str, str], kubeconfig: Path | None) -> list[KubeConfig]:
    """The kubeconfig files in order; the first that holds a name decides what it means."""
    if kubeconfig is not None:
        return [_read(kubeconfig)]
    named = [Path(part) for part in environ.get("KUBECONFIG", "").split(os.pathsep) if part]
    if not named:
        return [_read(_default(environ))]
    # As everybody else does: a file of the list that does not exist is left out.
    there = [path for path in named if path.expanduser().exists()]
    return [_read(path) for path in there or named]


def _read(path: Path) -> KubeConfig:
    try:
        return KubeConfig.from_file(path)
    except ConfigError as error:
        raise UsageError(f"kubernetes: {path}: there is no such kubeconfig") from error
    except OSError as error:
        raise UsageError(
            f"kubernetes: {path}: the kubeconfig cannot be read ({error.strerror})"
        ) from error
    except Exception as error:
        # The parser of the library raises what its own parsers raise.
        raise UsageError(
            f"kubernetes: {path}: this is no kubeconfig ({type(error).__name__}); "
            "check it with `kubectl config view`"
        ) from error


def _named(files: Sequence[KubeConfig], name: str) -> Access:
    home = next((one for one in files if name in one.contexts), None)
    if home is None:
        known = sorted({other for one in files for other in one.contexts})
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise UsageError(
            f"kubernetes: the kubeconfig has no context {name!r}; {hint}"
            f"it has {', '.join(known) or 'none'}"
        )
    context: Context = home.contexts[name]
    cluster_home = next((one for one in files if context.cluster in one.clusters), None)
    if cluster_home is None:
        raise UsageError(
            f"kubernetes: context {name!r} names cluster {context.cluster!r}, which the kubeconfig "
            "does not have; check it with `kubectl config view`"
        )
    user = User()
    if context.user:
        user_home = next((one for one in files if context.user in one.users), None)
        if user_home is None:
            raise UsageError(
                f"kubernetes: context {name!r} names user {context.user!r}, whom the kubeconfig "
                "does not have; check it with `kubectl config view`"
            )
        user = _user(user_home.users[context.user], user_home.fname)
    cluster = _cluster(cluster_home.clusters[context.cluster], cluster_home.fname)
    locator = name if context.cluster in ("", name) else f"{name}@{context.cluster}"
    proxy, tls_server_name = _besides(cluster_home.fname, context.cluster)
    return Access(
        locator=locator,
        user=context.user or "",
        server=_host(cluster.server),
        namespace=context.namespace or "",
        config=SingleConfig(name, context, cluster, user, home.fname),
        proxy=proxy,
        tls_server_name=tls_server_name,
    )


def _besides(file: Path | None, cluster: str) -> tuple[str, str]:
    """The proxy and the server name for TLS that a kubeconfig gives for a cluster."""
    if file is None:
        return "", ""
    # It was read by the library a moment ago, so it has this form.
    for one in yaml.safe_load(file.read_text(encoding="utf-8"))["clusters"]:
        if one["name"] == cluster:
            said = one["cluster"]
            return str(said.get("proxy-url") or ""), str(said.get("tls-server-name") or "")
    return "", ""


def _inside(environ: Mapping[str, str], account: Path) -> Access:
    host = environ["KUBERNETES_SERVICE_HOST"]
    host = f"[{host}]" if ":" in host else host
    server = f"https://{host}:{environ.get('KUBERNETES_SERVICE_PORT', '443')}"
    cluster = Cluster(server=server, certificate_auth=str(account / "ca.crt"))
    user = User(token_file=str(account / "token"))
    file = account / "namespace"
    namespace = file.read_text(encoding="utf-8").strip() if file.is_file() else ""
    context = Context(cluster=IN_CLUSTER, user="service-account", namespace=namespace or None)
    config = SingleConfig(IN_CLUSTER, context, cluster, user, None)
    return Access(IN_CLUSTER, "service-account", _host(server), namespace, config)


def _host(server: str) -> str:
    """The server without anything that a URL may carry besides: users, passwords, paths."""
    try:
        parts = urlsplit(server)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "its server"
    return f"{parts.hostname}{port}" if parts.hostname else "its server"


def _cluster(cluster: Cluster, file: Path | None) -> Cluster:
    return msgspec.structs.replace(
        cluster, certificate_auth=_absolute(cluster.certificate_auth, file)
    )


def _user(user: User, file: Path | None) -> User:
    """The user with absolute paths, and with a login helper that the library will run."""
    helper = user.exec
    if helper is not None:
        command = helper.command
        if os.sep in command:
            command = _absolute(command, file) or command
        version = helper.apiVersion
        # The answers of both versions have one shape; the library knows the older name.
        spoken = _LOGIN_SPOKEN if version == _LOGIN_VERSION else version
        told = (
            f'{{"apiVersion":"{version}","kind":"ExecCredential","spec":{{"interactive":false}}}}'
        )
        env = [NameValue(name="KUBERNETES_EXEC_INFO", value=told), *(helper.env or ())]
        helper = msgspec.structs.replace(helper, command=command, apiVersion=spoken, env=env)
    return msgspec.structs.replace(
        user,
        exec=helper,
        token_file=_absolute(user.token_file, file),
        client_cert=_absolute(user.client_cert, file),
        client_key=_absolute(user.client_key, file),
    )


def _absolute(path: str | None, file: Path | None) -> str | None:
    if not path or file is None:
        return path
    return str(file.parent / path)
