"""A setting that makes no sense is refused before anything starts, by the name under which it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("text", ["abc", "-1", "nan", "inf", "1e", ""])
def test_what_is_no_number_is_refused_by_its_name(
    cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    option = cli("serve", f"--query-timeout={text}", "--lang", "en")
    assert option.code == 2
    assert f"--query-timeout must be a positive number (float), not '{text}'" in option.err
    monkeypatch.setenv("CLS_QUERY_TIMEOUT", text)
    variable = cli("serve", "--lang", "fr")
    assert variable.code == 2
    assert f"CLS_QUERY_TIMEOUT doit être un nombre positif (float), pas « {text} »" in variable.err


def test_a_word_that_is_no_choice_is_refused_with_the_choices(cli: Callable[..., Any]) -> None:
    run = cli("serve", "--access-log", "loud", "--lang", "en")
    assert run.code == 2
    assert "--access-log must be one of: off, on, full, not 'loud'" in run.err
