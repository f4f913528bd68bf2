"""What a web server needs to know of a static publication: types, redirects, what robots read."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from cls_graph import media

_KIND = "(contract|organisation|person|framework|document|dataset|agent|service)"
_ACCEPTED = (("ld\\+json", "jsonld"), ("turtle", "ttl"), ("rdf\\+xml", "rdf"))
"""The formats that a server chooses among by Accept; a browser gets the page."""


def htaccess(url: str, formats: Sequence[str]) -> str:
    """Apache: media types, and 303 redirects of identifiers by Accept (mod_rewrite, mod_headers)."""
    lines = ["Options -MultiViews", "DirectoryIndex index.html", "AddDefaultCharset utf-8"]
    lines += [f"AddType {kind} .{extension}" for extension, kind in sorted(media.FILES.items())]
    lines += [
        '<FilesMatch "^csv-metadata\\.json$">',
        "ForceType application/csvm+json",
        "</FilesMatch>",
        "<IfModule mod_headers.c>",
        "Header set Access-Control-Allow-Origin *",
        "Header merge Vary Accept",
        "</IfModule>",
        "RewriteEngine on",
        "RewriteRule ^dumps/[0-9a-f]{64}/(.+)$ dumps/$1 [L]",
    ]
    for accept, extension in (*(p for p in _ACCEPTED if p[1] in formats), ("", "html")):
        folder = "data" if accept else "page"
        for pattern, target in (
            ("^id/territory/([^/]+/[^/]+)(/.*)?$", f"{folder}/territory/$1"),
            (f"^id/{_KIND}/([^/]+)(/.*)?$", f"{folder}/$1/$2"),
        ):
            lines += [*_condition(accept), f"RewriteRule {pattern} {url}/{target}.{extension} [R=303,NE,L]"]
        for pattern in ("^(ontology|shapes|vocab|catalog)/?$", "^(vocab/.+[^/.])/?$"):
            lines += [
                *_condition(accept),
                "RewriteCond %{REQUEST_URI} !\\.(html|ttl|jsonld|rdf|nt)$",
                f"RewriteRule {pattern} {url}/$1.{extension} [R=303,NE,L]",
            ]
    lines += [
        f"RewriteRule ^(\\.well-known/(void|sparql-examples|sparql-prefixes))$ {url}/$1.ttl [R=303,NE,L]"
    ]
    return "\n".join([*lines, ""])


def _condition(accept: str) -> list[str]:
    return [f"RewriteCond %{{HTTP_ACCEPT}} {accept}"] if accept else []


def nginx(url: str, formats: Sequence[str]) -> str:
    """The same for nginx: a map for the ``http`` block, and locations for the ``server`` block."""
    prefix = "/" + url.partition("://")[2].partition("/")[2]
    prefix = prefix.rstrip("/")
    chosen = [(accept, extension) for accept, extension in _ACCEPTED if extension in formats]
    lines = ["# In the http block:", "map $http_accept $cls_suffix {", "    default html;"]
    lines += [f'    "~*{accept}" {extension};' for accept, extension in chosen]
    lines += ["}", "map $cls_suffix $cls_folder {", "    default data;", "    html page;", "}", ""]
    lines += ["# In the server block, beside its own include of mime.types:"]
    kinds = {extension: kind for extension, kind in media.FILES.items() if extension not in ("json", "csv")}
    lines += ["types {", *(f"    {kind} {extension};" for extension, kind in sorted(kinds.items())), "}"]
    lines += ["charset utf-8;", "add_header Vary Accept;", "add_header Access-Control-Allow-Origin *;"]
    for pattern, target in (
        ("id/territory/([^/]+/[^/]+)(/.*)?", "$cls_folder/territory/$1.$cls_suffix"),
        (f"id/{_KIND}/([^/]+)(/.*)?", "$cls_folder/$1/$2.$cls_suffix"),
        ("(ontology|shapes|vocab|catalog)/?", "$1.$cls_suffix"),
        ("(vocab/[a-z-]+(/[a-z0-9-]+)?)/?", "$1.$cls_suffix"),
        ("(\\.well-known/(void|sparql-examples|sparql-prefixes))", "$1.ttl"),
    ):
        lines.append(f'location ~ "^{prefix}/{pattern}$" {{ return 303 {url}/{target}; }}')
    lines.append(f'location ~ "^{prefix}/dumps/[0-9a-f]{{64}}/(.+)$" {{ return 302 {url}/dumps/$1; }}')
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
