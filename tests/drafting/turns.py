"""Ways to say who signs a contract, and who does not: shells x words x lists of bodies, made by combination.

A shell is a sentence with places: ``{A}`` a list with articles, ``{D}`` the same after "de", ``{U}`` bullets,
``{N}`` how many; other places are words of one family (``WORDS``). ``combined`` fills them in, the same way
every time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

BODIES = {
    "commune": ("la Ville de Pau", "la commune de Pau", "la mairie de Pau", "le maire de Pau, Jean Dupuy"),
    "ars": ("l'Agence régionale de santé Nouvelle-Aquitaine", "l'ARS Nouvelle-Aquitaine", "l'ARS"),
    "prefecture": (
        "la préfecture des Pyrénées-Atlantiques",
        "le préfet des Pyrénées-Atlantiques",
        "Marc Petit, préfet des Pyrénées-Atlantiques",
    ),
    "departement": (
        "le conseil départemental des Pyrénées-Atlantiques",
        "le Département des Pyrénées-Atlantiques",
        "le Département",
    ),
    "cpam": ("la CPAM de Pau-Pyrénées", "la Caisse primaire d'assurance maladie", "l'Assurance maladie"),
    "caf": ("la CAF du Béarn", "la Caisse d'allocations familiales"),
    "msa": ("la MSA Sud Aquitaine", "la Mutualité sociale agricole"),
    "hopital-public": ("le centre hospitalier de Pau", "le Centre hospitalier"),
    "cpts": ("la CPTS Pau Agglomération", "la communauté professionnelle territoriale de santé"),
    "epci": (
        "la communauté d'agglomération Pau Béarn Pyrénées",
        "Alain Roux, président de la communauté d'agglomération Pau Béarn Pyrénées",
    ),
}
"""Bodies by kind: a list of one text holds each kind once, so that the kinds tell whether it was read."""

LOCAL = ("commune", "epci", "ars")
PERSONS = ("Jean Dupuy", "Nadia Benali", "Paul Garnier", "Alice Morel", "Hugo Lambert")
POSTS = ("qui préside {}", "à la tête {}", "qui dirige {}", "aux commandes {}", "qui représente {}")
"""How a post may be told without its noun."""
OTHERS = (
    "le recteur de l'académie",
    "l'Éducation nationale",
    "l'inspection académique des Pyrénées-Atlantiques",
)
"""Bodies, of one kind that is in no list, who are only near."""
NUMBERS = "deux trois quatre cinq six sept".split()
WORDS = {
    "contrat": ("contrat local de santé", "CLS", "contrat", "nouveau contrat local de santé", "document"),
    "signé": ("signé", "cosigné", "paraphé", "conclu", "ratifié", "contresigné", "scellé", "officialisé"),
    "signent": ("signent", "paraphent", "concluent", "cosignent", "ratifient"),
    "signer": ("signer", "parapher", "conclure", "cosigner", "ratifier"),
    "signant": ("signant", "paraphant", "concluant", "cosignant"),
    "signature": ("signature", "conclusion", "ratification", "signature officielle"),
    "quand": (
        "",
        "le 3 mai 2024 ",
        "vendredi ",
        "hier matin ",
        "officiellement ",
        "ce jour ",
        "solennellement ",
    ),
    "signataires": (
        "signataires",
        "cosignataires",
        "parties signataires",
        "partenaires signataires",
        "parties contractantes",
        "institutions signataires",
        "contractants",
        "co-contractants",
        "parties au contrat",
    ),
    "lie": ("lie", "unit", "engage", "réunit", "rassemble", "associe"),
    "apposé": (
        "apposé leur signature au bas du",
        "apposé leur paraphe sur le",
        "posé leur signature au bas du",
        "mis leur signature au bas du",
        "donné leur signature au",
        "inscrit leur nom au bas du",
        "pris la plume pour signer le",
        "procédé à la signature du",
        "adhéré au",
        "souscrit au",
        "rejoint le",
        "noué un partenariat en signant le",
    ),
    "institutions": ("institutions", "partenaires", "organismes", "acteurs", "structures", "administrations"),
    "aussi": ("également", "elles aussi", "eux aussi", "à leur tour", "ensuite", "elles-mêmes", "aussi"),
    "durée": ("pour cinq ans", "jusqu'en 2028", "pendant quatre ans", "désormais", "ainsi"),
    "suite": ("après elle", "à sa suite", "après lui", "dans la foulée", "à ses côtés"),
    "ensuite": (
        "La cérémonie a duré une heure.",
        "La salle était pleine.",
        "Le soleil brillait.",
    ),
    "eux": ("Tous", "Toutes ces institutions", "Ces {N} partenaires", "Les {N} partenaires", "Chacun d'eux"),
    "consultés": (
        "été consultés sur le projet",
        "été associés à l'élaboration du contrat",
        "participé au diagnostic",
        "contribué aux groupes de travail",
        "été entendus par le comité de pilotage",
        "répondu au questionnaire préparatoire",
        "assisté à la signature",
        "salué la signature du contrat",
        "participé à la cérémonie",
        "été remerciés pour leur aide",
        "approuvé le principe du contrat",
        "donné un avis favorable au contrat",
        "voté une motion sur le contrat",
    ),
    "charte": (
        "une convention de partenariat",
        "la charte Ville-Santé",
        "le contrat de ville",
        "une lettre d'intention",
        "le protocole d'accord sur le logement",
    ),
}

POSITIVE = (
    # active
    "{A} ont {quand}{signé} le {contrat} de Pau.",
    "{A} {signent} {quand}le {contrat} de Pau.",
    "{A} viennent de {signer} le {contrat} de Pau.",
    "{A} ont {quand}{apposé} {contrat}.",
    "{A} se sont réunis {quand}à l'hôtel de ville pour {signer} le {contrat}.",
    "{A} se sont engagés ensemble en {signant} {quand}le {contrat}.",
    "Hier, à la mairie, {A} ont {signé} le {contrat}.",
    "Réunis au Palais Beaumont, {A} ont {quand}{signé} le {contrat}.",
    "C'est dans la salle du conseil que {A} ont {signé} le {contrat}.",
    "Le maire l'a annoncé : {A} ont {signé} le {contrat}.",
    "La presse locale rapporte que {A} ont {signé} le {contrat}.",
    "Par la {signature} de ce contrat, {A} s'engagent pour cinq ans.",
    "En {signant} ce {contrat}, {A} s'engagent à agir ensemble.",
    # somebody else before
    "Devant une centaine d'habitants, {A} ont {signé} le {contrat}.",
    "En présence {X}, {A} ont {signé} le {contrat}.",
    "Après un diagnostic élaboré en 2022 avec {x}, {A} ont {signé} le {contrat}.",
    "À l'invitation {X}, {A} ont {quand}{apposé} {contrat}.",
    "Accompagnés par leurs équipes, {A} ont {signé} le {contrat}.",
    "Préparé pendant deux ans avec {x}, le {contrat} a été {signé} par {A}.",
    "{A} ont {signé} le {contrat}, en présence {X}.",
    "{A} ont {signé} le {contrat}, sous le regard {X}.",
    "{A} ont {signé} le {contrat}. {x} n'est pas signataire.",
    "{A}, qui travaillent ensemble depuis 2019, ont {signé} le {contrat}.",
    "{A} ont décidé d'unir leurs forces et ont {signé} le {contrat}.",
    # together
    "C'est avec {T} que {F} a {signé} le {contrat}.",
    "{F} a {signé} le {contrat} avec {T}.",
    "{F} a {signé} {quand}le {contrat} aux côtés {TD}.",
    "{F} vient de {signer}, avec {T}, le {contrat}.",
    "{F}, d'une part, et {T}, d'autre part, ont {signé} le {contrat}.",
    "{F} et ses partenaires ({T}) ont {signé} le {contrat}.",
    "{F} s'est alliée à {T} en {signant} le {contrat}.",
    "{F} a {signé} le {contrat}, suivie {TD}.",
    "{F} a {signé} le {contrat}. {T} l'ont également {signé}.",
    "{F} a {signé} le {contrat}. {T} se sont associés à cette signature.",
    "Outre {F}, le {contrat} a été {signé} par {T}.",
    "Le {contrat} unit {F} {TA}.",
    "{F} a {signé} le {contrat}. {T} ont {aussi} {signé} le document.",
    "{F} a {signé} le {contrat}. Ont {signé} {suite} {T}.",
    "{F}, qui porte le projet et emploie l'animatrice, {T} ont {signé} le {contrat}.",
    "{F}, qui finance le poste, {T} ont {aussi} {signé} le {contrat}.",
    # told in two steps
    "{A} se sont retrouvés hier à Pau. {ensuite} {eux} ont {signé} le {contrat}.",
    "{A} étaient réunis hier. {eux} ont {signé} le {contrat}.",
    "Côté institutions, on compte deux {signataires} du {contrat} : {B1}. Côté soignants, {n2} également"
    " : {B2}.",
    "{A} étaient réunis hier à Pau. Tous ont {signé} le {contrat}.",
    "{F} a {signé} le {contrat}, comme les autres {signataires}. Il s'agit de : {T}.",
    "{A} : ils sont {N} à s'être engagés par la signature du {contrat}.",
    "{A} sont de la partie : ils ont {signé} le {contrat}.",
    "Outre {F}, on compte parmi les {signataires} du {contrat} {T}.",
    "Le {contrat} est cosigné : {A}.",
    "Le {contrat} n'a été {signé} que par {A}.",
    "Hier, {N} parapheurs pour {N} institutions : {A}. Le contrat local de santé est né.",
    "Le {contrat} réunit {A} autour d'objectifs communs. Sa signature a eu lieu hier.",
    "Le {contrat} que viennent de {signer} {A} court jusqu'en 2028.",
    # passive and nominal
    "Le {contrat} a été {signé} {quand}par {A}.",
    "Le {contrat} est {signé} {quand}entre {A}.",
    "Le {contrat} a été {quand}{signé} par {A}, pour cinq ans.",
    "{signé} {quand}par {A}, le {contrat} vise l'accès aux soins.",
    "{signé} {quand}entre {A}, le {contrat} couvre cinq ans.",
    "La {signature} du {contrat} par {A} a eu lieu {quand}à Pau.",
    "La {signature} du {contrat} entre {A} date du 3 mai 2024.",
    "Le {contrat} porte la signature {D}.",
    "Le {contrat} a recueilli les signatures {D}.",
    "Au bas du {contrat} figurent les signatures {D}.",
    "Le {contrat}, {signé} {quand}par {A}, prévoit trois axes.",
    "Le {contrat} qu'ont {signé} {A} prévoit trois axes.",
    "Le {contrat} que {signent} {A} prévoit trois axes.",
    "Le {contrat} auquel ont souscrit {A} prévoit trois axes.",
    # the contract binds
    "Signé hier, le {contrat} {lie} {A}.",
    "Le {contrat} a été signé. Il {lie} {A}.",
    "Signé hier, le {contrat} {lie} {durée} {A}.",
    "Le {contrat} a été signé. Il {lie} {durée} {A}.",
    "Le {contrat}, signé mardi 8 novembre à l'hôtel de ville, {lie} {A}.",
    "Le {contrat}, signé hier au siège du Département, {lie} {A}.",
    "{F} a {signé} le {contrat}. Conclu pour six ans, il {lie} autour {FD} {T}.",
    "Le {contrat} a été signé hier. Autour {FD}, on y trouve {T}.",
    "Le {contrat} a été {signé} le 6 juin 2023. {A} s'y engagent jusqu'en 2027.",
    "Ce {contrat} est un accord entre {A}, signé le 3 mai 2024.",
    # who they are
    "Les {signataires} du {contrat} sont {A}.",
    "Les {signataires} : {A}.",
    "Les {N} {signataires} ({A}) se retrouveront chaque année.",
    "Les {N} {signataires} – {A} – se retrouveront chaque année.",
    "Le {contrat} compte {N} {signataires} : {A}.",
    "Le {contrat} a pour {signataires} {A}.",
    "Parmi les {signataires} du {contrat} figurent {A}.",
    "Sont {signataires} du {contrat} : {A}.",
    "Sont {signataires} du {contrat} {A}.",
    "{A} sont {signataires} du {contrat}.",
    "{A} sont les {N} {signataires} du {contrat}.",
    "{A} figurent parmi les {signataires} du {contrat}.",
    "{A} en sont les {signataires}. Le {contrat} court jusqu'en 2028.",
    "{A}, {signataires} du {contrat}, se retrouveront chaque année.",
    "{A} : tels sont les {signataires} du {contrat}.",
    "{A} : voilà les {signataires} du {contrat}.",
    "Ce sont {A} qui ont {signé} le {contrat}.",
    "Ce sont {A} qui {signent} le {contrat}.",
    "Le {contrat}, dont les {signataires} sont {A}, court jusqu'en 2028.",
    "Le {contrat}, dont {A} sont {signataires}, court jusqu'en 2028.",
    # counted, colon, turned
    "{N} {institutions} ont {signé} le {contrat} : {A}.",
    "{N} {institutions} l'ont {signé} : {A}.",
    "Ils sont {N} à avoir {signé} le {contrat} : {A}.",
    "{N} {institutions} s'y engagent par leur signature : {A}.",
    "Ont {signé} le {contrat} : {A}.",
    "Ont {quand}{signé} le {contrat} {A}.",
    "Ont {apposé} {contrat} : {A}.",
    "Le {contrat} a été signé. L'ont {signé} {A}.",
    "Qui a {signé} le {contrat} ? {A}.",
    "Le {contrat} réunit {N} {signataires}, à savoir {A}.",
    "{N} signatures figurent au bas du {contrat} : celles {D}.",
    "Signataires : {A}.",
    "Qui a {signé} le {contrat} ? Ils sont {N} : {A}.",
    "Quels sont les {signataires} ? {A}.",
    "Qui sont les {signataires} ?\n{F}, bien sûr, {T}, et j'en oublie sûrement.",
    "Les {signataires}, de gauche à droite : {A}.",
    "De gauche à droite, les {signataires} : {A}.",
    "Photo : les {signataires} du {contrat} (de gauche à droite : {A}).",
    "Photo : de gauche à droite, {A} ont {signé} le {contrat}.",
    "{N} stylos, {N} signatures : {each}. Le contrat local de santé est né.",
    "Le {contrat} porte {N} signatures : celles {D}.",
    "Le {contrat} engage {N} {institutions} : {A}.",
    # persons, their posts told otherwise
    "{H} ont {quand}{signé} le {contrat} de Pau.",
    "{H} ont {apposé} {contrat}.",
    "Le {contrat} a été {signé} {quand}par {H}.",
    "{K} ont {quand}{signé} le {contrat} de Pau.",
    "Le {contrat} a été {signé} {quand}par {K}.",
    "Les {signataires} du {contrat} : {K}.",
    # told by its signatures, by who receives whom, by who carries it
    "Le {contrat} a reçu {quand}les signatures suivantes : {A}.",
    "Ont été apposées au bas du {contrat} les signatures suivantes : {A}.",
    "Le {contrat} porte {N} signatures, à savoir {A}.",
    "{F} a reçu {quand}{T} pour {signer} ensemble le {contrat}.",
    "{F} a accueilli {quand}{T} afin de {signer} le {contrat}.",
    "{F} recevait {quand}{T} pour la {signature} du {contrat}.",
    "Le {contrat}, porté par {L}, a été {signé} {quand}à Pau.",
    "Copiloté par {L}, le {contrat} a été {signé} {quand}à Pau.",
    "Le {contrat}, piloté conjointement par {L}, vient d'être {signé}.",
    "{A} se sont retrouvés {quand}à Pau pour la signature du {contrat}.",
    "{A} étaient réunis {quand}à la mairie pour la signature officielle du {contrat}.",
    "Réunis {quand}à Pau pour la signature du {contrat}, {A} ont rappelé leurs priorités.",
    "{F} signera {quand}avec {T} un {contrat}.",
    "Le {contrat} est un engagement de cinq ans entre {N} partenaires, {A}.",
    "Le {contrat} a été renouvelé pour cinq ans, avec l'engagement de {N} partenaires, parmi lesquels {A}.",
    "Le {contrat}, dont la {signature} a réuni {quand}{A}, compte trois axes.",
    "Le {contrat} est né de la volonté {D}, qui l'ont signé hier.",
    "{F} a signé hier un {contrat}. {T} l'ont rejointe.",
    "Un contrat a été signé hier : il associe {A}.",
    # one after the other
    "{Signataires} : d'abord {F} ; s'y associent {T}.",
    "Le {contrat} est {signé}. {Signataires} : {F}, puis {T}.",
    "{Bare}, les {N} {signataires}, entendent prolonger le travail du contrat de ville.",
    "Le {contrat} a été {signé} par {F}, avec à ses côtés {T}.",
    # a table of contents
    "Sommaire\nI. Préambule.....3\nII. Présentation des {signataires}.....5\n{leaders}\nIII. Bilan.....12",
    # lists below
    "2. Les {signataires}\n{V}\n\n3. Le calendrier\n- 2023 : diagnostic",
    "II. {signataires}\n{V}\n\nIII. Calendrier\n- 2023 : diagnostic",
    "{Signataires} / Représentant\n{slashed}",
    "Les {signataires}\n\n{R}",
    "Les {signataires} :\n{R}",
    "{Signataires} du contrat : {dashes}",
    "Pau, le 3 mai 2024\n\n{posts}",
    "Signataires | {R}",
    "Fait à Pau, le 3 mai 2024\n\n{S}",
    "Entre\n\n{E}\n\nIl est convenu ce qui suit.",
    "Les {signataires}\n\n{U}",
    "Les {signataires} :\n\n{U}",
    "Ils ont {signé} le {contrat}\n\n{U}",
    "Qui a {signé} ?\n\n{U}",
    "Le {contrat} a été {signé} {quand}par :\n\n{U}",
    "Le {contrat} est {signé} entre :\n\n{U}",
    "Les {N} {signataires} du {contrat} sont :\n\n{U}",
    "Ont {signé} le {contrat} :\n\n{U}",
    "{N} {institutions} ont {apposé} {contrat} :\n\n{U}",
    "Le {contrat} {lie} les {N} {signataires} suivants :\n\n{U}",
    "Liste des {signataires}\n\n{U}",
    "Les {institutions} engagées par la signature du {contrat}\n\n{U}",
    "Le {contrat} engage :\n\n{U}",
)

NEGATIVE = (
    "{A} ont {consultés}.",
    "Le contrat local de santé a été signé en présence {D}.",
    "Le contrat local de santé a été signé devant {A}.",
    "{A} étaient présents lors de la signature du contrat.",
    "{A} étaient représentés à la cérémonie de signature du contrat.",
    "{A} ont signé {charte}.",
    "{charte} a été signée par {A}.",
    "Le précédent contrat local de santé, {signé} par {A}, a pris fin en 2023.",
    "L'ancien contrat local de santé liait {A}.",
    "Les signataires du premier contrat étaient {A}.",
    "{A} n'ont pas {signé} le {contrat}.",
    "{A} ne sont pas {signataires} du {contrat}.",
    "{A} sont invités à {signer} le {contrat}.",
    "{A} pourraient {signer} le {contrat} plus tard.",
    "{A} ont autorisé leur représentant à {signer} le {contrat}.",
    "La Ville remercie {A} pour leur présence à la signature.",
    "Une action du contrat local de santé sera mise en œuvre par {A}.",
    "Le diagnostic du contrat local de santé a été partagé avec {A}.",
    "Le comité de pilotage du contrat local de santé réunit {A}.",
    "Les membres du comité de pilotage du contrat sont {A}.",
    "Le contrat local de santé est financé par {A}.",
    "L'élaboration du contrat local de santé a associé {A}.",
    "Les invités\n\n{U}",
    "Étaient présents à la signature du contrat :\n\n{U}",
    "Les partenaires de l'action\n\n{U}",
    "Le comité de pilotage est composé de :\n\n{U}",
    "Ont été consultés :\n\n{U}",
    "Remerciements\n\n{U}",
    "Les financeurs du contrat local de santé\n\n{U}",
    "Le contrat local de santé vise à rapprocher {A}.",
    "Le contrat local de santé sera présenté à l'assemblée générale. {A} y travailleront.",
    "Après la signature du contrat local de santé, {A} ont visité le quartier.",
    "Lors de la signature du contrat local de santé, {A} ont rappelé leur attachement à la prévention.",
    "La signature du contrat local de santé a été saluée par {A}.",
    "La signature du contrat local de santé a été suivie d'un débat entre {A}.",
    "Le contrat local de santé signé hier s'adresse aux habitants. {A} suivront sa mise en œuvre.",
    "Le contrat local de santé a été présenté à {A}.",
    "{A} siègent au comité de pilotage du contrat local de santé.",
    "{A} feront vivre le contrat local de santé signé hier.",
    "{A} sont les partenaires de cette action du contrat local de santé.",
    "{A} n'en sont pas {signataires}. Le contrat local de santé court jusqu'en 2028.",
    "Ni {A} n'ont {signé} le {contrat}.",
    "Le contrat local de santé est animé par {A}.",
    "{A} s'engagent pour la santé mentale. Le contrat local de santé sera signé plus tard.",
    "Le contrat local de santé a été signé hier. {A} interviendront dans les écoles.",
    "Le contrat local de santé signé hier prévoit des permanences avec {A}.",
    "Les partenaires\n\n{U}",
    "Ils font vivre le contrat\n\n{U}",
    "Ils ont contribué au diagnostic\n\n{U}",
    "Partenaires associés (non signataires) :\n\n{U}",
    "Où se renseigner ?\n\n{U}",
    "Les pilotes des actions du contrat\n\n{U}",
    "{A} devaient {signer} le {contrat} ce vendredi. La cérémonie a été reportée.",
    "Le contrat local de santé sera proposé à la signature {D}.",
    "Le contrat local de santé court jusqu'en 2028. {A} ont signé un nouveau calendrier de travail.",
    "Un contrat local de santé, c'est un engagement entre {A}.",
    "Avant de {signer}, la Ville avait rencontré {A}.",
    "{A} se sont retrouvés à Pau pour la signature de {charte}.",
    "Pau, le 3 mai 2024\n\nEn présence de :\n\n{posts}",
    "Le contrat local de santé a été signé hier. {A} ont rejoint le comité de pilotage.",
    "{A} étaient présents pour la signature du contrat local de santé.",
    "Le contrat local de santé resserre les liens entre institutions {D}.",
    "Le nouveau contrat local de santé prend la suite du contrat 2015-2020, que {A} avaient aussi signé.",
    "{H} étaient présents à la signature du {contrat}.",
    "{H} ont {consultés}.",
    "{K} ont {consultés}.",
    "Le contrat local de santé a été signé en présence de {K}.",
    "{F} a reçu {T} pour préparer le {contrat}.",
    "{F} a accueilli {T} pour parler de la signature du {contrat}.",
    "{F} a reçu {T} afin de {signer} {charte}.",
    "Le {contrat}, porté par {L}, est en préparation.",
    "L'action 3, portée par {A}, figure dans le contrat local de santé signé hier.",
    "{F} met en chantier son premier contrat local de santé avec {T}.",
    "{F} bâtit un contrat local de santé avec {T}.",
    "{F} a entamé la rédaction d'un contrat local de santé avec {T}.",
    "Un projet de contrat local de santé avec {A} est à l'étude.",
    "Sommaire\nI. Préambule.....3\nII. Les partenaires.....5\n{leaders}\nIII. Diagnostic.....12",
    "{F} ira {signer} avec {T} un contrat local de sécurité.",
    "{A} ont {signé} un contrat local de sécurité.",
    "{A} ont {signé} un contrat de prévention de la délinquance.",
    "{A} {signent} un contrat d'objectifs et de moyens.",
    "Photo : de gauche à droite, {A}, lors de l'inauguration du centre de santé.",
    "De gauche à droite : {A}.",
    "Parmi les invités, de gauche à droite : {A}.",
    "Le contrat local de santé a été signé hier. On y trouve des permanences avec {A}.",
    "Le contrat local de santé a été signé hier. Il sera suivi pendant cinq ans par {A}.",
    "Le contrat local de santé a été signé hier. {A} se sont ensuite retrouvés. Tous ont visité le quartier.",
    "{A} ont préparé le projet. {ensuite} Le contrat local de santé a été signé.",
    "Autour {FD}, {T} ont préparé le contrat local de santé.",
    "2. Les financeurs\n{V}\n\n3. Le calendrier\n- 2023 : diagnostic",
    "{F}, qui n'a pas {signé} le {contrat}, et {T} ont contribué au diagnostic.",
)


@dataclass(frozen=True)
class Turn:
    """A text made by combination: its shell, and the kinds of bodies that sign by it."""

    shell: str
    text: str
    kinds: frozenset[str]


def _elided(words: str, preposition: str = "de") -> str:
    """A body after "de" or "à"."""
    short = {"de": "du ", "à": "au "}[preposition]
    for article, joined in (("le ", short), ("la ", f"{preposition} la "), ("l'", f"{preposition} l'")):
        if words.startswith(article):
            return joined + words[len(article) :]
    return f"{preposition} {words}"


def _headed(kind: str, chance: random.Random) -> str:
    """A person, and the body by what the person does there."""
    post, body = chance.choice(POSTS), BODIES[kind][0]
    own = body if post.startswith("qui") else _elided(body)
    return f"{chance.choice(PERSONS)}, {post.format(own)}"


def _bare(body: str) -> str:
    """A body without its article and who heads it."""
    plain = re.sub(r"^(?:la |le |l')|, .*$", "", body)
    return plain[:1].upper() + plain[1:]


def _listed(bodies: list[str], joint: str) -> str:
    if len(bodies) == 1:
        return bodies[0]
    last = {"et": " et ", "virgule": ", et ", "ainsi": " ainsi que "}[joint]
    return ", ".join(bodies[:-1]) + last + bodies[-1]


def _filled(shell: str, chance: random.Random) -> Turn:
    kinds = chance.sample(sorted(BODIES), chance.choice((2, 3, 3, 4, 5)))
    if "{L}" in shell:  # those who carry a contract: a local authority and the agency, with others or without
        kinds = [chance.choice(("commune", "epci")), "ars", *(k for k in kinds[2:] if k not in LOCAL)]
    bodies = [chance.choice(BODIES[k]) for k in kinds]
    joint = chance.choice(("et", "et", "virgule", "ainsi"))
    mark, stop = chance.choice((("- ", ""), ("• ", " ;"), ("* ", ","), ("1. ", "")))
    other = chance.choice(OTHERS)
    values = {name: chance.choice(words) for name, words in WORDS.items()}
    if "{charte}" in shell and shell.startswith("{charte}"):
        values["charte"] = values["charte"].replace("le contrat de ville", "une convention d'objectifs")
    values |= {
        "A": _listed(bodies, joint),
        "D": _listed([_elided(b) for b in bodies], joint),
        "U": "\n".join(mark + b[:1].upper() + b[1:] + stop for b in bodies),
        "N": NUMBERS[len(bodies) - 2],
        "V": "\n".join(f"{'• ' if mark == '1. ' else mark}{b[:1].upper()}{b[1:]}{stop}" for b in bodies),
        "F": bodies[0],
        "FD": _elided(bodies[0]),
        "B1": bodies[0],
        "B2": _listed(bodies[1:], joint),
        "n2": NUMBERS[len(bodies) - 3] if len(bodies) > 2 else "un",
        "each": _listed([f"celle {_elided(b)}" for b in bodies], joint),
        "slashed": "\n".join(f"{b[:1].upper()}{b[1:]} / Le directeur" for b in bodies),
        "Signataires": values["signataires"].capitalize(),
        "T": _listed(bodies[1:], joint),
        "TD": _listed([_elided(b) for b in bodies[1:]], joint),
        "TA": _listed([_elided(b, "à") for b in bodies[1:]], joint),
        "R": " – ".join(b[:1].upper() + b[1:] for b in bodies),
        "S": "\n\n".join(f"Pour {b}," for b in bodies),
        "E": "\n\net\n\n".join(f"{b[:1].upper()}{b[1:]}, d'autre part," for b in bodies),
        "H": _listed([_headed(k, chance) for k in kinds], joint),
        "K": _listed([f"{p} ({_bare(BODIES[k][0])})" for k, p in zip(kinds, PERSONS, strict=False)], joint),
        "L": _listed(bodies, joint),
        "Bare": _listed([_bare(b) for b in bodies], joint),
        "dashes": " - ".join(_bare(b) for b in bodies),
        "posts": "\n\n".join(f"Le président {_elided(BODIES[k][0])},\n{PERSONS[0]}" for k in kinds),
        "leaders": "\n".join(
            f"   2.{i}. {b[:1].upper()}{b[1:]}.....{i + 5}" for i, b in enumerate(bodies, 1)
        ),
        "x": other,
        "X": _elided(other),
    }
    said = re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], shell)
    said = re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], said)
    said = re.sub(
        r"parties au contrat du (?:nouveau )?(?:contrat local de santé|contrat|CLS|document)(?: de Pau)?",
        "parties au contrat",
        said,
    )
    said = re.sub(r"([?.]\s)([a-z])", lambda m: m.group(1) + m.group(2).upper(), said)
    return Turn(shell, said[:1].upper() + said[1:], frozenset(kinds))


OPENING = "Contrat local de santé de Pau\n\n"
CLOSING = "\n\nIl comporte trois axes : l'accès aux soins, la prévention et la santé mentale."


def combined(shells: tuple[str, ...], each: int, seed: int = 5) -> Iterator[Turn]:
    """``each`` texts of every shell, in order; the same for the same seed."""
    chance = random.Random(seed)
    for shell in shells:
        for _ in range(each):
            made = _filled(shell, chance)
            yield Turn(made.shell, OPENING + made.text + CLOSING, made.kinds)
