"""The tables of contracts and their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cls_graph.namespaces import CLS, DCTERMS, FREQUENCY, PROV, RDF, SCHEMA, SKOS, TIME, VOCAB
from cls_graph.publication.columns import (
    Column,
    Row,
    Table,
    code,
    contract_of,
    key_of,
    links,
    listed,
    literal,
    of_class,
    reference,
    status,
    value,
)
from cls_graph.publication.nodes import Nodes
from cls_graph.records.mapping import ELEMENT_CLASSES, INSTANT_PROPERTIES

CONTRACT = CLS + "LocalHealthContract"
ELEMENT = CLS + "ProgrammeElement"
TO_CONTRACT = ("contracts", "contract")
TO_ORGANISATION = ("organisations", "organisation")
TO_TERRITORY = ("territories", "territory")
PARTIAL = r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
PARTIAL_OR_DAY = PARTIAL + r"|--[0-9]{2}-[0-9]{2}"


def instant(nodes: Nodes, period: str, end: str) -> str:
    """The begin or end of a period, as stated."""
    node = nodes.text(period, TIME + ("hasBeginning" if end == "begin" else "hasEnd"))
    return next((t for p in INSTANT_PROPERTIES.values() if (t := nodes.text(node, TIME + p))), "")


def period(name: str, fr: str, en: str, prop: str) -> tuple[Column, Column, Column]:
    """Three columns: begin, end and duration."""

    def at(end: str) -> Callable[[Nodes, Row], str]:
        return lambda nodes, row: instant(nodes, nodes.text(row[0], prop), end)

    return (
        Column(f"{name}_begin", f"{fr} : début", f"{en}: begin", at("begin"), pattern=PARTIAL),
        Column(f"{name}_end", f"{fr} : fin", f"{en}: end", at("end"), pattern=PARTIAL),
        Column(
            f"{name}_duration",
            f"{fr} : durée",
            f"{en}: duration",
            literal(TIME + "hasXSDDuration", through=prop),
            "duration",
        ),
    )


def _review(nodes: Nodes, row: Row) -> str:
    return nodes.text(f"{row[0]}/record", CLS + "reviewState").rpartition("/")[2]


def _element_type(nodes: Nodes, row: Row) -> str:
    classes = nodes.texts(row[0], RDF + "type")
    return next((name for name, iri in ELEMENT_CLASSES.items() if iri in classes), "")


def _frequency(nodes: Nodes, row: Row) -> str:
    return nodes.text(row[0], CLS + "amountFrequency").removeprefix(FREQUENCY).lower()


def _link_status(prop: str) -> Callable[[Nodes, Row], str]:
    """How a value of a property is known: by the statement of it, else as its node is."""
    local = prop.rpartition("#")[2]

    def cell(nodes: Nodes, row: Row) -> str:
        kind, _, key = row[1].removeprefix(f"{nodes.iris.base}id/").partition("/")
        name = key.replace("/", "-") if kind == "territory" else row[1].rpartition("/")[2]
        for node in (f"{row[0]}/statement/{local}/{name}", row[0]):
            if found := nodes.text(node, CLS + "assertionStatus"):
                return found.rpartition("/")[2]
        return ""

    return cell


def _assertion(prop: str) -> Column:
    return Column("assertion", "fondement", "assertion", _link_status(prop), scheme="assertion-status")


def concepts(name: str, one: str, fr: str, en: str, one_fr: str, prop: str, scheme: str) -> Table:
    """The concepts of a code list that contracts and elements name, each with its words."""

    def rows(nodes: Nodes) -> Iterable[Row]:
        return links(prop, CONTRACT, ELEMENT)(nodes)

    def label(lang: str) -> Callable[[Nodes, Row], str]:
        return lambda nodes, row: nodes.word(row[1], SKOS + "prefLabel", lang)

    return Table(
        name,
        fr,
        en,
        (
            key_of("subject", "objet", "subject", "contract"),
            contract_of(),
            Column(
                "element",
                "élément du programme",
                "programme element",
                lambda nodes, row: "" if row[0] == nodes.owner(row[0]) else nodes.key(row[0]),
                kind="contract",
                to=("elements", "element"),
            ),
            Column(
                one,
                one_fr,
                one,
                lambda _, row: row[1].removeprefix(f"{VOCAB}{scheme}/"),
                required=True,
                prop=prop,
                scheme=scheme,
            ),
            Column("label_fr", "libellé (français)", "label (French)", label("fr")),
            Column("label_en", "libellé (anglais)", "label (English)", label("en")),
            _assertion(prop),
        ),
        ("subject", one),
        rows,
    )


CONTRACTS = Table(
    "contracts",
    "contrats",
    "contracts",
    (
        key_of("contract", "contrat", "contract", "contract"),
        value("title", "titre", "title", DCTERMS + "title"),
        value("ordinal", "rang", "ordinal", CLS + "ordinal", "integer"),
        code("status", "état", "status", CLS + "contractStatus", "contract-status"),
        *period("period", "période", "period", CLS + "validityPeriod"),
        *period("action_plan", "plan d’action", "action plan", CLS + "actionPlanPeriod"),
        listed("succeeds", "succède à", "succeeds", CLS + "succeeds", "contract"),
        value("open_list", "liste ouverte", "open list", CLS + "isOpenList", "boolean"),
        Column("review", "relecture", "review", _review, scheme="review-state"),
    ),
    ("contract",),
    of_class(CONTRACT),
)

CONTRACT_TERRITORIES = Table(
    "contract-territories",
    "territoires des contrats",
    "territories of contracts",
    (
        key_of("contract", "contrat", "contract", "contract", TO_CONTRACT),
        key_of("territory", "territoire", "territory", "territory", TO_TERRITORY, at=1),
        _assertion(CLS + "territory"),
    ),
    ("contract", "territory"),
    links(CLS + "territory", CONTRACT),
)

ENGAGEMENTS = Table(
    "engagements",
    "engagements",
    "engagements",
    (
        key_of("engagement", "engagement", "engagement", "contract"),
        contract_of(),
        reference("party", "partie", "party", CLS + "party", "organisation", TO_ORGANISATION),
        code("kind", "type d’organisme", "kind of body", CLS + "partyKind", "organisation-kind"),
        code("role", "rôle", "role", CLS + "partyRole", "party-role"),
        value("name_as_stated", "nom dans le texte", "name as stated", CLS + "nameAsStated"),
        value("position", "rang dans la liste", "position in the list", CLS + "listPosition", "integer"),
        value("new_partner", "nouveau partenaire", "new partner", CLS + "isNewPartner", "boolean"),
        value("collective", "collectif", "collective", CLS + "isCollective", "boolean"),
        value("open_list", "liste ouverte", "open list", CLS + "isOpenList", "boolean"),
        reference(
            "within",
            "au sein de",
            "within",
            CLS + "withinEngagement",
            "contract",
            ("engagements", "engagement"),
        ),
        reference(
            "acts_through", "agit par", "acts through", CLS + "actsThrough", "organisation", TO_ORGANISATION
        ),
        listed("represented_by", "représenté par", "represented by", CLS + "representedBy", "person"),
        *status(),
    ),
    ("engagement",),
    of_class(CLS + "Engagement"),
)

ELEMENTS = Table(
    "elements",
    "éléments du programme",
    "programme elements",
    (
        key_of("element", "élément", "element", "contract"),
        contract_of(),
        reference(
            "parent",
            "élément parent",
            "parent element",
            CLS + "isSubElementOf",
            "contract",
            ("elements", "element"),
        ),
        Column("type", "type", "type", _element_type, pattern="|".join(sorted(ELEMENT_CLASSES))),
        code("axis_type", "type d’axe", "type of axis", CLS + "axisType", "axis-type"),
        value("code", "code dans le texte", "code in the text", CLS + "elementCode"),
        value("label", "libellé", "label", SKOS + "prefLabel"),
        value("position", "rang", "position", CLS + "position", "integer"),
        value("horizon", "horizon", "horizon", CLS + "horizon", "gYear"),
        value("open_list", "liste ouverte", "open list", CLS + "isOpenList", "boolean"),
        *status(),
    ),
    ("element",),
    of_class(ELEMENT),
)

ELEMENT_ACTORS = Table(
    "element-actors",
    "acteurs des éléments",
    "actors of elements",
    (
        key_of("element", "élément", "element", "contract", ("elements", "element")),
        contract_of(),
        key_of("organisation", "organisme", "organisation", "organisation", TO_ORGANISATION, at=1),
    ),
    ("element", "organisation"),
    links(CLS + "actor", ELEMENT),
)

MILESTONES = Table(
    "milestones",
    "étapes",
    "milestones",
    (
        key_of("milestone", "étape", "milestone", "contract"),
        contract_of(),
        code("type", "type", "type", CLS + "milestoneType", "milestone-type"),
        value("stated_date", "date dans le texte", "stated date", CLS + "statedDate", pattern=PARTIAL_OR_DAY),
        value("inferred_date", "date déduite", "inferred date", CLS + "inferredDate", "date"),
        value("duration", "durée", "duration", CLS + "statedDuration", "duration"),
        reference("place", "lieu", "place", PROV + "atLocation", "territory", TO_TERRITORY),
        value("description", "description", "description", DCTERMS + "description"),
        *status(),
    ),
    ("milestone",),
    of_class(CLS + "Milestone"),
)

MILESTONE_AGENTS = Table(
    "milestone-agents",
    "acteurs des étapes",
    "agents of milestones",
    (
        key_of("milestone", "étape", "milestone", "contract", ("milestones", "milestone")),
        contract_of(),
        Column("agent", "acteur", "agent", lambda nodes, row: nodes.key(row[1]), required=True, pattern=".+"),
        key_of(
            "organisation", "organisme", "organisation", "organisation", TO_ORGANISATION, at=1, required=False
        ),
        key_of("person", "personne", "person", "person", ("persons", "person"), at=1, required=False),
    ),
    ("milestone", "agent"),
    links(PROV + "wasAssociatedWith", CLS + "Milestone"),
)

FUNDING = Table(
    "funding",
    "financements",
    "funding",
    (
        key_of("funding", "financement", "funding", "contract"),
        contract_of(),
        reference("funder", "financeur", "funder", SCHEMA + "funder", "organisation", TO_ORGANISATION),
        Column(
            "amount", "montant", "amount", literal(SCHEMA + "value", through=SCHEMA + "amount"), "decimal"
        ),
        Column(
            "currency",
            "monnaie",
            "currency",
            literal(SCHEMA + "currency", through=SCHEMA + "amount"),
            pattern="[A-Z]{3}",
        ),
        Column("frequency", "fréquence", "frequency", _frequency, pattern="[a-z_0-9]+"),
        value("year", "année", "year", CLS + "fundingYear", "gYear"),
        *period("period", "période", "period", CLS + "fundingPeriod"),
        value("purpose", "objet", "purpose", CLS + "fundingPurpose"),
        value("cofunded", "cofinancé", "cofunded", CLS + "isCofunded", "boolean"),
        *status(),
    ),
    ("funding",),
    of_class(CLS + "FundingCommitment"),
)

COUNTS = Table(
    "counts",
    "effectifs annoncés",
    "stated counts",
    (
        key_of("count", "effectif", "count", "contract"),
        contract_of(),
        code("item", "objet compté", "counted item", CLS + "countedItem", "counted-item"),
        value("value", "nombre", "value", CLS + "countValue", "integer"),
        *status(),
    ),
    ("count",),
    of_class(CLS + "StatedCount"),
)

FRAMEWORK_REFERENCES = Table(
    "framework-references",
    "cadres cités",
    "framework references",
    (
        key_of("reference", "référence", "reference", "contract"),
        contract_of(),
        reference(
            "framework",
            "cadre",
            "framework",
            CLS + "referencedFramework",
            "framework",
            ("frameworks", "framework"),
        ),
        code("relation", "relation", "relation", CLS + "frameworkRelation", "framework-relation"),
        value("name_as_stated", "nom dans le texte", "name as stated", CLS + "nameAsStated"),
        *status(),
    ),
    ("reference",),
    of_class(CLS + "FrameworkReference"),
)

DETERMINANTS = concepts(
    "determinants",
    "determinant",
    "déterminants par contrat",
    "determinants by contract",
    "déterminant",
    CLS + "addressesDeterminant",
    "determinant",
)
POPULATIONS = concepts(
    "populations",
    "population",
    "publics par contrat",
    "populations by contract",
    "public",
    CLS + "targetsPopulation",
    "target-population",
)
APPROACHES = concepts(
    "approaches",
    "approach",
    "approches par contrat",
    "approaches by contract",
    "approche",
    CLS + "usesApproach",
    "approach",
)

TABLES = (
    CONTRACTS,
    CONTRACT_TERRITORIES,
    ENGAGEMENTS,
    ELEMENTS,
    ELEMENT_ACTORS,
    DETERMINANTS,
    POPULATIONS,
    APPROACHES,
    MILESTONES,
    MILESTONE_AGENTS,
    FUNDING,
    COUNTS,
    FRAMEWORK_REFERENCES,
)
