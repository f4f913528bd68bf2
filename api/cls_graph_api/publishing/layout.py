"""Which file of a static publication an address of the service is in."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

LANGUAGES = ("fr", "en")
LISTS = (
    "",
    "about",
    "contracts",
    "organisations",
    "territories",
    "determinants",
    "ontology",
    "shapes",
    "vocab",
)
"""The pages of the service that need no query: start, lists, documents. Those there are, are published."""
_MARKED = {"page": "p", "lang": "", "theme": ""}


@dataclass(frozen=True)
class Target:
    """A page of the service: its path without the first slash, its language, which page of a list."""

    path: str
    lang: str = "fr"
    number: int = 1

    @property
    def file(self) -> str:
        """The file of the page; French, the default language, has the short name."""
        name = self.path or "index"
        marks = [f"p{self.number}"] if self.number > 1 else []
        marks += [self.lang] if self.lang != "fr" else []
        return ".".join([name, *marks, "html"])

    @property
    def query(self) -> dict[str, str]:
        """What the service is asked for beside the path."""
        return {"lang": self.lang} | ({"page": str(self.number)} if self.number > 1 else {})


def target_of(file: str) -> Target:
    """The page that a file holds.

    >>> target_of("contracts.p2.en.html")
    Target(path='contracts', lang='en', number=2)
    """
    *stem, _ = file.split(".")
    lang = stem.pop() if len(stem) > 1 and stem[-1] in LANGUAGES else "fr"
    number = int(stem.pop()[1:]) if len(stem) > 1 and stem[-1][0] == "p" and stem[-1][1:].isdigit() else 1
    name = ".".join(stem)
    return Target("" if name == "index" else name, lang, number)


@dataclass
class Layout:
    """What is published: ``things`` and ``concepts`` by path, other ``pages``, ``files`` as they are.

    ``url`` is the address of the publication, without a slash at its end; ``fixed`` is the folder that names
    this release by its digest (``dumps/{digest}/``): its files are the dumps.
    """

    url: str
    things: Collection[str]
    concepts: Collection[str]
    pages: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    fixed: str = ""

    def __post_init__(self) -> None:
        prefix = re.escape(urlsplit(self.url).path.rstrip("/"))
        path, langs = r"[A-Za-z0-9/_-]+[A-Za-z0-9_-]", "|".join(LANGUAGES)
        self._own = re.compile(rf"{prefix}/(?:id|page)/({path})(?:\?lang=({langs}))?")
        """The usual address of a thing."""

    def local(self, href: str) -> str | None:
        """The path of an address with its query; ``None`` for one that leads elsewhere."""
        parts = urlsplit(href)
        home = urlsplit(self.url)
        if parts.scheme or parts.netloc:
            if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
                return None
        elif not href.startswith("/"):
            return None
        prefix = home.path.rstrip("/")
        if parts.path != prefix and not parts.path.startswith(prefix + "/"):
            return None
        return parts.path[len(prefix) :] + (f"?{parts.query}" if parts.query else "")

    def target(self, path: str, lang: str) -> Target | None:
        """The page for a path of the service, for a reader of ``lang``; ``None`` where there is none."""
        parts = urlsplit(path)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        if set(asked) - set(_MARKED) or asked.get("theme"):
            return None
        lang = asked.get("lang", lang)
        number = int(asked["page"]) if asked.get("page", "").isdigit() else 1
        page = self._page(unquote(parts.path).strip("/").removesuffix(".html"))
        found = Target(page, lang, number) if page is not None and lang in LANGUAGES else None
        if found is None or (number > 1 and found.file not in self.pages):
            return None
        return found

    def _page(self, path: str) -> str | None:
        kind, _, rest = path.partition("/")
        if kind in ("id", "page"):
            owner = owner_of(rest)
            return f"page/{owner}" if owner in self.things else None
        if kind == "vocab" and rest:
            return path if rest in self.concepts else None
        if kind in ("ontology", "shapes"):
            path = kind  # versions and parts are in the same document
        return path if Target(path).file in self.pages else None

    def file(self, path: str) -> str | None:
        """The file for a path that is no page: data, a dump, a style."""
        name = unquote(urlsplit(path).path).strip("/")
        if self.fixed and name.startswith(self.fixed):
            name = f"dumps/{name.removeprefix(self.fixed)}"
        if name in (".well-known/void", ".well-known/sparql-examples", ".well-known/sparql-prefixes"):
            name += ".ttl"
        if name.startswith("data/"):
            stem, dot, extension = name.removeprefix("data/").rpartition(".")
            name = f"data/{owner_of(stem)}{dot}{extension}"
        return name if name in self.files else None

    def place(self, href: str, lang: str) -> str | None:
        """The file that an address leads to, from a page in ``lang``; ``None`` where it is not published."""
        if own := self._own.fullmatch(href):
            owner = owner_of(own[1])
            return Target(f"page/{owner}", own[2] or lang).file if owner in self.things else None
        path = self.local(href)
        if path is None:
            return None
        target = self.target(path, lang)
        return target.file if target is not None else self.file(path)


def owner_of(path: str) -> str:
    """The thing that a path under ``id/`` is a part of.

    >>> owner_of("contract/26362-3/engagement/01"), owner_of("territory/commune/26362")
    ('contract/26362-3', 'territory/commune/26362')
    """
    parts = path.split("/")
    return "/".join(parts[: 3 if parts[0] == "territory" else 2])
