"""Takes the pictures of the main pages in ``docs/images/``, with Chromium, over the bundled data.

``python scripts/make_screenshots.py [NAME …]``. Needs the extra ``[test]``, Pillow and Chromium
(``CLS_CHROMIUM`` names another). Windows, scale and colours are fixed; letters are of the machine's fonts.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, HEIGHT = 1200, 800
PATIENCE_MS = 120_000
MOST = 150_000
"""Bytes of a picture."""


@dataclass(frozen=True)
class Shot:
    """A page: where it is, what must be there first, and where the picture begins."""

    path: str
    ready: str = "h1"
    top: str = ""
    scheme: str = "light"
    lang: str = "fr"


QUERY = """\
PREFIX cls: <https://w3id.org/cls-sante/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>

SELECT ?contract (COUNT(DISTINCT ?o) AS ?signatories) WHERE {
  ?c cls:signatory ?o ; dcterms:identifier ?contract .
} GROUP BY ?contract ORDER BY DESC(?signatories)
"""

SHOTS = {
    "home": Shot("/"),
    "contracts": Shot("/contracts"),
    "contract-page": Shot("/page/contract/26362-3"),
    "compare": Shot("/compare?c=26362-3&c=38382-a", top="#signing"),
    "matrix": Shot("/matrix"),
    "network": Shot("/network", ready="#web[data-ready]", top="#results"),
    "question": Shot("/queries/coverage", top="#answer", lang="en"),
    "sparql": Shot(f"/sparql?query={quote(QUERY)}&view=chart", ready=".cm-content", scheme="dark", lang="en"),
}


def main(names: list[str]) -> int:
    """Take the pictures of these names, or all; 1 where one is too large."""
    IMAGES.mkdir(exist_ok=True)
    program = os.environ.get("CLS_CHROMIUM") or shutil.which("chromium")
    large = 0
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
        )
        for name in names or SHOTS:
            image = small(taken(browser, address, SHOTS[name]))
            (IMAGES / f"{name}.png").write_bytes(image)
            large += len(image) > MOST
            print(f"{name}.png: {len(image)} bytes", file=sys.stderr)
        browser.close()
    return int(bool(large))


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """The page as PNG."""
    context = browser.new_context(
        base_url=address,
        locale="fr-FR" if shot.lang == "fr" else "en-GB",
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
        viewport={"width": WIDTH, "height": HEIGHT},
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(shot.path)
    page.locator(shot.ready).first.wait_for()
    if shot.top:
        page.locator(shot.top).evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top - 20)")
    page.evaluate("document.fonts.ready")
    found = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return found


def small(png: bytes) -> bytes:
    """The same picture in 256 colours."""
    out = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


@contextmanager
def serving() -> Iterator[str]:
    """A service over the bundled data, until the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as out:
            words = [sys.executable, "-m", "cls_graph", "serve", "--port", str(port)]
            server = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            for _ in range(600):
                try:
                    httpx.get(f"{address}/healthz").raise_for_status()
                    break
                except httpx.HTTPError:
                    if server.poll() is not None:
                        raise SystemExit(log.read_text()) from None
                    time.sleep(0.2)
            yield address
        finally:
            server.terminate()
            server.wait(60)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
