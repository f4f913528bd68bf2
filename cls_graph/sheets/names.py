"""Words of a workbook that the ontology does not say, or says in too many words for a header."""

from __future__ import annotations

from cls_graph.errors import Text

LANGUAGES = ("fr", "en")
DOT = " · "
"""Between the key of a thing and its label."""


def _t(fr: str, en: str) -> Text:
    return {"fr": fr, "en": en}


SHEETS: dict[str, Text] = {
    "contract": _t("Contrat", "Contract"),
    "contract.alternative_periods": _t("Autres périodes", "Other periods"),
    "contract.review.earlier": _t("Relectures précédentes", "Earlier reviews"),
    "engagements": _t("Engagements", "Engagements"),
    "programme": _t("Programme", "Programme"),
    "programme.indicators": _t("Indicateurs", "Indicators"),
    "programme.budget": _t("Budget", "Budget"),
    "milestones": _t("Étapes", "Milestones"),
    "amendments": _t("Avenants", "Amendments"),
    "funding": _t("Financements", "Funding"),
    "counts": _t("Effectifs annoncés", "Stated counts"),
    "frameworks": _t("Cadres", "Frameworks"),
    "facts": _t("Précisions", "Qualifications"),
    "evidence": _t("Preuves", "Evidence"),
    "notes": _t("Lisez-moi", "Read me"),
    "lists": _t("Listes", "Lists"),
    "registry": _t("Registre", "Registry"),
    "review-queue": _t("Relecture", "Review"),
}

LISTS: dict[str, Text] = {
    "axis|objective|action-sheet|measure": _t("Types d'éléments", "Types of elements"),
    "frequency": _t("Rythmes", "Frequencies"),
    "agent": _t("Organismes et personnes", "Bodies and persons"),
    "organisation": _t("Organismes", "Bodies"),
    "person": _t("Personnes", "Persons"),
    "framework": _t("Cadres", "Frameworks"),
    "document": _t("Documents", "Documents"),
    "territory": _t("Territoires", "Territories"),
    "contract": _t("Contrats", "Contracts"),
}
"""Lists of words and of registry entries that are no code list, which has a name of its own."""

NAMES: dict[str, Text] = {
    "contract": _t("Contrat", "Contract"),
    "key": _t("Clé", "Key"),
    "id": _t("N°", "No."),
    "owner": _t("Dans le n°", "In no."),
    "parent": _t("Partie du n°", "Part of no."),
    "remove": _t("Retirer", "Remove"),
    "part": _t("Feuille", "Sheet"),
    "field": _t("Champ", "Field"),
    "value": _t("Valeur", "Value"),
    "assertion": _t("Statut de l'énoncé", "Assertion status"),
    "note": _t("Note", "Note"),
    "order": _t("Ordre", "Order"),
    "document": _t("Document", "Document"),
    "quote": _t("Citation", "Quote"),
    "start": _t("Début", "Start"),
    "end": _t("Fin", "End"),
    "prefix": _t("Mots avant", "Words before"),
    "suffix": _t("Mots après", "Words after"),
    "begin": _t("Début", "Begin"),
    "duration": _t("Durée", "Duration"),
    "period": _t("Période", "Period"),
    "action_plan_period": _t("Plan d'action", "Action plan"),
    "title": _t("Titre", "Title"),
    "carrier": _t("Porteur (fait la clé)", "Carrier (makes the key)"),
    "review": _t("Relecture", "Review"),
    "state": _t("État", "State"),
    "by": _t("Par", "By"),
    "on": _t("Le", "On"),
    "place": _t("Lieu", "Place"),
    "agents": _t("Acteurs", "Agents"),
    "description": _t("Description", "Description"),
    "type": _t("Type", "Type"),
    "label": _t("Intitulé", "Label"),
    "amount": _t("Montant", "Amount"),
    "currency": _t("Monnaie", "Currency"),
    "frequency": _t("Rythme", "Frequency"),
    "funder": _t("Financeur", "Funder"),
    "party": _t("Organisme", "Body"),
    "kind": _t("Type d'organisme", "Kind of body"),
    "role": _t("Rôle", "Role"),
    "status": _t("État", "Status"),
    "ordinal": _t("Rang", "Ordinal"),
    "territory": _t("Territoire", "Territory"),
    "determinants": _t("Déterminants", "Determinants"),
    "populations": _t("Publics", "Populations"),
    "approaches": _t("Modes d'action", "Approaches"),
    "actors": _t("Acteurs", "Actors"),
    "communes": _t("Communes", "Communes"),
    "list": _t("Liste", "List"),
    "vintage": _t("Millésime", "Vintage"),
    "statement": _t("Énoncé", "Statement"),
    "subject": _t("Objet", "Subject"),
    "proposed": _t("Valeur proposée", "Proposed value"),
    "confidence": _t("Confiance", "Confidence"),
    "doubt": _t("Doute", "Doubt"),
    "candidates": _t("Candidats", "Candidates"),
    "decision": _t("Décision", "Decision"),
    "corrected": _t("Valeur corrigée", "Corrected value"),
    "comment": _t("Commentaire", "Comment"),
}

ADDRESS: dict[str, Text] = {
    "contract": _t(
        "Clé du contrat de la ligne. Vide sur une ligne nouvelle : celui du classeur, s'il n'en a qu'un.",
        "Key of the contract of the row. Empty on a new row: that of the workbook, if it has only one.",
    ),
    "id": _t(
        "Numéro donné une fois pour toutes. Laissez vide sur une ligne nouvelle : le suivant sera donné.",
        "Number given once and for all. Leave empty on a new row: the next one will be given.",
    ),
    "owner": _t(
        "Numéro de la ligne dont celle-ci dépend, dans la feuille du programme.",
        "Number of the row that this one belongs to, in the programme sheet.",
    ),
    "parent": _t(
        "Numéro de l'élément dont celui-ci est une partie ; vide : au premier niveau.",
        "Number of the element that this one is part of; empty: at the top.",
    ),
    "remove": _t(
        "« oui » retire la ligne de la fiche à l'import. Une ligne qui n'est plus là est retirée aussi.",
        "'yes' takes the row out of the record on import. A row that is no longer there is taken out too.",
    ),
    "part": _t("Feuille où se trouve ce qui est précisé ou prouvé.", "Sheet of what this is about."),
    "item": _t(
        "Numéro de la ligne de cette feuille ; vide pour le contrat lui-même.",
        "Number of the row of that sheet; empty for the contract itself.",
    ),
    "field": _t(
        "En-tête de la colonne dont il s'agit ; vide : la ligne entière.",
        "Header of the column concerned; empty: the row as a whole.",
    ),
    "value": _t(
        "Laquelle des valeurs, si la cellule en a plusieurs.",
        "Which of the values, where the cell has several.",
    ),
    "order": _t("Rang, où il y a plusieurs preuves.", "Rank, where there are several."),
    "quote": _t(
        "Lettre pour lettre, le passage le plus court qui porte le fait.",
        "Word for word, the shortest passage that carries the fact.",
    ),
    "start": _t(
        "Premier caractère dans le texte. Laissez vide : « verify --write » le remplit.",
        "First character in the text. Leave empty: 'verify --write' fills it in.",
    ),
    "assertion": _t("Vide : énoncé par le texte.", "Empty: stated by the text."),
}

KINDS: dict[str, Text] = {
    "many": _t("Plusieurs valeurs : séparez-les par « ; ».", "Several values: separate them with ';'."),
    "lines": _t("Plusieurs valeurs : une par ligne.", "Several values: one a line."),
    "PartialDate": _t(
        "À la précision connue : 2025, 04/2025, 16/04/2025 ou 16 avril.",
        "At the known precision: 2025, 2025-04, 2025-04-16 or 16 April.",
    ),
    "PeriodDate": _t(
        "À la précision connue : 2025, 04/2025 ou 16/04/2025.",
        "At the known precision: 2025, 2025-04 or 2025-04-16.",
    ),
    "Duration": _t("5 ans, 18 mois, 10 jours.", "5 years, 18 months, 10 days."),
    "Boolean": _t("oui ou non ; vide : on ne sait pas.", "yes or no; empty: not known."),
    "list": _t("Choisissez dans la liste.", "Choose from the list."),
    "required": _t("Obligatoire.", "Required."),
}

FREQUENCIES: dict[str, Text] = {
    "annual": _t("annuel", "annual"),
    "biennial": _t("tous les deux ans", "biennial"),
    "monthly": _t("mensuel", "monthly"),
    "quarterly": _t("trimestriel", "quarterly"),
    "triennial": _t("tous les trois ans", "triennial"),
}
