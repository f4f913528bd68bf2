"""How a finding of the checks is mended in a workbook: in its sheets and columns, not in a file."""

from __future__ import annotations

from cls_graph.errors import Text

IN_SHEETS: dict[str, Text] = {
    "no-evidence": {
        "fr": "Ajoutez une ligne avec la citation dans « Preuves » ; ou un statut (« inféré », « source"
        " externe ») et une note, sur la ligne ou dans « Précisions ».",
        "en": "Add a row with the quote to 'Evidence'; or a status ('inferred', 'external source') and a"
        " note, in the row or in 'Qualifications'.",
    },
    "no-position": {
        "fr": "Après l'import, lancez « cls-graph verify --sources DOSSIER --write » : il les trouve.",
        "en": "After the import, run 'cls-graph verify --sources DIR --write': it finds them.",
    },
    "position-length": {
        "fr": "Videz « Début » et « Fin » : « cls-graph verify --sources DOSSIER --write » les remplit.",
        "en": "Empty 'Start' and 'End': 'cls-graph verify --sources DIR --write' fills them in.",
    },
    "review-unsigned": {
        "fr": "Remplissez « Relecture : par » et « Relecture : le ».",
        "en": "Fill in 'Review: by' and 'Review: on'.",
    },
    "no-note": {
        "fr": "Dites dans « Note », sur la ligne ou dans « Précisions », comment on le sait.",
        "en": "Say in 'Note', in the row or in 'Qualifications', how it is known.",
    },
}
"""How findings of the checks are mended in a workbook, where their own words speak of the file."""

_DATE: Text = {
    "fr": "Écrivez par exemple 16/04/2025 (jour/mois/année), avril 2025, 2025 ou 16 avril.",
    "en": "Write for instance 2025-04-16, 16 April 2025, April 2025, 2025 or 16 April.",
}
_NUMBER: Text = {
    "fr": "Écrivez le nombre seul, en chiffres : 1200.",
    "en": "Write the number alone, in digits: 1200.",
}
HOW_WRITTEN: dict[str, Text] = {
    "PartialDate": _DATE,
    "PeriodDate": _DATE,
    "FullDate": {
        "fr": "Écrivez le jour, le mois et l'année : 16/04/2025.",
        "en": "Write the day, the month and the year: 2025-04-16.",
    },
    "Year": {"fr": "Écrivez l'année en quatre chiffres.", "en": "Write the year in four digits."},
    "Duration": {
        "fr": "Écrivez par exemple « 5 ans » ou « 18 mois ».",
        "en": "Write for instance '5 years' or '18 months'.",
    },
    "Amount": {
        "fr": "Écrivez le montant en chiffres : 15816,50. Une autre monnaie va dans sa colonne.",
        "en": "Write the amount in digits: 15816.50. Another currency goes to its column.",
    },
    "Integer": _NUMBER,
    "Number": _NUMBER,
    "Offset": _NUMBER,
    "Boolean": {"fr": "Écrivez « oui » ou « non ».", "en": "Write 'yes' or 'no'."},
}
"""How a cell of each kind is written, where its value is refused."""
