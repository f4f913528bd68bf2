"""The one place that builds URLs.

Identifiers keep the published base IRI, wherever the service runs; links in pages go
to this service, under whatever prefix a proxy puts before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode, urlsplit

from starlette.requests import Request

from cls_graph.namespaces import ONTOLOGY, SHAPES, VOCAB

LANGUAGES = ("fr", "en")
THEMES = ("light", "dark")
TERRITORY = "territory"
_HOST = re.compile(r"[A-Za-z0-9.\-_]+(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")
_SAFE = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~\-._]*")
_MOST = 1 << 15
_PAGES = ("sparql", "catalog", "vocab")
"""What the data name under their base, besides things and files."""
_WITHOUT_LANGUAGE = ("/data/", "/static/", "/dumps/")
_WITHOUT_RELEASE = ("/static/", "/releases", "/feed", "/docs")


@dataclass(frozen=True)
class Urls:
    """URLs for one request: ``base`` of identifiers, ``origin`` and path ``prefix`` of this service."""

    base: str
    origin: str
    prefix: str
    lang: str = ""
    """The language that the address asks for, which links to other pages keep."""
    theme: str = ""
    """The same for light or dark."""
    release: str = ""
    """The release that the address asks for, which all links but those to fixed files keep."""
    _known: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Links by IRI: a page has most of them many times."""

    @classmethod
    def of(cls, request: Request, base: str, public_url: str) -> Urls:
        """From the configured public address, else from the request itself."""
        lang, theme = _asked(request, "lang", LANGUAGES), _asked(request, "theme", THEMES)
        release = request.query_params.get("release", "") if _has(request, "release") else ""
        if public_url:
            parts = urlsplit(public_url.rstrip("/"))
            return cls(base, f"{parts.scheme}://{parts.netloc}", parts.path, lang, theme, release)
        prefix = str(request.scope.get("root_path", "")).rstrip("/")
        return cls(base, _origin(request), prefix, lang, theme, release)

    def _plain(self) -> Urls:
        return replace(self, lang="", theme="") if self.lang or self.theme else self

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form must send on besides its own fields."""
        pairs = (("lang", self.lang), ("theme", self.theme), ("release", self.release))
        return [(name, value) for name, value in pairs if value]

    def local(self, path: str, /, **query: str | list[str]) -> str:
        """A link to a path of this service, for pages and ``Location``; empty values are left out."""
        if (self.lang or self.theme) and not path.startswith(_WITHOUT_LANGUAGE):
            for name, value in self.kept[: -1 if self.release else None]:
                query.setdefault(name, value)
        if self.release and not path.startswith(_WITHOUT_RELEASE):
            query.setdefault("release", self.release)
        query = {name: value for name, value in query.items() if value != ""}
        link = self.prefix + (path if _SAFE.fullmatch(path) else quote(path, safe="/:@!$&'()*+,;=~-._"))
        return link + ("?" + urlencode(query, doseq=True) if query else "")

    def absolute(self, path: str, /, **query: str | list[str]) -> str:
        """The same with scheme and host, for data that leaves the service."""
        # An address that leaves the service is that of the day, but for one that says which release.
        return self.origin + replace(self._plain(), release="").local(path, **query)

    def iri(self, path: str) -> str:
        """The identifier of the thing at ``/id/{path}``."""
        return f"{self.base}id/{path}"

    def path_of(self, iri: str) -> str | None:
        """The path of a thing under ``/id/``, or ``None`` for an IRI that is not one of ours."""
        start = self.base + "id/"
        return iri[len(start) :] if iri.startswith(start) else None

    @property
    def vocabulary(self) -> str:
        """The start of the IRIs of code lists and their terms."""
        return VOCAB

    def plain(self, path: str, /, **query: str | list[str]) -> str:
        """A link to what is the same in every language: data, and what headers name."""
        return self._plain().local(path, **query)

    def plain_link(self, iri: str) -> str:
        """``link`` without the language of the address."""
        return self._plain().link(iri)

    def link(self, iri: str) -> str:
        """Where a page links for ``iri``: here if it is ours, to the web, or nowhere (empty)."""
        known = self._known.get(iri)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            known = self._known[iri] = self._link(iri)
        return known

    def _link(self, iri: str) -> str:
        for start, route in (
            (self.base + "id/", "/id/"),
            (self.base + ".well-known/", "/.well-known/"),
            (VOCAB, "/vocab/"),
        ):
            if iri.startswith(start):
                return self.local(route + iri[len(start) :])
        for document in (ONTOLOGY, SHAPES.rstrip("#")):
            # The part after # stays with the client; versions and parts come after a slash.
            if iri == document or iri.startswith((document + "#", document + "/")):
                page, mark, term = iri.partition("#")
                path = "/" + document.rpartition("/")[2] + page[len(document) :]
                return self.local(path) + mark + quote(term)
        if iri == VOCAB.rstrip("/"):
            return self.local("/vocab")
        path = iri.removeprefix(self.base)
        if iri.startswith(self.base) and (path in _PAGES or path.startswith("dumps/")):
            return self.local("/" + path)
        return iri if iri.startswith(("https://", "http://")) else ""

    def owner(self, iri: str) -> str:
        """The thing that a node belongs to: the contract of an engagement, of a quote, and so on."""
        if iri.startswith(VOCAB):
            return iri
        path = self.path_of(iri)
        if path is None:
            return iri
        parts = path.split("/")
        return self.iri("/".join(parts[: 3 if parts[0] == TERRITORY else 2]))


def _asked(request: Request, name: str, known: tuple[str, ...]) -> str:
    """The value of a parameter, where it is one of those known."""
    if not _has(request, name):
        return ""
    asked = request.query_params.get(name, "").lower()
    return asked if asked in known else ""


def _has(request: Request, name: str) -> bool:
    return name.encode() in request.scope.get("query_string", b"")


def _origin(request: Request) -> str:
    """Scheme and host as the client wrote them."""
    host = request.headers.get("host", "")
    netloc = host if _HOST.fullmatch(host) else request.url.netloc
    return f"{request.scope['scheme']}://{netloc}"
