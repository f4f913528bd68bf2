"""``routes.md``: what the service answers, made from its own OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doc_pages import Made, cell, code, page, table

from cls_graph_api.app import described_app

METHODS = ("get", "post", "put", "delete", "query")
ORDER = (
    ("Query", ("/sparql", "/explain", "/queries")),
    ("Things and terms", ("/id/", "/page/", "/data/", "/ontology", "/vocab", "/shapes")),
    ("Publication", ("/catalog", "/feed", "/dumps", "/releases", "/.well-known")),
    ("Writing, with `--writable`", ("/update", "/store")),
    ("Service", ("/healthz", "/readyz", "/metrics", "/docs", "/openapi.json")),
    ("Pages", ("/",)),
)


def routes() -> str:
    """``routes.md``."""
    paths = described_app(writable=True).openapi()["paths"]
    shown = {path: about for path, about in paths.items() if not _asks(path)}
    parts = [
        "Every address of the service, from its OpenAPI description (`/openapi.json`, read at `/docs`). "
        "What is read "
        "with GET answers HEAD too. Pages are described in [pages.md](pages.md), formats in "
        "[formats.md](formats.md), "
        "errors in [errors.md](errors.md). Besides the parameters below, pages take `lang` and `theme`, "
        "and `release` "
        "asks an old version ([releases.md](releases.md)).",
        "Toutes les adresses du service, d'après sa description OpenAPI. Les textes sont en anglais, puis "
        "en français.",
    ]
    left = dict(sorted(shown.items()))
    for title, heads in ORDER:
        chosen = {path: left[path] for path in left if any(_under(path, head) for head in heads)}
        left = {path: about for path, about in left.items() if path not in chosen}
        rows = [row for path, about in chosen.items() for row in _rows(path, about)]
        if rows:
            parts += [f"## {title}", table(("Address", "Method", "What", "Parameters", "Answers"), rows)]
    parts.append(
        f"The {sum(map(_asks, paths))} ready questions are addresses too, `/queries/NAME`, each with its own "
        "parameters: [queries.md](queries.md)."
    )
    return page("Routes", *parts)


def _asks(path: str) -> bool:
    """Whether the path is that of one ready question."""
    return path.startswith("/queries/") and "{" not in path


def _under(path: str, head: str) -> bool:
    return (
        head == "/"
        or path == head
        or path.startswith((head if head.endswith("/") else head + "/", head + "."))
    )


def _rows(path: str, about: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    for method in METHODS:
        if method in about:
            operation = about[method]
            names = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
            asked = [name for name in names if name not in ("lang", "theme")]
            answers = sorted(
                status for status in operation["responses"] if status.isdigit() and status != "422"
            )
            yield (
                code(path),
                method.upper(),
                Made(cell(operation.get("summary", ""))),
                Made(" ".join(f"`{name}`" for name in asked)),
                Made(" ".join(answers)),
            )
