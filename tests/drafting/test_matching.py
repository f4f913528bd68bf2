"""From a mention to the registry: kinds from wording, aliases, typing errors, never another body."""

from __future__ import annotations

import pytest

from cls_graph.corpus import Corpus
from cls_graph.drafting import Draft, draft, read_bytes
from cls_graph.drafting.layout import Page
from cls_graph.drafting.matching import Match, Matcher
from cls_graph.drafting.mentions import find_mentions
from cls_graph.drafting.places import Context
from cls_graph.drafting.registering import additions
from cls_graph.geo import codes

MANY = """Lumière Escale Passerelle Étincelle Boussole Clairière Source Tremplin Relais Oasis Horizon Envol
Arcade Balise Cascade Domino Éclair Fanal Galaxie Harmonie Iris Jasmin Kiosque Lavande Mosaïque Nacre Olivier
Prisme"""
DROME = Context(("26",), ("84",))


def match(words: str, context: Context = DROME, place: str = "commune/26362") -> Match:
    mention = find_mentions(Page(f"{words}."))[0]
    level, _, code = place.partition("/")
    return Matcher(Corpus.open().registry, context, codes().by_code(level, code)).match(mention)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("l'ARS Bretagne", "ars"),
        ("la délégation départementale de la Loire de l'ARS", "ars"),
        ("la CPAM 56", "cpam"),
        ("la caisse primaire d’assurance maladie", "cpam"),
        ("l'Assurance maladie du Var", "cpam"),
        ("la CGSS de La Réunion", "cgss"),
        ("la Caisse d’Allocations Familiales", "caf"),
        ("la Mutualité sociale agricole", "msa"),
        ("la Mutualité Française", "mutuelle"),
        ("le préfet de l'Isère", "prefecture"),
        ("la sous-préfète de Riom", "sous-prefecture"),
        ("l'État", "etat"),
        ("la DDETS-PP", "ddets"),
        ("le conseil départemental du Rhône", "departement"),
        ("la PMI du Rhône", "departement"),
        ("le Conseil départemental de l'accès au droit de la Loire", "autre"),
        ("le Conseil départemental de l'Ordre des médecins", "ordre-professionnel"),
        ("le conseil régional de Bretagne", "region"),
        ("la Collectivité territoriale de Martinique", "collectivite-outre-mer"),
        ("la Ville de Pau", "commune"),
        ("la communauté d'agglomération du Libournais", "epci"),
        ("Lorient Agglomération", "epci"),
        ("Quimper Bretagne Occidentale", "epci"),
        ("le PETR du Pays de Langres", "petr"),
        ("le CCAS de Lyon", "ccas"),
        ("le CIAS du Pays Voironnais", "cias"),
        ("le CHU de Nantes", "chu"),
        ("l'EPSM de la Sarthe", "etablissement-sante-mentale"),
        ("le CH de Vichy", "hopital-public"),
        ("la Polyclinique du Val", "hopital-prive"),
        ("la CPTS Grand Soissons", "cpts"),
        ("l'URPS Médecins libéraux", "urps"),
        ("la rectrice de l'académie de Lyon", "education-nationale"),
        ("la DSDEN 42", "education-nationale"),
        ("l'Université de Lorraine", "autre"),
        ("l'association Siel Bleu", "reseau-association"),
    ],
)  # fmt: skip
def test_the_kind_comes_from_the_words(words: str, kind: str) -> None:
    assert find_mentions(Page(f"Avec {words}, fin."))[0].kind == kind


@pytest.mark.parametrize(
    ("words", "key", "by_context"),
    [
        ("l'Agence régionale de santé Auvergne–Rhône-Alpes", "ars-84", False),
        ("l’Agence regionale de sante Auvergne-Rhone-Alpes", "ars-84", False),
        ("l'ARS", "ars-84", True),
        ("la CPAM", "cpam-26", True),
        ("la CPAM 26", "cpam-26", False),
        ("la Caisse primaire d'assurance maladie de la Drôme", "cpam-26", False),
        ("le Centre hospitalier Drôme Vivarais", "hopital-public-26", False),
        ("le Centre hospitalier Drôme-Vivarai", "hopital-public-26", False),
        ("la Communauté Professionnelle Territoriale de Santé du Grand Valence", "cpts-26362", False),
    ],
)
def test_a_body_of_the_registry_is_found(words: str, key: str, *, by_context: bool) -> None:
    found = match(words)
    assert (found.key, found.known, found.context) == (key, True, by_context)
    assert found.candidates[0].key == key


SAINT_EGREVE = (Context(("38",), ("84",)), "commune/38382")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("le CH de Tullins", "hopital-public-38517"),
        ("le CH de Rives", "hopital-public-38337"),
        ("le Centre hospitalier Alpe Isère", "hopital-public-38"),
        ("le CHU Grenoble Alpes", "chu-38"),
        ("le CD de l'Isère", "departement-38"),
        ("le CD 38", "departement-38"),
        ("l'ARS AuRA", "ars-84"),
        ("l'ARS AURA", "ars-84"),
    ],
)
def test_a_kind_in_short_is_the_kind_in_full(words: str, key: str) -> None:
    found = match(words, *SAINT_EGREVE)
    assert (found.key, found.known) == (key, True)


@pytest.mark.parametrize(
    ("words", "key"),
    [("l'ARS NA", "ars-75"), ("l'ARS IDF", "ars-11"), ("l'ARS PACA", "ars-93"), ("l'ARS HDF", "ars-32")],
)
def test_an_agency_is_told_by_its_region_in_short(words: str, key: str) -> None:
    assert match(words, Context(), "").key == key


def test_a_region_in_short_says_where_the_text_is_set() -> None:
    text = "La Ville de Valence et l'ARS {} ont signé le contrat local de santé de Valence le 3 mars 2014."
    for region, code in (("AuRA", "26362"), ("Rhône-Alpes", "26362"), ("Midi-Pyrénées", "82186")):
        (made,) = draft(read_bytes("text.txt", text.format(region).encode()), Corpus.open())
        assert made.record["contract"]["territory"][0]["value"] == f"commune/{code}"
        assert made.record["contract"]["territory"][0]["assertion"] == "resolved-by-context"


def test_initials_with_dots_are_read_whole() -> None:
    found = parties("la Ville de Grenoble, la C.P.A.M. de l'Isère, le C.H. de Rives et le C.H.A.I.")
    assert found == {
        "Ville de Grenoble": "commune-38185",
        "C.P.A.M. de l'Isère": "cpam-38",
        "C.H. de Rives": "hopital-public-38337",
        "C.H.A.I.": "hopital-public-38",
    }


def test_a_typing_error_in_a_short_word_is_for_a_person_to_see() -> None:
    found = match("la Ville du Pont-de-Clais", *SAINT_EGREVE)
    assert found.key == ""
    assert [c.key for c in found.candidates] == ["commune-38317"]


@pytest.mark.parametrize(
    ("words", "key", "territory"),
    [
        ("le CH de Romans-sur-Isère", "hopital-public-26281", ("commune/26281",)),
        ("la CPTS de Crest", "cpts-26108", ("commune/26108",)),
        ("l'association Les Amis de Crest", "reseau-association-26108", ("commune/26108",)),
        (
            "la MSA Ardèche Drôme Loire",
            "msa-07-26-42",
            ("departement/07", "departement/26", "departement/42"),
        ),
    ],
)
def test_a_new_body_is_proposed_with_the_town_that_it_names(
    words: str, key: str, territory: tuple[str, ...]
) -> None:
    found = match(words)
    assert found.proposal is not None
    assert (found.key, found.known, found.proposal.territory) == (key, False, territory)
    assert found.proposal.model_dump(exclude_none=True, exclude_defaults=True).keys() == {
        "key", "label", "kind", "territory",
    }  # fmt: skip


def test_two_new_bodies_of_a_town_are_two() -> None:
    found = parties(
        "la Ville de Nyons, l'ARS Auvergne-Rhône-Alpes, l'association Les Amis de Nyons et l'association "
        "La Maison de Nyons",
        "Nyons",
    )
    assert found["association Les Amis de Nyons"] == "reseau-association-26220"
    assert found["association La Maison de Nyons"] == "reseau-association-26220-b"


def test_each_of_many_new_bodies_of_a_town_has_a_key() -> None:
    names = [f"association {name} de Nyons" for name in MANY.split()]
    found = parties(f"la Ville de Nyons, l'ARS Auvergne-Rhône-Alpes, l'{', l’'.join(names)}", "Nyons")
    keys = [found[name] for name in names]
    assert len(set(keys)) == len(names) == 28
    assert keys[0] == "reseau-association-26220"
    assert keys[25:] == [
        "reseau-association-26220-z",
        "reseau-association-26220-27",
        "reseau-association-26220-28",
    ]


def test_new_bodies_of_two_contracts_on_a_page_have_keys_of_their_own() -> None:
    made = drafts(
        "Les contrats locaux de santé de la Drôme\n\n"
        "Contrat local de santé de Nyons\nSigné le 3 mars 2024 par la Ville de Nyons, l'association Les Amis "
        "de Nyons et le CCAS de Nyons.\n\n"
        "Contrat local de santé de Dieulefit\nSigné le 4 mai 2025 par la Ville de Dieulefit, le Centre "
        "communal d'action sociale de Nyons et l'association La Maison de Nyons.\n"
    )
    assert len(made) == 2
    found = additions(made, Corpus.open()).organisations
    assert {o["key"]: o["label"] for o in found if o["key"].startswith(("reseau", "ccas"))} == {
        "reseau-association-26220": "Association Les Amis de Nyons",
        "reseau-association-26220-b": "Association La Maison de Nyons",
        "ccas-26220": "CCAS de Nyons",
    }
    assert len({o["key"] for o in found}) == len(found)


def test_a_sign_for_a_body_of_the_registry_is_told_by_its_place() -> None:
    found = match("la CPAM et CHAI", Context(("38",), ("84",)), "epci/243800984")
    assert found.key == "cpam-38"


def drafts(text: str) -> list[Draft]:
    return draft(read_bytes("text.txt", text.encode()), Corpus.open())


def parties(listed: str, town: str = "Grenoble") -> dict[str, str]:
    """The parties of a contract signed by those of a list."""
    text = (
        f"Le contrat local de santé 2025-2029 de la Ville de {town} a été signé le 12 mai 2025 par {listed}."
    )
    (made,) = drafts(text)
    return {e["name_as_stated"]: e.get("party", "") for e in made.record["engagements"]}


@pytest.mark.parametrize("words", ["le CHAI", "l'hôpital CHAI", "CHAI"])
def test_a_sign_alone_is_found_by_its_alias(words: str) -> None:
    found = parties(
        f"la Ville de Grenoble, l'ARS Auvergne-Rhône-Alpes, la CPAM 38, {words}, la MSA et le CHU"
    )
    name = words.removeprefix("le ").removeprefix("l'")
    assert found[name] == "hopital-public-38"
    assert found["MSA"] == ""
    assert found["CHU"] == ""


def test_a_sign_is_no_body_of_another_place() -> None:
    assert parties("la Ville de Rennes, l'ARS Bretagne et le CHAI", "Rennes").get("CHAI", "") == ""


def test_another_place_is_another_body() -> None:
    found = match("la CPAM de l'Isère")
    assert found.key == "cpam-38"
    assert match("la CPAM du Finistère").known is False
    assert match("le Centre hospitalier de Vannes").key == ""


def test_a_new_body_is_proposed_with_kind_and_territory_and_no_identifier() -> None:
    found = match("la CAF du Morbihan", Context(("56",), ("53",)), "commune/56260")
    assert found.proposal is not None
    assert found.proposal.model_dump(exclude_none=True, exclude_defaults=True) == {
        "key": "caf-56", "label": "CAF du Morbihan", "kind": "caf", "territory": ("departement/56",),
    }  # fmt: skip


def test_funds_of_several_departements_are_not_guessed() -> None:
    for words in ("la CARSAT", "la MSA", "le CHU", "l'Éducation nationale"):
        found = match(words)
        assert (found.key, found.proposal) == ("", None)
