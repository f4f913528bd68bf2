"""Territories told by who acts, counts or stands at the head of a page, and several told at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cls_graph.drafting.contracts import each_once
from cls_graph.drafting.layout import Page
from cls_graph.drafting.places import Candidate
from cls_graph.drafting.weighing import weigh_seat
from cls_graph.geo import codes

from .conftest import Read

ARS = "l'ARS Nouvelle-Aquitaine"
FOUND: dict[str, tuple[str, list[tuple[str | None, list[str]]]]] = {
    "that of another town": (
        "Le maire de Bègles et celui de Talence ont signé un contrat local de santé commun avec " + ARS + ".",
        [("Bègles", ["commune/33039", "commune/33522"])],
    ),
    "two towns that act, and are called the two towns": (
        "Bègles et Talence mènent ensemble une politique de santé. Les deux villes ont donné à leur projet "
        f"la forme d'un contrat local de santé, que suit {ARS}.",
        [("Bègles et Talence", ["commune/33039", "commune/33522"])],
    ),
    "one commune by the two that it is made of": (
        "Évry et Courcouronnes préparent la suite. Les deux villes ont un contrat local de santé.",
        [("Évry et Courcouronnes", ["commune/91228"])],
    ),
    "a title with a dash": (
        "Bègles – Talence : la santé d'abord\n\nLe maire de Bègles, la maire de Talence, le président de "
        f"Bordeaux Métropole et {ARS} ont signé le contrat local de santé intercommunal.",
        [("Bègles – Talence", ["commune/33039", "commune/33522"])],
    ),
    "that of the Agglo": (
        "Dreux : le contrat local de santé de l'Agglo est signé\n\nLe président de l'Agglo du Pays de Dreux, "
        "le maire de Dreux et l'ARS l'ont signé.",
        [("Agglo du Pays de Dreux", ["epci/200040277"])],
    ),
    "a place above the title, a group that signs": (
        "MARMANDE\nLa santé, cause de l'agglo\n\nVal de Garonne Agglomération a un contrat local de santé. "
        f"Le président l'a signé lundi avec {ARS}.",
        [("Val de Garonne Agglomération", ["epci/200030674"])],
    ),
    "a place below the title, a town that signs": (
        "Un contrat de cinq ans pour la ville\n\nDREUX. Le contrat local de santé a été signé par le maire "
        "et l'ARS Centre-Val de Loire. L'hôpital avait signé la veille, à Chartres.",
        [("DREUX", ["commune/28134"])],
    ),
    "a pole before one of its groups": (
        "Lorient Agglomération et le Pays de Lorient-Quimperlé signent leur contrat local de santé\n\nLes "
        "signataires sont Lorient Agglomération, Quimperlé Communauté et l'ARS Bretagne.",
        [("Pays de Lorient-Quimperlé", [])],
    ),
    "a land beside the agency": (
        "Santé : entre l'ARS et le pays lédonien, un contrat local de santé tout neuf\n\nDe 2013 à 2016, "
        "seule la ville de Lons-le-Saunier avait son contrat local de santé.",
        [("pays lédonien", [])],
    ),
    "a land by the side it lies on": (
        "Le président de la communauté de communes de l'Oriente et l'ARS de Corse ont paraphé le contrat "
        "local de santé de la plaine orientale.",
        [("plaine orientale", [])],
    ),
    "groups of two kinds, each its own": (
        "Trois intercommunalités – l'agglomération de Chaumont, les communautés de communes du Grand Langres "
        "et des Trois Forêts – ont chacune signé leur contrat local de santé avec l'ARS Grand Est.",
        [
            ("agglomération de Chaumont", ["epci/200068658"]),
            ("Grand Langres", ["epci/200072999"]),
            ("Trois Forêts", ["epci/245200597"]),
        ],
    ),
    "towns and groups by turns": (
        "L'ARS Hauts-de-France a signé deux contrats locaux de santé : l'un avec la Ville de Creil, l'autre "
        "avec la communauté de communes du Vexin-Thelle.",
        [("Creil", ["commune/60175"]), ("communauté de communes du Vexin-Thelle", ["epci/246000707"])],
    ),
    "numbered, with lines of labels": (
        "Département de l'Eure : deux contrats locaux de santé\n\n1. La Ville d'Évreux\nPériode : 2023-2027\n"
        "Signataires : Ville d'Évreux, ARS Normandie\n\n2. Interco Normandie Sud Eure\nPériode : 2024-2028\n"
        "Signataires : Interco Normandie Sud Eure, ARS Normandie\n",
        [("Évreux", ["commune/27229"]), ("Interco Normandie Sud Eure", ["epci/200066462"])],
    ),
    "a town whose last word is that of a service": (
        "Contrat local de santé de Saint André des Eaux\n\nLe maire et l'ARS Pays de la Loire l'ont signé.",
        [("Saint André des Eaux", ["commune/44151"])],
    ),
    "a short name of a pole that some groups make up": (
        "Contrat local de santé du Sud Gironde\n\nCinq communautés de communes, réunies dans le Pôle "
        f"territorial Sud Gironde, ont signé avec {ARS}.",
        [("Sud Gironde", [])],
    ),
    "the island, beside its agency": (
        "Le contrat local de santé de Saint-Martin\n\nSigné à Marigot par l'ARS de Guadeloupe, Saint-Martin "
        "et Saint-Barthélemy et la collectivité.",
        [("Saint-Martin", ["commune/97801"])],
    ),
    "those of neighbours, in the plural": (
        "Le contrat local de santé de Saint-Herblain\n\nSigné par le maire et l'ARS Pays de la Loire. Des "
        "rencontres ont lieu avec les coordinatrices des CLS de Nantes et de Rezé.",
        [("Saint-Herblain", ["commune/44162"])],
    ),
    "a land of several groups named after it": (
        "Le contrat local de santé de Balagne lie les communautés de communes de Calvi Balagne et de "
        "L'Île-Rousse - Balagne à l'ARS de Corse.",
        [("Balagne", [])],
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_who_is_meant(reads: Callable[[str], Read], name: str) -> None:
    text, expected = FOUND[name]
    heads = [d.record["contract"] for d in reads(text).drafts]
    told = [(h.get("territory_label"), [t["value"] for t in h.get("territory", [])]) for h in heads]
    assert told == expected


def test_a_name_with_et_stays_whole_behind_others_with_a_preposition(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Les communautés d'agglomération de Chaumont et de Saint-Dizier Der et Blaise et l'ARS Grand Est ont "
        "signé leur contrat local de santé."
    )
    assert len(read.record["engagements"]) == 3  # two groups and the agency


FOOTER = "Le contrat local de santé\n\nSigné en mai 2023 avec l'ARS, il compte trois axes.\n\n{}\n"


@pytest.mark.parametrize(
    ("line", "territory"),
    [
        ("Mairie, 77 rue Calixte-Camelle, 33130 Bègles", ["commune/33039"]),
        ("cls@ville-begles.fr, 33130 Bègles", ["commune/33039"]),
        ("Cabinet Durand, 77 rue Calixte-Camelle, 33130 Bègles", []),
        ("Mairie : 33130 Bègles ou 33400 Talence", []),
    ],
)
def test_the_address_of_a_mairie_tells_where_nothing_else_does(
    reads: Callable[[str], Read], line: str, territory: list[str]
) -> None:
    heads = [d.record["contract"] for d in reads(FOOTER.format(line)).drafts]
    assert [t["value"] for h in heads for t in h.get("territory", [])] == territory


def test_a_town_of_an_address_alone_is_doubted_and_makes_nobody_known(reads: Callable[[str], Read]) -> None:
    read = reads(
        "La mairie et l'ARS ont signé mardi un contrat local de santé.\n\nSud Ouest, 40 rue des Fleurs, "
        "33130 Bègles"
    )
    (told,) = read.record["contract"]["territory"]
    assert (told["value"], told["assertion"]) == ("commune/33039", "inferred")
    assert told["confidence"] < 0.8
    assert "n'est dit que par une adresse" in read.doubts()
    assert [e.get("party") for e in read.record["engagements"]] == [None, None]


@pytest.mark.parametrize("town", ["Saint-Brieuc", "La Rochelle"])
def test_the_contract_of_the_town_is_not_that_of_its_group(town: str) -> None:
    place = codes().find(town, "commune")[0]
    group = codes().places[f"epci/{codes().group[place.code]}"]
    own = Candidate(town, "commune", 0, 1, 3, 1, place)
    around = Candidate(f"Communauté d'agglomération de {town}", "epci", 2, 3, 1, 1, group)
    for said, score in (("de la ville de", 1), ("de", 4)):
        around.score = 1
        page = Page(f"Le contrat local de santé {said} {town} est signé.")
        weigh_seat({"town": own, "group": around}, [], page.folded)
        assert around.score == score


@pytest.mark.parametrize(
    ("label", "known", "kept"),
    [
        ("Pays de Saintonge", "Saint-Denis", True),
        ("Val Parisis", "Métropole du Grand Paris", True),
        ("!", "Laval", True),
        ("agglomération lavalloise", "Laval", False),
    ],
)
def test_only_a_word_for_its_people_is_a_place_once_more(label: str, known: str, kept: bool) -> None:
    place = codes().find(known)[0]
    both = [Candidate(known, place.level, 0, 5, place=place), Candidate(label, "", 9, 12)]
    assert [c.label for c in each_once(both)] == [known, *[label] * kept]
