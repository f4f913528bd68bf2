"""HTTP to a remote store: the SPARQL 1.1 Protocol and the Graph Store Protocol, from the client's side.

Only the addresses that the operator gave are contacted: no proxy of the environment, no redirect.
An answer that breaks off, or is of another type than was asked for, is an error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Sequence
from urllib.parse import urlencode

import httpx

from cls_graph import __version__
from cls_graph.errors import Busy, ClsGraphError, QueryNotEvaluated, StoreFailed, Text
from cls_graph.reasons import reason
from cls_graph.store.address import PASSWORD, TOKEN, USER, Address, Credentials
from cls_graph.store.failing import failed
from cls_graph.tls import certificates

_CONNECT_SECONDS = 10.0
_SAID = 300
_READ = 1 << 16
_PROBLEM = "application/problem+json"
_PARAMETERS = frozenset({"self", "fr", "en"})
"""The parameters of an error, which are no members of its problem."""
_TOLD = frozenset({"type", "title", "status", "detail", "remedy", "instance"})

Parameters = Sequence[tuple[str, str]]


class Auth(httpx.Auth):
    """Shows the credentials; a password only once the store has said in which way it wants it."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._way: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        known = self._credentials
        if known.token:
            request.headers["Authorization"] = f"Bearer {known.token}"
        if self._way is None:
            response = yield request
            if response.status_code != 401 or not known.user:
                return
            asked = response.headers.get("www-authenticate", "").lower()
            kind = httpx.DigestAuth if "digest" in asked else httpx.BasicAuth
            self._way = kind(known.user, known.password)
        yield from self._way.auth_flow(request)


class Wire:
    """A client of one store; not to be shared between processes or threads.

    ``seconds`` is the longest silence of the store that is waited out.
    """

    def __init__(self, address: Address, credentials: Credentials, seconds: float, lang: str = "") -> None:
        """``lang`` is the language that errors are to be told in, by stores that know several."""
        self.address = address
        self._client = httpx.Client(
            auth=Auth(credentials),
            timeout=httpx.Timeout(seconds or None, connect=_CONNECT_SECONDS),
            trust_env=False,
            follow_redirects=False,
            verify=certificates((address.query, address.update, address.graphs)),
            headers={
                "User-Agent": f"cls-graph/{__version__}",
                "Accept-Encoding": "identity",
                **({"Accept-Language": lang} if lang else {}),
            },
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def query(self, text: str, accept: str, dataset: Parameters = ()) -> Body:
        """The answer to a query, under way. Raises ``StoreFailed``, ``QueryNotEvaluated``, ``Busy``."""
        form = urlencode([("query", text), *dataset])
        request = self._client.build_request(
            "POST",
            self.address.query,
            content=form.encode(),
            headers={"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"},
        )
        response = self._sent(request, stream=True)
        try:
            return Body(response, [part.partition(";")[0].strip() for part in accept.split(",")])
        except ClsGraphError:
            response.close()
            raise

    def update(self, text: str) -> None:
        """Do an update (by POST directly). Raises as ``query``."""
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        self._sent(
            self._client.build_request("POST", self.address.update, content=text.encode(), headers=headers)
        )

    def put(self, graph: str, ntriples: bytes) -> None:
        """Put a graph in the place of what there was (Graph Store Protocol, 5.3). Raises as ``query``."""
        request = self._client.build_request(
            "PUT",
            self.address.graphs,
            params={"graph": graph},
            content=ntriples,
            headers={"Content-Type": "application/n-triples"},
        )
        self._sent(request)

    def _sent(self, request: httpx.Request, *, stream: bool = False) -> httpx.Response:
        try:
            response = self._client.send(request, stream=stream)
            if response.is_success:
                return response
            # Enough to be told what is wrong, however long it is.
            said = b""
            for block in response.iter_raw() if stream else [response.content]:
                said += block
                if len(said) > _READ:
                    break
            response.close()
        except httpx.HTTPError as error:
            raise _away(self.address.query, error) from error
        raise _refusal(response, said.decode("utf-8", "replace"))


class Body:
    """The body of an answer, as a file to read: raises ``StoreFailed`` where it is not whole."""

    def __init__(self, response: httpx.Response, accepted: Sequence[str]) -> None:
        self.media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self.headers = response.headers
        self._response = response
        self._blocks: Iterator[bytes] = response.iter_raw()
        self._ahead = b""
        self._check(accepted)

    def _check(self, accepted: Sequence[str]) -> None:
        if self.media_type not in accepted:
            raise failed(
                f"il répond en « {self.media_type} » au lieu de {', '.join(accepted)}",
                f"it answers '{self.media_type}' instead of {', '.join(accepted)}",
            )
        stopped = self.headers.get("x-sql-state")
        if stopped:
            raise failed(f"il a coupé sa réponse ({stopped})", f"it cut its answer short ({stopped})")
        framed = "content-length" in self.headers or "chunked" in self.headers.get("transfer-encoding", "")
        if not framed and not self.media_type.endswith(("+xml", "+json")):
            # Lines that stop are well-formed wherever they stop.
            raise failed("rien ne dit où finit sa réponse", "nothing in its answer says where it is to end")

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``; empty at the end of a whole body."""
        while size < 0 or not self._ahead:
            try:
                block = next(self._blocks, None)
            except httpx.HTTPError as error:
                raise _ended(error) from error
            if block is None:
                break
            self._ahead += block
        taken, self._ahead = (self._ahead, b"") if size < 0 else (self._ahead[:size], self._ahead[size:])
        return taken

    def close(self) -> None:
        """The rest is not wanted."""
        self._response.close()


def _away(url: str, error: Exception) -> ClsGraphError:
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return _broken(error)
    said = _reason(error)
    return StoreFailed(f"{url} ne répond pas ({said['fr']}).", f"{url} does not answer ({said['en']}).")


def _ended(error: Exception) -> StoreFailed:
    """A body that ends before its end, as one does that a limit cuts once its head is sent."""
    if isinstance(error, httpx.RemoteProtocolError):
        return failed(
            "sa réponse s'arrête avant sa fin : une de ses limites (lignes, octets, temps) l'a sans doute "
            "coupée ; restreignez la requête, ou ajoutez LIMIT et OFFSET",
            "its answer ends before its end: one of its limits (rows, bytes, time) has probably cut it; "
            "narrow the query, or add LIMIT and OFFSET",
        )
    return _broken(error)


def _broken(error: Exception) -> StoreFailed:
    said = _reason(error)
    return failed(f"sa réponse est interrompue ({said['fr']})", f"its answer broke off ({said['en']})")


def _reason(error: BaseException) -> Text:
    """What the system said, where that is the cause; else what the client says."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__ or cause.__context__
    return reason(cause or error)


def _refusal(response: httpx.Response, said: str) -> ClsGraphError:
    """The error for an answer that is none; that of a service of ours is told as it tells it."""
    status = response.status_code
    if status != 401 and (problem := _problem(response, said)) is not None:
        return problem
    words = " ".join(re.sub(r"<[^<>]*>", " ", said).split())[:_SAID]
    if status in (401, 403):
        return failed(
            f"il refuse l'accès ({status}) ; donnez {USER} et {PASSWORD}, ou {TOKEN}",
            f"it refuses access ({status}); give {USER} and {PASSWORD}, or {TOKEN}",
        )
    if status in (429, 503):
        return Busy(f"Le magasin distant : {words}", f"The remote store: {words}", retry_after=2)
    if 300 <= status < 400:
        where = response.headers.get("location", "")
        return failed(
            f"il renvoie ailleurs ({where}), et n'est pas suivi",
            f"it redirects ({where}), which is not followed",
        )
    if status in (404, 405, 406, 415) or not words:
        return failed(f"il répond {status} {words}".rstrip(), f"it answers {status} {words}".rstrip())
    return QueryNotEvaluated(f"Le magasin distant dit : {words}", f"The remote store says: {words}")


def _problem(response: httpx.Response, said: str) -> ClsGraphError | None:
    """The error that a service of ours answers with (RFC 9457), in the language that was asked for."""
    if response.headers.get("content-type", "").partition(";")[0].strip() != _PROBLEM:
        return None
    try:
        told = json.loads(said)
    except ValueError:
        return None
    known = {kind.code: kind for kind in _kinds(ClsGraphError)}
    kind = known.get(str(told.get("type", "")).rpartition("/")[2]) if isinstance(told, dict) else None
    if kind is None or not isinstance(told.get("detail"), str):
        return None
    detail = told["detail"]
    more = {name: value for name, value in told.items() if name not in _TOLD | _PARAMETERS}
    return kind(detail, detail, **more)


def _kinds(of: type[ClsGraphError]) -> Iterator[type[ClsGraphError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)
