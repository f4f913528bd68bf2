"""What every handler works with: the release, the pool, the settings and the pages."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from starlette.requests import Request

from cls_graph.errors import Busy, ClsGraphError, ReleaseMissing, Text
from cls_graph.kind import Kind
from cls_graph.namespaces import ONTOLOGY
from cls_graph.release.archive import Archive, Kept
from cls_graph.release.findings import FINDINGS
from cls_graph.service import Asking, QueryPool, View
from cls_graph.service.alone import Alone
from cls_graph.service.asking import Tickets
from cls_graph.service.folder import description
from cls_graph.service.strict import StrictCheck
from cls_graph.service.ticket import Ticket
from cls_graph.service.writer import WritablePool
from cls_graph.settings import Settings
from cls_graph.store import ENGINE
from cls_graph_api.desk import Desk
from cls_graph_api.feeding import Feed
from cls_graph_api.i18n import language, translator
from cls_graph_api.manifest import read_manifest
from cls_graph_api.pages.index import Indexes
from cls_graph_api.rendering import HERE, Pages, request_path
from cls_graph_api.responses import weak
from cls_graph_api.shelf import Shelf
from cls_graph_api.urls import Urls

NQUADS = "graph.nq"
URLS = "cls_graph.urls"
"""Where a request keeps its addresses."""

__all__ = ["BLANK", "HERE", "NQUADS", "URLS", "Site", "request_path"]

BLANK: dict[str, Any] = {
    "title": {"fr": "Magasin RDF", "en": "RDF store"},
    "base_iri": ONTOLOGY.removesuffix("ontology"),
}
"""What is said of data that says nothing of itself."""


class Site:
    """The data that is served: releases one after the other, or a store that is written to.

    ``Site.of(request)`` finds it again, as it was when the request came.
    """

    def __init__(
        self,
        folder: Path | str,
        settings: Settings,
        token: str = "",
        corpus: Path | None = None,
        archive: Path | Sequence[Path] | None = None,
        pool: Alone | None = None,
    ) -> None:
        """``folder`` is a release, or with a ``token`` for writing a store (see ``service.folder``).

        It may also be the address of a remote store, which is then read. ``archive`` is a folder of
        releases, or their folders; each of them can be asked for. ``pool`` has the data already.
        """
        self.settings = settings
        self.token = token
        self.trouble: Text | None = None
        """Why the latest release is not served, while the one before goes on, or the store not reached."""
        self.away = False
        """Whether the remote store did not answer when it was last looked at."""
        self.desk = Desk(settings)
        self.indexes = Indexes()
        self.writer: WritablePool | None = None
        self.union = True
        self._folders: dict[str, Path] = {}
        if isinstance(folder, str):
            self._first = {**BLANK, "version": "", "digest": ""}
            self._pool: QueryPool | Alone = QueryPool(folder, settings)
        elif token:
            known = description(folder)
            self.union = bool(known["union"])
            self._first = {**known["manifest"], "version": "", "digest": str(known["id"])}
            check = StrictCheck(corpus, str(self._first["base_iri"]), settings.check_timeout)
            self.writer = WritablePool(folder, settings, check)
            self._pool = self.writer
        else:
            self._first = read_manifest(folder)
            self._pool = pool or QueryPool(folder / NQUADS, settings, self._first)
        if isinstance(folder, Path):
            self._folders[str(self._first["digest"])] = folder
        self._view: View | Alone | None = None
        self._tickets: Tickets = Ticket
        self._archive = Archive(archive)
        self.shelf = Shelf(settings)
        self.feed = Feed()
        self._pages = Pages()

    @staticmethod
    def of(request: Request) -> Site:
        """The site that ``request`` is for."""
        site = request.scope.get("state", {}).get("site") or request.app.state.site
        assert isinstance(site, Site)
        return site

    def pinned(self, tickets: Tickets = Ticket) -> Site:
        """The site as it is now, and stays until ``unpin`` is called on it.

        ``tickets`` makes those of the queries that are asked of it without one.
        """
        twin = copy.copy(self)
        twin._tickets = tickets
        twin._view = self._pool.view(tickets) if self._pool.started else None
        return twin

    def unpin(self) -> None:
        """See ``pinned``."""
        if self._view is not None:
            self._view.close()

    def kept(self) -> list[Kept]:
        """The releases that can be asked for, the newest version first; that which is served among them."""
        found = self._archive.releases()
        if self.release is not None and self.manifest["version"] and self.writer is None:
            here = Kept(self.release, self.manifest)
            if here.digest not in [one.digest for one in found]:
                found = sorted([here, *found], key=lambda one: one.place, reverse=True)
        return found

    def find(self, name: str) -> Kept:
        """The release of a version or digest. Raises ``ReleaseMissing`` with the versions that are kept."""
        kept = self.kept()
        found = next((one for one in kept if name in (one.version, one.digest)), None)
        if found is None:
            versions = [one.version for one in kept]
            shown = ", ".join(versions)
            fr = f"Versions conservées : {shown}." if versions else "Ce service ne conserve pas de versions."
            en = f"Versions that are kept: {shown}." if versions else "This service keeps no versions."
            raise ReleaseMissing(fr, en, available=versions)
        return found

    async def at(self, name: str) -> Site | str:
        """The site as the release ``name`` has it, until ``unpin``; this one where that is the release.

        The version, where only its files are kept. Raises ``ReleaseMissing``, ``ReleaseDamaged``, ``Busy``.
        """
        if name and name in (self.manifest["version"], self.manifest["digest"]):
            return self
        kept = await asyncio.to_thread(self.find, name)
        if not (kept.answers and self.settings.old_releases):
            return kept.version
        twin = copy.copy(self)
        twin._view = await self.shelf.view(kept, self._tickets)
        twin._folders = {kept.digest: kept.folder}
        return twin

    @property
    def pool(self) -> Asking:
        """What answers queries."""
        return self._view or self._pool

    @property
    def manifest(self) -> dict[str, Any]:
        """What is said of the data: the manifest of the release."""
        if self._view is not None:
            return self._view.manifest
        return self._pool.manifest if self._pool.started else self._first

    @property
    def outdated(self) -> bool:
        """Whether this is a release that was asked for, and not that of the day."""
        return self._pool.started and self.manifest["digest"] != self._pool.manifest["digest"]

    @property
    def release(self) -> Path | None:
        """The folder of the release; ``None`` where the data is in a remote store."""
        return self._folders.get(str(self.manifest["digest"]), next(iter(self._folders.values()), None))

    async def start(self) -> None:
        """Load the data; does nothing when already started. Raises as ``QueryPool.start``."""
        await self._pool.start()

    async def stop(self) -> None:
        """Kill every process; does nothing when already stopped."""
        await self.shelf.stop()
        self.feed.close()
        await self._pool.stop()

    async def swap(self, folder: Path) -> bool:
        """Serve the release in ``folder`` from now on; false when it is the one that is served.

        Raises ``CorpusError`` when it cannot be; the one before is served on, and ``trouble`` says why.
        """
        try:
            manifest = read_manifest(folder)
            if manifest["digest"] == self.manifest["digest"]:
                self.trouble = None
                return False
            assert isinstance(self._pool, QueryPool)
            known = self._folders.get(str(manifest["digest"]))
            self._folders[str(manifest["digest"])] = folder
            try:
                await self._pool.swap(folder / NQUADS, manifest)
            except BaseException:
                if known is None:
                    del self._folders[str(manifest["digest"])]
                raise
        except ClsGraphError as error:
            self.trouble = error.detail
            raise
        self.trouble = None
        return True

    async def look(self) -> bool:
        """Look whether another release is in the remote store, and serve it then; true if so.

        ``trouble`` and ``away`` say what is wrong with the store, which is raised too.
        """
        assert isinstance(self._pool, QueryPool)
        try:
            digest = await self._pool.published()
            changed = bool(digest) and digest != self.manifest["digest"]
            if changed:
                await self._pool.renew()
        except Busy:
            # Asked for more than it can do: it is there.
            return False
        except ClsGraphError as error:
            self.trouble, self.away = error.detail, True
            raise
        self.trouble, self.away = None, False
        return changed

    @property
    def base(self) -> str:
        """The published base IRI of the identifiers."""
        return str(self.manifest["base_iri"])

    def urls(self, request: Request) -> Urls:
        """URLs as the client of ``request`` must see them; worked out once a request."""
        known: Urls | None = request.scope.get(URLS)
        if known is None:
            known = request.scope[URLS] = Urls.of(request, self.base, self.settings.public_url)
        return known

    def etag(self, *representation: str) -> str:
        """A strong tag for one representation of this release (RFC 9110, 8.8.3).

        The code that makes pages is part of it, and so is the engine: an upgrade of either changes bytes
        without a new release.
        """
        # Where nobody says when the data changes, no answer is the same as another.
        digest = str(self.manifest["digest"]) or os.urandom(16).hex()
        parts = [digest, self._pages.fingerprint, ENGINE, *representation]
        return '"' + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + '"'

    def etag_of(self, request: Request, *representation: str) -> str:
        """The same for a page, which also differs by language, theme and the address of its links.

        A page of an old release has a line that says so, which it had not while it was that of the day.
        """
        urls = self.urls(request)
        # The report of the checks may change while the data does not.
        report = self.manifest.get("files", {}).get(FINDINGS, {}).get("sha256", "")
        place = (language(request), urls.lang, urls.theme, urls.absolute("/"))
        return self.etag(*representation, "html", *place, str(report), str(self.outdated))

    def of_query(self, etag: str) -> str:
        """The tag of an answer to a query: a strong one where it always has the same bytes.

        That is so for a release that we hold. A remote store, and one that was written to and started again,
        may give the same rows in another order.
        """
        return etag if self.release is not None and self.writer is None else weak(etag)

    def citing(self, request: Request, path: str, **asked: str | list[str]) -> str:
        """The address of what answers now, for ever: with the release. Empty where none is kept."""
        if self.release is None or self.writer is not None or not self.manifest["version"]:
            return ""
        return self.urls(request).absolute(path, **{**asked, "release": str(self.manifest["version"])})

    def words(self, request: Request) -> Callable[..., str]:
        """The words of pages and files, in the language of the request, that call contracts by their kind."""
        return translator(language(request), self.kind)

    @property
    def kind(self) -> Kind:
        """What the contracts of the data are, in words."""
        return Kind.in_manifest(self.manifest)

    def page(self, request: Request, template: str, **values: Any) -> str:
        """A template rendered in the language of the request."""
        return self._pages.render(
            template,
            request,
            self.urls(request),
            manifest=self.manifest,
            outdated=self.outdated,
            **values,
        )
