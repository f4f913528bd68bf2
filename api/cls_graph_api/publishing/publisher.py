"""Writes a static publication: the pages of the service, rendered in this process and made to stand alone."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cls_graph import __version__, media
from cls_graph.changes.feed import quotes_in
from cls_graph.changes.feed_files import write_feed
from cls_graph.namespaces import SCHEMA, VOID
from cls_graph.progress import Progress, steps
from cls_graph.publication.catalogue import page, page_triples
from cls_graph.publication.versions import Version, version_triples
from cls_graph.records.iris import Iris
from cls_graph.release.archive import Kept
from cls_graph.release.build import MANIFEST, repeats_quotes
from cls_graph.release.catalogue import dataset_iri
from cls_graph.service.alone import Alone
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore
from cls_graph.store.writing import Ready, write_graph
from cls_graph_api.app import create_app
from cls_graph_api.manifest import read_manifest
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Index
from cls_graph_api.publishing.announcing import existing
from cls_graph_api.publishing.client import Client, running
from cls_graph_api.publishing.crew import share
from cls_graph_api.publishing.holdings import Holdings
from cls_graph_api.publishing.layout import LANGUAGES, Layout, Target, target_of
from cls_graph_api.publishing.listing import List, lists
from cls_graph_api.publishing.output import Output
from cls_graph_api.publishing.rewriting import Rewriter
from cls_graph_api.publishing.server_files import Rules, htaccess, nginx, robots, sitemaps
from cls_graph_api.publishing.things import Things
from cls_graph_api.publishing.versions import RELEASES, files_of, listed
from cls_graph_api.representations import FORMATS
from cls_graph_api.site import HERE, NQUADS, Site

PUBLICATION = "publication.json"
FEED = "feed"
_PAGE = re.compile(r"([a-z]+)\.html")
"""The file of a page that is not of a thing."""
_STATIC = (".css", ".svg", ".png", ".ico", ".woff2", ".txt")
_DOCUMENTS = ("ontology", "shapes", "vocab")
_WELL_KNOWN = ("void", "sparql-examples", "sparql-prefixes")
_RUNNING = frozenset(ox.NamedNode(p) for p in (VOID + "sparqlEndpoint", SCHEMA + "target"))
"""What leads to a running service."""
Part = Callable[[], Awaitable[None]]
"""Makes some files. Parts do not depend on each other."""


def publish(
    release: Path,
    folder: Path,
    url: str,
    formats: Sequence[str],
    settings: Settings,
    progress: Progress,
    earlier: Sequence[Path] = (),
) -> dict[str, Any]:
    """Write the publication of a release into an empty folder; what ``publication.json`` says of it.

    ``url`` is where it will be, without a slash at its end; ``formats`` are names of those of a thing;
    ``earlier`` are folders of releases before this one, whose changes the feed tells too. As many processes
    share the work as ``settings`` has workers; the files do not depend on it. Raises ``OSError``, and
    ``CorpusError`` where a page of the release cannot be made.
    """
    return _Publisher(release, folder, url, formats, settings, progress).run(earlier)


class _Publisher:
    def __init__(
        self,
        release: Path,
        folder: Path,
        url: str,
        formats: Sequence[str],
        settings: Settings,
        progress: Progress,
    ) -> None:
        self._release, self._folder, self._url = release, folder, url
        self._out = Output(folder)
        self._formats = [f for f in FORMATS if f.name in formats]
        self._document_formats = [f for f in media.GRAPHS if f.name in {"ttl", *formats}]
        self._settings, self._progress = settings, progress
        self._manifest = read_manifest(release)
        self._base = str(self._manifest["base_iri"])

    def run(self, earlier: Sequence[Path]) -> dict[str, Any]:
        """Everything, in an order in which each link is known before a page is made."""
        self._progress({"fr": "Lecture de la publication", "en": "Reading the release"})
        self._held = Holdings.of(self._release / NQUADS, self._base)
        fixed = f"dumps/{self._manifest['digest']}/"
        self._layout = Layout(self._url, self._held.things, self._held.concepts, fixed=fixed)
        store = EmbeddedStore.from_file(self._release / NQUADS, stated=True)
        pool = Alone(store, self._settings, self._manifest)
        kept = earlier
        if not repeats_quotes(self._manifest):
            # None stays that has quotes: its files would repeat them. The feed tells of it without.
            kept = [folder for folder in earlier if not quotes_in(folder)]
        self._app = create_app(self._release, self._settings, archive=kept, pool=pool)
        self._files()
        self._kept = self._keep(kept)
        self._feed([*earlier, self._release])
        self._lists = {found.target.path: found for found in lists(self._held)}
        self._announce()
        index = asyncio.run(self._look())
        parts = list(self._parts(index))

        def work(numbers: Iterator[int]) -> None:
            asyncio.run(_each(parts, numbers))

        step = {"fr": "Pages et données", "en": "Pages and data"}
        share(len(parts), work, self._settings.workers, steps(self._progress, step))
        self._progress({"fr": "Empreintes", "en": "Digests"})
        self._for_servers()
        return self._describe()

    @property
    def _site(self) -> Site:
        site: Site = self._app.state.site
        return site

    # --- files as they are

    def _files(self) -> None:
        names = [*listed(Kept(self._release, self._manifest)), MANIFEST]
        tell = steps(self._progress, {"fr": "Copie des fichiers", "en": "Copying files"})
        for done, name in enumerate(names):
            tell(done, len(names))
            self._copy(self._release / name, f"dumps/{name}")
            self._again(f"dumps/{name}", f"{RELEASES}/{self._manifest['version']}/{name}")
        for path in sorted((HERE / "static").rglob("*")):
            if path.is_file() and path.suffix in _STATIC:
                self._copy(path, f"static/{path.relative_to(HERE / 'static').as_posix()}")

    def _keep(self, earlier: Sequence[Path]) -> list[Kept]:
        """Earlier releases, each in a folder of its version. The newest first, with this one."""
        kept = self._site.kept()
        tell = steps(self._progress, {"fr": "Versions précédentes", "en": "Earlier versions"})
        for done, one in enumerate(kept):
            tell(done, len(kept))
            for name in files_of(one) if one.folder in earlier else ():
                self._copy(one.folder / name, f"{RELEASES}/{one.version}/{name}")
        return kept

    def _feed(self, releases: Sequence[Path]) -> None:
        """The change feed; each format is a chain of its own."""
        tell = steps(self._progress, {"fr": "Flux des changements", "en": "Change feed"})
        pages = write_feed(releases, self._folder / FEED, f"{self._url}/{FEED}", endings=True, tell=tell)
        self._open_page = pages[-1].name if pages else ""
        for lang in LANGUAGES:
            # Where the service has it, and pages lead to.
            self._copy(self._folder / FEED / f"index.{lang}.atom", f"{FEED}.{lang}.atom")
        self._layout.files |= {name for name in self._out.names() if name.startswith(f"{FEED}/")}

    def _copy(self, source: Path, name: str) -> None:
        self._out.copy(source, name)
        self._layout.files.add(name)

    def _again(self, name: str, other: str) -> None:
        self._out.again(name, other)
        self._layout.files.add(other)

    # --- what there will be

    def _announce(self) -> None:
        """Note every file that there will be."""
        add = self._layout.files.add
        for thing in self._held.things:
            for fmt in self._formats:
                add(f"data/{thing}.{fmt.extension}")
        for path in (*(f"vocab/{c}" for c in self._held.concepts), *_DOCUMENTS):
            for fmt in self._document_formats:
                add(f"{path}.{fmt.extension}")
        for name in _WELL_KNOWN:
            for fmt in self._document_formats:
                add(f".well-known/{name}.{fmt.extension}")
        for fmt in media.GRAPHS:
            add(f"catalog.{fmt.extension}")

    async def _look(self) -> Index:
        """Note every page that there will be, and what the pages are made from."""
        self._progress({"fr": "Listes", "en": "Lists"})
        async with running(self._app) as client:
            self._found = await existing(client, self._layout, [one.version for one in self._kept])
            index = await index_of(self._site)
        self._layout.pages |= {Target(t.path, lang, t.number).file for t in self._found for lang in LANGUAGES}
        self._others = sorted(self._layout.pages)
        self._layout.pages |= {Target(path, lang).file for path in self._lists for lang in LANGUAGES}
        return index

    # --- data and pages

    def _parts(self, index: Index) -> Iterator[Part]:
        """All that is left to do, what takes longest first."""
        client, rewriter = Client(self._app), Rewriter(self._layout)
        things = Things(self._site, index, rewriter, self._out, self._url)
        for name in (*_DOCUMENTS, *(f".well-known/{name}" for name in _WELL_KNOWN)):
            yield partial(self._document, client, name)
        for fmt in media.GRAPHS:
            yield partial(self._catalogue, fmt)
        for thing in sorted(self._held.things):
            yield partial(things.thing, thing, self._formats)
        for concept in sorted(self._held.concepts):
            yield partial(things.term, concept, self._document_formats)
        for file in self._others:
            yield partial(self._page, client, rewriter, target_of(file))
        for found in self._lists.values():
            yield partial(self._list, rewriter, found)

    async def _document(self, client: Client, name: str) -> None:
        """The terms, the shapes or what is said of the dataset, put in order."""
        body = bytes((await client.whole(f"/{name}.nt")).body)
        if name.startswith(".well-known/"):
            # Named by a file, as the documents of things are.
            here = f"<{self._url}/{name}"
            body = body.replace(f"{here}> ".encode(), f"{here}.ttl> ".encode())
        said = [q.triple for q in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        ready = Ready.of(t for t in said if t.predicate not in _RUNNING)
        for fmt in self._document_formats:
            self._out.write(f"{name}.{fmt.extension}", ready.written(fmt))

    async def _catalogue(self, fmt: media.Format) -> None:
        """The pages of the catalogue; each format is a chain of its own."""
        iris = Iris(self._base)
        named = [t.object.value for t in self._held.catalogue if t.predicate.value.endswith("dcat#dataset")]  # type: ignore[union-attr]

        def link(number: int) -> str:
            return f"{self._url}/catalog{f'.p{number}' if number > 1 else ''}.{fmt.extension}"

        number = 1
        size = max(1, self._settings.catalogue_page)
        while (shown := page(named, dataset_iri(iris), number, size)) is not None:
            triples = page_triples(
                self._held.catalogue, shown, iris, self._manifest["files"], self._address, link
            )
            if number == 1:
                versions = [
                    Version(k.version, k.date, self._address(f"{RELEASES}/{k.version}")) for k in self._kept
                ]
                current = str(self._manifest["version"])
                triples += version_triples(self._base, shown.datasets[0], versions, current)
            self._out.write(link(number).removeprefix(self._url + "/"), write_graph(triples, fmt))
            number += 1

    def _address(self, path: str) -> str:
        """Where what has a path under the base is in the publication; empty where it is not."""
        if not path:
            return f"{self._url}/"
        place = self._layout.place(f"{self._url}/{path}", "fr")
        return f"{self._url}/{place}" if place else ""

    async def _page(self, client: Client, rewriter: Rewriter, target: Target) -> None:
        """A page of the service that is not of a thing; the first of them leads to the lists."""
        text = self._found.get(target) or (await client.whole(f"/{target.path}", target.query)).text
        more = [found for found in self._lists.values() if found.first and not target.path]
        links = [(Target(m.target.path, target.lang).file, m.title[target.lang]) for m in more]
        self._out.write(target.file, rewriter.stand_alone(text, target.file, target.lang, links).encode())

    async def _list(self, rewriter: Rewriter, found: List) -> None:
        for lang in LANGUAGES:
            target = Target(found.target.path, lang)
            text = found.html(self._site, lang)
            self._out.write(target.file, rewriter.stand_alone(text, target.file, lang).encode())

    # --- for servers and people who look after them

    def _for_servers(self) -> None:
        names = self._out.names()
        rules = Rules(
            self._url,
            [f.name for f in self._formats],
            kinds=sorted({name.split("/")[1] for name in names if name.startswith("page/")}),
            pages=[found[1] for name in names if (found := _PAGE.fullmatch(name))],
            digest=str(self._manifest["digest"]),
            version=str(self._manifest["version"]),
            earlier=[one.version for one in self._kept],
            open_page=self._open_page,
            withdrawn=self._manifest.get("withdrawn", ()),
            former=self._held.former,
        )
        self._out.write(".htaccess", htaccess(rules).encode())
        self._out.write("nginx.conf", nginx(rules).encode())
        self._out.write("robots.txt", robots(self._url).encode())
        pages = [name for name in names if name.endswith(".html")]
        for name, text in sitemaps(self._url, pages).items():
            self._out.write(name, text.encode())

    def _describe(self) -> dict[str, Any]:
        names = self._out.names()
        said = {
            "generator": f"cls-graph {__version__}",
            "url": self._url,
            "version": self._manifest["version"],
            "release": self._manifest["digest"],
            "files": sorted({name.partition("/")[0] for name in names}),
            "counts": {"files": len(names), "things": len(self._held.things)},
            "digest": self._out.digest(names),
        }
        text = json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        self._out.write(PUBLICATION, text.encode())
        return said


async def _each(parts: Sequence[Part], numbers: Iterator[int]) -> None:
    for number in numbers:
        await parts[number]()
