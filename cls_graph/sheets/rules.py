"""What can be wrong with a workbook, in one table: what to say and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from openpyxl.utils import get_column_letter

from cls_graph.findings import Finding, Place, filled
from cls_graph.rules import Rule
from cls_graph.sheets.remedies import IN_SHEETS


def _rule(fr: str, en: str, mend_fr: str, mend_en: str, severity: str = "violation") -> Rule:
    return Rule(severity, {"fr": fr, "en": en}, {"fr": mend_fr, "en": mend_en})


SHEET_RULES: dict[str, Rule] = {
    "sheet-formula": _rule(
        "la cellule contient une formule ({value}).",
        "the cell holds a formula ({value}).",
        "Remplacez-la par sa valeur (copier, collage spécial, valeurs).",
        "Replace it by its value (copy, paste special, values).",
    ),
    "sheet-error": _rule(
        "la cellule contient une erreur du tableur ({value}).",
        "the cell holds an error of the spreadsheet ({value}).",
        "Écrivez la valeur, ou videz la cellule.",
        "Write the value, or empty the cell.",
    ),
    "sheet-code": _rule(
        "« {value} » n'est pas un des mots possibles ici.",
        "'{value}' is none of the words that may stand here.",
        "Écrivez un des mots de « {list} » (feuille « Listes », docs/codes.md).{suggestion}",
        "Write one of the words of '{list}' (sheet 'Lists', docs/codes.md).{suggestion}",
    ),
    "sheet-remove": _rule(
        "« {value} » ne dit pas si la ligne est à retirer.",
        "'{value}' does not say whether the row is to be removed.",
        "Écrivez « oui », ou videz la cellule.",
        "Write 'yes', or empty the cell.",
    ),
    "sheet-several": _rule(
        "« {value} » désigne plusieurs choses : {found}.",
        "'{value}' names several things: {found}.",
        "Écrivez la clé de celle dont il s'agit.",
        "Write the key of the one that is meant.",
    ),
    "sheet-two-things": _rule(
        "la clé « {value} » et le nom « {label} » désignent deux choses ({other}).",
        "the key '{value}' and the name '{label}' mean two things ({other}).",
        "Copiez la clé et le nom de la feuille « Registre », où ils vont ensemble, ou n'écrivez que la clé.",
        "Copy key and name from the sheet 'Registry', where they go together, or write the key only.",
    ),
    "sheet-required": _rule(
        "la cellule est vide, et elle est obligatoire.",
        "the cell is empty, and it is required.",
        "Remplissez-la, ou videz toute la ligne.",
        "Fill it in, or empty the whole row.",
    ),
    "sheet-no-column": _rule(
        "il manque la colonne « {value} », qui dit de quoi parle chaque ligne.",
        "the column '{value}' is missing, which says what each row is about.",
        "Remettez la colonne d'après un nouvel export.",
        "Put the column back, from a new export.",
    ),
    "sheet-no-header": _rule(
        "aucune ligne d'en-têtes n'est reconnue dans cette feuille.",
        "no row of headers is recognised in this sheet.",
        "Remettez les en-têtes d'un nouvel export sur la première ligne.",
        "Put the headers of a new export back on the first row.",
    ),
    "sheet-header": _rule(
        "l'en-tête « {value} » n'est pas reconnu, et « {near} » manque.",
        "the header '{value}' is not recognised, and '{near}' is missing.",
        "Écrivez « {near} ».",
        "Write '{near}'.",
    ),
    "sheet-twice": _rule(
        "l'en-tête « {value} » est déjà celui de la colonne {first}.",
        "the header '{value}' is already that of column {first}.",
        "Gardez une seule des deux colonnes.",
        "Keep only one of the two columns.",
    ),
    "sheet-headless": _rule(
        "la colonne a des valeurs, mais pas d'en-tête (cellules fusionnées ?), et il manque « {near} ».",
        "the column has values but no header (merged cells?), and '{near}' is missing.",
        "Défusionnez les en-têtes et écrivez celui de chaque colonne.",
        "Unmerge the headers and write that of each column.",
    ),
    "sheet-no-contract": _rule(
        "la ligne ne dit pas de quel contrat elle parle.",
        "the row does not say which contract it is about.",
        "Écrivez la clé du contrat.",
        "Write the key of the contract.",
    ),
    "sheet-contract": _rule(
        "il n'y a pas de contrat « {value} ».",
        "there is no contract '{value}'.",
        "Corrigez la clé, ou ajoutez le contrat à la feuille « {sheet} ».{suggestion}",
        "Mend the key, or add the contract to the sheet '{sheet}'.{suggestion}",
    ),
    "sheet-contract-gone": _rule(
        "le contrat « {value} » n'a plus de ligne : ce qui était dans ce classeur à l'export reste tel quel.",
        "the contract '{value}' has no row any more: what was in this workbook at the export stays as it is.",
        "Un import ne retire pas de contrat. Pour retirer une fiche, voyez docs/persons.md.",
        "An import removes no contract. To withdraw a record, see docs/persons.md.",
        "warning",
    ),
    "sheet-stays": _rule(
        "un contrat ne se retire pas par un import.",
        "a contract is not removed by an import.",
        "Videz la cellule « Retirer ». Pour retirer une fiche, voyez docs/persons.md.",
        "Empty the cell 'Remove'. To withdraw a record, see docs/persons.md.",
    ),
    "sheet-id": _rule(
        "le n° « {value} » est déjà celui de la ligne {first}.",
        "the no. '{value}' is already that of row {first}.",
        "Laissez le n° vide sur la ligne nouvelle : le suivant sera donné.",
        "Leave the no. of the new row empty: the next one will be given.",
    ),
    "sheet-again": _rule(
        "la ligne {first} parle déjà de cette valeur.",
        "row {first} is about this value already.",
        "Gardez une seule des deux lignes.",
        "Keep only one of the two rows.",
    ),
    "sheet-no-parent": _rule(
        "l'élément n° {value}, dont la ligne serait une partie, n'est pas dans la feuille.",
        "element no. {value}, which the row would be part of, is not in the sheet.",
        "Donnez le n° d'un élément de ce contrat, ou videz la cellule.",
        "Give the no. of an element of this contract, or empty the cell.",
    ),
    "sheet-circle": _rule(
        "l'élément serait une partie de lui-même.",
        "the element would be part of itself.",
        "Donnez le n° de ce dont il est une partie.",
        "Give the no. of what it is part of.",
    ),
    "sheet-part": _rule(
        "« {value} » n'est pas une feuille de ce classeur dont on puisse dire quelque chose.",
        "'{value}' is no sheet of this workbook of which something can be said.",
        "Écrivez le nom de la feuille.{suggestion}",
        "Write the name of the sheet.{suggestion}",
    ),
    "sheet-field": _rule(
        "« {value} » n'est pas une colonne de la feuille « {sheet} » dont on puisse dire quelque chose.",
        "'{value}' is no column of the sheet '{sheet}' of which something can be said.",
        "Écrivez l'en-tête d'une de ses colonnes, ou videz la cellule.{suggestion}",
        "Write the header of one of its columns, or empty the cell.{suggestion}",
    ),
    "sheet-nothing": _rule(
        "la ligne parle de quelque chose qui n'est pas là : {value}.",
        "the row is about something that is not there: {value}.",
        "Vérifiez la feuille, le n°, le champ et la valeur ; ou retirez la ligne.",
        "Check the sheet, the no., the field and the value; or remove the row.",
    ),
    "review-statement": _rule(
        "« {value} » n'est pas un énoncé de ce brouillon.",
        "'{value}' is no statement of this draft.",
        "Remettez la cellule, ou retirez la ligne.{suggestion}",
        "Put the cell back, or remove the row.{suggestion}",
    ),
    "review-decision": _rule(
        "« {value} » n'est pas une décision.",
        "'{value}' is no decision.",
        "Choisissez accepter, rejeter ou modifier ; vide : pas encore décidé.",
        "Choose accept, reject or edit; empty: not decided yet.",
    ),
    "review-correction": _rule(
        "une valeur corrigée ne va qu'avec la décision modifier.",
        "a corrected value goes with the decision edit only.",
        "Choisissez « modifier », ou videz la cellule.",
        "Choose 'edit', or empty the cell.",
    ),
    "review-no-value": _rule(
        "la décision est de modifier, et la valeur corrigée est vide.",
        "the decision is to edit, and the corrected value is empty.",
        "Écrivez la valeur juste ; pour ôter l'énoncé, choisissez « rejeter ».",
        "Write the right value; to take the statement out choose 'reject'.",
    ),
    "review-field": _rule(
        "« {value} » n'est pas un champ de cet énoncé. Ses champs : {found}.",
        "'{value}' is no field of this statement. Its fields: {found}.",
        "Écrivez « Champ = valeur », un champ par ligne.{suggestion}",
        "Write 'Field = value', a field a line.{suggestion}",
    ),
    "review-moved": _rule(
        "la valeur proposée n'est pas celle du brouillon, qui dit : {value}.",
        "the proposed value is not that of the draft, which says: {value}.",
        "Une correction s'écrit dans « Valeur corrigée ». Si le brouillon a changé, refaites le tableau.",
        "A correction is written in 'Corrected value'. If the draft has changed, make the table again.",
    ),
    "review-rejected": _rule(
        "l'énoncé est une partie de « {value} », qui est rejeté.",
        "the statement is part of '{value}', which is rejected.",
        "Rejetez aussi la partie, ou gardez le tout.",
        "Reject the part too, or keep the whole.",
    ),
    "review-unknown": _rule(
        "« {value} » n'est pas au registre.",
        "'{value}' is not in the registry.",
        "Ajoutez-le d'abord au registre, ou écrivez une de ses clés.{suggestion}",
        "Add it to the registry first, or write one of its keys.{suggestion}",
    ),
    "review-refused": _rule(
        "la décision ne peut pas être appliquée : {value}",
        "the decision cannot be carried out: {value}",
        "Changez la décision ou la valeur corrigée.",
        "Change the decision or the corrected value.",
    ),
    "sheet-moved": _rule(
        "la fiche a changé depuis l'export du classeur : l'import déferait ces changements.",
        "the record has changed since the workbook was exported: the import would undo those changes.",
        "Exportez à nouveau et reportez vos changements ; --overwrite importe quand même.",
        "Export again and carry your changes over; --overwrite imports all the same.",
    ),
    "sheet-extra": _rule(
        "la feuille n'est pas une partie de la fiche : elle n'est pas lue.",
        "the sheet is no part of the record: it is not read.",
        "",
        "",
        "info",
    ),
    "sheet-renamed": _rule(
        "la feuille est lue comme « {value} », d'après ses en-têtes.",
        "the sheet is read as '{value}', by its headers.",
        "",
        "",
        "info",
    ),
    "sheet-extra-column": _rule(
        "la colonne « {value} » n'est pas connue : elle n'est pas lue.",
        "the column '{value}' is not known: it is not read.",
        "",
        "",
        "info",
    ),
    "sheet-absent": _rule(
        "la feuille « {value} » n'est pas là : cette partie des fiches reste telle quelle.",
        "the sheet '{value}' is not there: this part of the records stays as it is.",
        "",
        "",
        "info",
    ),
    "sheet-absent-column": _rule(
        "la colonne « {value} » n'est pas là : ces valeurs restent telles quelles.",
        "the column '{value}' is not there: these values stay as they are.",
        "",
        "",
        "info",
    ),
}


@dataclass(frozen=True, slots=True)
class CellPlace(Place):
    """A cell of a workbook: row and column from 1 (0: the sheet as a whole). A CSV file has no sheet."""

    sheet: str = ""

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it: ``D12``."""
        return f"{get_column_letter(self.column or 1)}{self.line}" if self.line else ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.sheet, self.cell) if part)


def located(found: Finding, header: str = "") -> Finding:
    """The finding with row, column and header of its cell in words, before its sentence."""
    place = found.place
    if not isinstance(place, CellPlace) or not place.line:
        return found
    letter = get_column_letter(place.column or 1)
    named = {"fr": f" « {header} »" if header else "", "en": f" '{header}'" if header else ""}
    return replace(
        found,
        remedy=IN_SHEETS.get(found.rule, found.remedy),
        subject=f"ligne {place.line}, colonne {letter}{named['fr']}",
        subject_en=f"row {place.line}, column {letter}{named['en']}",
    )


def sheet_finding(rule: str, place: Place, header: str = "", **params: Any) -> Finding:
    """A finding of the table; a parameter may itself be a sentence by language."""
    row = SHEET_RULES[rule]
    value = params.get("value", "")
    value = value["fr"] if isinstance(value, dict) else value
    message, remedy = filled(row.message, params), filled(row.remedy, params)
    return located(Finding(rule, row.severity, place, message, remedy, value=str(value)[:80]), header)
