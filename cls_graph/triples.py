"""What the parts of the catalogue write with."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from cls_graph.rdf import RDF_TYPE, Term, lang_text, typed

LANGUAGES = ("fr", "en")


class Writer:
    """Triples, gathered; an object given as text is an IRI."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def add(self, subject: str, prop: str, value: str | Term) -> None:
        """One triple."""
        obj = NamedNode(value) if isinstance(value, str) else value
        self.triples.append(Triple(NamedNode(subject), NamedNode(prop), obj))

    def type(self, subject: str, *classes: str) -> None:
        """The classes of a subject."""
        for name in classes:
            self.add(subject, RDF_TYPE.value, name)

    def number(self, subject: str, prop: str, value: int) -> None:
        """A count."""
        self.add(subject, prop, typed(str(value), "integer"))

    def words(self, subject: str, prop: str, fr: str, en: str) -> None:
        """One text in both languages."""
        for lang, text in zip(LANGUAGES, (fr, en), strict=True):
            self.add(subject, prop, lang_text(text, lang))
