"""Axes in every form, dates and periods at the precision stated, ranks, territories, several contracts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
HEAD = "Le contrat local de santé de Pau\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Le contrat comporte trois axes :\n- l'accès aux soins\n- la santé mentale, dès "
        "l'enfance\n- le bien vieillir",
        "Axe 1 : l'accès aux soins\nAxe 2 : la santé mentale, dès l'enfance\nAxe 3 : le bien vieillir",
        "Priorité n°1 - l'accès aux soins\nPriorité n°2 - la santé mentale, dès "
        "l'enfance\nPriorité n°3 - le bien vieillir",
        "Les orientations du contrat\n\n1. l'accès aux soins\n2. la santé mentale, dès "
        "l'enfance\n3. le bien vieillir",
        "Il s'articule autour de trois axes : l'accès aux soins ; la santé mentale, dès "
        "l'enfance ; le bien vieillir.",
        "N° | Axe | Pilote\n1 | l'accès aux soins | ARS\n2 | la santé mentale, dès l'enfance | CH\n"
        "3 | le bien vieillir | CCAS",
        "Au cœur du contrat : 1/ l'accès aux soins ; 2/ la santé mentale, dès l'enfance ; 3/ le bien "
        "vieillir.",
        "Levier n°1 : l'accès aux soins\nLevier n°2 : la santé mentale, dès l'enfance\nLevier n°3 : le "
        "bien vieillir",
        "Ses objectifs\n+ l'accès aux soins\n+ la santé mentale, dès l'enfance\n+ le bien vieillir",
        "4 – Les axes de travail\n→ l'accès aux soins\n→ la santé mentale, dès l'enfance\n→ le bien vieillir",
        "Article 3 : Axes du contrat ........ 5\nArticle 4 : Gouvernance ........ 9\n\n"
        "Article 3 : Axes du contrat\n3.1 l'accès aux soins\n3.2 la santé mentale, dès l'enfance\n"
        "3.3 le bien vieillir\n\nArticle 4 : Gouvernance\nUn comité se réunit.",
        "Axes : I. l'accès aux soins ; II. la santé mentale, dès l'enfance ; III. le bien vieillir",
        "Les axes de travail\nLes partenaires ont choisi de concentrer leurs efforts sur :\n"
        "1) l'accès aux soins ;\n2) la santé mentale, dès l'enfance ;\n3) le bien vieillir.",
        "Programme\n9 h : accueil\n10 h 45 : présentation des trois axes du contrat\n11 h 15 : témoignages\n"
        "12 h : cocktail\n\nLes axes du contrat\n1/ l'accès aux soins\n2/ la santé mentale, dès l'enfance\n"
        "3/ le bien vieillir",
        "A – l'air, en bref\n\nLes axes retenus sont les suivants :\nA – l'accès aux soins ;\n"
        "B – la santé mentale, dès l'enfance ;\nC – le bien vieillir.",
        "Il poursuit trois ambitions :\n* l'accès aux soins ;\n* la santé mentale, dès l'enfance ;\n"
        "* le bien vieillir.\n\nMOBILITÉ\nLe plan vélo a été adopté. Il comporte trois axes : "
        "relier, sécuriser, "
        "encourager.",
        "Le contrat répond à trois défis : 1) l'accès aux soins, 2) la santé mentale, dès "
        "l'enfance, 3) le bien vieillir.",
    ],
)
def test_axes_are_read_in_every_layout(reads: Reads, text: str) -> None:
    assert reads(HEAD + text).axes() == [
        "l'accès aux soins",
        "la santé mentale, dès l'enfance",
        "le bien vieillir",
    ]


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        (
            "Quels axes pour ce contrat ? Les soins des précaires ; la prévention, à l'école ; l'eau.",
            ["Les soins des précaires", "la prévention, à l'école", "l'eau"],
        ),
        (
            "Les enjeux ? D'abord la jeunesse, avec un suivi de la vue et des dents. Ensuite "
            "la santé mentale. "
            "Enfin l'eau, car elle manque.",
            ["la jeunesse", "la santé mentale", "l'eau"],
        ),
        (
            "Au menu des trois prochaines années : la jeunesse, la santé mentale et l'eau.",
            ["la jeunesse", "la santé mentale", "l'eau"],
        ),
        (
            "Le contrat a pour axes la jeunesse, la santé mentale et l'eau.",
            ["la jeunesse", "la santé mentale", "l'eau"],
        ),
        (
            "La jeunesse, la santé mentale, l'eau : ces trois thèmes structurent le contrat.",
            ["La jeunesse", "la santé mentale", "l'eau"],
        ),
        (
            "Il a trois priorités. D'abord, la jeunesse. Ensuite, la santé mentale. Enfin, l'eau potable.",
            ["la jeunesse", "la santé mentale", "l'eau potable"],
        ),
        ("Quels axes de travail ?\n- la jeunesse\n- la santé mentale", ["la jeunesse", "la santé mentale"]),
        ("Il a trois priorités. D'abord, le maire a pris la parole. Ensuite, le préfet a signé.", []),
        ("Quelles actions ?\n- un bus santé\n- des ateliers", []),
        ("La rue Foch, la rue Hoche : ces deux axes sont fermés à la circulation.", []),
        ("Au programme : le dépistage du diabète, la visite du bus et le goûter des aînés.", []),
        ("La ligue a pour objectifs la recherche, l'aide aux malades et la prévention.", []),
        ("Le projet de santé de la CPTS comporte deux axes :\n- la crise\n- les parcours", []),
        ("Au menu de la soirée : la visite du centre, le discours du maire et le cocktail.", []),
        ("Au programme : des ateliers, un quiz et une tombola.", []),
        ("Ses objectifs ? Il les dira bientôt. D'abord, il faut un local.", []),
        (
            "– Trois axes ont été arrêtés : la jeunesse, la santé mentale, l'eau. Le maire est content.",
            ["la jeunesse", "la santé mentale", "l'eau"],
        ),
        (
            "On y trouve deux axes. Le premier porte sur la jeunesse : la Ville soutient les "
            "écoles. Le deuxième "
            "concerne l'eau potable.",
            ["la jeunesse", "l'eau potable"],
        ),
        (
            "Il fait de la jeunesse, de la santé mentale et de l'eau ses trois priorités.",
            ["la jeunesse", "la santé mentale", "l'eau"],
        ),
        (
            "L'ambition du contrat est double : ouvrir l'offre de soins et rompre l'isolement.",
            ["ouvrir l'offre de soins", "rompre l'isolement"],
        ),
        (
            "Les partenaires se donnent pour ambitions de soigner mieux, de prévenir plus tôt et d'aller "
            "vers.",
            ["soigner mieux", "prévenir plus tôt", "aller vers"],
        ),
        (
            "Le contrat s'articule autour de l'accès aux soins, de la prévention et de la santé mentale.",
            ["l'accès aux soins", "la prévention", "la santé mentale"],
        ),
        (
            "Le premier axe concerne l'accès aux soins. Le deuxième porte sur la santé "
            "mentale. Le troisième est"
            " consacré au bien vieillir.",
            ["l'accès aux soins", "la santé mentale", "bien vieillir"],
        ),
        (
            "Le premier axe vise à soigner près de chez soi, le deuxième à prévenir et le "
            "troisième à accompagner.",
            ["soigner près de chez soi", "prévenir", "accompagner"],
        ),
        (
            "Le contrat retient trois thématiques : nutrition et sport, addictions, vie "
            "affective et sexuelle.",
            ["nutrition et sport", "addictions", "vie affective et sexuelle"],
        ),
        (
            "Ses ambitions : attirer des médecins, prévenir dès l'école et lutter contre l'isolement.",
            ["attirer des médecins", "prévenir dès l'école", "lutter contre l'isolement"],
        ),
        (
            "Deux axes transversaux : la communication et l'évaluation. Deux axes "
            "thématiques : les soins et l'air.",
            ["la communication", "l'évaluation", "les soins", "l'air"],
        ),
    ],
)
def test_axes_in_prose(reads: Reads, text: str, axes: list[str]) -> None:
    found = reads(HEAD + text).axes()
    assert [a.removeprefix("au ") for a in found] == axes


def test_sub_axes_are_kept_below_their_axis(reads: Reads) -> None:
    read = reads(
        HEAD
        + (
            "Les 2 axes du contrat :\n• Soigner\n    • ouvrir un centre\n    • former\n• "
            "Prévenir\n    • informer"
        )
    )
    assert [(a["label"], [c["label"] for c in a.get("children", [])]) for a in read.record["programme"]] == [
        ("Soigner", ["ouvrir un centre", "former"]),
        ("Prévenir", ["informer"]),
    ]
    assert [a["position"] for a in read.record["programme"]] == [1, 2]


def test_what_is_no_axis_of_the_contract_is_left_out(reads: Reads) -> None:
    read = reads(
        "La Ville de Pau fait de la santé un axe majeur de ses politiques. Les contrats "
        "locaux de santé ont pour"
        " objectifs : réduire les inégalités, coordonner les acteurs et promouvoir la santé."
    )
    assert read.axes() == []


def test_a_number_of_axes_that_does_not_match_is_said(reads: Reads) -> None:
    read = reads(HEAD + "Le contrat comporte cinq axes :\n- les soins\n- la prévention")
    assert "annonce 5 axes, 2 sont reconnus" in read.doubts()


@pytest.mark.parametrize("end", [".", ""])
def test_fewer_axes_than_announced_are_not_certain_even_where_the_text_breaks_off(
    reads: Reads, end: str
) -> None:
    read = reads(f"{HEAD}Il a quatre axes : les soins, le sport, l'eau{end}")
    assert read.axes() == ["les soins", "le sport", "l'eau"]
    assert all(axis["confidence"] < 0.9 for axis in read.record["programme"])


def test_determinants_and_populations_of_an_axis(reads: Reads) -> None:
    axis = reads(HEAD + "Axe 1 : le logement et la santé mentale des jeunes\nAxe 2 : l'eau").record[
        "programme"
    ][0]
    assert axis["determinants"] == ["logement", "sante-mentale"]
    assert axis["populations"] == ["children-and-youth"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Le contrat local de santé de Pau a été signé le 3 mai 2024 par la Ville de Pau.", "2024-05-03"),
        ("Ce mardi 28 mars, la Ville de Pau et l'ARS ont signé le contrat local de santé.", "--03-28"),
        ("Le contrat local de santé de Pau a été signé en mars 2022 par la Ville de Pau.", "2022-03"),
        ("Le contrat local de santé de Pau a été signé en 2022 par la Ville de Pau.", "2022"),
        ("Voté le 2 avril 2024, le contrat local de santé de Pau a été signé le 3 mai 2024.", "2024-05-03"),
        (
            "Publié le 9 mai 2024\n\nLa Ville de Pau et l'ARS ont signé le contrat local de "
            "santé le 3 mai 2024.",
            "2024-05-03",
        ),
        ("Contrat local de santé de Pau\nFait à Pau, le 03/05/2024", "2024-05-03"),
    ],
)
def test_the_date_of_the_signature(reads: Reads, text: str, stated: str) -> None:
    assert reads(text).milestones()["signature"] == stated


def test_a_relative_date_is_worked_out_from_the_publication_and_says_how(reads: Reads) -> None:
    read = reads("Publié le 9 mai 2024\n\nLa Ville de Pau et l'ARS ont signé hier le contrat local de santé.")
    signature = read.record["milestones"][0]
    assert "stated_date" not in signature
    assert signature["inferred_date"] == "2024-05-08"
    assert "hier" in signature["note"]


def test_votes_and_publications_are_no_signature(reads: Reads) -> None:
    read = reads(
        "Publié le 9 mai 2024\n\nLe conseil municipal a approuvé le contrat local de santé "
        "de Pau le 2 mai 2024."
    )
    assert read.milestones() == {"deliberation": "2024-05-02"}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Le contrat local de santé 2025-2029 de Pau", {"begin": "2025", "end": "2029"}),
        ("Le contrat de Pau couvre la période 2025 à 2029.", {"begin": "2025", "end": "2029"}),
        ("Le contrat local de santé de Pau est conclu pour une durée de cinq ans.", {"duration": "P5Y"}),
        ("Le contrat local de santé de Pau court jusqu'en 2028.", {"end": "2028"}),
        (
            "Le contrat local de santé de Pau court du 1er janvier 2024 au 31 décembre 2026.",
            {"begin": "2024-01-01", "end": "2026-12-31"},
        ),
        (
            "Le contrat local de santé 2024-2026 de Pau décline le projet régional de santé 2018-2028.",
            {"begin": "2024", "end": "2026"},
        ),
        (
            "Le premier contrat (2015-2018) est achevé. Le deuxième contrat local de santé "
            "de Pau court de 2020 à 2024.",
            {"begin": "2020", "end": "2024"},
        ),
    ],
)
def test_the_period(reads: Reads, text: str, period: dict[str, str]) -> None:
    assert reads(text).record["contract"]["period"]["value"] == period


def test_a_plan_period_is_not_that_of_the_contract(reads: Reads) -> None:
    contract = reads("Le plan d'actions (2024-2029) du Pays Voironnais a été défini.").record["contract"]
    assert contract["action_plan_period"]["value"] == {"begin": "2024", "end": "2029"}
    assert "period" not in contract


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("Lancement du 3è Contrat local de santé de Pau", 3),
        ("Le CLS 2 de Pau", 2),
        ("Pau signe son deuxième contrat local de santé, après un premier contrat signé en 2015.", 2),
        ("Pau signe son premier contrat local de santé", 1),
        ("Un contrat local de santé de troisième génération pour Pau", 3),
    ],
)
def test_the_rank(reads: Reads, text: str, ordinal: int) -> None:
    assert reads(text).record["contract"]["ordinal"]["value"] == ordinal


def test_a_first_contract_that_is_over_is_not_the_rank(reads: Reads) -> None:
    assert "ordinal" not in reads("Pau renouvelle son premier contrat local de santé.").record["contract"]


def test_homonyms_are_told_apart_by_the_departement_or_left_in_doubt(reads: Reads) -> None:
    text = "La Ville de Saint-Denis et l'ARS {} ont signé le contrat local de santé de Saint-Denis."
    assert reads(text.format("La Réunion")).record["contract"]["territory"][0]["value"] == "commune/97411"
    assert reads(text.format("Île-de-France")).record["contract"]["territory"][0]["value"] == "commune/93066"
    read = reads("Le contrat local de santé de Sainte-Colombe")
    assert "territory" not in read.record["contract"]
    assert read.record["contract"]["territory_label"] == "Sainte-Colombe"
    assert "Plusieurs territoires s'appellent « Sainte-Colombe »" in read.doubts()


def test_a_territory_without_a_code_keeps_its_name_and_says_so(reads: Reads) -> None:
    read = reads("Le contrat local de santé du Pays de Lumières a été signé.")
    assert read.record["contract"]["territory_label"] == "Pays de Lumières"
    assert "key" not in read.record["contract"]
    assert "n'est pas dans les codes officiels (2026)" in read.doubts()
    assert {"contract.key", "contract.carrier"} <= set(read.drafts[0].faults())


def test_several_contracts_of_a_page_are_told_apart(reads: Reads) -> None:
    read = reads(
        "Deux contrats locaux de santé en Gironde\n\nLe CLS de Lormont\n\nIl est signé par "
        "la Ville de Lormont et la"
        " CAF.\n\nLe CLS de Floirac\n\nIl est signé par la Ville de Floirac et la MSA. Axe 1 "
        ": le sport\nAxe 2 : l'air"
    )
    assert [d.record["contract"]["key"] for d in read.drafts] == ["33249-a", "33167-a"]
    assert read.signatories(0) == ["commune Ville de Lormont", "caf CAF"]
    assert read.signatories(1) == ["commune Ville de Floirac", "msa MSA"]
    assert (read.axes(0), read.axes(1)) == ([], ["le sport", "l'air"])


def test_money_counts_and_frameworks(reads: Reads) -> None:
    record = reads(
        "Le contrat local de santé de Valence compte 30 fiches actions et 6 nouveaux partenaires. L'ARS"
        " Auvergne-Rhône-Alpes finance la coordination à hauteur de 35 000 € par an pendant "
        "5 ans. Il décline le"
        " projet régional de santé 2018-2028."
    ).record
    assert {c["item"]: c["value"] for c in record["counts"]} == {"action-sheet": 30, "new-partner": 6}
    money = record["funding"][0]
    assert (money["funder"], money["amount"], money["frequency"]) == ("ars-84", "35000", "annual")
    assert money["period"] == {"duration": "P5Y"}
    assert record["frameworks"][0]["framework"] == "prs-84-2018"
