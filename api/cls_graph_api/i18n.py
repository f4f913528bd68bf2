"""The words of the pages, in French and English, and the choice between the two."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from cls_graph.kind import Kind
from cls_graph.media import negotiate
from cls_graph.plainly import TRUTH, figured
from cls_graph_api.i18n_desk import DESK
from cls_graph_api.i18n_library import LIBRARY
from cls_graph_api.i18n_pages import PAGES
from cls_graph_api.urls import LANGUAGES

TEXTS: dict[str, tuple[str, str]] = {
    **PAGES,
    **LIBRARY,
    **DESK,
    "skip": ("Aller au contenu", "Skip to content"),
    "ask": ("Interroger", "Query"),
    "ontology": ("Ontologie", "Ontology"),
    "other_language": ("English", "Français"),
    "lead": (
        "Un graphe de données ouvertes sur les {contracts}\u00a0: qui s'engage, sur quels "
        "déterminants de santé, quand, avec quels moyens. Chaque fait porte la citation qui le fonde.",
        "A graph of open data about French {contracts}: who commits, on which determinants of "
        "health, when, with what means. Every fact carries the quote that it rests on.",
    ),
    "contents": ("Ce que contient le graphe", "What the graph holds"),
    "contracts_list": ("Les contrats", "The contracts"),
    "own_question": ("Votre question, en SPARQL", "Your question, in SPARQL"),
    "format_label": ("Réponse", "Answer"),
    "as_table": ("page", "page"),
    "run": ("Lancer", "Run"),
    "with_inference": ("avec ce que les règles infèrent", "with what the rules infer"),
    "show_inferred": ("Montrer aussi ce que les règles infèrent", "Also show what the rules infer"),
    "hide_inferred": ("Ne montrer que ce qui est énoncé", "Show only what is stated"),
    "nothing_inferred": ("Aucune règle n'ajoute rien ici.", "No rule adds anything here."),
    "why": ("Pourquoi\u00a0?", "Why?"),
    "plain_text": ("texte", "text"),
    "stated_in": ("Énoncé dans", "Stated in"),
    "no_passage": ("Aucun passage n'est cité pour cet énoncé.", "No passage is quoted for this statement."),
    "inferred_by": ("Inféré par la règle", "Inferred by the rule"),
    "because": ("Parce que\u00a0:", "Because:"),
    "explanation": ("Pourquoi cet énoncé", "Why this statement"),
    "show": ("Montrer", "Show"),
    "see": ("Voir la réponse", "See the answer"),
    "version": ("Version", "Version"),
    "catalogue": ("Le catalogue", "The catalogue"),
    "catalogue_lead": (
        "Les jeux de données, avec leurs fichiers, en DCAT-AP : ce que moissonne data.gouv.fr.",
        "The datasets, with their files, in DCAT-AP: what data.gouv.fr harvests.",
    ),
    "previous_page": ("Page précédente", "Previous page"),
    "next_page": ("Page suivante", "Next page"),
    "page_of": (
        "Page {number} sur {pages}, {total} jeux de données",
        "Page {number} of {pages}, {total} datasets",
    ),
    "downloads": ("En données", "As data"),
    "identifier": ("Identifiant", "Identifier"),
    "facts": ("Ce qui en est dit", "What is said of it"),
    "property": ("Propriété", "Property"),
    "value": ("Valeur", "Value"),
    "incoming": ("Ce qui s'y rapporte, et à quel titre", "What refers to it, and as what"),
    "source": ("source", "source"),
    "characters": ("caractères", "characters"),
    "note": ("Note", "Note"),
    "computed": ("calculé à partir des énoncés", "computed from the statements"),
    "colon": ("\u00a0:", ":"),
    "yes": (TRUTH["true"]["fr"], TRUTH["true"]["en"]),
    "no": (TRUTH["false"]["fr"], TRUTH["false"]["en"]),
    "more_incoming": (
        "Seuls {n} liens sont montrés ; {left} autres n'y sont pas. Tous, en CSV",
        "Only {n} links are shown; {left} others are not. All of them, as CSV",
    ),
    "left_out": (
        "{n} liens vers cette chose sont donnés ; {left} autres ne le sont pas.",
        "{n} links to this thing are given; {left} others are not.",
    ),
    "part_of": ("Fait partie de", "Part of"),
    "gone": (
        "{path} a été publié, puis retiré. Cet identifiant ne désignera jamais rien d'autre.",
        "{path} was published, then withdrawn. This identifier will never stand for anything else.",
    ),
    "answer": ("Réponse", "Answer"),
    "rows": ("{n} lignes", "{n} rows"),
    "one_row": ("1 ligne", "1 row"),
    "no_rows": ("Aucune ligne ne répond à la requête.", "No row answers the query."),
    "no_claims": (
        "Ce que les sources ne mentionnent pas peut pourtant être dans le contrat.",
        "What the sources do not mention is not for that reason absent from the contract.",
    ),
    "terms": ("{n} terme{s}", "{n} term{s}"),
    "classes": ("Classes", "Classes"),
    "properties": ("Propriétés", "Properties"),
    "domain": ("de", "from"),
    "range": ("vers", "to"),
    "broader_class": ("sorte de", "kind of"),
    "shapes": ("Règles de contrôle", "Shapes"),
    "rule": ("Règle", "Rule"),
    "message": ("Ce qui est demandé", "What is asked"),
    "severity": ("Gravité", "Severity"),
    "Violation": ("erreur", "error"),
    "Warning": ("avertissement", "warning"),
    "Info": ("information", "info"),
    "vocabularies": ("Listes de termes", "Code lists"),
    "code": ("Code", "Code"),
    "size": ("Taille (octets)", "Size (bytes)"),
    "fixed_address": ("adresse fixe", "fixed address"),
    "digest_address": (
        "L'adresse fixe contient l'empreinte de la publication : son contenu ne change jamais.",
        "The fixed address holds the digest of the release: its content never changes.",
    ),
    "dumps": ("Téléchargements", "Downloads"),
    "releases": ("Versions", "Releases"),
    "release_hint": (
        "Une version publiée ne change plus.",
        "A version that was published does not change.",
    ),
    "release_cited": (
        "Une requête citée avec sa version y répond toujours de même.",
        "A query cited with its version keeps its answer.",
    ),
    "release_current": ("version du jour", "current version"),
    "release_old": (
        "Vous lisez la version {version}, publiée le {date} ; elle n'est plus celle du jour.",
        "You are reading version {version}, published on {date}; it is no longer the current one.",
    ),
    "nothing_yet": (
        "Ce graphe ne contient encore aucun contrat.",
        "This graph holds no contract yet.",
    ),
    "cite_answer": ("Pour citer cette réponse :", "To cite this answer:"),
    "cite_version": ("son adresse dans la version {version}", "its address in version {version}"),
    "changes_feed": ("Changements d’une version à l’autre", "Changes from version to version"),
    "release_leave": ("Lire la version du jour", "Read the current version"),
    "release_browse": ("Parcourir cette version", "Browse this version"),
    "release_ask": ("L'interroger en SPARQL", "Query it with SPARQL"),
    "release_changes": ("Ce qui a changé", "What changed"),
    "release_files": ("Ses fichiers", "Its files"),
    "release_feed": ("Flux des changements (LDES)", "Change feed (LDES)"),
    "questions": ("Questions toutes prêtes", "Ready questions"),
    "about": ("À propos des données", "About the data"),
    "label": ("Libellé", "Label"),
    "definition": ("Définition", "Definition"),
    "excerpt": ("La ligne en cause", "The line at fault"),
    "available": ("Formats disponibles", "Available formats"),
    "remedy": ("Que faire", "What to do"),
    "manual": ("Adresses et réglages", "Routes and settings"),
    "manual_lead": (
        "Ce que ce service répond, et les limites qu'il s'est données.",
        "What this service answers, and the limits that it has.",
    ),
    "manual_routes": ("Adresses", "Routes"),
    "manual_address": ("Adresse", "Address"),
    "manual_method": ("Méthode", "Method"),
    "manual_what": ("Sens", "Meaning"),
    "manual_settings": ("Réglages en vigueur", "Settings in force"),
    "manual_setting": ("Variable", "Variable"),
    "manual_errors": ("Erreurs", "Errors"),
    "manual_code": ("Code", "Code"),
    "manual_status": ("État HTTP", "HTTP status"),
    "manual_cut": (
        "Une réponse qui dépasse CLS_MAX_ROWS ou CLS_MAX_BYTES est coupée entre deux lignes et le dit dans "
        "l'en-tête CLS-Truncated, puis dans le corps quand le format le permet. Si elle est déjà partie, la "
        "connexion est rompue avant sa fin : une réponse coupée ne passe jamais pour entière.",
        "An answer over CLS_MAX_ROWS or CLS_MAX_BYTES is cut between two rows and says so in the header "
        "CLS-Truncated, and in its body where the format has room. If it has already begun to leave, the "
        "connection breaks before its end: a cut answer never passes for a whole one.",
    ),
    "manual_cancel": (
        "Une requête envoyée avec query-request-id (paramètre ou en-tête, un identifiant au hasard) s'arrête "
        "par DELETE /sparql/running/ suivi de cet identifiant. Celui qui l'attendait reçoit 503.",
        "A query that was sent with query-request-id (parameter or header, a random identifier) is stopped "
        "by DELETE /sparql/running/ followed by that identifier. Whoever waited for it gets 503.",
    ),
    "manual_csv": (
        "Le CSV de /sparql est celui de la norme : les valeurs y sont telles quelles. Dans un tableur, "
        "importez-le comme du texte : une valeur qui commence par = + - @ y serait lue comme une formule.",
        "The CSV of /sparql is the standard one: values are as they are. In a spreadsheet, import it as "
        "text: a value that begins with = + - @ would be read as a formula.",
    ),
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
    "facts_n": ("fait{s}", "fact{s}"),
    "contracts": ("contrat{s}", "contract{s}"),
    "organisations": ("organisme{s}", "organisation{s}"),
    "engagements": ("engagement{s}", "engagement{s}"),
    "programme_elements": ("élément{s} de programme", "programme element{s}"),
    "milestones": ("étapes datées", "milestones"),
    "funding_commitments": ("financements", "funding commitments"),
    "stated_counts": ("effectifs annoncés", "stated counts"),
    "evidence": ("citation{s}", "quote{s}"),
    "documents": ("document{s} source{s}", "source document{s}"),
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


def translator(lang: str, kind: Kind | None = None) -> Callable[..., str]:
    """A function from a key of ``TEXTS`` to its words; values for ``{names}`` as keywords.

    ``kind``: what the contracts are, whose noun the words then say.

    ``{s}`` is the ending of the plural, unless ``n`` is one (in French: or none). A key that is not in the
    table comes back as it is.
    """
    index = LANGUAGES.index(lang)
    single = {"0", "1"} if lang == "fr" else {"1"}

    def t(key: str, /, **values: object) -> str:
        words = TEXTS.get(key)
        ending = "" if str(values.get("n")) in single else "s"
        if words is None:
            return key
        said = kind.noun(words[index], lang) if kind else words[index]
        return said.format(**{"s": ending, **values})

    return t


def grouped(number: int, lang: str) -> str:
    """A number with its thousands apart, as the language writes them.

    >>> grouped(18652, "en")
    '18,652'
    """
    return figured(str(number), lang)
