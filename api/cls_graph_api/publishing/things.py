"""The files of one thing or term: its data in each format, its page in each language."""

from __future__ import annotations

from collections.abc import Sequence

from cls_graph import media
from cls_graph.namespaces import VOCAB
from cls_graph_api.i18n import language
from cls_graph_api.pages.model import Index
from cls_graph_api.pages.thing import drawn
from cls_graph_api.publishing.client import missing, request_for
from cls_graph_api.publishing.layout import LANGUAGES, Target
from cls_graph_api.publishing.output import Output
from cls_graph_api.publishing.rewriting import Rewriter
from cls_graph_api.representations import describe, write_all
from cls_graph_api.resources import render
from cls_graph_api.site import Site
from cls_graph_api.urls import Urls


class Things:
    """Writes what there is of each thing. It is described once, for all its files."""

    def __init__(self, site: Site, index: Index, rewriter: Rewriter, out: Output, url: str) -> None:
        self._site, self._index, self._rewriter, self._out, self._url = site, index, rewriter, out, url
        self._urls: dict[str, Urls] = {}

    async def thing(self, path: str, formats: Sequence[media.Format]) -> None:
        """A thing of the release, at ``id/{path}``. Raises ``CorpusError`` where nothing is said of it."""
        await self._write(self._site.base + "id/" + path, "id", path, f"data/{path}", f"page/{path}", formats)

    async def term(self, path: str, formats: Sequence[media.Format]) -> None:
        """A code list or a term of one, at ``vocab/{path}``. Raises as ``thing``."""
        await self._write(VOCAB + path, "vocab", path, f"vocab/{path}", f"vocab/{path}", formats)

    async def _write(
        self, iri: str, kind: str, path: str, data: str, page: str, formats: Sequence[media.Format]
    ) -> None:
        site = self._site
        described = await describe(site, iri)
        if described is None:
            raise missing(iri)
        # Named by a file: without rules a server knows no document without an ending.
        document = f"{self._url}/{data}.{formats[0].extension}" if formats else ""
        bodies = await write_all(site, described, formats, document)
        for fmt, body in zip(formats, bodies, strict=True):
            self._out.write(f"{data}.{fmt.extension}", body)
        for lang in LANGUAGES:
            target = Target(page, lang)
            request = request_for(site, f"/{page}", target.query, self._urls.get(lang))
            self._urls[lang] = site.urls(request)
            picture = drawn(iri, self._index, language(request), site.urls(request), site.words(request))
            text = render(request, described, kind, path, self._index, picture)
            self._out.write(target.file, self._rewriter.stand_alone(text, target.file, lang).encode())
