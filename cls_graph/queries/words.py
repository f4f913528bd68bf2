"""The words of the questions in French and English: themes, columns, parameters."""

from __future__ import annotations

from cls_graph.errors import Text


def _table(rows: str) -> dict[str, Text]:
    """``key | fr | en`` on each line."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines()]
    return {key: {"fr": fr, "en": en} for key, fr, en in cells}


THEMES: dict[str, Text] = _table("""
    contracts | Les contrats | The contracts
    partners | Qui s'engage | Who commits
    programme | Déterminants et axes | Determinants and axes
    places | Territoires | Places
    dates | Dates et périodes | Dates and periods
    money | Financements | Funding
    evidence | Preuves et sources | Evidence and sources
""")
"""The themes of questions, in the order in which they are shown."""

COLUMNS: dict[str, Text] = _table("""
    absent | Déterminant absent | Absent determinant
    amount | Montant | Amount
    announced | Annoncé | Announced
    approach | Mode d'action | Approach
    axes | Axes | Axes
    axis | Axe | Axis
    axisType | Type d'axe | Type of axis
    begin | Début | Begin
    betweenness | Intermédiarité | Betweenness
    certainty | Certitude | Certainty
    code | Code | Code
    cofunded | Cofinancé | Co-funded
    collective | Collectif | Collective
    common | Signataires communs | Shared signatories
    communes | Communes | Communes
    contracts | Nombre de contrats | Number of contracts
    counted | Ce qui est compté | What is counted
    currency | Monnaie | Currency
    date | Date | Date
    departement | Département | Département
    determinant | Déterminant | Determinant
    difference | Différence | Difference
    document | Document | Document
    documentType | Type de document | Type of document
    duration | Durée | Duration
    elements | Éléments de programme | Programme elements
    end | Fin | End
    fact | Fait | Fact
    facts | Nombre de faits | Number of facts
    framework | Cadre | Framework
    frequency | Fréquence | Frequency
    frequencyCode | Code de la fréquence | Code of the frequency
    funder | Financeur | Funder
    gap | Années d'écart | Years between
    inferredDate | Date inférée | Inferred date
    key | Clé du contrat | Contract key
    keys | Contrats | Contracts
    kind | Type | Kind
    known | Signataires connus | Known signatories
    label | Libellé | Label
    level | Niveau | Level
    levelCode | Code du niveau | Code of the level
    milestone | Étape | Milestone
    milestoneCode | Code de l'étape | Code of the milestone
    name | Nom | Name
    nameAsStated | Nom selon le texte | Name as stated
    neighbours | Contrats voisins le traitant | Neighbouring contracts that address it
    newPartner | Nouveau partenaire | New partner
    node | Nœud | Node
    note | Note | Note
    one | Organisme choisi | Organisation chosen
    ordinal | Rang | Ordinal
    organisation | Organisme | Organisation
    organisations | Organismes | Organisations
    other | Autre contrat | Other contract
    otherKey | Clé de l'autre contrat | Key of the other contract
    otherTitle | Autre contrat | Other contract
    partners | Partenaires | Partners
    party | Engagé | Party
    percent | Pour cent | Per cent
    person | Personne | Person
    population | Public visé | Target population
    position | Rang dans le texte | Place in the text
    post | Fonction | Post
    previous | Clé du contrat précédent | Key of the contract before
    previousEnd | Fin du précédent | End of the one before
    property | Propriété | Property
    publisher | Éditeur | Publisher
    purpose | Objet | Purpose
    quote | Citation | Quote
    recorded | Énuméré | Recorded
    region | Région | Région
    relation | Relation | Relation
    reliability | Fiabilité | Reliability
    role | Rôle | Role
    roleCode | Code du rôle | Code of the role
    signatories | Signataires | Signatories
    similar | Contrats de population voisine le traitant | Contracts of similar population that address it
    similarity | Similitude (Jaccard, %) | Similarity (Jaccard, %)
    source | Source | Source
    spelling | Graphie | Spelling
    spellings | Graphies | Spellings
    start | Position | Position
    statedDate | Date selon le texte | Date as stated
    statements | Énoncés | Statements
    status | Statut | Status
    statusCode | Code du statut | Code of the status
    territories | Territoires | Territories
    territory | Territoire | Territory
    title | Titre | Title
    total | Total | Total
    type | Type | Type
    value | Valeur | Value
    vintage | Millésime | Vintage
    year | Année | Year
""")
"""What columns are called. A question may call one otherwise."""

PARAMETERS: dict[str, Text] = _table("""
    contract | Contrat | Contract
    date | Date | Date
    departement | Département | Département
    determinant | Déterminant | Determinant
    document | Document | Document
    from | De l'année | From the year
    key | Contrat | Contract
    kind | Type d'organisme | Kind of organisation
    lang | Langue des libellés | Language of labels
    milestone | Étape | Milestone
    minimum | Au moins | At least
    organisation | Organisme | Organisation
    population | Public visé | Target population
    region | Région | Région
    role | Rôle | Role
    status | Statut | Status
    text | Mots | Words
    to | À l'année | To the year
""")
"""What parameters are called. A question may call one otherwise."""

ABOUT: dict[str, Text] = _table("""
    question | Question | Question
    inferred | Ce que les règles infèrent | What the rules infer
    row_count | Nombre de lignes | Number of rows
    data_set | Jeu de données | Dataset
    release | Publication | Release
    licence | Licence | Licence
    web_address | Adresse | Address
    computation | Calcul | Computation
    query_label | Requête SPARQL | SPARQL query
""")
"""What a workbook says of its rows."""
