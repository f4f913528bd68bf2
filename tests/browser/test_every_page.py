"""Every page, in both languages and colour schemes: nothing from outside, nothing refused, usable by all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PAGES = (
    "/",
    "/sparql",
    "/queries",
    "/queries/co-signatories",
    "/ontology",
    "/docs",
    "/dumps/",
    "/vocab",
    "/page/contract/26362-3",
    "/page/nobody",
    "/licences",
)


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_sound(sound: Callable[..., None], path: str) -> None:
    sound(path)


BROKEN = f"""
<!doctype html><html><head><title>x</title>
<link rel="stylesheet" href="https://example.org/a.css"></head>
<body><h1>x</h1><div style="color: red">{"w" * 200}</div><img src="/static/style.css"></body></html>
"""


@pytest.mark.parametrize("wrong", ["clean", "accessible", "fits"])
def test_what_is_wrong_is_found(visit: Callable[..., Any], wrong: str) -> None:
    seen = visit("/docs")
    seen.page.set_content(BROKEN)
    with pytest.raises(AssertionError):
        getattr(seen, wrong)()
