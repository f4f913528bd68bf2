"""The prefixes of the project as data (SHACL, section 5.2.1), so that editors can complete them."""

from __future__ import annotations

from pyoxigraph import Literal

from cls_graph.namespaces import OWL, RDFS, SH, prefixes
from cls_graph.rdf import typed
from cls_graph.records.iris import Iris
from cls_graph.triples import Writer


def prefixes_iri(iris: Iris) -> str:
    """The node that declares them."""
    return iris.base + "id/prefixes"


def declare_prefixes(out: Writer, iris: Iris) -> None:
    """Every prefix of the table, declared."""
    holder = prefixes_iri(iris)
    out.type(holder, OWL + "Ontology")
    out.words(holder, RDFS + "label", "Préfixes", "Prefixes")
    for name, namespace in sorted(prefixes(iris.base).items()):
        node = f"{holder}/{name}"
        out.add(holder, SH + "declare", node)
        out.type(node, SH + "PrefixDeclaration")
        out.add(node, SH + "prefix", Literal(name))
        out.add(node, SH + "namespace", typed(namespace, "anyURI"))
