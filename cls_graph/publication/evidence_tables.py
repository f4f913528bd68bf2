"""The tables of evidence: quotes, what each supports, how single statements are known."""

from __future__ import annotations

from cls_graph.namespaces import CLS, OA, RDF, VOCAB
from cls_graph.publication.columns import (
    SEPARATOR,
    Cell,
    Column,
    Row,
    Table,
    contract_of,
    links,
    literal,
    local_key,
    of_class,
    status,
)
from cls_graph.publication.nodes import Nodes
from cls_graph.publication.shared_columns import any_key


def _through(*props: str) -> Cell:
    """The value at the end of a path of properties."""

    def cell(nodes: Nodes, row: Row) -> str:
        found = [row[0]]
        for prop in props:
            found = [text for node in found for text in nodes.texts(node, prop)]
        return found[0] if found else ""

    return cell


def _selector(prop: str) -> Cell:
    return _through(OA + "hasTarget", OA + "hasSelector", prop)


def _document(nodes: Nodes, row: Row) -> str:
    return local_key(nodes, "document", _through(OA + "hasTarget", OA + "hasSource")(nodes, row))


def _properties(nodes: Nodes, row: Row) -> str:
    return SEPARATOR.join(sorted(nodes.texts(row[0], CLS + "supportsProperty")))


def _object(nodes: Nodes, row: Row) -> str:
    text = nodes.text(row[0], RDF + "object")
    return nodes.key(text) if text.startswith(nodes.iris.base + "id/") else text.removeprefix(VOCAB)


EVIDENCE = Table(
    "evidence",
    "preuves",
    "evidence",
    (
        any_key("evidence", "preuve", "evidence"),
        contract_of(required=False),
        Column(
            "document",
            "document",
            "document",
            _document,
            required=True,
            kind="document",
            to=("documents", "document"),
        ),
        Column("quote", "citation", "quote", _selector(OA + "exact")),
        Column(
            "start",
            "début (points de code)",
            "start (code points)",
            _selector(OA + "start"),
            "integer",
        ),
        Column(
            "end",
            "fin (points de code)",
            "end (code points)",
            _selector(OA + "end"),
            "integer",
        ),
    ),
    ("evidence",),
    of_class(CLS + "Evidence"),
)
SUPPORTS = Table(
    "supports",
    "ce que soutient chaque preuve",
    "what each evidence supports",
    (
        any_key("evidence", "preuve", "evidence", ("evidence", "evidence")),
        any_key("subject", "objet", "subject", at=1),
        Column("properties", "propriétés", "properties", _properties, "anyURI", many=True),
    ),
    ("evidence", "subject"),
    links(OA + "hasBody", CLS + "Evidence"),
)
STATEMENTS = Table(
    "statements",
    "fondement de chaque affirmation",
    "how single statements are known",
    (
        any_key("statement", "affirmation", "statement"),
        Column(
            "subject",
            "objet",
            "subject",
            lambda nodes, row: nodes.key(nodes.text(row[0], RDF + "subject")),
            pattern=".+",
        ),
        Column("property", "propriété", "property", literal(RDF + "predicate"), "anyURI"),
        Column("value", "valeur", "value", _object),
        *status(),
    ),
    ("statement",),
    of_class(CLS + "QualifiedStatement"),
)
TABLES = (EVIDENCE, SUPPORTS, STATEMENTS)
