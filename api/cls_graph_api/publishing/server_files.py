"""What a web server needs to know of a static publication: types, redirects, what robots read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cls_graph import media
from cls_graph_api.responses import CACHE

_ACCEPTED = (("ld\\+json", "jsonld"), ("turtle", "ttl"), ("rdf\\+xml", "rdf"))
"""The formats that a server chooses among by Accept; a browser gets the page."""
_FEED = ("ttl", "trig", "jsonld")
_FOREVER = "public, max-age=31536000, immutable"
_WEB = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "txt": "text/plain",
    "xml": "application/xml",
}
"""What every web server knows; but a block of types in nginx stands for all that were said before it."""
_ENDING = "(\\.en)?\\.[a-z]+"
"""What follows the path of a thing in the name of a file of it."""


@dataclass(frozen=True)
class Rules:
    """What a web server is told of a publication at ``url``, which has no slash at its end.

    ``formats`` are those of a thing; ``kinds`` of things have a page, and so have ``pages``, which are lists
    and the like. ``digest`` and ``version`` are those of the release, which has a folder as the ``earlier``
    versions have; ``open_page`` is the page of the feed that the next release writes again. ``withdrawn`` are
    paths under the base (``id/contract/26362-3``), ``former`` has what a path under ``id/`` became.
    """

    url: str
    formats: Sequence[str]
    kinds: Sequence[str] = ()
    pages: Sequence[str] = ()
    digest: str = ""
    version: str = ""
    earlier: Sequence[str] = ()
    open_page: str = ""
    withdrawn: Sequence[str] = ()
    former: Mapping[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What ``Accept`` must hold for a format, and its ending."""
        return [(accept, extension) for accept, extension in _ACCEPTED if extension in self.formats]

    @property
    def data(self) -> str:
        """The ending of the data of a thing, where none is asked for; nothing where there is none."""
        return next(iter(self.formats), "")

    @property
    def documents(self) -> str:
        """The pattern of the data of things without an ending."""
        return f"(data/(territory/[^/]+|{self.things[1:-1]})/[^/.]+)"

    @property
    def things(self) -> str:
        """The pattern of the kinds whose things have a key of one part; that of a territory has two."""
        return f"({'|'.join(kind for kind in sorted(self.kinds) if kind != 'territory')})"

    @property
    def gone(self) -> str:
        """The pattern of what was withdrawn, and of what is part of it; nothing where nothing was."""
        paths = "|".join(re.escape(path.removeprefix("id/")) for path in sorted(self.withdrawn))
        return f"(id|data|page)/({paths})(/.*|{_ENDING})?" if paths else ""

    @property
    def moved(self) -> list[tuple[str, str]]:
        """Patterns of former addresses, each with what it became."""
        found = []
        for old, new in sorted(self.former.items()):
            found.append((f"id/{re.escape(old)}/?", f"id/{new}"))
            found.append((f"(data|page)/{re.escape(old)}({_ENDING})", f"$1/{new}$2"))
        return found

    @property
    def unchanging(self) -> list[str]:
        """Patterns of addresses that always give the same bytes."""
        still_open = f"(?!{re.escape(self.open_page)}\\.)" if self.open_page else ""
        page = f"feed/{still_open}.+/[0-9]+\\.({'|'.join(_FEED)})"
        return [page, f"dumps/{self.digest}/.+", f"releases/({self._versions})/.+"]

    @property
    def inside(self) -> list[tuple[str, str]]:
        """Patterns of fixed addresses of this release, and the files that they are."""
        return [(f"dumps/{self.digest}/(.+)", "dumps/$1")]

    @property
    def paged(self) -> str:
        """The pattern of what has a page and nothing else: the versions, their list, other lists."""
        return f"({'|'.join([f'releases(/({self._versions}))?', *sorted(self.pages)])})/?"

    @property
    def _versions(self) -> str:
        return "|".join(re.escape(name) for name in sorted({*self.earlier, self.version}))


def htaccess(rules: Rules) -> str:
    """Apache: media types, caching, and redirects of identifiers by Accept (mod_rewrite, mod_headers)."""
    url = rules.url
    lines = ["Options -MultiViews", "DirectoryIndex index.html", "AddDefaultCharset utf-8"]
    lines += [f"AddType {kind} .{extension}" for extension, kind in sorted(media.FILES.items())]
    lines += [
        '<FilesMatch "^csv-metadata\\.json$">',
        "ForceType application/csvm+json",
        "</FilesMatch>",
        "RewriteEngine on",
        "RewriteOptions AllowNoSlash",
        *(f"RewriteRule ^{pattern}$ - [E=CLS_FIXED:1]" for pattern in rules.unchanging),
        "<IfModule mod_headers.c>",
        "Header set Access-Control-Allow-Origin *",
        "Header always merge Vary Accept",
        f'Header set Cache-Control "{CACHE}"',
        f'Header set Cache-Control "{_FOREVER}" env=CLS_FIXED',
        # After a rewrite within the server, Apache has the variable under this name.
        f'Header set Cache-Control "{_FOREVER}" env=REDIRECT_CLS_FIXED',
        "</IfModule>",
    ]
    if rules.gone:
        lines.append(f"RewriteRule ^{rules.gone}$ - [G,L]")
    lines += [f"RewriteRule ^{old}$ {url}/{new} [R=301,NE,L]" for old, new in rules.moved]
    lines += [f"RewriteRule ^{pattern}$ {file} [L]" for pattern, file in rules.inside]
    for accept, extension in (*rules.chosen, ("", "html")):
        folder = "data" if accept else "page"
        for pattern, target in (
            ("^id/territory/([^/]+/[^/]+)(/.*)?$", f"{folder}/territory/$1"),
            (f"^id/{rules.things}/([^/]+)(/.*)?$", f"{folder}/$1/$2"),
        ):
            lines += [*_condition(accept), f"RewriteRule {pattern} {url}/{target}.{extension} [R=303,NE,L]"]
        if rules.data:
            ending = extension if accept else rules.data
            lines += [
                *_condition(accept),
                f"RewriteRule ^{rules.documents}/?$ {url}/$1.{ending} [R=303,NE,L]",
            ]
        for pattern in ("^(ontology|shapes|vocab|catalog)/?$", "^(vocab/.+[^/.])/?$"):
            lines += [
                *_condition(accept),
                "RewriteCond %{REQUEST_URI} !\\.(html|ttl|jsonld|rdf|nt)$",
                f"RewriteRule {pattern} {url}/$1.{extension} [R=303,NE,L]",
            ]
    lines += [*_condition("ld\\+json"), f"RewriteRule ^feed/?$ {url}/feed/index.jsonld [R=303,NE,L]"]
    lines += [
        f"RewriteRule {pattern} {url}/{target} [R=303,NE,L]"
        for pattern, target in (
            ("^feed/?$", "feed/index.ttl"),
            (f"^{rules.paged}$", "$1.html"),
            ("^(\\.well-known/(void|sparql-examples|sparql-prefixes))$", "$1.ttl"),
        )
    ]
    return "\n".join([*lines, ""])


def _condition(accept: str) -> list[str]:
    return [f"RewriteCond %{{HTTP_ACCEPT}} {accept}"] if accept else []


def nginx(rules: Rules) -> str:
    """The same for nginx: maps for the ``http`` block, and what belongs in the ``server`` block."""
    url = rules.url
    prefix = ("/" + url.partition("://")[2].partition("/")[2]).rstrip("/")
    lines = ["# In the http block:", "map $http_accept $cls_suffix {", "    default html;"]
    lines += [f'    "~*{accept}" {extension};' for accept, extension in rules.chosen]
    lines += ["}", "map $cls_suffix $cls_folder {", "    default data;", "    html page;", "}"]
    lines += [
        "map $cls_suffix $cls_data {",
        "    default $cls_suffix;",
        f"    html {rules.data or 'html'};",
        "}",
    ]
    lines += ["map $http_accept $cls_feed {", "    default ttl;", '    "~*ld\\+json" jsonld;', "}"]
    lines += ["map $request_uri $cls_cache {", f'    default "{CACHE}";']
    lines += [f'    "~^{prefix}/{pattern}$" "{_FOREVER}";' for pattern in rules.unchanging]
    lines += ["}", ""]
    lines += ["# In the server block:"]
    types = sorted((_WEB | media.FILES).items())
    lines += ["types {", *(f"    {kind} {extension};" for extension, kind in types), "}"]
    lines += ["charset utf-8;", "add_header Vary Accept;", "add_header Access-Control-Allow-Origin *;"]
    lines += ["add_header Cache-Control $cls_cache;"]
    lines += [f'rewrite "^{prefix}/{pattern}$" {prefix}/{file} last;' for pattern, file in rules.inside]
    if rules.gone:
        lines.append(f'location ~ "^{prefix}/{rules.gone}$" {{ return 410; }}')
    for old, new in rules.moved:
        lines.append(f'location ~ "^{prefix}/{old}$" {{ return 301 {url}/{new}; }}')
    # With names: the patterns of a map, looked at in between, would take the place of $1.
    for pattern, target in (
        ("id/territory/(?P<cls_key>[^/]+/[^/]+)(/.*)?", "$cls_folder/territory/$cls_key.$cls_suffix"),
        (
            f"id/(?P<cls_kind>{rules.things})/(?P<cls_key>[^/]+)(/.*)?",
            "$cls_folder/$cls_kind/$cls_key.$cls_suffix",
        ),
        (rules.documents.replace("(", "(?P<cls_document>", 1) + "/?", "$cls_document.$cls_data"),
        ("(?P<cls_page>ontology|shapes|vocab|catalog)/?", "$cls_page.$cls_suffix"),
        ("(?P<cls_page>vocab/[a-z-]+(/[a-z0-9-]+)?)/?", "$cls_page.$cls_suffix"),
        ("feed/?", "feed/index.$cls_feed"),
        (rules.paged, "$1.html"),
        ("(\\.well-known/(void|sparql-examples|sparql-prefixes))", "$1.ttl"),
    ):
        lines.append(f'location ~ "^{prefix}/{pattern}$" {{ return 303 {url}/{target}; }}')
    return "\n".join([*lines, ""])


def robots(url: str) -> str:
    """All may read all."""
    return f"User-agent: *\nAllow: /\nSitemap: {url}/sitemap.xml\n"


MOST = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""


def sitemaps(url: str, files: Iterable[str]) -> dict[str, str]:
    """``sitemap.xml``, and the parts that it names where there are too many pages for one."""
    pages = sorted(files)
    parts = [pages[i : i + MOST] for i in range(0, len(pages), MOST)] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _sitemap("urlset", "url", [f"{url}/{p}" for p in pages])}
    named = {
        f"sitemap-{n}.xml": _sitemap("urlset", "url", [f"{url}/{p}" for p in part])
        for n, part in enumerate(parts, 1)
    }
    named["sitemap.xml"] = _sitemap("sitemapindex", "sitemap", [f"{url}/{name}" for name in sorted(named)])
    return named


def _sitemap(root: str, item: str, urls: Sequence[str]) -> str:
    lines = "".join(f"<{item}><loc>{html.escape(u)}</loc></{item}>\n" for u in urls)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{space}">\n{lines}</{root}>\n'
