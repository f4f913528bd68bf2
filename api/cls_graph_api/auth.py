"""Who may write: whoever holds the token (RFC 6750), and nobody without one."""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request

from cls_graph.errors import QueryRefused, Unauthorized
from cls_graph.service.writer import WritablePool
from cls_graph_api.site import Site

VARIABLE = "CLS_WRITE_TOKEN"


def writer_for(request: Request) -> WritablePool:
    """The pool to write with, for a request that may.

    Raises ``QueryRefused`` where the service is read-only, ``Unauthorized`` without the right token.
    """
    site = Site.of(request)
    if site.writer is None:
        raise QueryRefused(
            "Ce service est en lecture seule : il a été démarré sans --writable.",
            "This service is read-only: it was started without --writable.",
        )
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise _refused(request, "L'écriture demande un jeton.", "Writing needs a token.", "")
    # Digests are of one length, so that the time of the comparison tells nothing of the token's.
    if not hmac.compare_digest(_digest(given.strip()), _digest(site.token)):
        error = ', error="invalid_token"'
        raise _refused(request, "Ce jeton n'est pas le bon.", "This is not the right token.", error)
    return site.writer


def _refused(request: Request, fr: str, en: str, error: str) -> Unauthorized:
    # What is still coming is not going to be read.
    request.state.unread = True
    refusal = Unauthorized(fr, en)
    refusal.headers = {"WWW-Authenticate": f'Bearer realm="cls-graph"{error}'}
    return refusal


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()
