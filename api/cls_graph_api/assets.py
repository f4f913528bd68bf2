"""The scripts of the pages: built in ``ui/``, under names that hold a digest, so never changed in place."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from cls_graph_api.responses import CACHE
from cls_graph_api.urls import Urls

STATIC = Path(__file__).parent / "static"
VENDOR = STATIC / "vendor"
_NOTICE = re.compile(r"^== (\S+) (\S+) \((.+)\)$", re.MULTILINE)
FOREVER = "public, max-age=31536000, immutable"


@cache
def assets() -> dict[str, dict[str, str]]:
    """By the name of a script: its ``file`` in ``vendor`` and the ``integrity`` of its bytes."""
    found: dict[str, dict[str, str]] = json.loads((VENDOR / "assets.json").read_text(encoding="utf-8"))
    return found


@cache
def notices() -> list[tuple[str, str, str]]:
    """The name, version and licence of each package of which code is in the scripts."""
    text = (VENDOR / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    return _NOTICE.findall(text)


def script(urls: Urls, name: str) -> Markup:
    """The element that loads a script; a browser runs it only if its bytes are those that were built."""
    return Markup('<script type="module" src="{}" integrity="{}"></script>').format(*located(urls, name))


def located(urls: Urls, name: str) -> tuple[str, str]:
    """The address of a script and its integrity, for another script that loads it once it is needed."""
    row = assets()[name]
    return urls.local(f"/static/vendor/{row['file']}"), row["integrity"]


class Static(StaticFiles):
    """The folder of static files. What has a digest in its name may be kept for good; the rest is asked for
    again, for an upgrade changes it in its place."""

    def file_response(self, full_path: Any, *rest: Any, **more: Any) -> Response:
        response = super().file_response(full_path, *rest, **more)
        path = Path(full_path)
        lasting = path.parent == VENDOR and path.suffix == ".js"
        response.headers["Cache-Control"] = FOREVER if lasting else CACHE
        return response
