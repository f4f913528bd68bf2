"""The tables of contracts and of what they are made of, but for the programme."""

from __future__ import annotations

from cls_graph.namespaces import CLS, DCTERMS, PROV, SCHEMA, SKOS
from cls_graph.publication.columns import (
    Column,
    Row,
    Table,
    code,
    contract_of,
    key_of,
    links,
    listed,
    of_class,
    reference,
    status,
    value,
)
from cls_graph.publication.nodes import Nodes
from cls_graph.publication.shared_columns import (
    CONTRACT,
    PARTIAL_OR_DAY,
    TO_CONTRACT,
    TO_ELEMENT,
    TO_ENGAGEMENT,
    TO_MILESTONE,
    TO_REVISION,
    TO_TERRITORY,
    amount,
    any_key,
    body,
    in_contract,
    label,
    label_of,
    link_status,
    linked,
    part,
    period,
    relation,
    the_body,
    the_territory,
)

REVISION = CLS + "ContractRevision"
CHANGES = {
    "adds-engagement": CLS + "addsEngagement",
    "ends-engagement": CLS + "endsEngagement",
    "adds-element": CLS + "addsElement",
    "removes-element": CLS + "removesElement",
}
"""What an amendment does to a part of the contract."""


def _review(nodes: Nodes, row: Row) -> str:
    return nodes.text(f"{row[0]}/record", CLS + "reviewState").rpartition("/")[2]


def _current(nodes: Nodes, row: Row) -> str:
    current = nodes.texts(nodes.owner(row[0]), CLS + "currentRevision")
    return str(row[0] in current).lower()


def _changed(kind: str, fr: str, en: str, to: tuple[str, str]) -> Column:
    """The part that an amendment changes, where it is of this kind."""
    return Column(
        kind,
        fr,
        en,
        lambda nodes, row: nodes.key(row[1]) if row[2].endswith(kind) else "",
        kind="contract",
        to=to,
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
        the_territory(),
        link_status(CLS + "territory"),
    ),
    ("contract", "territory"),
    links(CLS + "territory", CONTRACT),
)

CONTRACT_COMMUNES = Table(
    "contract-communes",
    "communes des contrats",
    "communes of contracts",
    (
        contract_of(),
        the_territory("commune", "commune", "commune"),
        label(label_of((SKOS + "prefLabel",), at=1)),
        Column(
            "population",
            "population",
            "population",
            lambda nodes, row: nodes.text(row[1], CLS + "population"),
            "integer",
            prop=CLS + "population",
        ),
        value("vintage", "millésime", "vintage", CLS + "vintage", "gYear"),
        *status(),
    ),
    ("contract", "commune"),
    links(CLS + "listsCommune", CLS + "CommuneList"),
)

REVISIONS = Table(
    "revisions",
    "états des contrats modifiés par avenant",
    "states of amended contracts",
    (
        *part("revision", "état", "state"),
        value("title", "titre", "title", DCTERMS + "title"),
        in_contract("milestone", "étape", "milestone", CLS + "broughtBy", TO_MILESTONE),
        in_contract("revises", "modifie", "revises", CLS + "revises", TO_REVISION),
        value("in_force", "en vigueur", "in force", CLS + "inForceFrom", pattern=PARTIAL_OR_DAY),
        *period("period", "période", "period", CLS + "revisionPeriod"),
        Column("current", "état actuel", "current state", _current, "boolean", required=True),
        value("description", "description", "description", DCTERMS + "description"),
        *status(),
    ),
    ("revision",),
    of_class(REVISION),
)

REVISION_CHANGES = Table(
    "revision-changes",
    "ce que changent les avenants",
    "what amendments change",
    (
        *part("revision", "état", "state", TO_REVISION),
        relation(tuple(CHANGES)),
        any_key("part", "partie", "part", at=1),
        _changed("engagement", "engagement", "engagement", TO_ENGAGEMENT),
        _changed("element", "élément", "element", TO_ELEMENT),
    ),
    ("revision", "relation", "part"),
    linked(CHANGES, REVISION),
)

ENGAGEMENTS = Table(
    "engagements",
    "engagements",
    "engagements",
    (
        *part("engagement", "engagement", "engagement"),
        body("party", "partie", "party", CLS + "party"),
        code("kind", "type d’organisme", "kind of body", CLS + "partyKind", "organisation-kind"),
        code("role", "rôle", "role", CLS + "partyRole", "party-role"),
        value("name_as_stated", "nom dans le texte", "name as stated", CLS + "nameAsStated"),
        value("position", "rang dans la liste", "position in the list", CLS + "listPosition", "integer"),
        value("new_partner", "nouveau partenaire", "new partner", CLS + "isNewPartner", "boolean"),
        value("collective", "collectif", "collective", CLS + "isCollective", "boolean"),
        value("open_list", "liste ouverte", "open list", CLS + "isOpenList", "boolean"),
        in_contract("within", "au sein de", "within", CLS + "withinEngagement", TO_ENGAGEMENT),
        body("acts_through", "agit par", "acts through", CLS + "actsThrough"),
        listed("represented_by", "représenté par", "represented by", CLS + "representedBy", "person"),
        *status(),
    ),
    ("engagement",),
    of_class(CLS + "Engagement"),
)

MILESTONES = Table(
    "milestones",
    "étapes",
    "milestones",
    (
        *part("milestone", "étape", "milestone"),
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
        *part("milestone", "étape", "milestone", TO_MILESTONE),
        any_key("agent", "acteur", "agent", at=1),
        the_body(required=False),
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
        *part("funding", "financement", "funding"),
        body("funder", "financeur", "funder", SCHEMA + "funder"),
        *amount(CLS + "amountFrequency"),
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
        *part("count", "effectif", "count"),
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
        *part("reference", "référence", "reference"),
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

TABLES = (
    CONTRACTS,
    CONTRACT_TERRITORIES,
    CONTRACT_COMMUNES,
    REVISIONS,
    REVISION_CHANGES,
    ENGAGEMENTS,
    MILESTONES,
    MILESTONE_AGENTS,
    FUNDING,
    COUNTS,
    FRAMEWORK_REFERENCES,
)
