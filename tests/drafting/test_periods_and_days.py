"""Periods and days of signature as pages tell them, and those of something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cls_graph.drafting.writing import as_yaml
from cls_graph.reviewing.statements import read_draft

Reads = Callable[[str], Any]
OPENING = "Le contrat local de santé de Pau est signé. "


def _period(read: Any) -> dict[str, str]:
    found: dict[str, str] = read.record["contract"].get("period", {}).get("value", {})
    return found


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Pendant quatre ans, la commune s'attaquera à l'eau.", {"duration": "P4Y"}),
        ("Pendant les cinq prochaines années, l'effort portera sur l'eau.", {"duration": "P5Y"}),
        ("Validé en mai, il fixe le cap jusqu'en 2028.", {"end": "2028"}),
        (
            "Pour rappel, il démarre au 1er janvier 2025 et dure 4 ans.",
            {"begin": "2025-01-01", "duration": "P4Y"},
        ),
        ("La feuille de route couvre les années 2023 à 2026.", {"begin": "2023", "end": "2026"}),
        (
            "Il court de 2023 à 2028.\n\nLe présent contrat prend effet le 1er septembre 2023 et s'achève "
            "le 31 août 2028.",
            {"begin": "2023-09-01", "end": "2028-08-31"},
        ),
        ("Le présent contrat vaut pour s'achever le 31 décembre 2027.", {"end": "2027-12-31"}),
        ("Période : du 01/04/2023 au 31/03/2028.", {"begin": "2023-04-01", "end": "2028-03-31"}),
        ("Il est valable du 1er janvier au 31 décembre 2023.", {"begin": "2023-01-01", "end": "2023-12-31"}),
        ("Jusqu'à quand ?\nFin 2027.", {"end": "2027"}),
        ("Les dates\n• 2026 : évaluation\n• 2028 : fin du contrat", {"end": "2028"}),
        ("Date de début : 01/01/2024", {"begin": "2024-01-01"}),
        ("1er janvier 2021 – 31 décembre 2025", {"begin": "2021-01-01", "end": "2025-12-31"}),
        ("Terme : 31/12/2027.", {"end": "2027-12-31"}),
        ("Il vaut pour la période courant de 2023 à fin 2027.", {"begin": "2023", "end": "2027"}),
        ("Il est prévu pour une durée de 60 mois.", {"duration": "P5Y"}),
        (
            "Fruit de dix-huit mois de concertation, il sera déployé de 2025 à 2029.",
            {"begin": "2025", "end": "2029"},
        ),
        ("Entre 2025 et 2029, trente actions seront menées.", {"begin": "2025", "end": "2029"}),
        ("Trente actions sont prévues entre 2025 et 2029.", {"begin": "2025", "end": "2029"}),
        ("Les cinq années à venir seront consacrées à la prévention.", {"duration": "P5Y"}),
        ("Après un an de travail, le voilà lancé pour cinq ans.", {"duration": "P5Y"}),
        ("Il vivra cinq ans.", {"duration": "P5Y"}),
        ("Le contrat vaudra deux ans.", {"duration": "P2Y"}),
        ("Il doit couvrir cinq années.", {"duration": "P5Y"}),
        ("Elle ouvre un cycle de six ans.", {"duration": "P6Y"}),
        ("Validité : 5 ans.", {"duration": "P5Y"}),
        ("\n\nArticle 7 – Durée\nTrois ans à compter de sa signature.", {"duration": "P3Y"}),
        ("Il ira jusqu'à l'automne 2027.", {"end": "2027"}),
        (
            "Le troisième est entré en vigueur au 1er janvier 2025 et prendra fin au 31 décembre 2029.",
            {"begin": "2025-01-01", "end": "2029-12-31"},
        ),
        ("Dix fiches-actions seront mises en œuvre d'ici à 2027.", {"end": "2027"}),
        ("L'hôpital sera rénové d'ici à 2027.", {}),
        ("La convention court sur la période 2024-2028.", {"begin": "2024", "end": "2028"}),
        ("\n\nFeuille de route 2024-2029 :\n- l'eau ;\n- le sport.", {"begin": "2024", "end": "2029"}),
        ("Le premier (2019-2023) s'achève, le second contrat est prêt.", {}),
        ("Rendez-vous en 2029, terme du contrat.", {"end": "2029"}),
        (
            "Il entre en application au 1er janvier 2025 pour quatre ans.",
            {"begin": "2025-01-01", "duration": "P4Y"},
        ),
        ("Il succède au contrat 2019-2024 et courra jusqu'en 2029.", {"end": "2029"}),
        ("De 2022 à 2024, 169 projets ont ainsi été soutenus par l'État.", {}),
        ("Le CLS 22-26 est en cours.", {"begin": "2022", "end": "2026"}),
        ("Le contrat local de santé de Pau 22/26 est en cours.", {"begin": "2022", "end": "2026"}),
        ("Le contrat local de santé (2018 2022) est en cours.", {"begin": "2018", "end": "2022"}),
        ("Le contrat se déroule entre 2022 et 2026.", {"begin": "2022", "end": "2026"}),
        ("Il s'étend de janvier 2022 à fin 2026.", {"begin": "2022-01", "end": "2026"}),
        (
            "Ce contrat est de deuxième génération. Le CLS 2023/2027 a été, comme le premier, écrit à deux.",
            {"begin": "2023", "end": "2027"},
        ),
        (
            "Le troisième CLS (2025-2030) prend la suite du CLS 2 (2019-2024).",
            {"begin": "2025", "end": "2030"},
        ),
        (
            "Avant le CLS 2025 – 2029, un premier contrat, de 2020, liait la Ville à l'État.",
            {"begin": "2025", "end": "2029"},
        ),
        ("Après le CLS 2019-2023, place au CLS 2025-2029.", {"begin": "2025", "end": "2029"}),
        ("Une réunion a évalué celui qui a duré de 2014 à 2018.", {"begin": "2014", "end": "2018"}),
        ("Son exécution va jusqu'en décembre 2028.", {"end": "2028-12"}),
        ("Pau s'est engagée dans l'élaboration d'un contrat local de santé à partir de 2016.", {}),
        ("L'étude a été menée de 2019 à 2022.", {}),
        ("Le CLS compte 12-18 actions.", {}),
        ("Le CLS a touché en 2018 2022 personnes.", {}),
        ("Le CLS 12-15 ans est un club sportif.", {}),
        ("Rendez-vous : CLS 10-12 rue des Lilas.", {}),
        ("Le contrat local de santé (2018 2022 habitants).", {}),
        ("Le contrat local de santé (2018 2022 inscrits) est en cours.", {}),
        ("Période du contrat : 13/2024 - 45/2028", {}),
        ("La population du bassin a crû entre 2015 et 2020.", {}),
        ("Le PRS 2018-2028 inspire le contrat.", {}),
        ("Il court de sept. 2024 à août 2029.", {"begin": "2024-09", "end": "2029-08"}),
        ("Période du contrat : 01/2024 - 12/2028", {"begin": "2024-01", "end": "2028-12"}),
        (
            "Il est établi sur trois ans (2024, 2025, 2026).",
            {"begin": "2024", "end": "2026", "duration": "P3Y"},
        ),
        ("Le contrat 2024-2025-2026 compte trois axes.", {"begin": "2024", "end": "2026"}),
        ("Durée : cinq (5) ans.", {"duration": "P5Y"}),
        ("Il est conclu pour une durée de 5 (cinq) ans.", {"duration": "P5Y"}),
        ("Ce contrat pluriannuel (5 ans) compte trois axes.", {"duration": "P5Y"}),
        ("Le contrat quinquennal compte trois axes.", {"duration": "P5Y"}),
        ("Le PRS3 (2023-2028) est le cadre.", {}),
        ("Le programme Action cœur de ville 2018-2026 y contribue.", {}),
        ("Le bus sillonne le territoire depuis 2019 et jusqu'en 2025.", {}),
        ("C'est le fruit de deux ans de travail.", {}),
        ("Le budget 2025-2027 est de 90 000 euros.", {}),
        ("Saison sportive 2024-2025 : les inscriptions sont ouvertes.", {}),
        ("Exposition du 5 mars au 7 avril 2025", {}),
        ("Le diagnostic, mené de 2022 à 2024, a nourri le contrat.", {}),
        ("L'école de Pau sera construite de 2025 à 2027.", {}),
        ("La population a baissé entre 2015 et 2020.", {}),
        ("Pendant deux ans, les habitants ont été consultés.", {}),
        ("Tarbes a déjà le sien (2022-2027).", {}),
        ("Le Béarn des Gaves, voisin, en est à son deuxième contrat (2022-2027).", {}),
        ("Missions :\n- rechercher des financements (programme LEADER 2023-2027)", {}),
    ],
)
def test_the_period_is_the_contract_s_own(reads: Reads, text: str, period: dict[str, str]) -> None:
    assert _period(reads(OPENING + text)) == period


def test_the_years_of_a_title_page_stand_on_lines_of_their_own(reads: Reads) -> None:
    read = reads("CONTRAT LOCAL\nDE SANTÉ\nde la Ville de Pau\n\n      2018\n      2022\n\nPréambule")
    assert _period(read) == {"begin": "2018", "end": "2022"}


def test_the_plan_of_action_has_a_period_beside_how_long_the_contract_lasts(reads: Reads) -> None:
    read = reads(OPENING + "Il est reconduit pour cinq ans. Le plan d'action (2024-2029) est arrêté.")
    assert _period(read) == {"duration": "P5Y"}
    assert read.record["contract"]["action_plan_period"]["value"] == {"begin": "2024", "end": "2029"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Depuis le 5 juillet 2019, la Ville de Pau a son contrat local de santé.", "2019-07-05"),
        ("Le CLS 2023-2027 de la Ville de Pau est signé depuis le 9 février 2023.", "2023-02-09"),
        ("Un nouveau CLS engage depuis le 9 juillet 2024 la Ville de Pau et l'ARS.", "2024-07-09"),
        ("La Ville de Pau a renouvelé, jeudi 30 mars 2023, son contrat local de santé.", "2023-03-30"),
        ("Mardi 12 mars 2024, la Ville de Pau s'est dotée d'un contrat local de santé.", "2024-03-12"),
        (
            "La sous-préfète a accueilli ce vendredi 17 juin 2022 les signataires du contrat local de "
            "santé de Pau.",
            "2022-06-17",
        ),
        (
            "La Ville a réuni ses partenaires le mercredi 28 septembre 2022, à Pau, pour la signature du "
            "contrat local de santé de Pau.",
            "2022-09-28",
        ),
        (
            "Vendredi 7 mars 2025, à la mairie, la Ville de Pau et l'ARS ont uni leurs forces. Elles portent "
            "un contrat local de santé.\n\nAux côtés du maire ont signé le préfet et la CPAM.",
            "2025-03-07",
        ),
        (
            "Signé ! Pau a son contrat local de santé. Il a été conclu le 3 juin 2021 par la Ville de Pau.",
            "2021-06-03",
        ),
        (
            "Contrat local de santé de Pau\nLe présent contrat dure 5 ans.\n\nPau, le 14 mai 2024",
            "2024-05-14",
        ),
        ("Le contrat local de santé de la Ville de Pau a été signé courant 2023.", "2023"),
        ("Signé au printemps 2023 par la Ville de Pau, le contrat local de santé compte trois axes.", "2023"),
        (
            "L'an deux mille vingt-trois, le trois mars, la Ville de Pau a signé son contrat local de santé.",
            "2023-03-03",
        ),
        (
            "Contrat local de santé de Pau\n\nLe contrat a été signé le 3 mars 2023 par la Ville de Pau et "
            "complété par un avenant le 4 juin 2024.",
            "2023-03-03",
        ),
        ("Le contrat local de santé de Pau est officiel depuis le 12 décembre 2024.", "2024-12-12"),
        (
            "Le contrat local de santé de Pau porte la signature de sept partenaires depuis le 12 mars 2024.",
            "2024-03-12",
        ),
        ("Depuis sa signature, le 12 mars 2024, le CLS de Pau a permis dix actions.", "2024-03-12"),
        ("Dix actions ont suivi depuis la signature du CLS de Pau, en mars 2024.", "2024-03"),
        ("Signé en fin d'année 2024, le contrat local de santé de Pau compte quatre axes.", "2024"),
        (
            "Les partenaires du CLS de Pau, signé fin 2024, se sont réunis le 5 mars 2025.",
            "2024",
        ),
        (
            "La signature du contrat local de santé de Pau a réuni les élus le 12 mars 2024 à la mairie.",
            "2024-03-12",
        ),
        (
            "Mardi 3 décembre 2019, un contrat local de santé, dont l'exécution va jusqu'en 2024, a été "
            "signé par l'ARS et la Ville de Pau.",
            "2019-12-03",
        ),
        ("Le contrat local de santé de Pau a vu le jour le 12 mars 2024.", "2024-03-12"),
        ("Né en mars 2024, le contrat local de santé de Pau compte trois axes.", "2024-03"),
        (
            "Vendredi 8 septembre, Lescar a signé à son tour la convention de mise en œuvre du contrat "
            "local de santé de Pau. La Ville de Pau et l'ARS avaient, dès octobre 2016, conclu le contrat "
            "local de santé.",
            "2016-10",
        ),
        ("Signé en date du 12 décembre 2024, le CLS de Pau compte trois axes.", "2024-12-12"),
        ("Ce 12 décembre 2024, la Ville de Pau a formalisé son CLS avec l'ARS.", "2024-12-12"),
        ("Le CLS de Pau date de décembre 2024. Il a été signé par l'ARS.", "2024-12"),
        ("La Ville de Pau vous convie à la signature du CLS, le 12 décembre 2024 à 18 h.", "2024-12-12"),
        ("Le jeudi 12 déc. 2024, la Ville de Pau a signé son contrat local de santé.", "2024-12-12"),
        ("Le 12-12-2024, la Ville de Pau a signé son contrat local de santé.", "2024-12-12"),
        (
            "Dates clés du contrat local de santé de Pau\n12 mars 2024\nSignature officielle à la mairie",
            "2024-03-12",
        ),
        (
            "Retour sur la signature du contrat local de santé de Pau\n\nLe 12 mars 2024 – Hôtel de ville\n\n"
            "Les élus se félicitent.",
            "2024-03-12",
        ),
        (
            "La salle était comble, jeudi 12 décembre 2024. Les élus de Pau et l'ARS mettaient leur nom au "
            "bas du "
            "contrat local de santé 2024-2028 de Pau.",
            "2024-12-12",
        ),
        (
            "L'ARS est venue signer le contrat local de santé de Pau jeudi dernier, le 12 décembre 2024.",
            "2024-12-12",
        ),
        ("Le contrat local de santé de Pau, renouvelé en mars 2023, compte trois axes.", "2023-03"),
        (
            "Le contrat local de santé de Pau en questions\n\nQue fait-il ? Il soutient les aidants.\n"
            "Quand a-t-il été signé ? Le 12 décembre 2024.",
            "2024-12-12",
        ),
        (
            "Contrat local de santé de Pau : c'est signé !\n\nIl y avait foule le 12 décembre 2024 à la "
            "mairie. Le "
            "maire et l'ARS ont signé le contrat local de santé.",
            "2024-12-12",
        ),
        (
            "Le 12 décembre 2024, douze mois après le lancement de la démarche, le contrat local de santé "
            "de Pau "
            "a été signé par la Ville et l'ARS.",
            "2024-12-12",
        ),
        (
            "Le contrat local de santé de Pau en questions\n\nQui a signé ?\nLa Ville de Pau et "
            "l'ARS.\n\nQuand ?\n"
            "Le 12 décembre 2024, à Pau.",
            "2024-12-12",
        ),
        (
            "Le maire de Pau a signé le texte pour la Ville. Jeudi 12 décembre 2024, le contrat local de "
            "santé "
            "de Pau est donc devenu réalité.",
            "2024-12-12",
        ),
        (
            "Contrat local de santé de Pau\n\nAprès un an de travaux, la signature s'est tenue le 12 "
            "décembre 2024.",
            "2024-12-12",
        ),
        (
            "Le contrat local de santé de Pau est conclu du 1er janvier 2023 au 31 décembre 2027 et a été "
            "signé en mars 2023.",
            "2023-03",
        ),
    ],
)
def test_the_day_of_the_signature_without_a_plain_verb(reads: Reads, text: str, day: str) -> None:
    assert reads(text).milestones().get("signature") == day


@pytest.mark.parametrize(
    ("head", "said", "day"),
    [
        ("La lettre n° 3 – Automne 2023", "En juin dernier", "2023-06"),
        ("Le Mag n° 22, mai-juin 2022", "Le 8 mars", "2022-03-08"),
        ("Le bulletin n° 4, janvier 2024", "En décembre dernier", "2023-12"),
        ("Le bulletin n° 4, janvier 2024", "Le 12 décembre", "2023-12-12"),
        ("Mis à jour le 10 janvier 2025", "En décembre", "2024-12"),
        ("Mis en ligne le 14 décembre 2024", "En décembre", "2024-12"),
        ("Mis en ligne le 14 décembre 2024", "Avant-hier", "2024-12-12"),
        ("Santé : un contrat", "Approuvé le 2 mars 2024 par le conseil, puis le 12 mars", "2024-03-12"),
    ],
)
def test_a_day_without_its_year_is_told_by_the_issue(reads: Reads, head: str, said: str, day: str) -> None:
    read = reads(f"{head}\n\n{said}, la Ville de Pau et l'ARS ont signé le contrat local de santé.")
    assert read.record["milestones"][0]["inferred_date"] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Le diagnostic a été présenté le 3 mars 2024. Le contrat local de santé de Pau a été signé "
            "le 12 du même mois.",
            "2024-03-12",
        ),
        ("Approuvé le 3 mars 2024, le contrat local de santé de Pau a été signé le lendemain.", "2024-03-04"),
        (
            "Le texte a été adopté le 3 mars 2024 par le conseil. Le contrat local de santé de Pau a été "
            "signé "
            "le 9 avril.",
            "2024-04-09",
        ),
        (
            "En avril 2024, l'agence a beaucoup écrit.\n\nC'est le 9 avril que le contrat local de santé "
            "de Pau "
            "a été "
            "conclu.",
            "2024-04-09",
        ),
        (
            "Le comité de pilotage de février 2024 a lancé la démarche. Le contrat local de santé de Pau "
            "a été signé le samedi 24 mai.",
            "2025-05-24",
        ),
        (
            "Le premier contrat local de santé de Pau date de 2017. Huit ans après, le 24 janvier, le "
            "troisième vient d'être signé.",
            "2025-01-24",
        ),
    ],
)
def test_a_day_is_counted_from_what_the_text_tells_before_it(reads: Reads, text: str, day: str) -> None:
    step = reads(f"Contrat local de santé de Pau\n\n{text}").record["milestones"][0]
    assert step["inferred_date"] == day
    assert step["note"]


@pytest.mark.parametrize(
    "text",
    [
        "Le contrat local de santé de Pau court jusqu'au 30 juin 2029. Il a été signé le 12 décembre.",
        "Le contrat local de santé de Pau, qui court jusqu'au 30 juin 2029, a été signé le 12 décembre.",
        "Le contrat local de santé de Pau vaut du 1er juillet 2024 au 30 juin 2029. Il a été signé le "
        "12 décembre.",
        "Le contrat local de santé de Pau s'achèvera en juin 2029. Il compte des actions. C'est le 9 juin "
        "que le contrat a été signé.",
        "Le bilan du contrat local de santé de Pau est prévu en juin 2029.\n\nC'est le 9 juin que le contrat "
        "a été signé.",
    ],
)
def test_the_end_of_the_contract_gives_no_year_to_its_signature(reads: Reads, text: str) -> None:
    step = reads(f"Contrat local de santé de Pau\n\n{text}").record["milestones"][0]
    assert step["type"] == "signature"
    assert "inferred_date" not in step


def test_a_day_whose_year_is_worked_out_waits_for_a_person(reads: Reads) -> None:
    text = "Le contrat local de santé de Pau a été adopté le 18 octobre 2023. Il a été signé le {}."
    certain = []
    for day in ("9 novembre", "9 novembre 2023"):
        reviewed = read_draft("essai.yaml", as_yaml(reads(text.format(day)).drafts[0], "fr"))
        certain += [s.certain for s in reviewed.statements if s.part == "milestones"]
    assert certain == [False, True]


def test_the_heading_of_one_contract_of_several_ends_with_its_day(reads: Reads) -> None:
    read = reads(
        "Deux contrats locaux de santé ici\n\nVille de Lormont, 13 décembre 2022\nLe CLS de Lormont est "
        "signé par Lormont et l'ARS.\n\nVille de Floirac, 19 décembre 2022\nLe CLS de Floirac réunit "
        "la Ville de Floirac et la CPAM."
    )
    days = [d.record.get("milestones", [{}])[0].get("stated_date") for d in read.drafts]
    assert days == ["2022-12-13", "2022-12-19"]


def test_a_dateline_is_no_day_of_a_signature_that_was_yesterday(reads: Reads) -> None:
    read = reads("Pau, le 6 mars 2024 – La Ville de Pau et l'ARS ont signé hier le contrat local de santé.")
    assert read.record["milestones"][0]["inferred_date"] == "2024-03-05"


@pytest.mark.parametrize(
    "text",
    [
        "Délibération n° 31\n\nLe contrat local de santé de Pau est approuvé ; le maire le "
        "signera.\n\nFait à Pau, "
        "le 12 février 2024",
        "Le contrat local de santé de Pau est là. Le précédent, signé en 2017, avait pris fin en 2021.",
        "Signature du contrat local de santé de Pau bientôt : il prend effet le 1er avril 2023.",
        "Depuis 2017, la Ville de Pau coordonne un contrat local de santé.",
        "Le comité du contrat local de santé de Pau s'est réuni le 3 mars 2024. Le lendemain, il a "
        "écrit au maire.",
        "L'association née le 12 mars 2024 aidera le contrat local de santé de Pau.",
        "Depuis le 2 avril 2024, une coordinatrice anime le contrat local de santé de Pau.",
        "Le comité de pilotage du contrat local de santé de Pau s'est réuni le 2 avril 2024.",
        "Mardi 2 avril 2024, le conseil a débattu du logement. Le contrat local de santé de Pau suivra.",
        "La Ville de Pau a conclu le 2 avril 2024 un bail. Le contrat local de santé de Pau suivra.",
    ],
)
def test_other_days_are_no_signature(reads: Reads, text: str) -> None:
    assert not reads(text).milestones().get("signature")


@pytest.mark.parametrize(
    "text",
    [
        "La charte « Ville active » a été signée le 5 mars 2023 par la Ville de Pau, engagée dans un CLS.",
        "Une convention de financement a été signée le 5 mars 2023 dans le cadre du CLS de Pau.",
        "La lettre d'intention a été signée le 5 mars 2023, avant le contrat local de santé de Pau.",
    ],
)
def test_the_day_of_another_document_is_no_day_of_the_contract(reads: Reads, text: str) -> None:
    assert "signature" not in reads(f"Contrat local de santé de Pau\n\n{text}").milestones()


def test_the_day_that_a_text_tells_after_the_year_is_that_of_the_signature(reads: Reads) -> None:
    read = reads(
        "Le contrat local de santé que l'État et Laval Agglomération ont signé en 2021 change. C'est le 24 "
        "novembre 2021 que l'État, Laval Agglomération et les communes qui la composent avaient signé ce CLS."
    )
    assert read.milestones()["signature"] == "2021-11-24"


SIGNED_IN_VANNES = (
    "Vannes signe son {}contrat local de santé (CLS) 2025-2029\n\nLe 12 juin 2025, la Ville de Vannes et "
    "l'ARS Bretagne ont signé le contrat local de santé de Vannes. "
)


@pytest.mark.parametrize("rank", ["", "deuxième "])
@pytest.mark.parametrize(
    "text",
    [
        "Le précédent, signé en 2020, avait duré cinq ans.",
        "La précédente, signée en 2020 avec la MSA, avait duré trois ans.",
        "Le précédent avait duré cinq ans.",
        "Celui de 2020 avait duré cinq ans.",
    ],
)
def test_how_long_the_contract_before_lasted_is_not_how_long_this_one_does(
    reads: Reads, rank: str, text: str
) -> None:
    assert _period(reads(SIGNED_IN_VANNES.format(rank) + text)) == {"begin": "2025", "end": "2029"}


def test_a_duration_that_contradicts_the_period_is_doubted_and_not_certain(reads: Reads) -> None:
    read = reads(SIGNED_IN_VANNES.format("") + "Il est conclu pour une durée de trois ans.")
    assert _period(read) == {"begin": "2025", "end": "2029"}
    assert "« pour une durée de trois ans » ne va pas avec « 2025-2029 »" in read.doubts()
    reviewed = read_draft("essai.yaml", as_yaml(read.drafts[0], "fr"))
    period = reviewed.statement("contract/period")
    assert period is not None
    assert not period.certain


def test_a_duration_that_goes_with_the_period_is_no_doubt(reads: Reads) -> None:
    for years in ("quatre", "cinq"):
        read = reads(SIGNED_IN_VANNES.format("") + f"Il est conclu pour une durée de {years} ans.")
        assert _period(read)["duration"] in ("P4Y", "P5Y")
        assert "ne va pas avec" not in read.doubts()
