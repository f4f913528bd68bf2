"""The Python of the pages does what they say."""

from __future__ import annotations

import ast
import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "python.md"
WALKED = {"python.md", "tutorial-analyst.en.md", "tutorial-analyst.fr.md"}
"""Pages whose Python other tests run: as a session here, as part of the tutorial there."""
FENCE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks() -> list[tuple[str, str]]:
    """The Python of the other pages, each with the name of its page."""
    return [
        (page.name, code)
        for page in sorted(DOCS.glob("*.md"))
        if page.name not in WALKED
        for code in FENCE.findall(page.read_text(encoding="utf-8"))
    ]


@pytest.mark.slow
def test_the_examples_give_what_the_page_says() -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    found = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags)
    assert found.attempted > 15
    assert found.failed == 0


@pytest.mark.slow
@pytest.mark.parametrize(("page", "code"), blocks(), ids=[page for page, _ in blocks()])
def test_what_a_page_shows_runs_and_gives_what_its_comments_say(page: str, code: str) -> None:
    names: dict[str, object] = {}
    lines = code.splitlines()
    for statement in ast.parse(code).body:
        if not isinstance(statement, ast.Expr):
            exec(compile(ast.Module([statement], []), page, "exec"), names)
            continue
        value = eval(compile(ast.Expression(statement.value), page, "eval"), names)
        said = re.search(r"  # ('[^']*'|\d+)", lines[(statement.end_lineno or 1) - 1])
        assert not said or value == ast.literal_eval(said[1]), lines[statement.lineno - 1]


def test_pages_with_python_are_known() -> None:
    assert {page for page, _ in blocks()} == {"checking.md", "drafting.md"}
    for name in WALKED:
        assert FENCE.search((DOCS / name).read_text(encoding="utf-8")), name
