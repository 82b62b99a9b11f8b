"""GET requests to one cluster: the only place that opens a connection to it.

There is no way to send anything but a GET from here. An answer is handed on as
bytes; an answer that did not arrive whole is `Broken`, never a shorter answer.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import httpx2
from lightkube.config.client_adapter import Client, ConnectionParams
from lightkube.core.exceptions import ConfigError

import driftline
from driftline.errors import SourceError
from driftline.sources.kubernetes.contexts.collect import Access
from driftline.sources.kubernetes.requesting import Answer, Broken, Unreachable

USER_AGENT = f"driftline/{driftline.__version__}"
CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
# No page of a listing comes near: what is longer is not read to its end.
BODY_BYTES_MAX = 512 * 1024 * 1024


class Connection:
    """GET requests to the cluster of an `Access`; may be used by several threads."""

    def __init__(self, access: Access, *, read_seconds: float = READ_SECONDS) -> None:
        self._where = f"kubernetes {access.locator} ({access.server})"
        self._read_seconds = read_seconds
        name = access.tls_server_name
        self._extensions = {"sni_hostname": name} if name else None
        timeout = httpx2.Timeout(read_seconds, connect=CONNECT_SECONDS)
        with self._translated():
            how = ConnectionParams(timeout=timeout, proxy=access.proxy or None)
            self._client = Client(access.config, how)
        self._client.headers["User-Agent"] = USER_AGENT

    def get(self, path: str, parameters: Mapping[str, str], accept: str) -> Answer:
        """One whole answer, whatever its status.

        Raises Broken when it did not arrive whole, and SourceError when the
        server cannot be talked to at all.
        """
        with self._stream(path, parameters, accept, self._read_seconds) as response:
            chunks, size = [], 0
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > BODY_BYTES_MAX:
                    raise Broken(f"an answer of more than {BODY_BYTES_MAX >> 20} MiB")
                chunks.append(chunk)
            return _answer(response, b"".join(chunks))

    @contextmanager
    def lines(
        self, path: str, parameters: Mapping[str, str], silent_seconds_max: float
    ) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """An answer whose lines come as they are written; its body is empty unless it is an error.

        Ends with Broken when nothing was heard for so long.
        """
        with self._stream(path, parameters, "application/json", silent_seconds_max) as response:
            if response.status_code != httpx2.codes.OK:
                yield _answer(response, response.read()), iter(())
                return
            yield _answer(response, b""), _lines(response.iter_bytes())

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    @contextmanager
    def _stream(
        self, path: str, parameters: Mapping[str, str], accept: str, read_seconds: float
    ) -> Iterator[httpx2.Response]:
        timeout = httpx2.Timeout(read_seconds, connect=CONNECT_SECONDS)
        headers = {"Accept": accept}
        with (
            self._translated(),
            self._client.stream(
                "GET",
                path,
                params=dict(parameters),
                headers=headers,
                timeout=timeout,
                extensions=self._extensions,
            ) as response,
        ):
            yield response

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """What the library raises, as what the reader of a message can do about it."""
        try:
            yield
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            raise self._unreachable(error) from error
        except ConfigError as error:
            raise SourceError(
                f"{self._where}: logging in failed: {_first_line(error)}; "
                "see whether `kubectl get namespaces` works with this context"
            ) from error
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL, httpx2.LocalProtocolError) as error:
            raise SourceError(
                f"{self._where}: the kubeconfig does not lead to a server: {_first_line(error)}"
            ) from error
        except httpx2.TimeoutException as error:
            raise Broken("no answer in time") from error
        except (httpx2.TransportError, httpx2.DecodingError, httpx2.StreamError) as error:
            raise Broken("the connection broke off in the middle of an answer") from error
        except ssl.SSLError as error:
            raise self._unreachable(error) from error
        except (OSError, ValueError, KeyError, TypeError, AssertionError) as error:
            # Certificates that are no certificates, login helpers that are not
            # installed or answer something else: the library lets them through.
            raise SourceError(
                f"{self._where}: the credentials of the kubeconfig cannot be used "
                f"({_first_line(error)}); log in again, then see whether `kubectl get namespaces` "
                "works with this context"
            ) from error

    def _unreachable(self, error: Exception) -> Unreachable:
        text = _first_line(error)
        lowered = text.lower()
        if "certificate" not in lowered and ("ssl" in lowered or "tls" in lowered):
            return Unreachable(
                f"{self._where}: does not speak TLS with us: {text}; "
                "is the port that of the API server, and is there a proxy in between?"
            )
        if "certificate" in lowered:
            todo = (
                "is certificate-authority in the kubeconfig that of this cluster, "
                "and is there a proxy in between?"
            )
            return Unreachable(f"{self._where}: its TLS certificate is not trusted: {text}; {todo}")
        return Unreachable(
            f"{self._where}: cannot be reached: {text or 'no answer'}; "
            "is the address right, and are you in its network (VPN, proxy)?"
        )


def _answer(response: httpx2.Response, body: bytes) -> Answer:
    headers = response.headers
    return Answer(
        status=response.status_code,
        body=body,
        at=_parsed(headers.get("Date"), lambda text: int(parsedate_to_datetime(text).timestamp())),
        retry_after_seconds=_parsed(headers.get("Retry-After"), lambda text: max(0, int(text))),
    )


def _parsed(text: str | None, read: Callable[[str], int]) -> int | None:
    try:
        return None if text is None else read(text)
    except (ValueError, TypeError, OverflowError):
        return None


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Whole lines; what follows the last line break was cut off and is left out."""
    rest: list[bytes] = []
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        rest.append(first)
        for other in others:
            line = b"".join(rest)
            rest = [other]
            if line.strip():
                yield line


def _first_line(error: Exception) -> str:
    text = str(error).strip().split("\n")[0]
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:300]
