"""The change feed as files: Turtle, TriG and JSON-LD, and Atom for feed readers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.changes.atom import LANGUAGES as ATOM_LANGUAGES
from cls_graph.changes.atom import Entry, atom
from cls_graph.changes.feed import (
    CREATE,
    DELETE,
    PAGE_SIZE,
    UPDATE,
    Member,
    Page,
    dated,
    name,
    pages,
    quotes_in,
    quoting,
    rename,
)
from cls_graph.errors import CorpusError
from cls_graph.namespaces import ACTIVITY, DCTERMS, DEFAULT_BASE, LDES, OWL, TREE, prefixes
from cls_graph.rdf import sort_quads, triple_place, typed
from cls_graph.release.build import MANIFEST
from cls_graph.triples import Writer

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The formats of pages; those with named graphs keep the statements of a member in the graph of its IRI."""
ROOT = "index"
LAST = "last"
"""The file that names the page which is still open."""
_Place = tuple[str, bool, str, str]
_Said = dict[_Place, Triple]
"""Statements by their place in a document."""


def page_quads(
    page: Page, said: Sequence[_Said], address: str, *, named: bool, ending: str = ""
) -> list[Quad]:
    """The statements of a page at ``address/{name}``, with what is ``said`` of each member.

    ``named``: members in graphs of their own. ``ending`` closes every address of the feed, where a server of
    files holds each format by itself.
    """
    out = Writer()
    node = f"{address}/{page.name}{ending}"
    stream = _stream(out, _root(address, ending), page.base)
    out.type(node, TREE + "Node")
    if page.following:
        _relation(out, node, f"{address}/{page.following}{ending}", page.members[-1].created)
    for member in page.members:
        out.add(stream, TREE + "member", member.iri)
        out.type(member.iri, ACTIVITY + member.action)
        out.add(member.iri, DCTERMS + "isVersionOf", member.thing)
        out.add(member.iri, DCTERMS + "created", typed(member.created, "dateTime"))
        out.add(member.iri, OWL + "versionInfo", Literal(member.version))
    return [*_default(out.triples), *(_named(page, said) if named else _together(said))]


def _named(page: Page, said: Sequence[_Said]) -> Iterable[Quad]:
    """The statements of each member, in order, in a graph with its IRI."""
    for member, triples in sorted(zip(page.members, said, strict=True), key=lambda row: f"<{row[0].iri}>"):
        graph = NamedNode(member.iri)
        for _, t in sorted(triples.items(), key=_first):
            yield Quad(t.subject, t.predicate, t.object, graph)


def _together(said: Sequence[_Said]) -> Iterable[Quad]:
    """The statements of all members, in order."""
    whole: _Said = {}
    for triples in said:
        whole |= triples
    for _, t in sorted(whole.items(), key=_first):
        yield Quad(t.subject, t.predicate, t.object)


def _first(row: tuple[_Place, Triple]) -> _Place:
    return row[0]


def statements(member: Member) -> _Said:
    """What is said of a member, with its IRI in the place of that of the thing."""
    text = rename("".join(member.lines), member.thing, member.iri)
    parsed = (quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))
    return {triple_place(triple): triple for triple in parsed}


def root_quads(all_pages: Sequence[Page], address: str, base: str, ending: str = "") -> list[Quad]:
    """The statements of the root node, at ``address``: what the stream is, and its first page."""
    out = Writer()
    root = _root(address, ending)
    out.type(root, TREE + "Node")
    _stream(out, root, base)
    for page in all_pages[:1]:
        _relation(out, root, f"{address}/{page.name}{ending}", page.members[0].created)
    return _default(out.triples)


def _root(address: str, ending: str) -> str:
    return f"{address}/{ROOT}{ending}" if ending else address


def _stream(out: Writer, address: str, base: str) -> str:
    stream = f"{base}feed"
    out.type(stream, LDES + "EventStream")
    out.add(stream, TREE + "view", address)
    out.add(stream, LDES + "timestampPath", DCTERMS + "created")
    out.add(stream, LDES + "versionOfPath", DCTERMS + "isVersionOf")
    for action in (CREATE, UPDATE, DELETE):
        out.add(stream, f"{LDES}version{action}Object", ACTIVITY + action)
    return stream


def _relation(out: Writer, node: str, target: str, created: str) -> None:
    relation = f"{node}#next"
    out.add(node, TREE + "relation", relation)
    out.type(relation, TREE + "GreaterThanOrEqualToRelation")
    out.add(relation, TREE + "node", target)
    out.add(relation, TREE + "path", DCTERMS + "created")
    out.add(relation, TREE + "value", typed(created, "dateTime"))


def _default(triples: Sequence[Triple]) -> list[Quad]:
    return sort_quads(Quad(t.subject, t.predicate, t.object) for t in triples)


def write_feed(
    folders: Sequence[Path],
    out: Path,
    address: str,
    size: int = PAGE_SIZE,
    *,
    endings: bool = False,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> list[Page]:
    """Write the feed of these releases to files ``out/{name}.{ttl,trig,jsonld}`` and ``out/index.…``.

    ``address`` is where ``out`` is published, without a slash at its end: pages are linked as
    ``address/{name}``, with ``endings`` as ``address/{name}.{suffix}``. Beside them ``index.fr.atom`` and
    ``index.en.atom`` tell the changes to feed readers. ``tell`` hears of each page of a release and how many
    there are. The pages, without their members' statements. Raises as ``pages``.
    """
    written: list[Page] = []
    told: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {}
    base = _base(folders)
    names = prefixes(base)
    out.mkdir(parents=True, exist_ok=True)  # a release without a thing has no page
    for page in pages(folders, size):
        tell(*page.place)
        said = [statements(member) for member in page.members]
        for suffix, form in FORMATS.items():
            path = out / f"{page.name}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            ending = f".{suffix}" if endings else ""
            quads = page_quads(page, said, address, named=form.supports_datasets, ending=ending)
            _write(quads, path, form, names)
        for member in page.members:
            things = told.setdefault(member.version, (page.name, member.created, []))[2]
            things.append((member.action, member.thing, name(member)))
        written.append(replace(page, members=tuple(replace(m, lines=()) for m in page.members)))
    for suffix, form in FORMATS.items():
        ending = f".{suffix}" if endings else ""
        _write(root_quads(written, address, base, ending), out / f"{ROOT}.{suffix}", form, names)
    _write_atom(folders, told, out, address, base, endings=endings)
    return written


def _write_atom(
    folders: Sequence[Path],
    told: dict[str, tuple[str, str, list[tuple[str, str, str]]]],
    out: Path,
    address: str,
    base: str,
    *,
    endings: bool,
) -> None:
    """The feed for feed readers, in each language; a release that changes nothing is not in it."""
    entries = []
    all_quotes = quoting(folders)
    for folder in folders:
        version = dated(folder)[1]
        if version in told:
            page, created, things = told[version]
            page += ".ttl" if endings else ""
            spoken = all_quotes or not quotes_in(folder)
            entries.append(Entry(folder, version, created, page, things, spoken))
    entries.sort(key=lambda entry: entry.created)
    for lang in ATOM_LANGUAGES:
        name = f"{ROOT}.{lang}.atom"
        # A service has it beside the feed, a folder of files in it.
        own = f"{address}/{name}" if endings else f"{address}.{lang}.atom"
        (out / name).write_text(atom(entries, address, own, base, lang), encoding="utf-8", newline="\n")


def _base(folders: Sequence[Path]) -> str:
    """The base of the identifiers of some releases; the usual one where there is none."""
    if not folders:
        return DEFAULT_BASE
    return str(json.loads((folders[-1] / MANIFEST).read_text(encoding="utf-8")).get("base_iri", DEFAULT_BASE))


def _write(statements: Sequence[Quad], path: Path, form: ox.RdfFormat, names: dict[str, str]) -> None:
    with path.open("wb") as out:
        if form.supports_datasets:
            ox.serialize(statements, out, format=form, prefixes=names)
        else:
            ox.serialize([quad.triple for quad in statements], out, format=form, prefixes=names)


def main(words: Sequence[str]) -> int:
    """``OUT ADDRESS FOLDER…``: write the feed; 1 where a release is damaged, with the reason on stderr."""
    out, address, *folders = words
    try:
        written = write_feed([Path(folder) for folder in folders], Path(out), address)
    except CorpusError as error:
        print(error.detail["en"], file=sys.stderr)
        return 1
    (Path(out) / LAST).write_text(written[-1].name if written else "", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
