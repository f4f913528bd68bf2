"""The words that name a body, and its kind. Patterns are read on folded text, the first that matches wins.

``mode`` says what may follow the words: ``place`` a name ("de la Drôme"), ``name`` needs one, ``free``
takes the words up to the next comma, ``none`` takes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PROFESSIONS = (
    r"(?:medecins|infirmiere?s|kinesitherapeutes|masseurs-kinesitherapeutes|pharmaciens|"
    r"chirurgiens-dentistes"
    r"|dentistes|sages-femmes|avocats|pedicures\S*|biologistes|orthophonistes)"
)


@dataclass(frozen=True)
class Head:
    """One way to name a kind of body."""

    kind: str
    pattern: re.Pattern[str]
    mode: str = "place"
    """How its name is read: "place" may have one, "name" must, "group" must have that of a group of communes,
    "free" goes on to the end of the clause, "acronym" is in capitals, "none" has none."""

    post: bool = False
    """Words for the person at the head of it: "le préfet"."""


def _head(kind: str, pattern: str, mode: str = "place", *, post: bool = False) -> Head:
    return Head(kind, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"), mode, post)


HEADS: tuple[Head, ...] = (
    # --- longer names that hold the words of other kinds
    _head(
        "ordre-professionnel",
        rf"(?:conseils? (?:inter)?(?:departementa(?:l|ux)|regiona(?:l|ux)|national) de "
        rf"l')?ordres? (?:departemental |regional |national )?des? {PROFESSIONS}",
    ),
    _head("ordre-professionnel", r"cdom|barreaux?"),
    _head(
        "autre",
        r"conseils? departementa(?:l|ux) (?:de l'acces au droit|de la citoyennete\b[^,;.]*autonomie)|cdad",
    ),
    _head(
        "education-nationale",
        r"directions? (?:academiques?|des services departementaux)(?: des services(?: "
        r"departementaux)?)?(?: de l'education nationale)?|dsden|services departementaux de "
        r"l'education nationale|inspections? academiques?|rectorats?(?: de l'academie)?|"
        r"regions? academiques?|"
        r"education nationale",
    ),
    _head(
        "education-nationale",
        r"rect(?:eur|rice)s?(?: de (?:la region academique|l'academie))?|direct(?:eur|rice) "
        r"academique(?: des services(?: departementaux)? de l'education nationale)?|"
        r"inspect(?:eur|rice) d'academie|dasen",
        post=True,
    ),
    _head("education-nationale", r"academies?", "name"),
    # --- health agency, State
    _head(
        "ars",
        r"delegations? (?:(?:inter)?(?:departementales?|territoriales?)|(?=(?:du|de la|des) ))(?:(?!, | et "
        r")[^.;()]){0,45}? (?:de l'|d')(?:ars|agence regionale de sante)|dd ?-?ars|dt ?-?ars"
        r"|direct(?:eur|rice) (?:departementale?|territoriale?)(?= d)(?:(?!, )[^.;()]){0,60}? (?:de l'|d')"
        r"(?:ars|agence regionale de sante)",
    ),
    _head("ars", r"agences? regionales? de (?:la )?sante|agences? de sante|ars|a\.r\.s\.?"),
    # A sub-prefect with a charge ("à la ville", "chargée de la relance") is of the prefecture.
    _head(
        "prefecture",
        r"sous-pref(?:ete|et)s?(?: chargee?s? (?:de la|de l'|du|des|de|d')| a la| a l'| aux?)"
        r"(?: mission a la)? ?(?:cohesion|ville|relance|jeunesse|politique|egalite|lutte|ruralite"
        r"|insertion|emploi|mission)\b"
        r"(?:(?! et (?!a la|de la|a l'|de l'))[^,;.():]){0,40}",
        "none",
        post=True,
    ),
    _head("prefecture", r"sous-pref(?:ete|et)s?,? secretaires? generale?s?(?: adjointe?)?", post=True),
    _head("sous-prefecture", r"sous-prefectures?(?: de l'arrondissement)?"),
    _head("sous-prefecture", r"sous-pref(?:ete|et)s?(?: de l'arrondissement)?", post=True),
    _head("prefecture", r"prefectures?(?: de (?:la )?region| de departement)?"),
    _head(
        "prefecture",
        r"pref(?:ete|et)s?(?: delegue\w*(?: pour l'egalite des chances)?)?(?: de (?:la "
        r")?region| de departement)?",
        post=True,
    ),
    _head(
        "ddets",
        r"dd(?:e|te)ts ?(?:-? ?pp)?|ddtespp|ddcs(?:-?pp)?|deets|directions? departementales? de l'emploi, du "
        r"travail et des solidarites(?: et de la protection des populations)?|directions? "
        r"departementales? de la cohesion sociale(?: et de la protection des populations)?",
    ),
    _head("epci", r"eurometropoles?"),
    _head(
        "etat",
        r"dreets|dreal|ddtm?|draaf|dtpjj|pjj|spip|directions? regionales? de l'economie, de "
        r"l'emploi, du travail et des solidarites|directions? regionales? de l'environnement, "
        r"de l'amenagement et du logement|directions? regionales? de l'alimentation, de "
        r"l'agriculture et de la foret|protection judiciaire de la jeunesse|service "
        r"penitentiaire d'insertion et de probation|gendarmerie(?: nationale)?|police "
        r"nationale|parquet|tribunal judiciaire|services? (?:deconcentres )?de l'etat",
    ),
    _head("etat", r"procureure?s?(?: de la republique)?|parquets?", post=True),
    _head(
        "etat",
        r"direct(?:eur|rice)s? (?:departementa(?:l|le|ux)|regiona(?:l|le|ux)) (?:des affaires culturelles|des"
        r" territoires|de l'environnement|de l'alimentation|de l'economie|de la police|de la securite)\b",
        post=True,
    ),
    _head("etat", r"directions? (?:inter)?(?:departementales?|regionales?|territoriales?)|drac", "free"),
    _head("etat", r"ministeres?", "name"),
    _head("etat", r"(?<=l')etat(?! de | des | d')", "none"),
    _head("etat", r"(?:(?<=[,:/] )|(?<=\())etat(?=[,;)/.]| et | / )", "none"),
    # --- social protection
    _head(
        "cgss",
        r"caisses? generales? de securite sociale|cgss|caisses? de securite sociale|"
        r"cssm",
    ),
    _head(
        "carsat", r"caisses? d'assurances? retraite(?: et (?:de )?(?:la )?sante au travail)?|carsat|cramif"
    ),
    _head(
        "cpam",
        r"caisses? primaires?(?: centrale)?(?: d'assurances?[ -]maladies?)?|caisses? "
        r"d'assurances?[ -]maladies?|cpc?am|c\.p\.a\.m\.?|ccss|caisse commune de securite "
        r"sociale|(?<!d')assurance[ -]maladie",
    ),
    _head("caf", r"caisses? (?:departementales? )?d'allocations? familiales?|cafs?"),
    _head("msa", r"(?:caisses? (?:regionale )?de (?:la )?)?mutualite sociale agricole|msa"),
    _head("mutuelle", r"mutualite(?! sociale)(?: francaise)?|harmonie mutuelle|mgen"),
    _head("mutuelle", r"mutuelles?", "name"),
    _head("autre", r"regime local(?: d'assurance[ -]maladie)?", "none"),
    # --- hospitals
    _head(
        "chu",
        r"centres? hospitaliers? (?:regional(?: et)? )?universitaires?(?: regional)?|chr?u|"
        r"hospices civils|assistance publique(?: ?- ?hopitaux de (?:paris|marseille))?|ap-h[pm]|"
        r"hopitaux universitaires",
    ),
    _head(
        "etablissement-sante-mentale",
        r"etablissements? (?:publics? )?(?:departemental )?de sante mentale|epsm\w{0,2}|"
        r"centres? hospitaliers? specialises?(?: en psychiatrie)?|chs|centres? (?:medicaux? )?"
        r"(?:psychotherap(?:eut)?iques?|de sante mentale)|hopita(?:l|ux) psychiatriques?"
        r"|(?:centres?|groupes?) hospitaliers? (?:psychiatriques?|de (?:sante mentale|psychiatrie))",
    ),
    _head(
        "hopital-prive",
        r"poles? (?:de )?sante prives?|medipoles?|(?:poly)?cliniques?(?: mutualistes?| privees?)?|"
        r"hopita(?:l|ux) prives?|groupes? hospitaliers? (?:mutualistes?|prives?)|centres? "
        r"hospitaliers? prives?|hospitalisation privee",
    ),
    _head(
        "hopital-public",
        r"hotels?-dieu|centres? hospitaliers?(?: intercommuna(?:l|ux)| departementa(?:l|ux)| regiona(?:l|"
        r"ux)| genera(?:l|ux)| de proximite| publics?)*|hopita(?:l|ux)(?: loca(?:l|ux)| "
        r"publics?| de proximite| intercommuna(?:l|ux)| de territoire| d'instruction des armees)*|groupes? "
        r"hospitaliers?|(?:groupements? hospitaliers?(?: de territoire)?|ght)(?: des hopitaux)?|"
        r"etablissements? "
        r"publics? de sante",
    ),
    _head("hopital-public", r"chi|chd|chic|chm|ch|chr|chg", "name"),
    _head("hopital-public", r"ch(?!rs|su|sld|sct|s\b)[a-z]{2,5}|gh(?!t\b)[a-z]{1,4}", "acronym"),
    # --- professionals
    _head("cpts", r"communautes? professionnelles? territoriales? de sante|cpts"),
    _head(
        "urps",
        rf"(?:unions? regionales? des professionnels de sante|urps|urml)(?: (?:des "
        rf")?{PROFESSIONS}(?: libera(?:l|ux|les?))?)?",
    ),
    # --- social action, groups of communes, local authorities
    _head("ccas", r"centres? communa(?:l|ux) d'action sociale|ccas"),
    _head("cias", r"centres? intercommuna(?:l|ux) d'action sociale|cias"),
    _head(
        "departement",
        r"collectivite europeenne d'alsace|protection maternelle et infantile|pmi|conseils? "
        r"(?:departementa(?:l|ux)|genera(?:l|ux))|departements?",
    ),
    _head("departement", r"cd", "name"),
    _head("region", r"collectivite de corse", "none"),
    _head("collectivite-outre-mer", r"ct[gm]"),
    _head("collectivite-outre-mer", r"collectivites? territoriales?|collectivites? d'outre-mer", "name"),
    _head(
        "collectivite-outre-mer",
        r"collectivite(?=(?: \(com\))? (?:d'outre-mer )?de (?:saint-martin|saint-barthelemy|"
        r"saint-pierre-et-miquelon))",
    ),
    _head("region", r"conseils? regiona(?:l|ux)|regions?"),
    _head(
        "petr",
        r"poles? d'equilibre territorial(?: et rural)?|poles? territoria(?:l|ux)(?! de sante)|petr"
        r"|syndicats? mixtes? (?:du|de) pays",
    ),
    _head(
        "epci",
        r"(?:communautes? (?:des? communes?|d'agglomerations?|d'agglo|urbaines?)|"
        r"etablissements? publics? territoria(?:l|ux)|com'?com|cdc)",
    ),
    _head("epci", r"cc|ca|cu|ept", "name"),
    _head(
        "commune",
        r"(?:(?:premiere? )?adjointe?s? (?:au |a la )|conseillere?s? municipa(?:l|le|ux|"
        r"les)(?: deleguee?s?)? )?maires?(?:-adjointe?s?)?",
        post=True,
    ),
    _head(
        "commune",
        r"(?<!politique de la )(?<!contrat de )(?<!contrats de )(?<!hotel de )(?<!en "
        r")(?<!centre-)(?:villes?|communes?|mairies?|municipalites?)",
    ),
    # --- others
    _head("bailleur-social", r"bailleurs?(?! socia)", "name"),
    _head(
        "bailleur-social",
        r"offices? publics? (?:municipal |departemental )?de l'habitat|oph|opac|bailleurs? "
        r"socia(?:l|ux)|offices? hlm|hlm",
    ),
    _head(
        "autre",
        r"universites?|chambres? (?:departementale |regionale )?(?:d'agriculture|de "
        r"metiers(?: et de l'artisanat)?|de commerce(?: et d'industrie)?)|france travail|pole "
        r"emploi|mdph|maisons? departementales? (?:de l'autonomie|des personnes handicapees)|"
        r"sdis|services? departementa(?:l|ux) d'incendie et de secours|agences? de l'eau|"
        r"agences? d'urbanisme|maisons? de sante(?: pluri\w+)?|centres? (?:municipa(?:l|ux) |"
        r"intercommuna(?:l|ux) )?de sante|poles? de sante|enseignement catholique|crous|"
        r"grands? ports? maritimes?|banque des territoires|caisse des depots(?: et consignations)?|"
        r"action logement|agence nationale de (?:la cohesion des territoires|l'habitat|renovation urbaine)"
        r"|anct|anah|anru|ademe|agence de la transition ecologique|conseils? territoria(?:l|ux) de sante|"
        r"offices? de tourisme|chambres? consulaires?",
    ),
    _head(
        "autre",
        r"ehpad|ssiad|msp|gip|lycees?|colleges?|instituts?|poles? metropolitains?|parcs? "
        r"nature(?:l|ls) regiona(?:l|ux)",
        "name",
    ),
    _head("autre", r"fondations?|syndicats? (?:mixtes?|intercommuna(?:l|ux)|departementa(?:l|ux))", "free"),
    _head("autre", r"syndicats?(?= d(?:e |u |'|es ))(?! de(?:s| la)? communes)", "free"),
    _head("autre", r"syndicats? mixtes?|sivom|sivu"),
    _head(
        "reseau-association",
        r"observatoires? regiona(?:l|ux) de (?:la )?sante|ors|ireps|instances? regionales? "
        r"d'education et de promotion (?:de|a) la sante|promotion sante|comites? "
        r"(?:departementa(?:l|ux)|regiona(?:l|ux)) d'education (?:pour|a) la sante|croix[- "
        r"]rouge(?: francaise)?|secours (?:populaire|catholique)(?: francais)?|medecins du "
        r"monde|restos du cœur|ligue (?:nationale )?contre le cancer|planning familial|udaf|"
        r"unafam|anpaa|soliha|admr|uriopss|apf(?: france handicap)?|adapei|unapei|france "
        r"assos sante|addictions france|association addictions france|france alzheimer|union "
        r"departementale des associations familiales|dispositifs? d'appui(?: a la "
        r"coordination)?|maisons? des adolescents|missions? locales?|mrsi",
    ),
    _head("reseau-association", r"dac|cres|codes|csapa|caarud", "name"),
    _head(
        "reseau-association",
        r"associations?|collectifs?|(?<!en )reseaux?|federations?|centres? socia(?:l|ux)|unions?",
        "free",
    ),
)

LATE: tuple[Head, ...] = (
    _head("epci", r"metropoles?|agglomerations?|agglos?|intercommunalites?"),
    _head("epci", r"communautes?(?= d(?:e |u |es |'))(?! de (?:travail|vie|sante|pratique)| des )", "group"),
)
"""Words that also end the names of groups ("Lorient Agglomération"): read once these are."""

PAYS = _head("petr", r"pays", "name")

SUFFIXES = {
    "metropole": "epci",
    "agglomeration": "epci",
    "agglo": "epci",
    "communaute": "epci",
    "intercommunalite": "epci",
    "intercom": "epci",
    "habitat": "bailleur-social",
    "mobilites": "autorite-mobilite",
    "transports": "autorite-mobilite",
    "eau": "service-eau",
    "eaux": "service-eau",
}
"""The last word of a name that says the kind: "Valence Romans Mobilités"."""

DEPARTMENTAL = frozenset({"cpam", "caf", "prefecture", "departement", "ddets"})
"""Kinds that have one body in a département: the contract's territory says which, where the text does not."""
CARE = re.compile(r"etablissement|centre hospitalier|hopital|epsm|groupe hospitalier|clinique")
"""What may say again, behind a dash, what a hospital is."""
