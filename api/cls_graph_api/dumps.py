"""``/dumps``: the files of the release, whole or in ranges, with their digests.

``/dumps/graph.nq`` is the release of the day; ``/dumps/{digest}/graph.nq`` is this one for ever.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from cls_graph import media
from cls_graph.publication.files import TABLES
from cls_graph.release.build import MANIFEST
from cls_graph_api import openapi
from cls_graph_api.forms import is_page
from cls_graph_api.headers import licence_header, release_header
from cls_graph_api.i18n import language
from cls_graph_api.problems import not_found
from cls_graph_api.responses import CACHE, not_modified
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site, request_path

router = Routes()
FOREVER = "public, max-age=31536000, immutable, no-transform"
DESCRIBED = openapi.document(*sorted(set(media.FILES.values())), also=(404,), fixed=True)
DESCRIBED["responses"][206] = {"description": "The range asked for / L'intervalle demandé"}
_BLOCK = 1 << 18
_KEPT = 100
_DIGEST = re.compile("[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


@dataclass(frozen=True)
class Span:
    """Bytes ``start`` to ``end`` (not included) of a file."""

    start: int
    end: int


@router.read(
    "/dumps",
    "/dumps/",
    summary="The files of the release / Les fichiers de la publication",
    described=openapi.document(openapi.HTML, "application/json", also=(406,)),
)
async def index(request: Request) -> Response:
    """A page, or the manifest's list, of the files with their sizes, digests and fixed addresses."""
    site, lang = Site.of(request), language(request)
    urls, digest = site.urls(request), site.manifest["digest"]
    files = [
        {
            "name": name,
            "bytes": entry["bytes"],
            "sha256": entry["sha256"],
            "url": urls.absolute(f"/dumps/{name}"),
            "fixed": urls.absolute(f"/dumps/{digest}/{name}"),
        }
        for name, entry in sorted(site.manifest.get("files", {}).items(), key=_shown)
    ]
    html = is_page(request)
    etag = site.etag_of(request, "dumps", str(html))
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE}
    if html:
        text = site.page(request, "dumps.html", files=files)
        return Response(text, headers={**headers, "Content-Language": lang}, media_type="text/html")
    return JSONResponse({"digest": digest, "files": files}, headers=headers)


@router.read(
    "/dumps/{name:path}",
    summary="A file of the release, or of a digest / Un fichier de la publication, ou d’une empreinte",
    described=DESCRIBED,
)
async def file(request: Request, name: str) -> Response:
    """The file, to be asked again: the next release has another. Ranges (RFC 9110, section 14).

    ``{digest}/{name}`` is the file of the release with this digest for ever; 404 when another is served.
    """
    digest, slash, rest = name.partition("/")
    if not (slash and _DIGEST.fullmatch(digest)):
        return await run_in_threadpool(_file, request, name, f"{CACHE}, no-transform")
    if digest != Site.of(request).manifest["digest"]:
        raise not_found(request_path(request))
    return await run_in_threadpool(_file, request, rest, FOREVER)


def _shown(item: tuple[str, Any]) -> tuple[int, str]:
    """The order of a list of files: those of the whole first, then tables, then one for each contract."""
    folder = item[0].rpartition("/")[0]
    return ({"": 0, TABLES: 1}.get(folder, 2), item[0])


def _file(request: Request, name: str, cache: str) -> Response:
    site = Site.of(request)
    return send_file(request, name, cache, site.release, site.manifest)


def send_file(
    request: Request, name: str, cache: str, folder: Path | None, manifest: Mapping[str, Any]
) -> Response:
    """A file of the release in ``folder``, or the range asked for; raises ``NotFound``."""
    opened = _open(folder, manifest, name)
    if opened is None:
        raise not_found(request_path(request))
    file, digest, size = opened
    etag = f'"{digest}"'
    headers = {
        "ETag": etag,
        "Cache-Control": cache,
        "Accept-Ranges": "bytes",
        "CLS-Release": release_header(manifest),
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:",
    }
    headers |= licence_header(manifest)
    asked = _asked(request, etag)
    span = _span(asked, size) if asked else Span(0, size)
    headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{size}" if span else f"bytes */{size}"
    unchanged = not_modified(request, etag)
    if unchanged or span is None or request.method == "HEAD":
        file.close()
    if unchanged:
        unchanged.headers["Cache-Control"] = cache
        unchanged.headers["CLS-Release"] = headers["CLS-Release"]
        return unchanged
    if span is None:
        return Response(status_code=416, headers=headers)
    if not asked:
        del headers["Content-Range"]
    headers["Content-Length"] = str(span.end - span.start)
    if request.method == "HEAD":
        return Response(headers=headers, media_type=media.of_file(name))
    return StreamingResponse(_blocks(file, span), 206 if asked else 200, headers, media.of_file(name))


def _open(folder: Path | None, manifest: Mapping[str, Any], name: str) -> tuple[BinaryIO, str, int] | None:
    """A file of the release that is served, its SHA-256 in hexadecimal and its size.

    ``None`` where there is no such file, or where another release has come into the folder since.
    """
    files = manifest.get("files", {})
    if name != MANIFEST and name not in files:
        return None
    if folder is None:
        return None
    try:
        file = (folder / name).open("rb")
    except OSError:
        return None
    stat = os.fstat(file.fileno())
    digest = _digest(file, stat.st_ino, stat.st_mtime_ns, stat.st_size)
    known = _same_release(file, manifest) if name == MANIFEST else digest == files[name]["sha256"]
    if not known:
        file.close()
        return None
    return file, digest, stat.st_size


_digests: dict[tuple[int, int, int], str] = {}


def _digest(file: BinaryIO, inode: int, changed: int, size: int) -> str:
    """The digest of a file, computed once while it stays the same."""
    key = (inode, changed, size)
    # Other threads may forget it meanwhile: what is found is looked up once.
    digest = _digests.get(key)
    if digest is None:
        digest = hashlib.file_digest(cast(Any, file), "sha256").hexdigest()
        if len(_digests) > _KEPT:
            _digests.clear()
        _digests[key] = digest
    return digest


def _same_release(file: BinaryIO, manifest: Mapping[str, Any]) -> bool:
    file.seek(0)
    return bool(json.load(file).get("digest") == manifest["digest"])


def _asked(request: Request, etag: str) -> tuple[str, str] | None:
    """The range of a request, when it has just one, of a kind that is known, of this very file."""
    if request.method != "GET" or request.headers.get("if-range", etag) != etag:
        return None
    found = _RANGE.match(request.headers.get("range", "").strip())
    first, last = found.groups() if found else ("", "")
    if not (first or last) or (first and last and int(last) < int(first)):
        return None
    return first, last


def _span(asked: tuple[str, str], size: int) -> Span | None:
    """What is to be sent; ``None`` for a range past the end (416)."""
    first, last = asked
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    return Span(start, end) if start < end else None


def _blocks(file: BinaryIO, span: Span) -> Iterator[bytes]:
    with file:
        file.seek(span.start)
        left = span.end - span.start
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            left -= len(block)
            yield block
