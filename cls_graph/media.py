"""Every format that is read or written, in one table, and the choice among them by ``Accept``.

Content negotiation follows RFC 9110 section 12.5.1: the most specific media range
that matches decides the quality of a format; the best quality wins, the order of the table breaks ties.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cls_graph.errors import NotAcceptable


@dataclass(frozen=True)
class Format:
    """A serialisation: short name (``?format=``), media type, file extension, and what it can hold.

    ``aliases`` are media types that stand for it, ``words`` other short names that clients send. One that
    has to be ``named`` is given to nobody who only says ``*/*`` or ``application/*``.
    """

    name: str
    media_type: str
    extension: str
    solutions: bool = False
    graph: bool = False
    dataset: bool = False
    sheet: bool = False
    places: bool = False
    named: bool = False
    aliases: tuple[str, ...] = ()
    title: str = ""
    words: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What people call it."""
        return self.title or self.name.upper()


FORMATS: tuple[Format, ...] = (
    Format("json", "application/sparql-results+json", "json", solutions=True, aliases=("application/json",)),
    Format(
        "xml",
        "application/sparql-results+xml",
        "xml",
        solutions=True,
        aliases=("application/xml", "text/xml"),
    ),
    Format("csv", "text/csv", "csv", solutions=True),
    Format("tsv", "text/tab-separated-values", "tsv", solutions=True),
    Format(
        "ttl",
        "text/turtle",
        "ttl",
        graph=True,
        aliases=("application/x-turtle", "application/turtle", "text/n3"),
        words=("turtle", "n3"),
        title="Turtle",
    ),
    Format(
        "jsonld",
        "application/ld+json",
        "jsonld",
        graph=True,
        dataset=True,
        aliases=("application/json",),
        words=("json-ld", "json"),
        title="JSON-LD",
    ),
    Format(
        "nt",
        "application/n-triples",
        "nt",
        graph=True,
        aliases=("text/plain",),
        words=("ntriples", "n-triples"),
        title="N-Triples",
    ),
    Format(
        "rdf",
        "application/rdf+xml",
        "rdf",
        graph=True,
        aliases=("application/xml",),
        words=("rdfxml", "rdf+xml", "xml"),
        title="RDF/XML",
    ),
    Format("trig", "application/trig", "trig", graph=True, dataset=True, title="TriG"),
    Format(
        "nq",
        "application/n-quads",
        "nq",
        graph=True,
        dataset=True,
        words=("nquads", "n-quads"),
        title="N-Quads",
    ),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        sheet=True,
    ),
    Format(
        "geojson",
        "application/geo+json",
        "geojson",
        places=True,
        named=True,
        aliases=("application/vnd.geo+json",),
        title="GeoJSON",
    ),
)

XLSX = next(f for f in FORMATS if f.sheet)
"""A workbook of results, for people."""
GEOJSON = next(f for f in FORMATS if f.places)
"""Rows as places, of those answers that have any."""
_NAMED = frozenset(t for f in FORMATS if f.named for t in (f.media_type, *f.aliases))
SOLUTIONS = tuple(f for f in FORMATS if f.solutions)
GRAPHS = tuple(f for f in FORMATS if f.graph)
DATASETS = tuple(f for f in FORMATS if f.dataset)
JSON = Format("json", "application/json", "json")
LISTS = (JSON, Format("csv", "text/csv", "csv"))
"""What a list on a page is had as."""
NETWORKS = (
    *LISTS,
    Format("graphml", "application/graphml+xml", "graphml", title="GraphML"),
    Format("svg", "image/svg+xml", "svg"),
)
"""What a network is had as, for other tools."""
_SHORT = 1000
_LABELS = {f.name: f.label for f in (*FORMATS, *NETWORKS)}
QUADS = frozenset({"application/trig", "application/n-quads"})
"""The media types in which a description says of each statement which graph it is in."""


FILES = {f.extension: f.media_type for f in GRAPHS} | {
    "atom": "application/atom+xml",
    "json": "application/json",
    "cff": "application/yaml",
    "csv": "text/csv",
    "md": "text/markdown",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media type of a file of a release by its extension."""
_DESCRIBED = {"csv-metadata.json": "application/csvm+json", "ro-crate-metadata.json": "application/ld+json"}


def label_of(name: str) -> str:
    """What people call the format of a short name; the name where it is none of ours.

    >>> label_of("json"), label_of("ttl"), label_of("text")
    ('JSON', 'Turtle', 'text')
    """
    return _LABELS.get(name, name)


def of_file(name: str) -> str:
    """The media type of a file of a release.

    >>> of_file("contracts/26362-3.ttl")
    'text/turtle'
    """
    last = name.rpartition("/")[2]
    return _DESCRIBED.get(last) or FILES.get(last.rpartition(".")[2], "application/octet-stream")


def names(name: str) -> frozenset[str]:
    """The short names of all the formats that ``name`` may stand for (JSON is two of them)."""
    return frozenset(f.name for f in FORMATS if by_name(name, [f]))


def by_name(name: str, among: Iterable[Format] = FORMATS) -> Format | None:
    """The format of a short name, a file extension or a media type, or ``None``."""
    # A plus sign in an address means a space.
    wanted = name.strip().lower().replace(" ", "+")
    for f in among:
        if wanted in (f.name, f.extension, f.media_type, *f.aliases, *f.words):
            return f
    return None


def _ranges(accept: str) -> list[tuple[str, float]]:
    ranges = []
    for part in accept.split(","):
        media, *params = (p.strip() for p in part.split(";"))
        quality = 1.0
        for p in params:
            key, _, value = p.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if media:
            ranges.append((media.lower(), quality))
    return ranges


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    best, specificity = 0.0, -1
    for media, quality in ranges:
        if media == media_type:
            rank = 2
        elif media_type in _NAMED:
            continue
        elif media == media_type.split("/")[0] + "/*":
            rank = 1
        elif media == "*/*":
            rank = 0
        else:
            continue
        if rank > specificity:
            best, specificity = quality, rank
    return best


def negotiate(accept: str | None, offered: Iterable[str], lesser: Container[str] = ()) -> str | None:
    """The media type of ``offered`` that ``accept`` prefers, or ``None`` when none is acceptable.

    Those of ``lesser`` count half: the server may weigh too (RFC 9110, section 12.5.1).

    >>> negotiate("text/html;q=0.8, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    >>> negotiate("*/*", ["text/csv", "text/turtle"])
    'text/csv'
    """
    offers = tuple(offered)
    choice = _negotiate if not accept or len(accept) < _SHORT else _negotiate.__wrapped__
    return choice(accept or "", offers, tuple(o for o in offers if o in lesser))


@lru_cache(maxsize=256)
def _negotiate(accept: str, offers: tuple[str, ...], lesser: tuple[str, ...]) -> str | None:
    """See ``negotiate``; the few headers that clients send come again and again."""
    ranges = _ranges(accept) if accept.strip() else [("*/*", 1.0)]
    scored = [(_quality(o, ranges) * (0.5 if o in lesser else 1), -i, o) for i, o in enumerate(offers)]
    quality, _, winner = max(scored)
    return winner if quality > 0 else None


def choose(
    accept: str | None, among: tuple[Format, ...], asked: str | None = None, lesser: Container[str] = ()
) -> Format:
    """The format to answer in: ``asked`` (``?format=``) wins over ``accept``.

    ``lesser`` are media types to give only where they are clearly preferred (see ``negotiate``).
    Raises ``NotAcceptable`` with the list of media types that would do.
    """
    offers = [(t, f) for f in among for t in (f.media_type, *f.aliases)]
    if asked:
        found = by_name(asked, among)
    else:
        media = negotiate(accept, [t for t, _ in offers], lesser)
        found = next((f for t, f in offers if t == media), None)
    if found is None:
        raise not_acceptable(among)
    return found


def not_acceptable(among: Sequence[Format]) -> NotAcceptable:
    """The error of whoever takes none of these, with their media types."""
    names = [f.media_type for f in among]
    said = ", ".join(names)
    return NotAcceptable(f"Formats disponibles : {said}.", f"Available formats: {said}.", available=names)
