"""XML literals of RDF/XML in their canonical form, which the engine does not give them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

XML_LITERAL = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral")


def canonical(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """``quads`` with the objects of type ``rdf:XMLLiteral`` in canonical form (RDF 1.1 XML Syntax, 7.2.17).

    The engine repeats the namespaces of the whole document in each; exclusive canonicalisation keeps
    those in use.
    """
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype == XML_LITERAL:
            value = ox.Literal(_canonical(value.value), datatype=XML_LITERAL)
            yield ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)
        else:
            yield quad


def _canonical(text: str) -> str:
    """The content of an XML element, canonical; as it stands where it is not well-formed.

    >>> _canonical('<br xmlns:e="urn:e" /> &lt; <e:p xmlns:e="urn:e" b="2" a="1"/>')
    '<br></br> &lt; <e:p xmlns:e="urn:e" a="1" b="2"></e:p>'
    """
    try:
        whole = ET.canonicalize(f"<x>{text}</x>", with_comments=True)
    except ET.ParseError:
        return text
    return whole.removeprefix("<x>").removesuffix("</x>")
