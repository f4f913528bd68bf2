"""Texts about other kinds of contract: the same rules read them, and quotes are those of the text."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from cls_graph.corpus import Corpus, bundled_root
from cls_graph.drafting import draft, read_bytes
from cls_graph.drafting.retelling import retold
from cls_graph.kind import Kind, Words, english, french

TEXT = """{A} {name} pour Brest métropole

{The} {name} ({short}) 2025-2029 de Brest métropole a été signé{e} le 12 mai 2025 par Brest métropole, l'ARS
Bretagne, la Région Bretagne et la CAF du Finistère. {The} {noun} comporte trois axes :
- L'accès aux soins
- La santé mentale
- Le logement

{The} {broken} suit {the} premi{er} {name}, signé{e} le 3 mars 2020 par l'Université de Brest.
"""
OTHERS = ("contrat local de santé mentale", "CLSM"), ("projet territorial de santé", "PTS")
FEMININE = ("convention territoriale globale", "CTG")


def told(name: str, short: str, *, feminine: bool = False) -> str:
    e, article = ("e", "la") if feminine else ("", "le")
    words = {"name": name, "short": short, "noun": name.split()[0], "e": e, "the": article}
    words |= {"A": f"Un{e}", "The": article.title(), "er": "ère" if feminine else "er"}
    return TEXT.format(**words, broken=name.replace(" ", "\n", 1))


def drafted(tmp_path: Path, text: str, kind: Kind) -> Any:
    """What is proposed in a corpus of a kind."""
    root = tmp_path / "corpus"
    shutil.copytree(bundled_root() / "data", root / "data")
    for folder in ("ontology", "shapes"):
        (root / folder).symlink_to(bundled_root() / folder)
    if not kind.usual:
        named = {
            lang: {"singular": w.singular, "plural": w.plural, "feminine": w.feminine}
            for lang, w in kind.names.items()
        }
        with (root / "data" / "dataset.yaml").open("a", encoding="utf-8") as out:
            yaml.safe_dump({"contract_kind": named}, out, allow_unicode=True)
    (made,) = draft(read_bytes("text.txt", text.encode()), Corpus.open(root))
    return made


def facts(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says, but for its title."""
    head = record["contract"]
    return {
        "period": head["period"]["value"],
        "key": head["key"],
        "parties": [(e.get("party"), e["role"]) for e in record["engagements"]],
        "axes": [a["label"] for a in record["programme"]],
        "dates": [(m["type"], m.get("stated_date")) for m in record["milestones"]],
    }


def quotes(node: Any) -> list[dict[str, Any]]:
    """Every evidence of a record."""
    if isinstance(node, dict):
        inside = [q for value in node.values() for q in quotes(value)]
        return [node, *inside] if "quote" in node else inside
    return [q for value in node for q in quotes(value)] if isinstance(node, list) else []


@pytest.mark.parametrize(("name", "short"), [("contrat de ville", "CDV"), *OTHERS, FEMININE])
def test_every_kind_is_read_as_a_local_health_contract_is(tmp_path: Path, name: str, short: str) -> None:
    kind = Kind({"fr": french(name), "en": english("contract")})
    text = told(name, short, feminine=kind.names["fr"].feminine)
    (tmp_path / "usual").mkdir()
    usual = drafted(tmp_path / "usual", told("contrat local de santé", "CLS"), Kind())
    made = drafted(tmp_path, text, kind)
    expected = facts(usual.record)
    assert len(expected["parties"]) >= 4
    assert expected["dates"][0] == ("signature", "2025-05-12")
    assert facts(made.record) == expected
    assert made.record["contract"]["title"]["value"] == f"{name.capitalize()} : Brest métropole"
    found = quotes(made.record)
    assert len(found) > 10
    assert all(text[q["start"] : q["end"]] == q["quote"] for q in found)


def test_a_local_health_contract_is_another_agreement_there(tmp_path: Path) -> None:
    kind = Kind({"fr": french("contrat de ville"), "en": english("city contract")})
    made = drafted(tmp_path, told("contrat local de santé", "CLS"), kind)
    assert "engagements" not in made.record
    assert [d["fr"] for d in made.doubts] == ["Le texte ne parle d'aucun contrat de ville reconnaissable."]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("La Convention de Ville, cette\nconvention", "Le Contrat local de santé, ce\ncontrat"),
        (
            "une convention de prêt, LA CONVENTION",
            "une convention de prêt, LE CONTRAT",
        ),
        ("les conventions de ville (CV)", "les contrats locaux de santé (CLS)"),
        ("le contrat local de santé mentale", "le contrat local de santé mentale"),
        ("le contrat local de santé", "le contrat de ville"),
    ],
)
def test_words_and_places(text: str, read: str) -> None:
    kind = Kind({"fr": Words("convention de ville", "conventions de ville", True), "en": english("x")})
    found = retold(text, kind)
    assert found.text == read
    assert found.back(0, len(read)) == (0, len(text))


def test_initials_that_stand_for_something_else_are_left_alone() -> None:
    kind = Kind({"fr": french("contrat local de santé mentale"), "en": english("x")})
    council = "Le conseil local de santé mentale (CLSM) suit le contrat. Le CLSM se réunit."
    assert "CLSM se" in retold(council, kind).text
    assert "Le CLS se" in retold("Le CLSM se signe.", kind).text


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        (
            "contrat de relance et de transition écologique",
            "Le Contrat pour la Relance et la Transition Ecologique. Le contrat de relance de la Communauté, "
            "le contrat de relance du logement.",
            "Le Contrat local de santé. Le contrat local de santé de la Communauté, le contrat de relance du "
            "logement.",
        ),
        (
            "convention territoriale globale",
            "La CTG est née. Elle court jusqu'en 2026. La ville suit. Elle signe la convention territoriale.",
            "Le CLS est née. Il court jusqu'en 2026. La ville suit. Elle signe le contrat local de santé.",
        ),
        (
            "convention territoriale globale",
            "La convention territoriale globale et la convention territoriale d'exercice concerté",
            "Le contrat local de santé et la convention territoriale d'exercice concerté",
        ),
        (
            "convention Petites villes de demain",
            "La convention d'adhésion au programme Petites villes de demain; la convention de prêt",
            "Le contrat local de santé; la convention de prêt",
        ),
        ("contrat territoire-lecture", "les Contrats-Territoire-Lecture", "les Contrats locaux de santé"),
        (
            "contrat de ville",
            "Le contrat de ville « Quartiers 2030 », le contrat de ville Engagements Quartiers 2030 du Mans",
            "Le contrat local de santé, le contrat local de santé du Mans",
        ),
        (
            "contrat de ville",
            "Le contrat de ville « Grand Avignon », contrat de ville Grand Avignon 2024-2030",
            "Le contrat local de santé « Grand Avignon », contrat local de santé Grand Avignon 2024-2030",
        ),
    ],
)
def test_a_name_is_found_however_a_text_words_it(name: str, text: str, read: str) -> None:
    found = retold(text, Kind({"fr": french(name), "en": english("x")}))
    assert found.text == read
    assert found.back(0, len(read)) == (0, len(text))


def test_a_name_cut_short_is_another_where_the_whole_is_nowhere() -> None:
    kind = Kind({"fr": french("contrat de relance et de transition écologique"), "en": english("x")})
    assert retold("Le contrat de relance de Pau.", kind).text == "Le contrat de relance de Pau."


def test_axes_of_any_subject_are_named_line_by_line(tmp_path: Path) -> None:
    kind = Kind({"fr": french("contrat de ville"), "en": english("city contract")})
    text = (
        "Le contrat de ville 2024-2030 de Brest métropole a été signé le 12 mai 2024 par Brest métropole.\n\n"
        "Axe « Vie des quartiers »\nDes fêtes.\n\nAxe « Emploi et commerces »\nDes métiers.\n"
    )
    made = drafted(tmp_path, text, kind)
    assert [a["label"] for a in made.record["programme"]] == ["Vie des quartiers", "Emploi et commerces"]


def test_other_agreements_are_not_those_of_the_kind(tmp_path: Path) -> None:
    kind = Kind({"fr": french("convention territoriale globale"), "en": english("x")})
    text = (
        "La convention territoriale globale (CTG) de Brest métropole prend la place des contrats enfance "
        "jeunesse, que la CAF signait avec la ville de Quimper. Brest métropole et la CAF du Finistère l'ont "
        "signée le 12 mai 2024. Elle remplacera ou rassemblera les contrats passés avec l'État."
    )
    made = drafted(tmp_path, text, kind)
    signed = [e["name_as_stated"] for e in made.record["engagements"] if e["role"] == "signatory"]
    assert signed == ["Brest métropole", "CAF du Finistère"]


@pytest.mark.parametrize(
    ("more", "territory"),
    [
        ("Les acteurs du Cantal y travaillaient depuis deux ans.", ["departement/15"]),
        ("Les acteurs du Cantal et de la Lozère y travaillaient.", []),
        (
            "La Ville d'Aurillac a son contrat territorial de santé mentale, le premier du Cantal.",
            ["commune/15014"],
        ),
    ],
)
def test_a_contract_of_another_kind_may_be_of_the_one_departement_that_is_named(
    tmp_path: Path, more: str, territory: list[str]
) -> None:
    kind = Kind({"fr": french("contrat territorial de santé mentale"), "en": english("x")})
    text = f"L'Agence régionale de santé a signé lundi le contrat territorial de santé mentale.\n\n{more}"
    made = drafted(tmp_path, text, kind)
    told = made.record["contract"].get("territory", [])
    assert [t["value"] for t in told] == territory
    guessed = territory == ["departement/15"]
    assert any("seul département nommé" in d["fr"] for d in made.doubts) == guessed
    assert any(t["assertion"] == "inferred" for t in told) == guessed
