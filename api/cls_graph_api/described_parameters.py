"""The parameters of queries as the OpenAPI description tells of them: the schema of each, and its words."""

from __future__ import annotations

from typing import Any

from cls_graph import media
from cls_graph_api.columns import COLUMNS
from cls_graph_api.protocol import IDENTIFIER, INFER

TEXT = {"type": "string"}
_IRIS = {"type": "array", "items": {"type": "string", "format": "iri"}}
_SHORT = [f.name for f in media.FORMATS if f.solutions or f.graph or f.sheet or f.places] + ["html"]
PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "query": (TEXT, "The query / La requête"),
    "default-graph-uri": (_IRIS, "A graph of this service for the default graph; never fetched; repeatable"),
    "named-graph-uri": (_IRIS, "A graph of this service as a named graph; never fetched; repeatable"),
    "format": ({"type": "string", "enum": _SHORT}, "Wins over Accept; also called output or results"),
    "timeout": (
        {"type": "number", "exclusiveMinimum": 0},
        "Seconds; can only shorten the limit of the service",
    ),
    INFER: (
        {"type": "boolean", "default": False},
        "Also ask what rules infer (graphs under graph/inferred/); a dataset that is named wins over it",
    ),
    "lang": ({"type": "string", "enum": ["fr", "en"]}, "Language of messages and pages"),
    "release": (
        TEXT,
        "Version or SHA-256 digest of a kept release, whose data answer (see /releases)",
    ),
    "theme": ({"type": "string", "enum": ["light", "dark"]}, "Colours of pages; by default the system's"),
    "view": (
        {"type": "string", "enum": ["table", "text", "chart", "network", "tiles"]},
        "How a page shows the answer; a view that does not fit says why",
    ),
    **{name: (TEXT, text) for name, text in COLUMNS.items()},
    "network": (
        {"type": "string", "enum": [f.name for f in media.NETWORKS]},
        "The network of the answer as a file",
    ),
    "example": (TEXT, "A ready question, whose query the page shows without running it"),
    "page": ({"type": "integer", "minimum": 1, "default": 1}, "The page, from 1 / La page, à partir de 1"),
    "s": (TEXT, "Subject: an IRI, or a name with a known prefix (id:contract/26362-3)"),
    "p": (TEXT, "Property: the same; a for rdf:type"),
    "o": (TEXT, 'Object: the same, a literal ("3"^^<…#integer>), or only its text'),
    IDENTIFIER: (
        {"type": "string", "pattern": "^[A-Za-z0-9._~:-]{8,128}$"},
        f"A name for the query that nobody else guesses, to stop it by (also as a header): "
        f"DELETE /sparql/running/{{{IDENTIFIER}}}",
    ),
}
