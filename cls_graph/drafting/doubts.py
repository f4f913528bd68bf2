"""What a draft says in words where it is not sure, in French and English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cls_graph.errors import Text
from cls_graph.geo import Place

MOST = 6
"""Places that a doubt lists."""

DOUBTS: dict[str, Text] = {
    "no-contract": {
        "fr": "Le texte ne parle d'aucun contrat local de santé reconnaissable.",
        "en": "The text speaks of no local health contract that can be recognised.",
    },
    "long": {
        "fr": "Le texte est très long : seuls ses {read} premiers caractères ont été lus.",
        "en": "The text is very long: only its first {read} characters were read.",
    },
    "pictures": {
        "fr": "Des pages sont des images sans texte, et n'ont pas été lues ({pages}) : passez le fichier à "
        "la reconnaissance de caractères.",
        "en": "Pages are pictures without text, and were not read ({pages}): run character recognition on "
        "the file.",
    },
    "misread": {
        "fr": "Des lettres sont abîmées (« {word} » pour « {meant} ») : de l'UTF-8 lu comme du Windows-1252. "
        "Reprenez le fichier d'origine, ou enregistrez-le à nouveau en UTF-8.",
        "en": "Letters are damaged ('{word}' for '{meant}'): UTF-8 that was read as Windows-1252. Go back to "
        "the original file, or save it as UTF-8 again.",
    },
    "no-territory": {
        "fr": "Territoire non reconnu : donnez « territory », « carrier » et « key ».",
        "en": "Territory not recognised: give 'territory', 'carrier' and 'key'.",
    },
    "territory-unknown": {
        "fr": "« {name} » n'est pas dans les codes officiels ({vintage}) : donnez le code, le "
        "porteur et la clé.",
        "en": "'{name}' is not in the official codes ({vintage}): give the code, the carrier and the key.",
    },
    "territory-homonyms": {
        "fr": "Plusieurs territoires s'appellent « {name} » : {choices}.",
        "en": "Several territories are called '{name}': {choices}.",
    },
    "territory-district": {
        "fr": "« {name} » est une partie d'une commune, et les codes officiels n'ont que celle-ci "
        "({choices}) : donnez le territoire, le porteur et la clé.",
        "en": "'{name}' is a part of a commune, and the official codes have only that ({choices}): give the "
        "territory, the carrier and the key.",
    },
    "territory-elsewhere": {
        "fr": "Aucun territoire nommé « {name} » là où le texte se situe ; ailleurs : {choices}. Donnez le "
        "code, le porteur et la clé.",
        "en": "No territory called '{name}' where the text is set; elsewhere: {choices}. Give the code, the "
        "carrier and the key.",
    },
    "territory-away": {
        "fr": "Le seul territoire nommé « {name} » n'est pas là où le texte se situe ({choices}) : "
        "vérifiez-le.",
        "en": "The only territory called '{name}' is not where the text is set ({choices}): check it.",
    },
    "party-homonyms": {
        "fr": "« {name} » : le texte ne dit pas lequel de ces territoires ({choices}) ; donnez la clé.",
        "en": "'{name}': the text does not say which of these territories ({choices}); give the key.",
    },
    "party-elsewhere": {
        "fr": "« {name} » : aucun territoire de ce nom là où le texte se situe ; ailleurs : {choices}.",
        "en": "'{name}': no territory of that name where the text is set; elsewhere: {choices}.",
    },
    "territory-people": {
        "fr": "Le territoire n'est dit que par ses habitants (« {words} ») : vérifiez que c'est {name}.",
        "en": "The territory is told by its people only ('{words}'): check that it is {name}.",
    },
    "territory-address": {
        "fr": "Le territoire n'est dit que par une adresse (« {words} ») : vérifiez que c'est {name}.",
        "en": "The territory is told by an address only ('{words}'): check that it is {name}.",
    },
    "territory-departement": {
        "fr": "Le territoire n'est dit que par le seul département nommé (« {words} ») : vérifiez que "
        "c'est {name}.",
        "en": "The territory is told only by the one département named ('{words}'): check that it is {name}.",
    },
    "territory-second": {
        "fr": "Le texte nomme aussi {names} : vérifiez le territoire d'application.",
        "en": "The text also names {names}: check where the contract applies.",
    },
    "common": {
        "fr": "Contrat commun à plusieurs territoires : dites qui le porte ({carrier} ou un autre).",
        "en": "A contract that several territories share: say who carries it ({carrier} or another).",
    },
    "not-in-registry": {
        "fr": "{key} ({label}) n'est pas au registre : ajoutez-le, ou corrigez la clé.",
        "en": "{key} ({label}) is not in the registry: add it, or mend the key.",
    },
    "no-party": {
        "fr": "« {name} » : organisme sans clé ; donnez-la, ou passez l'engagement à « unresolved ».",
        "en": "'{name}': body without a key; give one, or make the engagement 'unresolved'.",
    },
    "count-mismatch": {
        "fr": "Le texte annonce {stated} signataires, {found} sont reconnus.",
        "en": "The text announces {stated} signatories, {found} are recognised.",
    },
    "contracts-mismatch": {
        "fr": "Le texte annonce {stated} contrats, {found} sont reconnus.",
        "en": "The text announces {stated} contracts, {found} are recognised.",
    },
    "axes-mismatch": {
        "fr": "Le texte annonce {stated} axes, {found} sont reconnus.",
        "en": "The text announces {stated} axes, {found} are recognised.",
    },
    "no-signatories": {
        "fr": "Aucun signataire n'est dit avec certitude.",
        "en": "No signatory is stated with certainty.",
    },
    "periods": {
        "fr": "Le texte donne aussi {other} : vérifiez la période.",
        "en": "The text also gives {other}: check the period.",
    },
    "duration": {
        "fr": "« {words} » ne va pas avec « {period} » : la durée est laissée de côté, vérifiez la période.",
        "en": "'{words}' does not go with '{period}': the duration is left out, check the period.",
    },
    "no-date": {
        "fr": "La signature n'est pas datée, ou sans année : {note}",
        "en": "The signature has no date, or no year: {note}",
    },
    "document": {
        "fr": "Le document « {key} » n'est pas au registre : ajoutez-le à documents.yaml (sha256 {digest}).",
        "en": "The document '{key}' is not in the registry: add it to documents.yaml (sha256 {digest}).",
    },
    "predecessor": {
        "fr": "Le contrat précédent {key} est nommé : il lui faut une fiche s'il a une date, une "
        "partie ou une période.",
        "en": "The earlier contract {key} is named: it needs a record if it has a date, a party or a period.",
    },
    "framework": {
        "fr": "Le cadre « {name} » n'est pas au registre : ajoutez-le à frameworks.yaml.",
        "en": "The framework '{name}' is not in the registry: add it to frameworks.yaml.",
    },
}

NOTES: dict[str, str] = {
    "authorised": "Vote ou autorisation de signer : le texte ne dit pas que cet organisme a signé.",
    "second-post": "Seconde fonction de la personne qui signe : le texte ne dit pas qu'elle signe à ce "
    "titre.",
    "attachment": "Liste dite avec le contrat précédent, mais qui compte de nouveaux partenaires : "
    "rattachée au nouveau.",
    "implied": "Contrat de ce territoire, signé « avec » les autres : le texte ne dit pas en toutes "
    "lettres qu'il signe.",
    "likely": "Lu par ressemblance avec des textes où de tels organismes signent ; aucune tournure connue "
    "ne le dit : vérifiez.",
    "likely-axes": "Lu par ressemblance avec les axes d'autres textes ; aucune tournure connue ne dit que "
    "c'en est un : vérifiez.",
    "cut": "Le texte s'arrête au milieu de cette ligne : l'organisme n'est pas dit en entier.",
    "named": "Dit ici par sa sorte ou par qui le préside ; le nom est celui que le texte donne ailleurs.",
    "amendment": "Avenant proposé ou voté : le texte ne dit pas qu'il est signé.",
    "planned": "Signature annoncée : le texte ne dit pas qu'elle a eu lieu.",
    "context": "Organisme non nommé ; déduit du territoire du contrat.",
    "unnamed": "Organisme non nommé : le texte dit sa sorte, pas lequel.",
    "unknown": "Organisme nommé, absent du registre.",
    "alike": "Organisme nommé ; le registre n'a que des noms approchants : voyez les candidats.",
    "homonyms": "Organisme nommé ; plusieurs territoires portent ce nom.",
    "elsewhere": "Organisme nommé ; le territoire de ce nom n'est pas là où le texte se situe.",
    "weak": "Sorte d'organisme à vérifier : le nom ne la dit pas.",
    "people": "Déduit du nom des habitants ; code officiel ({vintage}).",
    "address": "Déduit d'une adresse du texte, que rien d'autre n'appuie ; code officiel ({vintage}).",
    "departement": "Déduit du seul département nommé ; code officiel ({vintage}).",
    "place": "Nom du texte, code officiel ({vintage}).",
}


def places_shown(places: Sequence[Place]) -> str:
    """Places that share a name, told apart; a commune that bore it once by its name of today."""
    shown = [
        f"{p.key} ({p.name}, {p.departement})" if p.departement else f"{p.key} ({p.name})" for p in places
    ]
    return ", ".join([*shown[:MOST], *(["…"] if len(shown) > MOST else [])])


def doubt(code: str, **params: Any) -> Text:
    """A doubt in both languages."""
    return {lang: text.format(**params) for lang, text in DOUBTS[code].items()}
