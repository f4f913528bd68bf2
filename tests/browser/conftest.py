"""The pages in Chromium, as people meet them: what is asked of every page, wherever it is.

``visit`` opens a page and gives a ``Visit``; ``sound`` holds a page, in both languages and colour
schemes, wide and narrow, against all that every page must be. Both are of the bundled data unless an
``at`` (a client of another service) is given.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that another colour scheme can break."""
JUDGED = (Path(__file__).parent / "judged.js").read_text(encoding="utf-8")
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
NARROW = 320
WIDE: Any = {"width": 1280, "height": 900}
_REFUSALS = """
window.refusals = [];
document.addEventListener("securitypolicyviolation",
  e => window.refusals.push(`${e.violatedDirective}: ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""
_WIDER = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const reach = e => Math.round(e.getBoundingClientRect().left + Math.max(e.offsetWidth || 0, e.scrollWidth));
  const wide = [...document.querySelectorAll("body *")].filter(e => reach(e) > width + 1);
  return [document.documentElement, ...wide].map(e => `${e.tagName}.${e.className} ${reach(e)}`).slice(0, 8);
}
"""


_ON_PAPER = """
() => {
  const body = getComputedStyle(document.body);
  const wrong = body.color === "rgb(0, 0, 0)" && body.backgroundColor === "rgb(255, 255, 255)"
    ? [] : [`${body.color} on ${body.backgroundColor}`];
  const told = e => e.outerHTML.slice(0, 120);
  const heads = [...document.querySelectorAll("h1")].filter(e => !e.checkVisibility());
  const tools = [...document.querySelectorAll("nav, button, .seek, .facets, .tools, .skip")];
  const folded = [...document.querySelectorAll("main blockquote, main details table")];
  return [
    ...wrong,
    ...heads.map(told),
    ...tools.filter(e => e.checkVisibility()).map(told),
    ...folded.filter(e => !e.closest("[hidden]") && !e.checkVisibility()).map(told),
  ].slice(0, 8);
}
"""


@dataclass
class Visit:
    """A page that was opened, and what went wrong while it was."""

    page: Page
    origin: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every request that leaves the host, every error of a script or of the console."""
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def begin(self, path: str) -> None:
        """Go to a path as if nothing had been seen before."""
        if self.page.url != "about:blank":
            self.page.evaluate("localStorage.clear()")
        self.page.emulate_media(color_scheme="light", media="screen")
        self.page.set_viewport_size(WIDE)
        self.outside.clear()
        self.errors.clear()
        self.page.goto(path)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin + "/", "data:", "blob:" + self.origin)):
            self.outside.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        # The page of an error has its status; the browser tells of it as it would of a missing file.
        own = message.location.get("url") == self.page.url and "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not own:
            self.errors.append(f"{message.type}: {message.text}")

    def clean(self) -> None:
        """Assert that nothing left the host, that no policy refused anything and no script complained."""
        assert self.outside == []
        assert self.page.evaluate("window.refusals") == []
        assert self.errors == []

    def accessible(self, rules: Sequence[str] = RULES) -> None:
        """Assert that axe finds nothing wrong with the page as it is now."""
        if not self.page.evaluate("typeof axe == 'object'"):
            self.page.evaluate(AXE)
        assert [
            f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
            for rule in self.page.evaluate(JUDGED, rules)
            for node in rule["nodes"]
        ] == []

    def fits(self, width: int = NARROW) -> None:
        """Assert that the page needs no sideways scroll in a window of that width."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 720})
        assert self.page.evaluate(_WIDER) == []
        if size is not None:
            self.page.set_viewport_size(size)

    def printed(self) -> None:
        """Assert that paper is white, of a dark page too: what is folded is there, what is clicked is not."""
        self.page.emulate_media(media="print")
        assert self.page.evaluate(_ON_PAPER) == []
        self.page.emulate_media(media="screen")


@pytest.fixture(scope="session")
def chromium(missing: Callable[[str], NoReturn]) -> Path:
    """The browser: ``CLS_CHROMIUM``, or the first that is found under its usual names."""
    found = os.environ.get("CLS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing("no Chromium; install Debian's chromium, or set CLS_CHROMIUM to the program")
    return Path(found)


@pytest.fixture(scope="package")
def browser(chromium: Path) -> Iterator[Browser]:
    """Chromium, started once for this folder."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield running
        running.close()


@contextmanager
def windows(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens blank pages, each in a context of its own; what is loaded from elsewhere is refused."""
    contexts: list[BrowserContext] = []

    def blank(
        at: httpx.Client,
        *,
        lang: str = "fr",
        scheme: Any = "light",
        javascript: bool = True,
        scripts: Sequence[str] = (),
        **more: Any,
    ) -> Visit:
        parts = urlsplit(str(at.base_url))
        origin = f"{parts.scheme}://{parts.netloc}"
        context = browser.new_context(
            base_url=str(at.base_url),
            locale=f"{lang}-{lang.upper()}" if lang == "fr" else "en-GB",
            color_scheme=scheme,
            viewport=WIDE,
            java_script_enabled=javascript,
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.route(lambda url: not url.startswith((origin, "data:", "blob:")), lambda r: r.abort())
        for script in (_REFUSALS, *scripts) if javascript else ():
            context.add_init_script(script)
        visited = Visit(context.new_page(), origin)
        visited.watch()
        return visited

    yield blank
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser: Browser, bundled: httpx.Client) -> Iterator[Callable[..., Visit]]:
    """Open a path. Keywords are those of ``windows``."""
    with windows(browser) as blank:

        def open_page(path: str, *, at: httpx.Client | None = None, **more: Any) -> Visit:
            visited = blank(at or bundled, **more)
            visited.page.goto(path)
            return visited

        yield open_page


@pytest.fixture(scope="package")
def judges(browser: Browser) -> Iterator[Callable[[httpx.Client, str], Visit]]:
    """A page for each host and language, with axe in it, that goes from path to path."""
    with windows(browser) as blank:
        yield cache(lambda at, lang: blank(at, lang=lang, scripts=[AXE]))


@pytest.fixture
def sound(judges: Callable[[httpx.Client, str], Visit], bundled: httpx.Client) -> Callable[..., None]:
    """Hold a path against what every page must be, in both languages and colour schemes.

    ``ready`` is called with each page before it is judged, to wait for what a script adds.
    """

    def hold(
        path: str, ready: Callable[[Page], None] = lambda page: None, at: httpx.Client | None = None
    ) -> None:
        for lang in ("fr", "en"):
            seen = judges(at or bundled, lang)
            seen.begin(path)
            ready(seen.page)
            assert seen.page.locator("html").get_attribute("lang") == lang
            assert seen.page.locator("h1").count() == 1
            seen.accessible()
            seen.page.emulate_media(color_scheme="dark")
            seen.accessible(COLOURS)
            seen.fits()
            if lang == "en":
                seen.printed()
            seen.clean()

    return hold
