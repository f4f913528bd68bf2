"""The kind of contract in words: articles that agree, names that are other things left alone."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from cls_graph.corpus import Corpus, bundled_root
from cls_graph.kind import Kind, Words, english, french

CITY = Kind({"fr": french("contrat de ville"), "en": english("city contract")})
DEAL = Kind({"fr": french("accord de santé"), "en": english("accord")})
PACT = Kind({"fr": french("convention territoriale globale"), "en": english("territorial convention")})


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (CITY, "Contrat local de santé", "Contrat de ville"),
        (CITY, "Règles des contrats locaux de santé", "Règles des contrats de ville"),
        (DEAL, "Le contrat local de santé", "L'accord de santé"),
        (DEAL, "but du contrat local de santé", "but de l'accord de santé"),
        (DEAL, "au contrat local de santé, nombre de contrats locaux de santé",
         "à l'accord de santé, nombre d'accords de santé"),
        (DEAL, "ce contrat local de santé", "cet accord de santé"),
        (PACT, "d'un contrat local de santé", "d'une convention territoriale globale"),
        (PACT, "tout contrat local de santé", "toute convention territoriale globale"),
        (PACT, "Accord local de santé", "Convention territoriale globale"),
        (PACT, "un contrat local de santé mentale", "un contrat local de santé mentale"),
        (Kind(), "un contrat local de santé", "un contrat local de santé"),
    ],
)  # fmt: skip
def test_french_articles_agree(kind: Kind, text: str, said: str) -> None:
    assert kind.said(text, "fr") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A local health contract is made", "An accord is made"),
        ("Across local health contracts", "Across accords"),
        ("of a local health contract", "of an accord"),
    ],
)
def test_english_articles_agree(text: str, said: str) -> None:
    assert DEAL.said(text, "en") == said
    assert DEAL.said(text, "de") == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Les contrats", "Les conventions"),
        ("Le contrat signé n'a pas de clé", "La convention signée n'a pas de clé"),
        ("Le contrat est dit signé, sans date.", "La convention est dite signée, sans date."),
        ("Quels contrats précédents ? Un nouveau contrat, le seul contrat du graphe",
         "Quelles conventions précédentes ? Une nouvelle convention, la seule convention du graphe"),
        ("contrat{s} dans `contract.communes`", "convention{s} dans `contract.communes`"),
        ("Le contrat dit ce qu'il vaut", "Le contrat dit ce qu'il vaut"),
        ("Le contrat du lieu est signé", "Le contrat du lieu est signé"),
        ("les contrats soumis, un contrat soumis", "les conventions soumises, une convention soumise"),
        ("Contrats nouveaux", "Conventions nouvelles"),
        ("Contrats locaux", "Conventions locales"),
        ("Contrats communs. Le contrat voisin", "Conventions communes. La convention voisine"),
        ("Quels publics les contrats visent-ils ?", "Quels publics les conventions visent-elles ?"),
        ("Ce qu'aucun contrat ne mentionne-t-il ?", "Ce qu'aucune convention ne mentionne-t-elle ?"),
        ("Quels contrats le graphe connaît-il ?", "Quelles conventions le graphe connaît-il ?"),
        ("Qui est engagé dans un contrat ?", "Qui est engagé dans une convention ?"),
        ("Quels publics sont visés, par quel contrat ?", "Quels publics sont visés, par quelle convention ?"),
        ("Un plan auquel un contrat se rattache", "Un plan auquel une convention se rattache"),
        ("Le contrat du lieu auquel il se rattache", "Le contrat du lieu auquel il se rattache"),
        ("Un fait du contrat dit s'il est cité.", "Un fait de la convention dit s'il est cité."),
        ("Le rang du contrat ; il est signé", "Le rang du contrat ; il est signé"),
        ("Un lien du contrat à celui qui suit", "Un lien du contrat à celui qui suit"),
        ("Un contrat dont le terme a été repoussé", "Une convention dont le terme a été repoussé"),
        ("Un contrat, et le lieu où il est signé", "Un contrat, et le lieu où il est signé"),
        ("Les derniers contrats clos", "Les dernières conventions closes"),
        ("Contrats et déterminants", "Conventions et déterminants"),
        ("Contrats signés et clos", "Contrats signés et clos"),
        ("ces contrats sont ouverts", "ces contrats sont ouverts"),
        ("Les contrats déjà signés", "Les contrats déjà signés"),
        ("Les grands contrats", "Les grands contrats"),
        ("un contrat de ville", "un contrat de ville"),
        ("un contrat local de santé mentale", "un contrat local de santé mentale"),
    ],
)  # fmt: skip
def test_the_bare_noun_is_that_of_the_kind_where_all_agrees(text: str, said: str) -> None:
    assert PACT.said(text, "fr") == said
    assert CITY.said(text, "fr") == text


def test_the_bare_noun_in_a_masculine_and_in_english() -> None:
    assert (
        DEAL.said("Le contrat et ce contrat : il est signé.", "fr")
        == "L'accord et cet accord : il est signé."
    )
    assert (
        DEAL.said("Un nouveau contrat, des nouveaux contrats", "fr")
        == "Un nouvel accord, des nouveaux accords"
    )
    assert PACT.said("A contract: {contracts} of data/contracts", "en") == (
        "A convention: {contracts} of data/contracts"
    )
    nameless = Kind({"fr": french("pacte de ville"), "en": english("pacte de ville")})
    assert nameless.said("The contracts", "en") == "The contracts"
    of_something = Kind({"fr": french("pacte de ville"), "en": english("pact of towns", "pacts of towns")})
    assert of_something.said("The contracts", "en") == "The pacts"


@pytest.mark.parametrize("folder", ["ontology", "ontology/vocab", "shapes"])
def test_shared_texts_agree_with_a_feminine_name(folder: str) -> None:
    """A participle or a pronoun after the name would be of the wrong gender."""
    wrong = re.compile(
        r"globales? (?:concerné|signé|proposé|conclu)s?\b|auquel|duquel|lequel|\bil s['’]|pour lui|ce dernier"
    )
    said = 0
    for path in sorted((bundled_root() / folder).glob("*.ttl")):
        for triple in parse(path=path, format=RdfFormat.TURTLE):
            text = (
                PACT.said(triple.object.value, "fr") if getattr(triple.object, "language", "") == "fr" else ""
            )
            if "territoriale" in text:
                said += 1
                assert not wrong.search(text), text
    assert said > 1


def test_shapes_of_local_health_contracts_are_not_of_another_kind(bundle: Corpus) -> None:
    shapes = Kind().triples(bundle.shapes)
    kept = PACT.triples(shapes)
    names = {getattr(t.subject, "value", "").rpartition("#")[2] for t in shapes}
    left = {getattr(t.subject, "value", "").rpartition("#")[2] for t in kept}
    assert {n for n in names - left if n.startswith("Local")} == {
        "LocalHealthContract-agency",
        "LocalHealthContract-regionalProject",
    }
    used = {t.object for t in kept} | {t.subject for t in kept if isinstance(t.subject, NamedNode)}
    assert not [t for t in kept if isinstance(t.subject, BlankNode) and t.subject not in used]
    assert "conclut avec" not in " ".join(getattr(t.object, "value", "") for t in kept)


def test_a_plural_that_is_given_is_kept() -> None:
    assert french("bail rural", "baux ruraux") == Words("bail rural", "baux ruraux")
    assert english("policy").plural == "policies"
