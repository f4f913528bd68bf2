"""What ``cls_graph.open`` opens: a corpus, a release, a file of RDF, or an endpoint."""

from __future__ import annotations

import json
import os
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from cls_graph.corpus import Corpus
from cls_graph.errors import ClsGraphError, CorpusError, UsageError
from cls_graph.kind import LOCAL, Kind
from cls_graph.reasons import reason
from cls_graph.store import EmbeddedStore, Store
from cls_graph.store.address import is_address

_FORMS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True)
class Source:
    """A store that answers, and where it is."""

    store: Store
    address: str
    remote: bool = False
    kind: Kind = LOCAL
    """What its contracts are called, as far as the place says it."""


def source_of(place: str | os.PathLike[str] | None, lang: str = "fr") -> Source:
    """The store behind a place; ``None`` is the corpus one stands in, else the bundled one.

    A service is asked to tell of errors in ``lang``.

    Raises ``CorpusError`` for a folder or file that is none of these, ``StoreFailed`` and ``UsageError``
    for an address that does not answer or is none.
    """
    if is_address(place):
        return endpoint(str(place), lang)
    if place is None:
        return _corpus(None)
    if not isinstance(place, str | os.PathLike):
        raise UsageError(
            f"Un dossier, un fichier ou une adresse, pas {place!r}.",
            f"A folder, a file or an address, not {place!r}.",
        )
    if isinstance(place, str) and _SCHEME.match(place):
        raise UsageError(
            f"« {place} » n'est pas une adresse que l'on ouvre : il faut http:// ou https://, un dossier "
            "ou un fichier.",
            f"'{place}' is no address to open: http:// or https:// is needed, or a folder or file.",
        )
    from cls_graph.release.build import MANIFEST, NQUADS

    path = Path(place)
    if path.is_file():
        return _file(path)
    for folder in (path, path / "current"):
        if (folder / MANIFEST).is_file():
            kind = _kind(folder / MANIFEST)
            return Source(EmbeddedStore.from_file(folder / NQUADS), str(folder), kind=kind)
    if not path.exists():
        raise CorpusError(f"« {path} » n'existe pas.", f"'{path}' does not exist.")
    return _corpus(path)


def _kind(manifest: Path) -> Kind:
    """The kind of contract that a release names. Raises ``CorpusError`` where its manifest is damaged."""
    try:
        return Kind.in_manifest(json.loads(manifest.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        why = reason(error)
    except (AttributeError, TypeError):
        why = {"fr": "ce n'est pas un manifeste", "en": "it is no manifest"}
    raise CorpusError(
        f"« {manifest} » ne se lit pas : {why['fr']}.", f"'{manifest}' cannot be read: {why['en']}."
    )


def _corpus(folder: Path | None) -> Source:
    from cls_graph.release.standing import standing

    corpus = Corpus.open(folder)
    found = standing(corpus)
    for file in found.unread:
        warnings.warn(f"{file} is missing, or part of it: run 'cls-graph check'.", stacklevel=5)
    return Source(found.store, str(corpus.root), kind=corpus.kind)


def _file(path: Path) -> Source:
    form = _FORMS.get(path.suffix.lower())
    if form is ox.RdfFormat.N_QUADS:
        return Source(EmbeddedStore.from_file(path), str(path))
    if form is None:
        known = ", ".join(_FORMS)
        raise CorpusError(
            f"« {path} » : format inconnu. Au choix : {known}", f"'{path}': unknown format. Known: {known}"
        )
    # Triples that are in no graph are put in one: the default graph of a store is the union of its graphs.
    own = ox.NamedNode(path.resolve().as_uri())
    try:
        with path.open("rb") as file:
            quads = [
                ox.Quad(
                    q.subject,
                    q.predicate,
                    q.object,
                    own if q.graph_name == ox.DefaultGraph() else q.graph_name,
                )
                for q in ox.parse(file, format=form)
            ]
    except (SyntaxError, OSError) as error:
        said = reason(error)
        raise CorpusError(
            f"{path} est illisible : {said['fr']}", f"{path} cannot be read: {said['en']}"
        ) from error
    return Source(EmbeddedStore.from_quads(quads), str(path))


def endpoint(address: str, lang: str = "fr") -> Source:
    """The store behind an address. Raises ``UsageError`` for one that is none, ``StoreFailed``."""
    from cls_graph.settings import Settings
    from cls_graph.store.remote import RemoteStore

    # The front page of a service of ours leads to its endpoint. No credentials of the environment are
    # sent: they are those of the operator's own store.
    front = urlsplit(address).path in ("", "/")
    try:
        store = RemoteStore.connect(
            address.rstrip("/") + "/sparql" if front else address, Settings(), {}, lang
        )
    except ClsGraphError:
        if not front:
            raise
        store = RemoteStore.connect(address, Settings(), {}, lang)
    return Source(store, store.about.url, remote=True)
