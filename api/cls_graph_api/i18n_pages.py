"""The words of lists, comparison, matrix, timeline, search and of the pages about the data."""

from __future__ import annotations

PAGES: dict[str, tuple[str, str]] = {
    "search": ("Chercher", "Search"),
    "search_label": (
        "Chercher un contrat, un organisme, un lieu, un code",
        "Search for a contract, body, place or code",
    ),
    "search_hint": (
        "Par nom, autre nom, sigle, SIREN, code INSEE ou clé. Accents et majuscules ne comptent pas.",
        "By name, other name, initials, SIREN, INSEE code or key. Accents and capitals do not count.",
    ),
    "search_near": (
        "Rien ne porte exactement ces mots ; voici ce qui s'en approche.",
        "Nothing has exactly these words; this is what comes near.",
    ),
    "search_none": (
        "Rien ne porte ce nom ni ce code dans ce graphe. Essayez moins de mots, ou parcourez :",
        "Nothing has this name or code in this graph. Try fewer words, or look through:",
    ),
    "found_as": ("trouvé sous", "found as"),
    "terms_title": ("Termes", "Terms"),
    "frameworks_title": ("Cadres de politique publique", "Policy frameworks"),
    "documents_title": ("Documents sources", "Source documents"),
    "persons_title": ("Personnes", "Persons"),
    "search_example": ("Nom, sigle, SIREN, INSEE…", "Name, initials, SIREN, INSEE…"),
    "theme_auto": ("Thème du système", "System theme"),
    "theme_light": ("Clair", "Light"),
    "theme_dark": ("Sombre", "Dark"),
    "contracts_title": ("Contrats", "Contracts"),
    "contracts_title_lead": (
        "Tous les contrats du graphe.",
        "All contracts of the graph.",
    ),
    "contracts_do": (
        "Réduisez la liste, triez-la, cochez-en pour les comparer.",
        "Narrow the list, sort it, tick some to compare them.",
    ),
    "organisations_title": ("Organismes", "Organisations"),
    "organisations_title_lead": (
        "Les organismes que les sources nomment, et le nombre de contrats qui leur donnent un rôle.",
        "The bodies that the sources name, and in how many contracts each has a role.",
    ),
    "territories_title": ("Territoires", "Territories"),
    "territories_title_lead": (
        "Communes, intercommunalités, départements et régions, par leur code officiel.",
        "Communes, intermunicipal bodies, départements and regions, by official code.",
    ),
    "determinants_title": ("Déterminants", "Determinants"),
    "determinants_title_lead": (
        "Les déterminants de la santé, et les contrats qui les traitent, d'après les sources.",
        "The determinants of health, and the contracts that the sources say act on them.",
    ),
    "facet_region": ("Région", "Region"),
    "facet_departement": ("Département", "Département"),
    "facet_status": ("État", "Status"),
    "facet_determinant": ("Déterminant", "Determinant"),
    "facet_kind": ("Type de signataire", "Kind of signatory"),
    "facet_year": ("Année couverte", "Year covered"),
    "facet_population": ("Population visée", "Population targeted"),
    "facet_organisation": ("Signataire", "Signatory"),
    "facet_organisation_kind": ("Type d'organisme", "Kind of organisation"),
    "facet_role": ("Rôle", "Role"),
    "facet_territory": ("Territoire", "Territory"),
    "facet_level": ("Niveau", "Level"),
    "facet_within": ("Fait partie de", "Part of"),
    "facet_theme": ("Thème", "Theme"),
    "facet_axis": ("Type d'axe", "Type of axis"),
    "col_contract": ("Contrat", "Contract"),
    "col_territory": ("Territoire", "Territory"),
    "col_status": ("État", "Status"),
    "col_duration": ("Durée énoncée", "Stated duration"),
    "dates_unknown": ("dates non mentionnées", "dates not mentioned"),
    "col_period": ("Période", "Period"),
    "col_signatories": ("Signataires connus", "Known signatories"),
    "col_determinants": ("Déterminants", "Determinants"),
    "col_organisation": ("Organisme", "Organisation"),
    "col_kind": ("Type", "Kind"),
    "col_level": ("Niveau", "Level"),
    "col_within": ("Fait partie de", "Part of"),
    "col_determinant": ("Déterminant", "Determinant"),
    "col_below": ("avec les termes plus étroits", "with narrower terms"),
    "col_strategic": ("sur un axe stratégique", "on a strategic axis"),
    "col_transversal": ("sur un axe transversal", "on a transversal axis"),
    "level_commune": ("commune", "commune"),
    "level_epci": ("intercommunalité", "intermunicipal body"),
    "level_departement": ("département", "département"),
    "level_region": ("région", "region"),
    "n_rules": ("{n} règle{s}", "{n} rule{s}"),
    "rules_lead": (
        "Ce que les contrôles demandent à une fiche, dans l'ordre où on l'écrit. Chaque règle dit pourquoi "
        "elle est là, ce qu'elle signale et que faire.",
        "What the checks ask of a record, in the order in which it is written. Each rule says why it is "
        "there, what it points out and what to do.",
    ),
    "rules_contract": ("Le contrat", "The contract"),
    "rules_common": ("De plusieurs sortes de choses", "Of several kinds of things"),
    "rules_pieces": ("Ce dont d'autres règles sont faites", "What other rules are made of"),
    "rules_pieces_lead": (
        "Ces conditions ne portent sur rien par elles-mêmes\u00a0: des règles ci-dessus s'en servent.",
        "These conditions aim at nothing of themselves: rules above use them.",
    ),
    "rule_says": ("Signale", "Points out"),
    "n_found": ("{n} résultat{s}", "{n} result{s}"),
    "rows_of": ("Lignes {first} à {last} sur {n}", "Rows {first} to {last} of {n}"),
    "narrow": ("Réduire la liste", "Narrow the list"),
    "in_force": ("Choix en vigueur", "Choices in force"),
    "remove": ("Retirer", "Remove"),
    "clear": ("Tout effacer", "Clear all"),
    "apply": ("Appliquer", "Apply"),
    "q_label": ("Mots ou code", "Words or code"),
    "show_all": ("Montrer aussi {n} autre{s} choix", "Show {n} more choice{s}"),
    "pages": ("Pages de la liste", "Pages of the list"),
    "list_page_of": ("page {page} sur {last}", "page {page} of {last}"),
    "page_past": (
        "Il n'y a pas de page {page}\u00a0: la liste s'arrête à la page {last}.",
        "There is no page {page}: the list ends at page {last}.",
    ),
    "page_last": ("Aller à la page {last}", "Go to page {last}"),
    "previous": ("précédente", "previous"),
    "next": ("suivante", "next"),
    "nothing_found": ("Rien ne répond à ces choix.", "Nothing meets these choices."),
    "not_mentioned_short": ("non mentionné", "not mentioned"),
    "not_mentioned": (
        "non mentionné dans les sources dont nous disposons",
        "not mentioned in the sources we have",
    ),
    "index_cut": (
        "Les données dépassent les limites de ce service : cette page n'en montre qu'une partie "
        "(CLS_MAX_ROWS, CLS_MAX_BYTES).",
        "The data is over the limits of this service: this page shows only part of it "
        "(CLS_MAX_ROWS, CLS_MAX_BYTES).",
    ),
    "compare": ("Comparer", "Compare"),
    "compare_picked": ("Comparer les contrats cochés", "Compare the ticked contracts"),
    "compare_most": ("{n} au plus", "at most {n}"),
    "matrix": ("Matrice", "Matrix"),
    "timeline": ("Chronologie", "Timeline"),
    "accessibility": ("Accessibilité", "Accessibility"),
    "licences": ("Licences", "Licences"),
    "validation": ("Contrôles", "Checks"),
    "quote_source": ("citation et source", "quote and source"),
    "quotes_source": ("{n} citations et sources", "{n} quotes and sources"),
    "record_review": ("Relecture de la fiche", "Review of the record"),
    "review_before": ("avant :", "before:"),
    "in_brief": ("En bref", "In brief"),
    "computed_status": ("calculé", "computed"),
    "n_facts": ("{n} énoncé{s}", "{n} statement{s}"),
    "more_of_rule": ("{n} autre{s}", "{n} more"),
    "what_is_wrong": ("Ce qui ne va pas", "What is wrong"),
    "of_this_rule": ("Tous les constats de cette règle", "All findings of this rule"),
    "more_findings": ("Montrer aussi {n} autre{s} constat{s}", "Show {n} more finding{s}"),
    "section_validityPeriod": ("Période de validité", "Period of validity"),
    "section_actionPlanPeriod": ("Période du plan d'action", "Period of the action plan"),
    "section_hasEngagement": ("Engagements", "Commitments"),
    "section_hasMilestone": ("Étapes", "Milestones"),
    "section_hasProgrammeElement": ("Éléments du programme", "Elements of the programme"),
    "section_hasStatedCount": ("Effectifs annoncés", "Announced numbers"),
    "section_hasFunding": ("Financements", "Funding"),
    "section_hasCommuneList": ("Liste de communes", "List of communes"),
    "section_hasFrameworkReference": ("Cadres cités", "Frameworks referred to"),
    "other_facts": ("Autres", "Other"),
    "computed_facts": ("Calculé à partir des énoncés", "Computed from the statements"),
    "around": ("Réseau proche", "Near network"),
    "around_hint": (
        "Les liens sont des engagements dans un contrat ; la page les écrit aussi, plus haut et plus bas.",
        "The links are engagements in a contract; they are also written out above and below.",
    ),
    "outline": ("Parties de la page", "Parts of the page"),
    "incoming_short": ("Liens vers cette page", "Links to this"),
    "open_as_query": ("Ouvrir comme requête", "Open as a query"),
    "compare_this": ("Comparer à d'autres", "Compare with others"),
    "its_contracts": ("Les contrats concernés", "The contracts concerned"),
    "cite_short": ("Citer", "Cite"),
    "checks_unknown": (
        "Aucun rapport de contrôle n'accompagne les données servies.",
        "No report of checks comes with the data that is served.",
    ),
    "checks_none": ("Les contrôles ne signalent rien ici.", "The checks point out nothing here."),
    "home_examples": ("Six questions pour commencer", "Six questions to start with"),
    "home_steward": ("Vous tenez les données", "You keep the data"),
    "home_steward_1": (
        "Voyez ce que les contrôles signalent, les règles et les listes de termes, puis chaque fait avec "
        "sa citation.",
        "See what the checks point out, the shapes and the code lists, then every fact with its quote.",
    ),
    "home_analyst": ("Vous analysez", "You analyse"),
    "home_analyst_1": (
        "Partez d'une question toute prête, de la matrice ou d'une comparaison ; emportez un CSV, "
        "ou écrivez votre requête.",
        "Start from a ready question, the matrix or a comparison; leave with a CSV, or write your own query.",
    ),
    "home_release": ("Dernière publication", "Latest release"),
    "of_violation": ("erreur{s}", "error{s}"),
    "of_warning": ("avertissement{s}", "warning{s}"),
    "of_info": ("information{s}", "info{s}"),
    "n_violation": ("{n} erreur{s}", "{n} error{s}"),
    "n_warning": ("{n} avertissement{s}", "{n} warning{s}"),
    "n_info": ("{n} information{s}", "{n} info{s}"),
    "uses_class": ("{n} chose{s} de cette classe", "{n} thing{s} of this class"),
    "uses_property": ("{n} énoncé{s} avec cette propriété", "{n} statement{s} with this property"),
    "example_query": ("requête d'exemple", "example query"),
    "all_questions": ("Toutes les questions", "All questions"),
    "mentioned": ("mentionné", "mentioned"),
    "matrix_lead": (
        "Une ligne par contrat. Les filtres réduisent la liste, les colonnes se choisissent ci-dessous.",
        "A row for each contract. Filters narrow the list; choose the columns below.",
    ),
    "matrix_cells": (
        "{n} colonnes ; le tableau défile vers la droite là où il est plus large que l'écran. "
        "Chaque cellule mène à la citation.",
        "{n} columns; the table scrolls to the right where it is wider than the screen. "
        "Each cell leads to the quote.",
    ),
    "to_quote": ("Lire la citation", "Read the quote"),
    "matrix_columns": ("Colonnes", "Columns"),
    "matrix_determinants": ("Contrats et déterminants", "Contracts and determinants"),
    "matrix_themes": ("Contrats et thèmes de déterminants", "Contracts and themes of determinants"),
    "matrix_kinds": ("Contrats et types de signataires", "Contracts and kinds of signatories"),
    "by_determinants": ("Déterminants", "Determinants"),
    "by_themes": ("Thèmes", "Themes"),
    "by_kinds": ("Types de signataires", "Kinds of signatories"),
    "matrix_numbers": ("Nombre de signataires de ce type", "Number of signatories of this kind"),
    "matrix_total": ("Contrats", "Contracts"),
    "letter_transversal": ("T", "T"),
    "letter_strategic": ("S", "S"),
    "letter_thematic": ("Th", "Th"),
    "timeline_lead": (
        "Les périodes que les sources énoncent, de la plus ancienne à la plus récente.",
        "The periods that the sources state, the oldest first.",
    ),
    "timeline_open": (
        "En pointillé : une année de la période n'est pas mentionnée dans les sources dont nous disposons.",
        "Dashed: one year of the period is not mentioned in the sources we have.",
    ),
    "col_begin": ("Début", "Begins"),
    "col_end": ("Fin", "Ends"),
    "col_after": ("Fait suite à", "Succeeds"),
    "map": ("Contrats par département", "Contracts by département"),
    "map_short": ("Carte", "Map"),
    "map_lead": (
        "Un carré par département, outre-mer compris : aucun petit département ne disparaît. "
        "Ce n'est pas une carte à l'échelle ; aucun contour n'est publié ici.",
        "A square for each département, overseas included: no small one is lost. "
        "It is not a map to scale; no outline is published here.",
    ),
    "map_without": (
        "Sans département connu, et donc hors de la grille : {n} contrat{s}.",
        "Without a known département, and so not in the grid: {n} contract{s}.",
    ),
    "compare_title": ("Contrats côte à côte", "Contracts side by side"),
    "compare_lead": (
        "Ce que les contrats ont en commun, et ce qui les distingue d'après les sources.",
        "What the contracts share, and what the sources say of only one of them.",
    ),
    "compare_more": ("Choisissez au moins un autre contrat.", "Choose at least one other contract."),
    "compare_choose": ("Choisir des contrats", "Choose contracts"),
    "compare_none": (
        "Aucun contrat n'a « {words} » dans son nom ou sa clé.",
        "No contract has '{words}' in its name or key.",
    ),
    "compare_none_else": (
        "Aucun autre contrat n'a « {words} » dans son nom ou sa clé.",
        "No other contract has '{words}' in its name or key.",
    ),
    "compare_many": (
        "Cette page ne propose que {n} contrats ; pour les autres, cochez la case dans la liste.",
        "Only {n} contracts are offered here; tick the others in the list.",
    ),
    "glance": ("En bref", "At a glance"),
    "signing": ("Signataires, par type", "Signatories, by kind"),
    "axes": ("Axes", "Axes"),
    "counts_stated": ("Effectifs annoncés", "Stated counts"),
    "funding": ("Financements", "Funding"),
    "carrier": ("Porteur", "Carrier"),
    "co_pilot": ("Copilotes", "Co-pilots"),
    "unnamed": ("présent, sans nom précis", "present, without a precise name"),
    "shared": ("En commun", "Shared"),
    "shared_hint": ("d'abord ce qui est commun à tous", "first what all of them share"),
    "shared_all": ("commun à tous", "shared by all"),
    "shared_some": ("commun à plusieurs", "shared by some"),
    "shared_only": ("ici seulement", "only here"),
    "not_mentioned_means": (
        "« Non mentionné » : non mentionné dans les sources dont nous disposons.",
        "'Not mentioned': not mentioned in the sources we have.",
    ),
    "section": ("Partie", "Section"),
    "no_date": ("sans date", "no date"),
    "date_inferred": ("date inférée", "date inferred"),
    "validation_title": ("Contrôles de cette publication", "Checks of this release"),
    "validation_lead": (
        "Une publication n'est construite que sans erreur. Ce que les contrôles signalent encore est ici, "
        "avec la façon de le corriger.",
        "A release is built only without errors. What the checks still point out is here, with the way to "
        "mend it.",
    ),
    "validation_unknown": (
        "Ce que les contrôles ont trouvé n'est pas connu ici : la publication, ou le magasin qui est servi, "
        "ne porte pas de rapport. « cls-graph check » le refait.",
        "What the checks found is not known here: the release, or the store that is served, carries no "
        "report. 'cls-graph check' makes it again.",
    ),
    "validation_clean": ("Rien à signaler.", "Nothing to report."),
    "col_where": ("Où", "Where"),
    "cite": ("Citer ces données", "Cite this data"),
    "about_silence": ("Ce que le silence veut dire", "What silence means"),
    "about_silence_1": (
        "Ce graphe dit ce que disent ses sources, et rien d'autre. Un déterminant, un signataire ou une date "
        "qui manque n'est « pas mentionné dans les sources dont nous disposons » : le contrat en parle "
        "peut-être.",
        "This graph says what its sources say, and nothing else. A determinant, signatory or date that is "
        "missing is 'not mentioned in the sources we have': the contract may well provide for it.",
    ),
    "about_silence_2": (
        "Comparer deux contrats compare aussi ce que leurs sources ont choisi de dire.",
        "To compare two contracts is also to compare what their sources chose to say.",
    ),
    "about_evidence": ("Sur quoi repose chaque fait", "What each fact rests on"),
    "about_evidence_1": (
        "Chaque fait porte la citation la plus courte qui le fonde, le document et la place dans son texte. "
        "Ce qui est inféré est marqué comme tel, avec une note.",
        "Every fact carries the shortest quote that it rests on, the document and the place in its text. "
        "What is worked out is marked as such, with a note.",
    ),
    "about_statuses": ("Les degrés d'assurance", "The degrees of assurance"),
    "about_sources": ("Les documents dont les faits sont tirés.", "The documents that facts are taken from."),
    "about_first": ("Les {n} premiers.", "The first {n}."),
    "about_document": ("Document", "Document"),
    "about_publisher": ("Éditeur", "Publisher"),
    "about_reliability": ("Fiabilité", "Reliability"),
    "about_release": ("Cette publication", "This release"),
    "about_date": ("Date", "Date"),
    "about_digest": ("Empreinte (SHA-256)", "Digest (SHA-256)"),
    "about_limits": ("Limites connues", "Known limits"),
    "about_limit_1": (
        "Le graphe ne couvre que les contrats dont une source a été dépouillée, et non tous les contrats.",
        "The graph covers only contracts of which a source has been read, and not all contracts.",
    ),
    "about_limit_2": (
        "Un organisme que sa source ne nomme pas précisément garde son type, sans nom.",
        "A body that its source does not name precisely keeps its kind, without a name.",
    ),
    "about_limit_3": (
        "Les objectifs généraux et les méthodes de travail ne sont pas relevés.",
        "General aims and working methods are not recorded.",
    ),
    "about_limit_4": (
        "Aucun contour de territoire n'est publié : la grille des départements n'est pas une carte, et le "
        "GeoJSON n'a que des points.",
        "No outline of a territory is published: the grid of départements is not a map, and GeoJSON has "
        "points only.",
    ),
    "about_points": ("Points des cartes", "Points on maps"),
    "about_points_1": (
        "Les données n'énoncent pas de coordonnées. En GeoJSON, une commune est à son point, un département, "
        "un arrondissement ou une région à son chef-lieu, un groupement aux points de ses communes. Ces "
        "points sont inférés et n'ont pas de valeur officielle.",
        "The data state no coordinates. In GeoJSON a commune is at its point, a département, arrondissement "
        "or région at its seat, a group at the points of its communes. These points are inferred, and of no "
        "official standing.",
    ),
    "about_points_from": ("D'après", "From"),
    "about_limit_5": (
        "Les montants sont ceux d'un financeur et d'une période ; ils ne s'additionnent pas sans précaution.",
        "Amounts are those of one funder and one period; they do not add up without care.",
    ),
    "about_persons": ("Personnes", "Persons"),
    "about_persons_1": (
        "Seules des personnes nommées par une source dans une fonction publique figurent ici, avec cette "
        "fonction seulement. Qui veut une correction ou un retrait s'adresse à l'éditeur de ces données.",
        "Only persons whom a source names in a public role are here, with that role alone. Whoever wants a "
        "correction or removal may turn to the publisher of this data.",
    ),
    "about_contact_title": ("Éditeur et contact", "Publisher and contact"),
    "about_contact": ("Contact", "Contact"),
    "about_no_contact": (
        "Ces données ne disent pas à qui écrire. Qui les tient le dit par « contact » (nom, adresse "
        "électronique, page) dans data/dataset.yaml\u00a0; la publication suivante le montre ici. En "
        "attendant, les corrections se demandent par un ticket dans le dépôt d'où viennent ces données.",
        "These data do not say whom to write to. Whoever keeps them does so by 'contact' (name, mailbox, "
        "page) in data/dataset.yaml; the next release shows it here. Until then, ask for corrections by an "
        "issue in the repository that these data come from.",
    ),
    "access_contact": ("Signaler un défaut", "Report a fault"),
    "access_contact_1": (
        "Quelque chose ne se lit pas, ou pas au clavier\u00a0? Dites à l'éditeur quelle page, et avec quel "
        "outil.",
        "Something cannot be read, or not by keyboard? Tell the publisher which page, and with which tool.",
    ),
    "access_title": ("Déclaration d'accessibilité", "Accessibility statement"),
    "access_lead": (
        "Ces pages visent le niveau AA des WCAG 2.2. Elles se lisent sans script, au clavier, "
        "à 320 pixels de large, en clair, en sombre et sur papier.",
        "These pages aim at level AA of WCAG 2.2. They can be read without a script, by keyboard, 320 pixels "
        "wide, light, dark and on paper.",
    ),
    "access_how": ("Comment elles sont faites", "How they are made"),
    "access_how_1": (
        "Un titre, un lien d'évitement, des repères et des tableaux avec légende et en-têtes.",
        "One heading, a skip link, landmarks, and tables with captions and headers.",
    ),
    "access_how_2": (
        "Aucun sens ne tient à la couleur seule : chaque état est écrit.",
        "No meaning is in a colour alone: every state is written out.",
    ),
    "access_how_3": (
        "Chaque image dessinée a un titre, une description et un tableau des mêmes valeurs.",
        "Every picture has a title, a description and a table of the same values.",
    ),
    "access_how_4": (
        "Les libellés qui n'ont pas de traduction portent leur langue.",
        "Labels without a translation carry their language.",
    ),
    "access_how_5": (
        "Cibles de 24 pixels au moins, contour visible au clavier, pas d'animation imposée.",
        "Targets of at least 24 pixels, a visible outline by keyboard, no forced motion.",
    ),
    "access_how_6": (
        "Tout ce qu'une page montre est aussi à prendre en données.",
        "All that a page shows can be had as data too.",
    ),
    "access_tested": ("Ce qui est vérifié", "What is checked"),
    "access_tested_1": (
        "À chaque changement, axe-core et Chromium vérifient les pages en français et en anglais, "
        "en clair et en sombre, à 320 et 1 280 pixels. Aucun lecteur d'écran n'a été employé.",
        "At every change, axe-core and Chromium check the pages in French and English, light and dark, at "
        "320 and 1,280 pixels. No screen reader was used.",
    ),
    "access_short": ("Ce qui manque", "What falls short"),
    "access_short_1": (
        "La matrice défile dans son cadre : elle est trop large pour un petit écran.",
        "The matrix scrolls inside its box: it is too wide for a small screen.",
    ),
    "access_short_2": (
        "Les citations et les noms énoncés sont en français seulement, comme leurs sources.",
        "Quotes and names as stated are in French only, like their sources.",
    ),
    "access_short_3": (
        "Aucun audit par un tiers n'a été fait.",
        "No audit by a third party was made.",
    ),
    "licences_title": ("Licences et mentions de tiers", "Licences and third-party notices"),
    "lic_data": ("Données", "Data"),
    "lic_unknown": ("Non indiquée par ces données.", "Not stated by this data."),
    "lic_quotes": (
        "Les citations et les noms énoncés restent des citations brèves de leurs sources, avec leur auteur.",
        "Quotes and names as stated remain short quotations of their sources, with their author.",
    ),
    "lic_ontology": ("Ontologie, listes de termes, formes", "Ontology, code lists, shapes"),
    "lic_code": ("Logiciel", "Software"),
    "lic_third": ("Logiciels dont ce service est fait", "Software that this service is made with"),
    "lic_third_1": (
        "Avec la licence que chacun déclare. Rien n'est chargé d'un autre serveur.",
        "With the licence that each declares. Nothing is loaded from another server.",
    ),
    "lic_scripts": ("Ce dont les scripts des pages sont faits", "What the scripts of the pages are made of"),
    "lic_scripts_1": (
        "Le code de ces paquets est dans les scripts que ce service envoie.",
        "Code of these packages is in the scripts that this service sends.",
    ),
    "lic_texts": ("Le texte de chaque licence", "The text of each licence"),
    "lic_package": ("Paquet", "Package"),
}
