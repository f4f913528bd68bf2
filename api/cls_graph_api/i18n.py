"""The words of the pages, in French and English, and the choice between the two."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from cls_graph.media import negotiate
from cls_graph_api.urls import LANGUAGES

TEXTS: dict[str, tuple[str, str]] = {
    "site": ("Contrats locaux de santé", "Local health contracts"),
    "skip": ("Aller au contenu", "Skip to content"),
    "home": ("Accueil", "Home"),
    "ask": ("Interroger", "Query"),
    "ontology": ("Ontologie", "Ontology"),
    "other_language": ("English", "Français"),
    "lead": (
        "Un graphe de données ouvertes sur les contrats locaux de santé : qui s'engage, sur quels "
        "déterminants de santé, quand, avec quels moyens. Chaque fait porte la citation qui le fonde.",
        "A graph of open data about French local health contracts: who commits, on which determinants of "
        "health, when, with what means. Every fact carries the quote that it rests on.",
    ),
    "contents": ("Ce que contient le graphe", "What the graph holds"),
    "contracts_list": ("Les contrats", "The contracts"),
    "examples": ("Trois questions pour commencer", "Three questions to start with"),
    "own_question": ("Votre question, en SPARQL", "Your question, in SPARQL"),
    "query_label": ("Requête SPARQL", "SPARQL query"),
    "format_label": ("Réponse", "Answer"),
    "as_table": ("page", "page"),
    "run": ("Lancer", "Run"),
    "see": ("Voir la réponse", "See the answer"),
    "edit": ("Modifier la requête", "Edit the query"),
    "version": ("Version", "Version"),
    "licence": ("Licence", "Licence"),
    "downloads": ("En données", "As data"),
    "identifier": ("Identifiant", "Identifier"),
    "facts": ("Ce qui en est dit", "What is said of it"),
    "property": ("Propriété", "Property"),
    "value": ("Valeur", "Value"),
    "basis": ("Fondement", "Basis"),
    "incoming": ("Ce qui s'y rapporte", "What refers to it"),
    "incoming_by": ("par", "by"),
    "source": ("source", "source"),
    "characters": ("caractères", "characters"),
    "note": ("Note", "Note"),
    "computed": ("calculé à partir des énoncés", "computed from the statements"),
    "colon": (" :", ":"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "more_incoming": (
        "La liste est limitée aux {n} premiers liens.",
        "The list stops at the first {n} links.",
    ),
    "answer": ("Réponse", "Answer"),
    "rows": ("{n} lignes", "{n} rows"),
    "one_row": ("1 ligne", "1 row"),
    "no_rows": ("Aucune ligne ne répond à la requête.", "No row answers the query."),
    "cut": (
        "Seul le début est montré ({n} lignes). La réponse entière : ",
        "Only the beginning is shown ({n} rows). The whole answer: ",
    ),
    "no_claims": (
        "Ce qui n'est pas mentionné dans les sources n'est pas pour autant absent du contrat.",
        "What the sources do not mention is not for that reason absent from the contract.",
    ),
    "term": ("Terme", "Term"),
    "label": ("Libellé", "Label"),
    "definition": ("Définition", "Definition"),
    "excerpt": ("La ligne en cause", "The line at fault"),
    "available": ("Formats disponibles", "Available formats"),
    "remedy": ("Que faire", "What to do"),
    "vocab": ("Terme d'un vocabulaire", "Term of a vocabulary"),
    "not_here": (
        "Rien n'est connu ici sous cette adresse : {path}.",
        "Nothing is known here at this address: {path}.",
    ),
    "method": (
        "La méthode {method} n'est pas admise à cette adresse.",
        "The method {method} is not allowed at this address.",
    ),
    "broken": ("Le service a rencontré une erreur interne.", "The service met an internal error."),
    "quads": ("énoncés", "statements"),
    "contracts": ("contrats", "contracts"),
    "organisations": ("organismes", "organisations"),
    "engagements": ("engagements", "engagements"),
    "programme_elements": ("éléments de programme", "programme elements"),
    "milestones": ("étapes datées", "milestones"),
    "funding_commitments": ("financements", "funding commitments"),
    "stated_counts": ("effectifs annoncés", "stated counts"),
    "evidence": ("citations", "quotes"),
    "documents": ("documents sources", "source documents"),
}


def language(request: Request) -> str:
    """The language of an answer: ``?lang=``, else Accept-Language (RFC 9110, 12.5.4), else French."""
    asked = request.query_params.get("lang", "").lower()
    if asked in LANGUAGES:
        return asked
    # Language ranges have the shape of media ranges once they carry a slash: `fr-CA` is `fr/CA`.
    accepted = request.headers.get("accept-language", "").split(",")
    ranges = ",".join(_as_range(part) for part in accepted if part.strip())
    chosen = negotiate(ranges, [f"{code}/x" for code in LANGUAGES]) if ranges else None
    return chosen[:2] if chosen else LANGUAGES[0]


def _as_range(part: str) -> str:
    tag, _, quality = part.partition(";")
    code = tag.strip().split("-")[0] or "*"
    return f"{code}/*;{quality}" if quality else f"{code}/*"


def translator(lang: str) -> Callable[..., str]:
    """A function from a key of ``TEXTS`` to its words; values for ``{names}`` as keywords.

    A key that is not in the table comes back as it is.
    """
    index = LANGUAGES.index(lang)

    def t(key: str, /, **values: object) -> str:
        words = TEXTS.get(key)
        return words[index].format(**values) if words else key

    return t
