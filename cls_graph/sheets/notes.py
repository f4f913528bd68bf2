"""What the first sheet of a workbook tells whoever works in it."""

from __future__ import annotations

NOTES = {
    "fr": (
        "Fiches de contrats",
        "",
        "Une feuille par partie de la fiche. La première ligne nomme les colonnes ; posez la souris "
        "sur un en-tête pour savoir quoi y écrire.",
        "Modifiez les cellules blanches. Les grises disent de quel contrat et de quel élément parle "
        "la ligne : elles sont verrouillées.",
        "Ajouter : écrivez sous la dernière ligne. Laissez le N° vide, il sera donné à l'import.",
        "Retirer : écrivez « oui » dans la colonne « Retirer ».",
        "Preuves : une ligne par citation. « Feuille », « N° » et « Champ » disent ce qu'elle prouve "
        "; « Champ » vide : la ligne entière.",
        "Précisions : le statut et la note d'une valeur, désignée de la même façon.",
        "Une cellule vide veut dire « pas mentionné dans les sources que nous avons ».",
        "Pas de formule : écrivez des valeurs.",
        "La protection n'a pas de mot de passe (Révision > Ôter la protection). Une feuille ou une "
        "colonne supprimée laisse les fiches telles quelles.",
        "Ensuite : « cls-graph import --dry-run FICHIER » montre ce qui changerait, « cls-graph "
        "import FICHIER » le fait, avec une sauvegarde.",
        "",
        "État des fiches à l'export ; ne modifiez pas ce tableau, il évite d'écraser le travail d'un autre.",
    ),
    "en": (
        "Records of contracts",
        "",
        "One sheet for each part of a record. The first row names the columns; rest the mouse on a "
        "header to see what to write.",
        "Edit the white cells. The grey ones say which contract and which item a row is about: they "
        "are locked.",
        "To add: write below the last row. Leave the No. empty, it is given on import.",
        "To remove: write 'yes' in the column 'Remove'.",
        "Evidence: a row a quote. 'Sheet', 'No.' and 'Field' say what it is evidence of; an empty "
        "'Field': the row as a whole.",
        "Qualifications: the status and the note of one value, named in the same way.",
        "An empty cell means 'not mentioned in the sources we have'.",
        "No formulas: write values.",
        "The protection has no password (Review > Unprotect Sheet). A sheet or column that you delete"
        " leaves the records as they are.",
        "Then: 'cls-graph import --dry-run FILE' shows what would change, 'cls-graph import FILE' "
        "does it, with a backup.",
        "",
        "State of the records at the export; leave this table as it is, it keeps others' work from "
        "being lost.",
    ),
}

STATE_HEADERS = {"fr": ("Contrat", "Empreinte"), "en": ("Contract", "Digest")}
