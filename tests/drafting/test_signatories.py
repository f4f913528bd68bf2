"""Who signs, and above all who does not: the forms that press releases, minutes and contracts use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
VILLE, ARS = "commune Ville de Pau", "ars ARS Nouvelle-Aquitaine"


@pytest.mark.parametrize(
    "sentence",
    [
        "La Ville de Pau et l’ARS Nouvelle-Aquitaine ont signé le contrat local de santé.",
        "Le contrat local de santé a été signé le 3 mai 2024 par la Ville de Pau et l'ARS "
        "Nouvelle-Aquitaine.",
        "Le contrat local de santé, conclu entre la Ville de Pau et l'ARS "
        "Nouvelle-Aquitaine, vise l'accès aux soins.",
        "La signature du contrat local de santé par la Ville de Pau et l'ARS "
        "Nouvelle-Aquitaine est intervenue hier.",
        "Les signataires du contrat local de santé sont la Ville de Pau et l'ARS Nouvelle-Aquitaine.",
        "La Ville de Pau vient de signer son contrat local de santé avec l'ARS Nouvelle-Aquitaine.",
        "La Ville de Pau a signé son contrat local de santé aux côtés de l'ARS Nouvelle-Aquitaine.",
        "La Ville de Pau ainsi que l'ARS Nouvelle-Aquitaine sont signataires du contrat local de santé.",
        "Le contrat local de santé est signé. La Ville de Pau et l'ARS Nouvelle-Aquitaine se sont "
        "associées à "
        "cette signature.",
        "Le contrat local de santé compte deux institutions, toutes deux liées. Ont signé : la Ville de "
        "Pau et l'ARS "
        "Nouvelle-Aquitaine.",
        "Deux institutions ont apposé leur signature au bas du contrat local de santé : la Ville de Pau et "
        "l'ARS "
        "Nouvelle-Aquitaine.",
        "Le contrat local de santé est né, avec le concours de la Ville de Pau et de l'ARS "
        "Nouvelle-Aquitaine, "
        "cosignataires.",
        "Contrat local de santé. Qui l'a signé ? La Ville de Pau et l'ARS Nouvelle-Aquitaine.",
        "Le contrat local de santé a été signé hier. Y sont parties, en qualité de signataires, la Ville "
        "de Pau et "
        "l'ARS Nouvelle-Aquitaine.",
        "La Ville de Pau a renouvelé le 3 mai 2024 le contrat local de santé qui la lie à l'ARS "
        "Nouvelle-Aquitaine.",
        "Contrat local de santé\n\nSignataires :\n- La Ville de Pau\n- L'ARS Nouvelle-Aquitaine",
        "Contrat local de santé\n\nLes signataires du contrat\n\n1. Ville de Pau\n2. ARS Nouvelle-Aquitaine",
        "Contrat local de santé\n\nEntre\n\nLa Ville de Pau, représentée par son "
        "maire,\n\net\n\nL'ARS Nouvelle-Aquitaine, représentée par son directeur,\n\nIl est "
        "convenu ce qui suit.",
    ],
)
def test_the_ways_to_say_who_signs(reads: Reads, sentence: str) -> None:
    assert sorted(reads(sentence).signatories()) == sorted([VILLE, ARS])


def test_persons_stand_for_bodies(reads: Reads) -> None:
    read = reads(
        "Anne Leroy, maire de Pau, Marc Petit, préfet des Pyrénées-Atlantiques, et Claire "
        "Roux, directrice générale"
        " de l'ARS Nouvelle-Aquitaine, ont signé le contrat local de santé."
    )
    assert read.signatories() == [
        "commune maire de Pau",
        "prefecture préfet des Pyrénées-Atlantiques",
        "ars ARS Nouvelle-Aquitaine",
    ]
    assert [e["party"] for e in read.record["engagements"]] == ["commune-64445", "prefecture-64", "ars-75"]


@pytest.mark.parametrize(
    "said", ["qui tous ont signé", "lesquels ont tous signé", "qui ont tous les deux signé"]
)
def test_a_relative_clause_is_of_the_whole_row_before_it(reads: Reads, said: str) -> None:
    read = reads(
        f"La CPAM de Pau s'appuie sur la Ville de Pau et l'ARS Nouvelle-Aquitaine, {said} le contrat local "
        "de santé."
    )
    assert sorted(read.signatories()) == sorted([VILLE, ARS])


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ("sous-préfet de l'arrondissement de Bayonne", "sous-prefecture"),
        ("sous-préfet de Bayonne", "sous-prefecture"),
        ("sous-préfète à la cohésion sociale et à la jeunesse", "prefecture"),
        ("sous-préfète chargée de la relance", "prefecture"),
    ],
)
def test_a_sub_prefect_is_of_an_arrondissement_or_has_a_charge(reads: Reads, post: str, body: str) -> None:
    read = reads(f"Anne Leroy, maire de Pau, et Luc Petit, {post}, ont signé le contrat local de santé.")
    assert read.signatories() == ["commune maire de Pau", f"{body} {post}"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le contrat a été signé par la Ville de Pau et l'ARS Nouvelle-Aquitaine, en présence "
        "de la CPAM de Pau.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. La CPAM de Pau "
        "assistait à la cérémonie.",
        "Dans les locaux de la CPAM de Pau, la Ville de Pau et l'ARS Nouvelle-Aquitaine ont "
        "signé le contrat.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. La CPAM de Pau "
        "n'a pas signé le contrat.",
        "Le premier contrat, signé en 2018 par la CPAM de Pau, a pris fin. Le deuxième "
        "contrat a été signé le 3 mai"
        " 2024 par la Ville de Pau et l'ARS Nouvelle-Aquitaine.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. La CPAM de Pau "
        "finance une action.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. Le conseil "
        "municipal autorise le maire à"
        " signer la convention avec la CPAM de Pau.",
        "En général, un contrat local de santé est signé par la CPAM et le Département. Ici, "
        "la Ville de Pau et l'ARS"
        " Nouvelle-Aquitaine ont signé le contrat.",
    ],
)
def test_who_is_near_a_signature_is_no_signatory(reads: Reads, sentence: str) -> None:
    assert sorted(reads(f"Contrat local de santé de Pau\n\n{sentence}").signatories()) == sorted([VILLE, ARS])


def test_a_vote_is_no_signature(reads: Reads) -> None:
    read = reads(
        "Le conseil municipal du 4 mars 2024 approuve le contrat local de santé de Pau et "
        "autorise M. le Maire à le"
        " signer avec l'ARS Nouvelle-Aquitaine."
    )
    assert read.signatories() == []
    assert read.record["contract"]["status"]["value"] == "authorised"
    assert "signature" not in read.milestones()


def test_names_with_and_and_commas_are_one_body(reads: Reads) -> None:
    read = reads(
        "Signataires :\n- Le Collectif Santé, Solidarité et Territoires\n- La Direction "
        "départementale de l'emploi,"
        " du travail et des solidarités\n- La Communauté de communes Sèvre et Loire\n- Le CDAD de la Loire"
    )
    assert read.signatories() == [
        "reseau-association Collectif Santé, Solidarité et Territoires",
        "ddets Direction départementale de l'emploi, du travail et des solidarités",
        "epci Communauté de communes Sèvre et Loire",
        "autre CDAD de la Loire",
    ]


def test_one_phrase_that_names_several_bodies(reads: Reads) -> None:
    read = reads(
        "Le contrat local de santé a été signé par la Ville et le CCAS d'Aubagne, les "
        "conseils départementaux de"
        " l'Ain, du Rhône et de la Loire, et les centres hospitaliers de Rives et Tullins."
    )
    assert [s.split()[0] for s in read.signatories()] == [
        "commune", "ccas", "departement", "departement", "departement", "hopital-public", "hopital-public",
    ]  # fmt: skip
    parties = [e.get("party") for e in read.record["engagements"]]
    assert parties[:5] == [
        "commune-13005",
        "ccas-13005",
        "departement-01",
        "departement-69",
        "departement-42",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "La signature d'un futur contrat local de santé avec la CPAM de Pau est envisagée en 2026.",
        "Les futurs signataires du contrat local de santé seront la CPAM de Pau et la Région.",
        "La CPAM de Pau souhaite signer le contrat local de santé.",
        "Contrat local de santé\n\nSignataires :\n- Anne Roy, pour la CPAM de Pau (excusée)",
        "À l'instar de la ville de Tarbes, Pau a son contrat local de santé, signé hier.",
    ],
)
def test_a_signature_that_is_only_wished_for_makes_no_signatory(reads: Reads, sentence: str) -> None:
    assert not [s for s in reads(f"Santé à Pau\n\n{sentence}").signatories() if "CPAM" in s or "Tarbes" in s]


def test_an_amendment_brings_in_a_signatory(reads: Reads) -> None:
    read = reads(
        "Avenant au contrat local de santé de Pau\n\nLe contrat a été signé le 3 mai 2020 par la Ville de "
        "Pau et l'ARS "
        "Nouvelle-Aquitaine, pour trois ans. L'avenant intègre un nouveau signataire, la CPAM de Pau, et "
        "porte le terme "
        "du contrat au 31 décembre 2025."
    )
    assert read.signatories() == [VILLE, ARS, "cpam CPAM de Pau"]
    (amendment,) = read.record["amendments"]
    assert amendment["period"] == {"end": "2025-12-31"}
    assert amendment["added_parties"] == ["03"]


def test_members_of_a_grouping_do_not_sign_for_themselves(reads: Reads) -> None:
    read = reads(
        "Le PETR du Pays de Langres, qui regroupe la CC du Grand Langres et la CC des "
        "Savoir-Faire, et le GHT Sud"
        " (CH de Langres, CH de Chaumont) ont signé le contrat local de santé avec l'ARS Grand Est."
    )
    assert read.signatories() == [
        "petr PETR du Pays de Langres", "hopital-public GHT Sud", "ars ARS Grand Est",
    ]  # fmt: skip


def test_the_state_signs_with_its_services(reads: Reads) -> None:
    read = reads(
        "Le contrat local de santé a été signé par l'État (préfecture de l'Ain, DDETS) et la Ville de Bourg."
    )
    rows = read.record["engagements"]
    assert [(r["kind"], r.get("within")) for r in rows] == [
        ("etat", None), ("prefecture", "01"), ("ddets", "01"), ("commune", None),
    ]  # fmt: skip


def test_two_bodies_of_one_kind_are_never_merged(reads: Reads) -> None:
    read = reads("Ont signé le contrat local de santé : la CPAM du Gard, la CPAM de l'Hérault et la CPAM 30.")
    assert [e["party"] for e in read.record["engagements"]] == ["cpam-30", "cpam-34"]


def test_a_second_post_is_doubtful_unless_it_is_that_of_the_territory(reads: Reads) -> None:
    text = (
        "Jean Roy, maire de Nevers et président de Nevers Agglomération, a signé le contrat "
        "local de santé de {}."
    )
    assert reads(text.format("Nevers")).doubtful() == ["Nevers Agglomération"]
    assert reads(text.format("Nevers Agglomération")).doubtful() == ["maire de Nevers"]


def test_a_count_that_does_not_match_the_list_is_said(reads: Reads) -> None:
    read = reads(
        "Les 4 signataires du contrat local de santé :\n- Ville de Pau\n- CPAM de Pau\n- MSA Sud Aquitaine"
    )
    assert len(read.signatories()) == 3
    assert "annonce 4 signataires, 3 sont reconnus" in read.doubts()


def test_new_partners_are_marked(reads: Reads) -> None:
    read = reads(
        "Le contrat local de santé est signé par la Ville de Pau, l'ARS et deux nouveaux "
        "partenaires : la CPAM et la MSA."
    )
    assert [e.get("new_partner", False) for e in read.record["engagements"]] == [False, False, True, True]


def test_a_body_that_no_source_identifies_keeps_its_kind_and_no_key(reads: Reads) -> None:
    read = reads("Le contrat local de santé de Pau a été signé par la Ville de Pau, la CARSAT et le CHU.")
    rows = {e["kind"]: e for e in read.record["engagements"]}
    assert "party" not in rows["carsat"]
    assert "party" not in rows["chu"]
    assert "note" in rows["chu"]
    assert "siren" not in str(read.drafts[0].organisations)


def test_a_contract_that_is_cut_short_gives_what_it_says(reads: Reads) -> None:
    read = reads(
        "Le contrat local de santé de Pau, signé le 2 juin 2022 par la Ville de Pau, la CPAM de Pau et"
    )
    assert read.signatories() == ["commune Ville de Pau", "cpam CPAM de Pau"]
    assert read.milestones() == {"signature": "2022-06-02"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Le contrat local de santé de la communauté de communes Sud Sarthe a été signé entre Paul Roy, son "
        "président, et l'ARS Pays de la Loire.",
        "Santé en Sud Sarthe\n\nÀ la communauté de communes Sud Sarthe, le président Paul Roy a signé avec "
        "l'ARS Pays de la Loire le contrat local de santé de la communauté de communes Sud Sarthe.",
    ],
)
def test_who_presides_stands_for_the_authority(reads: Reads, sentence: str) -> None:
    assert sorted(reads(sentence).signatories()) == [
        "ars ARS Pays de la Loire",
        "epci communauté de communes Sud Sarthe",
    ]


def test_rows_of_a_table(reads: Reads) -> None:
    read = reads(
        "Contrat local de santé de Pau\n\n"
        "Signataires      Ville de Pau ; ARS Nouvelle-Aquitaine\n"
        "Partenaires      CPAM de Pau ; Mutualité française Nouvelle-Aquitaine\n"
    )
    assert read.signatories() == [VILLE, ARS]


def test_a_line_cut_short_is_doubtful(reads: Reads) -> None:
    read = reads(
        "Contrat local de santé de Pau\n\nLes signataires :\n- la Ville de Pau ;\n"
        "- l'ARS Nouvelle-Aquitaine ;\n- la caisse primaire d'assu"
    )
    assert read.signatories() == [VILLE, ARS]
    assert read.doubtful() == ["caisse primaire"]


@pytest.mark.parametrize(
    "text",
    [
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé une convention pour l'accès aux soins.",
        "La Ville de Pau, le Département et la CAF ont signé le contrat de ville 2024-2030.",
        "Les contrats locaux de santé\n\nLes signataires du contrat sont les collectivités et l'ARS.",
        "Tout savoir sur les contrats locaux de santé\n\nQui le signe ? L'ARS et la "
        "collectivité.\n\nQuatre axes "
        "reviennent le plus souvent :\n- l'accès aux soins,\n- la santé mentale,\n- la prévention.",
        "Le CLS de Pau\n\nLe contrat local de sécurité a été signé le 3 mai 2024 par la Ville "
        "de Pau et le préfet. "
        "Le CLS comporte deux axes : la voie publique et la tranquillité.",
    ],
)
def test_another_agreement_or_none_proposes_nothing(reads: Reads, text: str) -> None:
    read = reads(text)
    assert set(read.record) == {"contract", "source"}
    assert "aucun contrat local de santé" in read.doubts()


def test_a_commune_is_not_called_after_the_person_behind(reads: Reads) -> None:
    read = reads(
        "Le maire de Pau François Roy et la directrice de l'ARS Nouvelle-Aquitaine Marie Blanc ont signé le "
        "contrat local de santé."
    )
    assert read.signatories() == ["commune maire de Pau", ARS]


@pytest.mark.parametrize(
    "text",
    [
        "Dans quelques minutes, la Ville de Pau et l'ARS Nouvelle-Aquitaine apposeront leur signature sur ce "
        "contrat.",
        "En apposant leur nom au bas du contrat, la Ville de Pau et l'ARS Nouvelle-Aquitaine "
        "tiennent parole.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont procédé ce jour, vendredi 24 mai "
        "2024, à la signature du "
        "contrat.",
        "Deux signatures figurent au bas du contrat : celle de la Ville de Pau et celle de l'ARS "
        "Nouvelle-Aquitaine.",
        "Le contrat est signé. Avec qui ? Avec la Ville de Pau, bien sûr. Mais aussi avec "
        "l'ARS Nouvelle-Aquitaine.",
        "La Ville de Pau vient de se lier à l'ARS Nouvelle-Aquitaine par un contrat local de santé.",
        "La Ville de Pau a signé le contrat. L'ARS Nouvelle-Aquitaine a suivi.",
        "La Ville de Pau en est le porteur et le premier signataire. L'ARS Nouvelle-Aquitaine "
        "l'a signé le même "
        "jour.",
        "Un contrat, deux signataires\n\nInstitution | Représentant\nVille de Pau | le maire\n"
        "ARS Nouvelle-Aquitaine | le directeur",
        "Autour de la table, la Ville de Pau. Mais aussi l'ARS Nouvelle-Aquitaine. Tous les "
        "deux ont signé le "
        "contrat.",
        "Le contrat est passé entre :\n1) la Ville de Pau ;\n2) l'ARS Nouvelle-Aquitaine.\n\n"
        "– Le diagnostic\nIl date de 2023.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. Le Plan alimentaire "
        "fera l'objet d'un "
        "contrat distinct, signé en 2023 avec la Chambre d'agriculture.",
        "Les signataires du contrat sont :\n– la Ville de Pau ;\n– l'ARS Nouvelle-Aquitaine.\n\n"
        "2. LE DIAGNOSTIC\nIl a été fait par l'ORS.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. La CPAM de Pau n'a pas suivi.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. La CPAM de Pau "
        "apposera sa signature "
        "à l'automne.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. La Région a refusé "
        "de signer. La CPAM "
        "a suivi.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé le contrat. Une signature "
        "manque : celle de la "
        "CPAM.",
        "La Ville de Pau et l'ARS Nouvelle-Aquitaine ont signé. Qui a été consulté ? Avec la "
        "CPAM, on a parlé.",
    ],
)
def test_more_ways_to_sign_and_who_stays_out_of_them(reads: Reads, text: str) -> None:
    assert sorted(reads(f"Contrat local de santé de Pau\n\n{text}").signatories()) == sorted([VILLE, ARS])


def test_who_signs_for_a_body_is_not_one_more(reads: Reads) -> None:
    read = reads(
        "Contrat local de santé de Pau\n\nLe sous-préfet de Bayonne a signé le contrat à son tour pour la "
        "préfecture des Pyrénées-Atlantiques."
    )
    assert read.signatories() == ["prefecture préfecture des Pyrénées-Atlantiques"]


@pytest.mark.parametrize(
    ("what", "signed"),
    [
        ("signer ce document", True),
        ("la signature du document", True),
        ("signer un texte de soutien aux soignants", False),
        ("signer l'accord de branche des soignants", False),
    ],
)
def test_who_receives_whom_to_sign_another_text_signs_no_contract(
    reads: Reads, what: str, signed: bool
) -> None:
    read = reads(
        "Le contrat local de santé de Pau est en cours.\n\nLe maire de Pau a reçu la directrice de la CPAM "
        f"pour {what}."
    )
    assert bool(read.signatories()) == signed


@pytest.mark.parametrize(
    ("text", "signatories"),
    [
        (
            "La CAF de la Loire et les six communes de la Loire ont signé le contrat local de santé.",
            ["caf CAF de la Loire"],
        ),
        (
            "Le contrat local de santé de Pau a été signé par la Ville, la Communauté de communes et la MSA "
            "Midi-Pyrénées Sud.",
            ["commune Ville", "epci Communauté de communes", "msa MSA Midi-Pyrénées Sud"],
        ),
        (
            "Le contrat local de santé de Givors a été signé entre le directeur départemental du Rhône et de "
            "la Métropole de Lyon de l'Agence régionale de santé, M. Pascal GERIN, et le maire de Givors, "
            "M. Louis MARTEL.",
            ["ars Agence régionale de santé", "commune maire de Givors"],
        ),
        (
            "Le contrat local de santé de Givors a été signé par l'Agence régionale de santé pour le Rhône "
            "et la Métropole de Lyon, et par le maire de Givors.",
            ["ars Agence régionale de santé", "commune maire de Givors"],
        ),
        (
            "Le contrat local de santé a été signé par la Directrice régionale des affaires culturelles et "
            "par le maire d'Aurillac.",
            ["etat Directrice régionale des affaires culturelles", "commune maire d'Aurillac"],
        ),
    ],
)
def test_a_land_where_somebody_acts_does_not_sign(reads: Reads, text: str, signatories: list[str]) -> None:
    assert sorted(reads(text).signatories()) == sorted(signatories)


SIX = [
    "Villars",
    "Saint-Genest-Lerpt",
    "L'Étrat",
    "La Tour-en-Jarez",
    "Saint-Priest-en-Jarez",
    "Roche-la-Molière",
]


def test_counted_towns_are_those_of_the_one_row_of_as_many(reads: Reads) -> None:
    signed = "Le contrat local de santé a été signé par la CAF de la Loire et six communes de la Loire. "
    row = f"Le territoire réunit {', '.join(SIX[:-1])} et {SIX[-1]}."
    assert reads(signed + row).signatories() == ["caf CAF de la Loire", *(f"commune {town}" for town in SIX)]
    fewer = f"Le territoire réunit {', '.join(SIX[:3])} et {SIX[-1]}."
    assert reads(signed + fewer).signatories() == ["caf CAF de la Loire"]
