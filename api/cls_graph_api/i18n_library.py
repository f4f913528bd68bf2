"""The words of the ready questions and of their tables."""

from __future__ import annotations

LIBRARY: dict[str, tuple[str, str]] = {
    "questions_lead": (
        "Choisissez une question, changez ses paramètres, repartez avec un tableau. La requête "
        "se lit sous la réponse.",
        "Choose a question, change its parameters, leave with a table. The query is shown below the answer.",
    ),
    "as_examples": ("En exemple SPARQL", "As a SPARQL example"),
    "any": ("tous", "any"),
    "offered": (
        "Les {n} premiers choix sur {all} sont proposés ; toute autre clé s'écrit à la main.",
        "The first {n} of {all} choices are offered; any other key can be typed in.",
    ),
    "cut_at": (
        "Réponse incomplète : seules les {n} premières lignes sont montrées. Téléchargez-la pour "
        "en avoir davantage.",
        "Incomplete answer: only the first {n} rows are shown. Download it to have more.",
    ),
    "taken": ("{n} s", "{n} s"),
    "show_query": ("Voir la requête et la commande", "Show the query and the command"),
    "in_editor": ("Ouvrir dans l'éditeur", "Open in the editor"),
    "question": ("Question", "Question"),
    "row_count": ("Nombre de lignes", "Number of rows"),
    "web_address": ("Adresse", "Address"),
    "release": ("Publication", "Release"),
    "data_set": ("Jeu de données", "Dataset"),
}
