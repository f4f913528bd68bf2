"""The words of the ready questions and of their tables."""

from __future__ import annotations

from cls_graph.queries.words import ABOUT

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
    "show_query": ("Voir la requête et la commande", "Show the query and the command"),
    "in_editor": ("Ouvrir dans l'éditeur", "Open in the editor"),
    **{key: (words["fr"], words["en"]) for key, words in ABOUT.items()},
}
