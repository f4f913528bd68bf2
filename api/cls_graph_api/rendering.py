"""The pages as HTML: the templates, and what each of them is given besides its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

import cls_graph
from cls_graph.kind import Kind
from cls_graph.media import label_of
from cls_graph.publication.licences import licence_name
from cls_graph_api.assets import located, script
from cls_graph_api.i18n import grouped, language, translator
from cls_graph_api.urls import THEMES, Urls

HERE = Path(__file__).parent
MADE_OF = (HERE, Path(cls_graph.__file__).parent)
"""What pages are made with, besides the data: words, questions, pictures and errors are in the library."""
_PARTS = (".py", ".rq", ".html", ".css", ".js")
NAVIGATION = (
    ("/contracts", "contracts_title"),
    ("/organisations", "organisations_title"),
    ("/territories", "territories_title"),
    ("/determinants", "determinants_title"),
    ("/matrix", "matrix"),
    ("/timeline", "timeline"),
    ("/map", "map_short"),
    ("/compare", "compare"),
    ("/network", "network"),
    ("/queries", "questions"),
    ("/sparql", "ask"),
)
"""The pages that every page leads to, with their words."""

FOOTER = (
    ("/about", "about"),
    ("/validation", "validation"),
    ("/ontology", "ontology"),
    ("/vocab", "vocabularies"),
    ("/shapes", "shapes"),
    ("/dumps", "dumps"),
    ("/releases", "releases"),
    ("/docs", "manual"),
    ("/accessibility", "accessibility"),
    ("/licences", "licences"),
)
"""The same at its foot."""


class Pages:
    """The templates. ``fingerprint`` is a digest of all that pages are made with, besides the data."""

    def __init__(self) -> None:
        self.fingerprint = fingerprint()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # The templates are part of the fingerprint: another one is another process.
            auto_reload=False,
        )

    def render(self, template: str, request: Request, urls: Urls, **values: Any) -> str:
        """A template rendered in the language of the request."""
        lang = language(request)
        kind = Kind.in_manifest(values.get("manifest", {}))
        t = translator(lang, kind)
        other = "en" if lang == "fr" else "fr"
        asked: dict[str, str | list[str]] = {
            name: request.query_params.getlist(name) for name in request.query_params
        }
        here = request_path(request)
        return self._templates.get_template(template).render(
            lang=lang,
            other_lang=other,
            other_url=urls.local(here, **{**asked, "lang": other}),
            here=here,
            themes=[(name, urls.local(here, **{**asked, "theme": name})) for name in ("", *THEMES)],
            theme=urls.theme,
            navigation=NAVIGATION,
            footer=FOOTER,
            numbers=lambda number: grouped(number, lang),
            script=lambda name: script(urls, name),
            located=lambda name: located(urls, name),
            licence_name=licence_name,
            label_of=lambda name: t("plain_text") if name == "text" else label_of(name),
            t=t,
            contracts=kind.names[lang].plural,
            urls=urls,
            now_url=replace(urls, release="").local(here),
            **values,
        )


def request_path(request: Request) -> str:
    """The path of a request within the service, without the prefix of a proxy."""
    path = str(request.scope["path"])
    root = str(request.scope.get("root_path", "")).rstrip("/")
    return path[len(root) :] if root and path.startswith(root + "/") else path


def fingerprint(folders: Iterable[Path] = MADE_OF) -> str:
    """A digest of the code, questions, templates and styles in some folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*"), key=str):
            if path.suffix in _PARTS:
                name = path.relative_to(folder).as_posix()
                digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
