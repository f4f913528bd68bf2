"""What every handler works with: the release, the pool, the settings and the templates."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from cls_graph.errors import CorpusError
from cls_graph.service import QueryPool
from cls_graph.settings import Settings
from cls_graph_api.i18n import language, translator
from cls_graph_api.urls import Urls

HERE = Path(__file__).parent
NQUADS = "graph.nq"


class Site:
    """One release, served. ``Site.of(request)`` finds it again."""

    def __init__(self, release: Path, settings: Settings) -> None:
        self.settings = settings
        self.manifest = _manifest(release / "manifest.json")
        self.pool = QueryPool(release / NQUADS, settings)
        self._code = _fingerprint()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    @staticmethod
    def of(request: Request) -> Site:
        """The site that ``request`` is for."""
        site = request.app.state.site
        assert isinstance(site, Site)
        return site

    @property
    def base(self) -> str:
        """The published base IRI of the identifiers."""
        return str(self.manifest["base_iri"])

    def urls(self, request: Request) -> Urls:
        """URLs as the client of ``request`` must see them."""
        return Urls.of(request, self.base, self.settings.public_url)

    def etag(self, *representation: str) -> str:
        """A strong tag for one representation of this release (RFC 9110, 8.8.3).

        The code that makes pages is part of it: an upgrade changes them without a new release.
        """
        parts = [str(self.manifest["digest"]), self._code, *representation]
        return '"' + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + '"'

    def page(self, request: Request, template: str, **values: Any) -> str:
        """A template rendered in the language of the request."""
        lang = language(request)
        other = "en" if lang == "fr" else "fr"
        urls = self.urls(request)
        asked: dict[str, str | list[str]] = {
            name: request.query_params.getlist(name) for name in request.query_params
        }
        return self._templates.get_template(template).render(
            lang=lang,
            other_lang=other,
            other_url=urls.local(request_path(request), **{**asked, "lang": other}),
            t=translator(lang),
            urls=urls,
            manifest=self.manifest,
            **values,
        )


def request_path(request: Request) -> str:
    """The path of a request within the service, without the prefix of a proxy."""
    path = str(request.scope["path"])
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return path[len(root) :] if root and path.startswith(root + "/") else path


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(manifest, dict) and {"base_iri", "digest", "version", "title"} <= manifest.keys():
            return manifest
        reason = "base_iri, digest, version, title"
    except (OSError, ValueError) as error:
        reason = str(error)
    raise CorpusError(
        f"{path.parent} n'est pas le dossier d'une publication : {reason}",
        f"{path.parent} is not the folder of a release: {reason}",
    )


def _fingerprint() -> str:
    """A digest of the code, templates and styles of this package."""
    digest = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        if path.suffix in (".py", ".html", ".css"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
