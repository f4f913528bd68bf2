"""Texts whose accents stand apart from their letters (macOS, some PDFs) are read as all others."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.drafting.conftest import Read

TEXT = (
    "La Ville de Valence, l'Agence régionale de santé Auvergne-Rhône-Alpes et la CPAM de la Drôme ont signé "
    "le 3 mars 2024 le troisième contrat local de santé de Valence, pour 2024-2028.\n\nTrois axes :\n"
    "- santé mentale ;\n- accès aux soins ;\n- santé environnementale.\n"
)
APART = unicodedata.normalize("NFD", TEXT)


def said(node: Any) -> Any:
    """A record without where its quotes stand."""
    if isinstance(node, dict):
        return {k: said(v) for k, v in node.items() if k not in ("start", "end", "prefix", "suffix")}
    if isinstance(node, list):
        return [said(v) for v in node]
    return node


def quotes(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        own = node.get("evidence", [])
        return [*own, *(q for v in node.values() for q in quotes(v))]
    return [q for v in node for q in quotes(v)] if isinstance(node, list) else []


def test_the_same_is_read_and_names_are_whole(reads: Callable[[str], Read]) -> None:
    whole, apart = reads(TEXT), reads(APART)
    assert apart.signatories() == [
        "commune Ville de Valence",
        "ars Agence régionale de santé Auvergne-Rhône-Alpes",
        "cpam CPAM de la Drôme",
    ]
    assert apart.axes() == whole.axes() == ["santé mentale", "accès aux soins", "santé environnementale"]
    one, other = dict(whole.record), dict(apart.record)
    del one["source"], other["source"]
    for quote in quotes(other):
        assert APART[quote["start"] : quote["end"]] == quote["quote"]
        quote["quote"] = unicodedata.normalize("NFC", quote["quote"])
    assert said(one) == said(other)


def test_its_quotes_are_those_of_the_file(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "textes"
    folder.mkdir()
    text = folder / "mai.txt"
    text.write_text(APART + "\n" + "Le reste du texte ne compte pas. " * 30, encoding="utf-8")
    out = tiny.root / "data" / "contracts" / "26362-3.yaml"
    assert cli("draft", text, "--corpus", tiny.root, "--out", out, "--register").code == 0
    verified = cli("verify", "--corpus", tiny.root, "--sources", folder, out, "--lang", "en")
    assert verified.code == 0, verified.out
    assert "13 of 13 quotes" in verified.out


def test_initials_with_dots_and_an_accent_move_no_place(reads: Callable[[str], Read]) -> None:
    text = (
        "Le contrat local de santé de Valence a été signé le 3 mars 2024 par la D.D.É. de la Drôme, "
        "l'A.S.É.A. et la Ville de Valence."
    )
    apart = unicodedata.normalize("NFD", text)
    read = reads(apart)
    assert "commune Ville de Valence" in read.signatories()
    found = quotes(read.record)
    assert "Ville de Valence" in "".join(quote["quote"] for quote in found)
    for quote in found:
        assert apart[quote["start"] : quote["end"]] == quote["quote"]
    assert [e["name_as_stated"] for e in read.record["engagements"]] == [
        e["name_as_stated"] for e in reads(text).record["engagements"]
    ]
