"""Writes a static publication: the pages of the service, rendered in this process and made to stand alone."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cls_graph import __version__, media
from cls_graph.changes.feed import write_feed
from cls_graph.errors import Text
from cls_graph.namespaces import SCHEMA, VOCAB, VOID
from cls_graph.publication.catalogue import page, page_triples
from cls_graph.publication.versions import Version, version_triples
from cls_graph.records.iris import Iris
from cls_graph.release.build import MANIFEST
from cls_graph.release.catalogue import dataset_iri
from cls_graph.release.versions import order
from cls_graph.settings import Settings
from cls_graph.store.writing import write_graph
from cls_graph_api.app import create_app
from cls_graph_api.publishing.announcing import existing
from cls_graph_api.publishing.client import Client, missing, running
from cls_graph_api.publishing.holdings import Holdings
from cls_graph_api.publishing.layout import LANGUAGES, Layout, Target, target_of
from cls_graph_api.publishing.listing import List, lists
from cls_graph_api.publishing.rewriting import Rewriter
from cls_graph_api.publishing.server_files import htaccess, nginx, robots, sitemaps
from cls_graph_api.representations import FORMATS, describe, write
from cls_graph_api.site import HERE, NQUADS, Site, read_manifest

PUBLICATION = "publication.json"
FEED = "feed"
_STATIC = (".css", ".svg", ".png", ".ico", ".woff2", ".txt")
_DOCUMENTS = ("ontology", "shapes", "vocab")
_WELL_KNOWN = ("void", "sparql-examples", "sparql-prefixes")
_RUNNING = frozenset(ox.NamedNode(p) for p in (VOID + "sparqlEndpoint", SCHEMA + "target"))
"""What leads to a running service."""
Progress = Callable[[Text], None]


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
    ``earlier`` are folders of releases before this one, whose changes the feed tells too. Raises
    ``OSError``, and ``CorpusError`` where a page of the release cannot be made.
    """
    publisher = _Publisher(release, folder, url, formats, settings, progress)
    return asyncio.run(publisher.run(earlier))


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
        self._formats = [f for f in FORMATS if f.name in formats]
        self._settings, self._progress = settings, progress
        self._manifest = read_manifest(release)
        self._base = str(self._manifest["base_iri"])
        self._held = Holdings.of(release / NQUADS, self._base)
        self._layout = Layout(url, self._held.things, self._held.concepts)
        self._lists: dict[str, List] = {}

    async def run(self, earlier: Sequence[Path]) -> dict[str, Any]:
        """Everything, in an order in which each link is known before a page is made."""
        app = create_app(self._release, self._settings)
        site: Site = app.state.site
        async with running(app) as client:
            self._files()
            self._feed([*earlier, self._release])
            self._versions = _versions([*earlier, self._release])
            await self._announce(client)
            await self._data(client, site)
            await self._pages(client, site)
        self._for_servers()
        return self._describe()

    # --- files as they are

    def _files(self) -> None:
        self._progress({"fr": "Copie des fichiers", "en": "Copying files"})
        for name in (*self._manifest.get("files", {}), MANIFEST):
            self._copy(self._release / name, f"dumps/{name}")
        for path in sorted((HERE / "static").rglob("*")):
            if path.is_file() and path.suffix in _STATIC:
                self._copy(path, f"static/{path.relative_to(HERE / 'static').as_posix()}")

    def _feed(self, releases: Sequence[Path]) -> None:
        """The change feed; each format is a chain of its own."""
        self._progress({"fr": "Flux des changements", "en": "Change feed"})
        write_feed(releases, self._folder / FEED, f"{self._url}/{FEED}", endings=True)
        for lang in LANGUAGES:
            # Where the service has it, and pages lead to.
            self._copy(self._folder / FEED / f"index.{lang}.atom", f"{FEED}.{lang}.atom")
        for path in sorted((self._folder / FEED).rglob("*")):
            if path.is_file():
                self._layout.files.add(path.relative_to(self._folder).as_posix())

    def _copy(self, source: Path, name: str) -> None:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        self._layout.files.add(name)

    def _write(self, name: str, content: bytes) -> None:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    # --- data

    async def _announce(self, client: Client) -> None:
        """Note every file and page that there will be."""
        add = self._layout.files.add
        for thing in self._held.things:
            for fmt in self._formats:
                add(f"data/{thing}.{fmt.extension}")
        for path in (*(f"vocab/{c}" for c in self._held.concepts), *_DOCUMENTS):
            for fmt in self._document_formats():
                add(f"{path}.{fmt.extension}")
        for name in _WELL_KNOWN:
            for fmt in self._document_formats():
                add(f".well-known/{name}.{fmt.extension}")
        for fmt in media.GRAPHS:
            add(f"catalog.{fmt.extension}")
        self._layout.pages |= await existing(client, self._layout)
        self._lists = {found.target.path: found for found in lists(self._held)}
        for found in self._lists.values():
            self._layout.pages |= {Target(found.target.path, lang).file for lang in LANGUAGES}

    def _document_formats(self) -> list[media.Format]:
        return [f for f in media.GRAPHS if f.name in {"ttl", *(f.name for f in self._formats)}]

    async def _data(self, client: Client, site: Site) -> None:
        async def one(path: str, iri: str, formats: Sequence[media.Format]) -> None:
            thing = await describe(site, iri)
            if thing is None:
                raise missing(iri)
            for fmt in formats:
                body = await write(site, thing, fmt, f"{self._url}/{path}")
                self._write(f"{path}.{fmt.extension}", body)

        work = [(f"data/{t}", f"{self._base}id/{t}", self._formats) for t in sorted(self._held.things)]
        work += [(f"vocab/{c}", VOCAB + c, self._document_formats()) for c in sorted(self._held.concepts)]
        await self._each(work, lambda item: one(*item), {"fr": "Données", "en": "Data"})
        for name in _DOCUMENTS:
            for fmt in self._document_formats():
                self._write(
                    f"{name}.{fmt.extension}", bytes((await client.whole(f"/{name}.{fmt.extension}")).body)
                )
        for name in _WELL_KNOWN:
            body = bytes((await client.whole(f"/.well-known/{name}.nt")).body)
            said = [q.triple for q in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
            kept = [t for t in said if t.predicate not in _RUNNING]
            for fmt in self._document_formats():
                self._write(f".well-known/{name}.{fmt.extension}", write_graph(kept, fmt))
        self._catalogue()

    def _catalogue(self) -> None:
        """The pages of the catalogue, each format a chain of its own."""
        iris = Iris(self._base)
        named = [t.object.value for t in self._held.catalogue if t.predicate.value.endswith("dcat#dataset")]  # type: ignore[union-attr]
        for fmt in media.GRAPHS:

            def link(number: int, extension: str = fmt.extension) -> str:
                return f"{self._url}/catalog{f'.p{number}' if number > 1 else ''}.{extension}"

            number = 1
            size = max(1, self._settings.catalogue_page)
            while (shown := page(named, dataset_iri(iris), number, size)) is not None:
                triples = page_triples(
                    self._held.catalogue, shown, iris, self._manifest["files"], self._address, link
                )
                if number == 1:
                    triples += version_triples(
                        self._base, shown.datasets[0], self._versions, str(self._manifest["version"])
                    )
                self._write(link(number).removeprefix(self._url + "/"), write_graph(triples, fmt))
                number += 1

    def _address(self, path: str) -> str:
        """Where what has a path under the base is in the publication; empty where it is not."""
        if not path:
            return f"{self._url}/"
        place = self._layout.place(f"{self._url}/{path}", "fr")
        return f"{self._url}/{place}" if place else ""

    # --- pages

    async def _pages(self, client: Client, site: Site) -> None:
        paths = [f"page/{t}" for t in self._held.things] + [f"vocab/{c}" for c in self._held.concepts]
        targets = [Target(path, lang) for path in sorted(paths) for lang in LANGUAGES]
        others = {p for p in self._layout.pages if not self._is_list(p)}
        targets += list(map(target_of, sorted(others)))
        more = [found for found in self._lists.values() if found.first]

        stand_alone = Rewriter(self._layout).stand_alone

        async def one(target: Target) -> None:
            answer = await client.whole(f"/{target.path}", target.query)
            links = [(Target(m.target.path, target.lang).file, m.title[target.lang]) for m in more]
            text = stand_alone(answer.text, target.file, target.lang, [] if target.path else links)
            self._write(target.file, text.encode())

        await self._each(targets, one, {"fr": "Pages", "en": "Pages"})
        for found in self._lists.values():
            for lang in LANGUAGES:
                target = Target(found.target.path, lang)
                text = found.html(site, self._url, lang)
                self._write(target.file, stand_alone(text, target.file, lang).encode())

    def _is_list(self, file: str) -> bool:
        return target_of(file).path in self._lists

    async def _each(self, items: Iterable[Any], work: Callable[[Any], Awaitable[None]], step: Text) -> None:
        """Do some work for each item, several at a time, and tell how far it has come."""
        waiting = list(items)
        total, done = len(waiting), 0
        waiting.reverse()

        async def run() -> None:
            nonlocal done
            while waiting:
                await work(waiting.pop())
                done += 1
                if done % 20 == 0 or done == total:
                    self._progress({lang: f"{text} {done}/{total}" for lang, text in step.items()})

        async with asyncio.TaskGroup() as group:
            for _ in range(self._settings.workers + 1):
                group.create_task(run())

    # --- for servers and people who look after them

    def _for_servers(self) -> None:
        names = [f.name for f in self._formats]
        self._write(".htaccess", htaccess(self._url, names).encode())
        self._write("nginx.conf", nginx(self._url, names).encode())
        self._write("robots.txt", robots(self._url).encode())
        pages = [p.relative_to(self._folder).as_posix() for p in self._folder.rglob("*.html")]
        for name, text in sitemaps(self._url, pages).items():
            self._write(name, text.encode())

    def _describe(self) -> dict[str, Any]:
        total, count = hashlib.sha256(), 0
        for path in sorted(p for p in self._folder.rglob("*") if p.is_file()):
            total.update(path.relative_to(self._folder).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
            count += 1
        said = {
            "generator": f"cls-graph {__version__}",
            "url": self._url,
            "version": self._manifest["version"],
            "release": self._manifest["digest"],
            "files": sorted(p.name for p in self._folder.iterdir()),
            "counts": {"files": count, "things": len(self._held.things)},
            "digest": total.hexdigest(),
        }
        text = json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        self._write(PUBLICATION, text.encode())
        return said


def _versions(folders: Sequence[Path]) -> list[Version]:
    """The versions of some releases, the newest first. Of the files of earlier ones nothing is published."""
    found = [Version(str(m["version"]), str(m.get("date", ""))) for m in map(read_manifest, folders)]
    return sorted(found, key=lambda version: order(version.number), reverse=True)
