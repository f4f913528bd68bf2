"""The words of the pages where queries are asked and networks shown, in French and English."""

from __future__ import annotations

DESK: dict[str, tuple[str, str]] = {
    "sparql_lead": (
        "Écrivez une requête, ou partez d'un exemple. Ctrl-Entrée la lance.",
        "Write a query, or start from an example. Ctrl-Enter runs it.",
    ),
    "editor_help": (
        "Ctrl-Espace\u00a0: propositions (classes, propriétés, choses par leur nom). Tab\u00a0: retrait. "
        "Échap puis Tab pour sortir de l'éditeur.",
        "Ctrl-Space: suggestions (classes, properties, things by their name). Tab indents; "
        "Escape, then Tab, to leave the editor.",
    ),
    "stop": ("Arrêter la requête", "Stop the query"),
    "share": ("Copier le lien", "Copy the link"),
    "history": ("Vos requêtes passées", "Your past queries"),
    "history_where": (
        "Elles ne sont gardées que dans ce navigateur\u00a0; rien n'en est envoyé.",
        "They are kept in this browser only; nothing of them is sent.",
    ),
    "history_none": ("Aucune pour l'instant.", "None so far."),
    "history_clear": ("Effacer l'historique", "Clear the history"),
    "example_list": ("Exemples", "Examples"),
    "view_label": ("Montrer comme", "Show as"),
    "view_table": ("Tableau", "Table"),
    "view_text": ("Texte (Turtle)", "Text (Turtle)"),
    "view_chart": ("Diagramme", "Chart"),
    "view_network": ("Réseau", "Network"),
    "view_tiles": ("Grille des départements", "Grid of départements"),
    "view_not": ("pas ici", "not here"),
    "web_files": ("Le réseau", "The network"),
    "no_column": ("aucune colonne", "no column"),
    "parts_title": ("Choisir les colonnes", "Choose the columns"),
    "parts_draw": ("Redessiner", "Draw again"),
    "part_label": ("Libellés", "Labels"),
    "part_value": ("Quantité", "Quantity"),
    "part_series": ("Série", "Series"),
    "part_place": ("Départements", "Départements"),
    "part_source": ("De", "From"),
    "part_target": ("À", "To"),
    "part_weight": ("Force des liens", "Strength of links"),
    "view_unknown": (
        "view est l'un de : table, text, chart, network, tiles.",
        "view is one of: table, text, chart, network, tiles.",
    ),
    "took": ("{seconds} s", "{seconds} s"),
    "cut_title": ("Réponse incomplète", "Incomplete answer"),
    "cut_shown": (
        "Seules les {n} premières lignes sont montrées, et comptées dans les images. Les fichiers en ont "
        "davantage.",
        "Only the first {n} rows are shown, and counted in pictures. The files have more.",
    ),
    "cut_text": (
        "Seul le début du graphe est montré. Les fichiers en ont davantage.",
        "Only the beginning of the graph is shown. The files have more.",
    ),
    "cut_files": ("En fichier", "As a file"),
    "cut_limit": (
        "{formats}\u00a0: {length} au plus\u00a0; une réponse plus longue est coupée là, et le "
        "téléchargement s'interrompt.",
        "{formats}: {length} at most; a longer answer is cut there, and the download breaks off.",
    ),
    "cut_sheets": (
        "{formats}\u00a0: {length} au plus\u00a0; un fichier coupé le dit.",
        "{formats}: {length} at most; a file that is cut says so.",
    ),
    "cut_more": (
        "Au-delà, ajoutez LIMIT et OFFSET à la requête.",
        "Past that, add LIMIT and OFFSET to the query.",
    ),
    "whole_answer": ("La réponse entière", "The whole answer"),
    "error": ("La requête n'a pas abouti", "The query did not succeed"),
    "at_line": ("Ligne {line}, colonne {column}", "Line {line}, column {column}"),
    "go_to_line": ("Aller à la ligne {line}", "Go to line {line}"),
    "subject": ("sujet", "subject"),
    "predicate": ("propriété", "property"),
    "object": ("valeur", "value"),
    "statements": ("{n} triplets", "{n} triples"),
    "one_statement": ("1 triplet", "1 triple"),
    "network": ("Réseau", "Network"),
    "network_lead": (
        "Qui s'engage avec qui. Un contrat est relié à chaque organisme qui y est partie, à quelque titre "
        "que ce soit.",
        "Who commits with whom. A contract is linked to each body that is party to it, in any role.",
    ),
    "contract_one": ("contrat", "contract"),
    "web_contracts": ("Contrats et organismes", "Contracts and bodies"),
    "web_organisations": (
        "Organismes qui partagent des contrats",
        "Bodies linked by the contracts that they share",
    ),
    "web_around": ("{title}, autour de\u00a0: {name}", "{title}, around: {name}"),
    "web_mode": ("Vue", "View"),
    "web_centre": ("Autour de", "Around"),
    "web_all": ("tous les organismes", "all bodies"),
    "web_show": ("Montrer", "Show"),
    "web_source": ("de", "from"),
    "web_target": ("à", "to"),
    "web_weight": ("poids", "weight"),
    "web_table": (
        "Les nœuds du réseau, des plus liés aux moins liés",
        "The nodes of the network, most linked first",
    ),
    "web_name": ("Nom", "Name"),
    "web_kind": ("Type", "Kind"),
    "web_links": ("Liens", "Links"),
    "web_nodes_n": ("{n} nœud{s}", "{n} node{s}"),
    "web_links_n": ("{n} lien{s}", "{n} link{s}"),
    "web_left": (
        "{n} nœuds parmi les moins liés ne sont pas montrés\u00a0; les fichiers JSON, CSV, GraphML les ont.",
        "{n} of the least linked nodes are not shown; the JSON, CSV and GraphML files have them all.",
    ),
    "web_left_links": (
        "{n} liens, les plus faibles, ne sont pas montrés\u00a0; les fichiers JSON, CSV, GraphML les ont.",
        "{n} of the weakest links are not shown; the JSON, CSV and GraphML files have them all.",
    ),
    "web_picture": ("Image du réseau", "Picture of the network"),
    "web_help": (
        "Choisissez un nœud, dans l'image ou dans le tableau, pour voir ses voisins.",
        "Choose a node, in the picture or in the table, to see its neighbours.",
    ),
    "web_neighbours": ("{name} : {n} voisin{s}", "{name}: {n} neighbour{s}"),
    "web_point": ("Voir dans l'image", "See in the picture"),
    "family_0": ("contrat", "contract"),
    "family_1": ("État et agences de santé", "State and health agencies"),
    "family_2": ("collectivités et leurs services", "local authorities and their services"),
    "family_3": ("sécurité sociale et mutuelles", "social security and mutual societies"),
    "family_4": ("établissements et professionnels de santé", "health establishments and professionals"),
    "family_5": ("autres organismes", "other bodies"),
    "web_closer": ("Rapprocher", "Closer"),
    "web_farther": ("Éloigner", "Farther"),
    "web_png": ("PNG", "PNG"),
    "web_whole": ("Tout voir", "See all"),
    "not_in_data": ("Nulle part dans les données", "Nowhere in the data"),
    "js_running": ("La requête est en cours…", "The query is running…"),
    "js_empty": ("Écrivez d'abord une requête.", "Write a query first."),
    "js_cancelling": ("Arrêt demandé…", "Stopping…"),
    "js_cancelled": ("La requête a été arrêtée.", "The query was stopped."),
    "js_failed": ("Le service ne répond pas. Réessayez.", "The service does not answer. Try again."),
    "js_copied": ("Le lien est copié.", "The link is copied."),
    "js_too_long": (
        "Requête trop longue pour une adresse\u00a0: elle ne peut pas être partagée par un lien.",
        "The query is too long for an address: it cannot be shared as a link.",
    ),
    "js_sorted": ("Lignes triées par : {head}.", "Rows sorted by: {head}."),
    "js_sorted_shown": (
        "Seules les lignes montrées sont triées, par : {head}. Pour trier toute la réponse : ORDER BY.",
        "Only the rows shown are sorted, by: {head}. To sort the whole answer: ORDER BY.",
    ),
    "js_cleared": ("L'historique est effacé.", "The history is cleared."),
}

EDITOR: dict[str, tuple[str, str]] = {
    "Completions": ("Propositions", "Completions"),
    "Control character": ("Caractère de contrôle", "Control character"),
    "Selection deleted": ("Sélection supprimée", "Selection deleted"),
    "Diagnostics": ("Erreurs", "Diagnostics"),
    "No diagnostics": ("Aucune erreur", "No diagnostics"),
    "current match": ("trouvé ici", "current match"),
    "close": ("fermer", "close"),
}
"""The editor's own phrases, by their English."""
