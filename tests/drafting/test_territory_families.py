"""The ways in which texts say a territory, family by family: what the words for the contract lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Read

SENTENCE = (
    "Santé publique\n\nLe contrat local de santé {} a été signé le 12 mars 2024 à {} par l'ARS {} et {}."
)
LED_TO = [
    ("du bassin de vie de Ganges", "bassin de vie de Ganges", "Ganges", "Occitanie"),
    ("de l'agglomération royannaise", "agglomération royannaise", "Royan", "Nouvelle-Aquitaine"),
    ("de la vallée de la Bresle", "vallée de la Bresle", "Eu", "Normandie"),
    ("du pays lédonien", "pays lédonien", "Lons-le-Saunier", "Bourgogne-Franche-Comté"),
    ("du territoire mauriacois", "territoire mauriacois", "Mauriac", "Auvergne-Rhône-Alpes"),
    ("de l'ouest du Vaucluse", "ouest du Vaucluse", "Orange", "Provence-Alpes-Côte d'Azur"),
    ("Nord Essonne", "Nord Essonne", "Massy", "Île-de-France"),
    ("des 4B Sud Charente", "4B Sud Charente", "Touvérac", "Nouvelle-Aquitaine"),
    ("du 18e arrondissement de Paris", "18e arrondissement de Paris", "Paris", "Île-de-France"),
    ("« Bourbre Tisserands »", "Bourbre Tisserands", "La Tour-du-Pin", "Auvergne-Rhône-Alpes"),
    ("de deuxième génération du Trégor", "Trégor", "Lannion", "Bretagne"),
    ("territorial de santé du Couserans", "Couserans", "Saint-Girons", "Occitanie"),
    ("à l'échelle du Pays de Retz", "Pays de Retz", "Pornic", "Pays de la Loire"),
    ("– Pays de Retz", "Pays de Retz", "Pornic", "Pays de la Loire"),
    (
        "du Pôle d'équilibre territorial et rural du Pays d'Auch",
        "Pays d'Auch",
        "Auch",
        "Occitanie",
    ),
]


def head(read: Read) -> dict[str, Any]:
    return dict(read.record["contract"])


@pytest.mark.parametrize(("words", "label", "town", "region"), LED_TO, ids=[row[1] for row in LED_TO])
def test_what_the_contract_leads_to(
    reads: Callable[[str], Read], words: str, label: str, town: str, region: str
) -> None:
    read = reads(SENTENCE.format(words, town, region, "la CPAM"))
    assert head(read)["territory_label"] == label


DESCRIBED = [
    ("l'agglomération montluçonnaise", "Montluçon Communauté", "Auvergne-Rhône-Alpes", "epci/200071082"),
    ("la métropole brestoise", "Brest Métropole", "Bretagne", "epci/242900314"),
    ("l'agglomération ruthénoise", "Rodez Agglomération", "Occitanie", "epci/241200187"),
    (
        "l'agglomération castraise",
        "communauté d'agglomération de Castres-Mazamet",
        "Occitanie",
        "epci/248100430",
    ),
]


@pytest.mark.parametrize(("words", "group", "region", "code"), DESCRIBED, ids=[row[1] for row in DESCRIBED])
def test_a_group_that_is_described_is_the_one_that_signs(
    reads: Callable[[str], Read], words: str, group: str, region: str, code: str
) -> None:
    the = "La " if group[0].islower() else ""
    text = f"{the}{group} et l'ARS {region} signent ce 4 juillet 2024 le contrat local de santé de {words}."
    found = head(reads(f"Un contrat pour la santé\n\n{text}\n"))
    assert (found["territory_label"], found["territory"][0]["value"]) == (group, code)


def test_a_land_that_is_described_stays_where_no_group_signs(reads: Callable[[str], Read]) -> None:
    text = "Le contrat local de santé de l'agglomération castraise a été signé par l'ARS et la CPAM du Tarn."
    assert head(reads(text))["territory_label"] == "agglomération castraise"


@pytest.mark.parametrize(
    "line",
    [
        "Saint-Denis, le 23 novembre 2021",
        "Saint-Denis, 23/11/2021",
        "Saint-Denis – mardi 23 novembre 2021",
        "Saint-Denis, le mardi 23 novembre 2021",
    ],
)
def test_the_place_and_day_below_a_title_are_those_of_the_text(
    reads: Callable[[str], Read], line: str
) -> None:
    read = reads(
        f"La Ville et l'ARS signent un nouveau contrat local de santé\n\n{line}\n\n"
        "La Ville du Port et l'Agence de santé La Réunion ont signé le contrat local de santé du Port.\n\n"
        "Les contrats locaux de santé à La Réunion\nNeuf communes sont engagées.\n"
    )
    assert [d.record["contract"]["territory_label"] for d in read.drafts] == ["Port"]


BRANDS = [
    ("Arlysère", "Auvergne-Rhône-Alpes", "Savoie", "epci/200068997"),
    ("Agglopolys", "Centre-Val de Loire", "Loir-et-Cher", "epci/200030385"),
    ("Cauvaldor", "Occitanie", "Lot", "epci/200066371"),
]
ACTING = [
    "{n} et l'ARS {r} ont signé un contrat local de santé le 3 mars 2023 avec la CPAM ({d}).",
    "{n} a signé le 3 mars 2023 son contrat local de santé avec l'ARS {r} et la CPAM ({d}).",
    "{n}, l'ARS {r} et la CPAM ({d}) ont signé le 3 mars 2023 un contrat local de santé.",
]


@pytest.mark.parametrize(("name", "region", "departement", "code"), BRANDS, ids=[row[0] for row in BRANDS])
@pytest.mark.parametrize("sentence", ACTING)
def test_a_group_that_goes_by_one_word(
    reads: Callable[[str], Read], sentence: str, name: str, region: str, departement: str, code: str
) -> None:
    found = head(reads(sentence.format(n=name, r=region, d=departement) + "\n"))
    assert (found["territory_label"], found["territory"][0]["value"]) == (name, code)


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("Le contrat local de santé a été signé par Arlysère, l'ARS et la CPAM.", True),
        ("Le contrat local de santé a été signé par la CPAM, l'ARS Auvergne-Rhône-Alpes et Arlysère.", True),
        ("Le contrat local de santé est signé.\n\nSignataires :\n- ARS\n- Arlysère\n- CPAM\n", True),
        ("Le contrat local de santé a été signé par l'ARS et la CPAM, au siège d'Arlysère.", False),
        ("Le contrat local de santé du Trièves a été signé par l'ARS et la CPAM, dans le Trièves.", False),
    ],
)
def test_one_word_names_a_body_where_it_acts(
    reads: Callable[[str], Read], sentence: str, there: bool
) -> None:
    assert any(s.startswith("epci ") for s in reads(sentence).signatories()) is there


@pytest.mark.parametrize(
    ("words", "signatory"),
    [
        ("le bailleur Alliade Habitat", "bailleur-social bailleur Alliade Habitat"),
        ("Lyon Métropole Habitat", "bailleur-social Lyon Métropole Habitat"),
        ("Grand Lyon Habitat", "bailleur-social Grand Lyon Habitat"),
        ("caisse de sécurité sociale de Mayotte", "cgss caisse de sécurité sociale de Mayotte"),
        (
            "le centre hospitalier psychiatrique du Pays d'Eygurande",
            "etablissement-sante-mentale centre hospitalier psychiatrique du Pays d'Eygurande",
        ),
    ],
)
def test_a_body_whose_name_holds_words_for_another_kind(
    reads: Callable[[str], Read], words: str, signatory: str
) -> None:
    read = reads(f"Le contrat local de santé\n\nSignataires : Ville de Bron, ARS, {words}, CPAM du Rhône\n")
    assert signatory in read.signatories()


@pytest.mark.parametrize("other", ["Alliade Habitat", "Lyon Métropole Habitat", "Harmonie Mutuelle"])
def test_the_name_of_an_agency_ends_with_its_region(reads: Callable[[str], Read], other: str) -> None:
    read = reads(f"Le contrat local de santé a été signé par la CPAM, l'ARS Auvergne-Rhône-Alpes et {other}.")
    assert read.signatories()[1] == "ars ARS Auvergne-Rhône-Alpes"
    assert read.signatories()[2].endswith(other)


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("La Thiérache signe son contrat local de santé", "Thiérache"),
        ("Aisne : la Thiérache a son contrat local de santé", "Thiérache"),
        ("Contrat local de santé en Thiérache", "Thiérache"),
        ("La Mairie signe son contrat local de santé", "Vervins"),
        ("Les contrats locaux de santé en Bretagne", None),
    ],
)
def test_a_land_that_has_its_contract(reads: Callable[[str], Read], title: str, label: str | None) -> None:
    read = reads(f"{title}\n\nIl a été signé à Vervins le 3 mars 2023 par l'ARS Hauts-de-France.\n")
    assert head(read).get("territory_label") == label


def test_the_header_of_a_paper_names_the_town_of_la_ville(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Le Berry républicain – Vierzon – 4 mars 2023\n\nLe contrat local de santé signé\n\n"
        "La Ville et l'ARS Centre-Val de Loire ont signé hier le contrat local de santé.\n"
    )
    assert head(read)["territory_label"] == "Vierzon"


PLACED = [
    (
        "Réunis à Gaillard, le président de la communauté de communes Faucigny - Glières, le directeur de la "
        "délégation départementale de l'ARS et le préfet de la Haute-Savoie ont signé le premier contrat "
        "local de santé. Le centre hospitalier de Gaillard y sera associé.\n\nMairie de Gaillard – 1 place "
        "du Pont",
        "epci/200000172",
    ),
    (
        "Le maire de Saint-Gervais-les-Bains et président de la communauté de communes Faucigny - Glières a "
        "signé avec l'ARS le premier contrat local de santé.",
        "epci/200000172",
    ),
    ("CLS des 7 Vallées\n\nSignataires : ARS, CPAM du Pas-de-Calais.", "epci/200044030"),
    ("CLS Entre Doubs et Loue\n\nIl est signé par l'ARS et le préfet du Doubs.", "epci/242500320"),
    ("CLS des Portes Briardes Entre Villes et Forêts\n\nSignataires : ARS, CPAM.", "epci/200023125"),
    ("SIGNATURE DU CONTRAT LOCAL DE SANTÉ DE CHELLES\n\nL'ARS et la Ville ont signé.", "commune/77108"),
    (
        "À Saint Pierre en Auge, on signe\n\nLa mairie et l'ARS ont signé le contrat local de santé.",
        "commune/14654",
    ),
    ("CLS de Vals près le Puy\n\nSignataires : ARS, CPAM de la Haute-Loire.", "commune/43251"),
    ("L'ARS et Annonay (07) signent un contrat local de santé\n\nC'était lundi.", "commune/07010"),
    (
        "Un contrat local de santé pour les habitants de La Réole\n\nLa Ville et l'ARS ont signé.",
        "commune/33352",
    ),
    (
        "La santé\n\nLe président du Castelrenaudais et l'ARS ont signé le contrat local de santé à Luynes.",
        "epci/243700499",
    ),
    (
        "Le Bassin de Marennes se dote d'un contrat local de santé\n\nL'ARS l'a signé avec la communauté.",
        "epci/241700699",
    ),
    (
        "La communauté d'agglomération Grand Belfort recrute un coordinateur du contrat local de santé signé "
        "avec l'ARS et la CPAM du Territoire de Belfort.",
        "epci/200069052",
    ),
]


@pytest.mark.parametrize(("text", "code"), PLACED, ids=[code for _, code in PLACED])
def test_a_name_as_it_is_written_in_its_place(reads: Callable[[str], Read], text: str, code: str) -> None:
    assert [t["value"] for t in head(reads(text)).get("territory", [])] == [code]


def test_the_initials_are_no_part_of_the_name(reads: Callable[[str], Read]) -> None:
    text = "Le CLS de la CCPS\n\nLa communauté de communes des Portes de Sologne (CCPS) et l'ARS l'ont signé."
    assert head(reads(text))["territory_label"] == "communauté de communes des Portes de Sologne"


def told(read: Read) -> list[tuple[str | None, list[str]]]:
    """The territory of each contract of a page: as the text writes it, and its codes."""
    heads = [d.record["contract"] for d in read.drafts]
    return [(h.get("territory_label"), [t["value"] for t in h.get("territory", [])]) for h in heads]


FOUND: dict[str, tuple[str, list[tuple[str | None, list[str]]]]] = {
    "a link is no town": (
        "Lire la suite\n\nLa santé\n\nLa Ville et l'ARS ont signé le contrat local de santé en 2023.\n",
        [(None, [])],
    ),
    "a town that a line begins with is one": (
        "Lire et grandir à Laval\n\nLa Ville et l'ARS ont signé le contrat local de santé le 3 mars 2023.\n",
        [("Laval", ["commune/53130"])],
    ),
    "a verb in capitals": (
        "I. COMMENT LE CONTRAT LOCAL DE SANTE A ETE ELABORE\n\nLA COMMUNAUTE DE COMMUNES DES 7 VALLEES.",
        [("COMMUNAUTE DE COMMUNES DES 7 VALLEES", ["epci/200044030"])],
    ),
    "a town in capitals": (
        "SIGNATURE DU CONTRAT LOCAL DE SANTE A ETAPLES\n\nLa Ville et l'ARS l'ont signé en mairie.",
        [("ETAPLES", ["commune/62318"])],
    ),
    "initials with a number": (
        "Le Contrat Local de Santé (CLS) de la 4CPS est signé entre la communauté de communes et l'ARS. "
        "La MSA et le Pays du Mans ont suivi le diagnostic.",
        [("4CPS", [])],
    ),
    "a number is no name": (
        "Le contrat local de santé de la 2e génération est signé par l'ARS et la communauté de communes "
        "des 7 Vallées.",
        [("communauté de communes des 7 Vallées", ["epci/200044030"])],
    ),
    "described and named, signed by neither": (
        "L'ARS et Chartres métropole\n\nSept partenaires se sont joints à l'ARS Centre-Val de Loire et à "
        "Chartres métropole pour signer le contrat local de santé de l'agglomération chartraine.",
        [("Chartres métropole", ["epci/200033181"])],
    ),
    "described beside another group": (
        "Sept partenaires et Orléans Métropole ont salué le contrat local de santé de l'agglomération "
        "chartraine, que l'ARS Centre-Val de Loire suit.",
        [("agglomération chartraine", ["epci/200033181"])],
    ),
    "an entente": (
        "Le contrat local de santé\n\nEntente santé Fontenay-Vendée Sèvre Autise, 16 rue de l'innovation\n\n"
        "Il est signé avec l'ARS Pays de la Loire.",
        [("Fontenay-Vendée Sèvre Autise", [])],
    ),
    "an entente of nobody": (
        "Le contrat local de santé\n\nUne entente de qualité lie les acteurs. Il est signé avec l'ARS.",
        [(None, [])],
    ),
    "hospitals named after the département": (
        "La municipalité de Vernouillet a signé son premier contrat local de santé avec l'ARS et le "
        "Groupement Hospitalier de Territoire Yvelines Nord.",
        [("Vernouillet", ["commune/78643"])],
    ),
    "hospitals that only share a word": (
        "La municipalité de Vernouillet a signé son premier contrat local de santé avec l'ARS et le "
        "Groupement Hospitalier de Territoire Nord Franche-Comté.",
        [("Vernouillet", [])],
    ),
    "a contract like it": (
        "Le contrat local de santé signé par l'ARS et la ville de Rueil-Malmaison part d'un diagnostic.\n\n"
        "Le même jour, un contrat identique a été signé avec Villeneuve-la-Garenne et Colombes.",
        [
            ("Rueil-Malmaison", ["commune/92063"]),
            ("Villeneuve-la-Garenne", ["commune/92078"]),
            ("Colombes", ["commune/92025"]),
        ],
    ),
    "a contract like it with a body": (
        "Le contrat local de santé signé par l'ARS et la ville de Rueil-Malmaison part d'un diagnostic.\n\n"
        "Le même jour, un contrat identique a été signé avec la CPAM, à Colombes.",
        [("Rueil-Malmaison", ["commune/92063"])],
    ),
    "another does so too": (
        "Deux contrats locaux de santé de plus en Bretagne\n\nQuimperlé communauté a signé le sien "
        "le 28 septembre 2021. Le Pays de Guingamp en a fait autant le 7 octobre 2021.",
        [("Quimperlé communauté", ["epci/242900694"]), ("Pays de Guingamp", [])],
    ),
    "another is only named": (
        "Deux contrats locaux de santé de plus en Bretagne\n\nQuimperlé communauté a signé le sien "
        "le 28 septembre 2021. Le Pays de Guingamp l'a félicitée.",
        [("Quimperlé communauté", ["epci/242900694"])],
    ),
    "one plural for two groups": (
        "Le contrat local de santé\n\nLes communautés de communes de Cœur d'Ostrevent et de Douaisis Agglo, "
        "et l'ARS Hauts-de-France ont signé la charte qui le précède. Douaisis Agglo paie le poste.",
        [("Cœur d'Ostrevent et de Douaisis Agglo", ["epci/245901152", "epci/200044618"])],
    ),
    "one plural beside the contract": (
        "Le contrat local de santé de Douai\n\nIl est signé par l'ARS Hauts-de-France, non loin des "
        "communautés de communes de Cœur d'Ostrevent et de Douaisis Agglo. Les maires ont applaudi.",
        [("Douai", ["commune/59178"])],
    ),
    "three towns of one group": (
        "L'Agglo prolonge son contrat local de santé avec l'ARS : un centre à Labourse, des antennes à "
        "Robecq et Gosnay.",
        [("Agglo", ["epci/200072460"])],
    ),
    "three towns of two groups": (
        "L'Agglo prolonge son contrat local de santé avec l'ARS : un centre à Labourse, des antennes à "
        "Robecq et Douai.",
        [(None, [])],
    ),
    "a group by its hospital": (
        "Par le contrat local de santé, l'ARS Normandie s'engage avec la Communauté urbaine.\n\n"
        "Partenaires signataires : l'ARS Normandie, le Groupe Hospitalier du Havre (GHH), la CPAM.",
        [("Communauté urbaine", ["epci/200084952"])],
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_family_and_what_only_looks_like_it(reads: Callable[[str], Read], name: str) -> None:
    text, expected = FOUND[name]
    assert told(reads(text)) == expected
