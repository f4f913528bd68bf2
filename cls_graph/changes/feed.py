"""The change feed: a Linked Data Event Stream (LDES 1.0) over releases, in TREE pages.

A member is one thing (a contract, a body, a document …) as a release has it: created, updated, or
deleted. All that the release says of the thing is in the member, the IRI of the thing replaced by that
of the member, also at the start of longer ones; put back, they are the statements of the release. Pages
hold the changes of one release, so a page is never written again but for the link to the next.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.changes.atom import LANGUAGES as ATOM_LANGUAGES
from cls_graph.changes.atom import Entry, atom
from cls_graph.changes.items import owner
from cls_graph.changes.lines import quads
from cls_graph.changes.states import State, read_release
from cls_graph.errors import CorpusError
from cls_graph.namespaces import ACTIVITY, DCTERMS, DEFAULT_BASE, FOAF, LDES, OWL, SKOS, TREE, prefixes
from cls_graph.rdf import sort_quads, typed
from cls_graph.release.build import MANIFEST
from cls_graph.release.versions import order
from cls_graph.triples import Writer

PAGE_SIZE = 100
CREATE, UPDATE, DELETE = "Create", "Update", "Delete"
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""The formats of pages; those with named graphs keep the statements of a member in the graph of its IRI."""
_NAMES = (SKOS + "prefLabel", DCTERMS + "title", FOAF + "name")
ROOT = "index"
LAST = "last"
"""The file that names the page which is still open."""


@dataclass(frozen=True)
class Member:
    """A thing that changed in a release. ``lines`` are its statements there, none where it was deleted."""

    iri: str
    thing: str
    action: str
    created: str
    version: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One page: its name (``0.1.0..0.2.0/1``), its members, the name of the next; the last has none."""

    name: str
    base: str
    members: tuple[Member, ...]
    following: str = ""

    @property
    def closed(self) -> bool:
        """Whether it stays as it is for ever."""
        return bool(self.following)


def things(state: State) -> dict[str, set[str]]:
    """The statements of each thing of the data: contracts whole, the registry by thing."""
    found: dict[str, set[str]] = {}
    head = state.iris.graph("contract/")
    for graph, lines in state.graphs.items():
        if graph.startswith(head):
            found.setdefault(state.iris.thing("contract", graph[len(head) :]), set()).update(lines)
    for line in state.graphs.get(state.iris.graph("registry"), ()):
        found.setdefault(owner(line[1:].partition(">")[0], state.iris), set()).add(line)
    return found


def members(old: State | None, new: State, created: str) -> Iterator[Member]:
    """What changed since the release before, sorted by the IRI of the thing."""
    before = things(old) if old else {}
    after = things(new)
    for thing in sorted({*before, *after}):
        was, now = before.get(thing), after.get(thing)
        if was == now:
            continue
        action = CREATE if was is None else DELETE if now is None else UPDATE
        local = thing.removeprefix(new.iris.base)
        iri = f"{new.iris.base}feed/{new.version}/{local}"
        yield Member(iri, thing, action, created, new.version, tuple(sorted(now or ())))


def moments(dates: Sequence[str]) -> list[str]:
    """The time of each release: the start of its day, a second later than the one before at least."""
    found: list[str] = []
    last = datetime.min
    for date in dates:
        last = max(datetime.fromisoformat(date[:10]), last + timedelta(seconds=1))
        found.append(last.isoformat() + "Z")
    return found


def pages(folders: Sequence[Path], size: int = PAGE_SIZE) -> Iterator[Page]:
    """The pages of the feed of these releases, in order. One release at a time is in memory, with the last.

    Raises ``CorpusError`` for a release that is damaged, or without a date.
    """
    states = [(*_dated(folder), folder) for folder in folders]
    states.sort(key=lambda row: (row[0], order(row[1])))
    times = moments([date for date, *_ in states])
    before: State | None = None
    held: Page | None = None
    for (_, version, folder), created in zip(states, times, strict=True):
        state = read_release(folder)
        name = f"{before.version}..{version}" if before else version
        found = list(members(before, state, created))
        for number, start in enumerate(range(0, len(found), size), 1):
            page = Page(f"{name}/{number}", state.iris.base, tuple(found[start : start + size]))
            if held is not None:
                yield replace(held, following=page.name)
            held = page
        before = state
    if held is not None:
        yield held


def _dated(folder: Path) -> tuple[str, str]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        date, version = str(manifest["date"]), str(manifest["version"])
        datetime.fromisoformat(date[:10])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            f"{folder} n'est pas une publication datée : {error}",
            f"{folder} is not a release with a date: {error}",
        ) from None
    return date, version


def page_quads(page: Page, address: str, *, named: bool, ending: str = "") -> list[Quad]:
    """The statements of a page at ``address/{name}``; ``named``: members in graphs of their own.

    ``ending`` closes every address of the feed, where a server of files holds each format by itself.
    """
    out = Writer()
    node = f"{address}/{page.name}{ending}"
    stream = _stream(out, _root(address, ending), page.base)
    out.type(node, TREE + "Node")
    if page.following:
        _relation(out, node, f"{address}/{page.following}{ending}", page.members[-1].created)
    content: list[Quad] = []
    for member in page.members:
        out.add(stream, TREE + "member", member.iri)
        out.type(member.iri, ACTIVITY + member.action)
        out.add(member.iri, DCTERMS + "isVersionOf", member.thing)
        out.add(member.iri, DCTERMS + "created", typed(member.created, "dateTime"))
        out.add(member.iri, OWL + "versionInfo", Literal(member.version))
        graph = NamedNode(member.iri) if named else ox.DefaultGraph()
        for quad in quads(_renamed(member)):
            content.append(Quad(quad.subject, quad.predicate, quad.object, graph))
    return [*_default(out.triples), *sort_quads(content)]


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


def _renamed(member: Member) -> list[str]:
    """The statements of a member with its IRI in the place of that of the thing."""
    return [rename(line, member.thing, member.iri) for line in member.lines]


def rename(line: str, old: str, new: str) -> str:
    """A line with another IRI for a thing and for what is under it; its graph stays as it is."""
    return re.sub(rf"<{re.escape(old)}(?=[>/])", f"<{new}", line)


def write_feed(
    folders: Sequence[Path], out: Path, address: str, size: int = PAGE_SIZE, *, endings: bool = False
) -> list[Page]:
    """Write the feed of these releases to files ``out/{name}.{ttl,trig,jsonld}`` and ``out/index.…``.

    ``address`` is where ``out`` is published, without a slash at its end: pages are linked as
    ``address/{name}``, with ``endings`` as ``address/{name}.{suffix}``. Beside them ``index.fr.atom`` and
    ``index.en.atom`` tell the changes to feed readers. The pages, without their members' statements. Raises
    as ``pages``.
    """
    written: list[Page] = []
    told: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {}
    base = _base(folders)
    names = prefixes(base)
    for page in pages(folders, size):
        for suffix, form in FORMATS.items():
            path = out / f"{page.name}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            ending = f".{suffix}" if endings else ""
            statements = page_quads(page, address, named=form.supports_datasets, ending=ending)
            _write(statements, path, form, names)
        for member in page.members:
            things = told.setdefault(member.version, (page.name, member.created, []))[2]
            things.append((member.action, member.thing, _name(member)))
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
    for folder in folders:
        version = _dated(folder)[1]
        if version in told:
            page, created, things = told[version]
            page += ".ttl" if endings else ""
            entries.append(Entry(folder, version, created, page, things))
    entries.sort(key=lambda entry: entry.created)
    for lang in ATOM_LANGUAGES:
        name = f"{ROOT}.{lang}.atom"
        # A service has it beside the feed, a folder of files in it.
        own = f"{address}/{name}" if endings else f"{address}.{lang}.atom"
        (out / name).write_text(atom(entries, address, own, base, lang), encoding="utf-8", newline="\n")


def _name(member: Member) -> str:
    """The name of a thing, in its own statements; the end of its IRI where they have none."""
    for line in member.lines:
        for prop in _NAMES:
            if line.startswith(f"<{member.thing}> <{prop}> "):
                return next(iter(quads([line]))).object.value  # type: ignore[union-attr]
    return member.thing.rpartition("/id/")[2]


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
