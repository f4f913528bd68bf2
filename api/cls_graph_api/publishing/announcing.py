"""Which lists and documents of the service there are, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from cls_graph_api.publishing.client import Client
from cls_graph_api.publishing.layout import LISTS, Layout, Target


async def existing(client: Client, layout: Layout, versions: Iterable[str]) -> dict[Target, str]:
    """The pages that the service has, in French; of a list, as far as one page links to the next.

    ``versions`` are the releases that have a page.
    """
    found: dict[Target, str] = {}
    waiting = [
        Target(path)
        for path in (*LISTS, "catalog", "dumps", "releases", *(f"releases/{v}" for v in versions))
    ]
    while waiting:
        target = waiting.pop()
        answer = await client.get(f"/{target.path}", target.query)
        if answer.status != 200 or "text/html" not in answer.type:
            continue
        found[target] = answer.text
        if _leads_on(answer.text, target, layout):
            waiting.append(Target(target.path, target.lang, target.number + 1))
    return found


def _leads_on(text: str, target: Target, layout: Layout) -> bool:
    """Whether a page of a list links to the next."""
    links = _Links()
    links.feed(text)
    for href in links.found:
        parts = urlsplit(layout.local(href) or "//")
        asked = parse_qs(parts.query, keep_blank_values=True)
        same = not parts.netloc and parts.path.strip("/") == target.path
        if same and asked.get("page") == [str(target.number + 1)] and not set(asked) - {"page", "lang"}:
            return True
    return False


class _Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]
