"""The certificates that a client of HTTP needs."""

from __future__ import annotations

import ssl
from collections.abc import Iterable


def certificates(addresses: Iterable[str]) -> ssl.SSLContext | bool:
    """What clients of httpx take as ``verify``: for ``https``, all that is usual.

    Where no address asks for them they are not read, which takes longer than many a request; no
    certificate is trusted then.
    """
    return any(url.lower().startswith("https:") for url in addresses) or ssl.SSLContext(
        ssl.PROTOCOL_TLS_CLIENT
    )
