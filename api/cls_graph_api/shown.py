"""What the templates of a page are given: words with their links, facts, and what each rests on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """Words, where they lead (empty: nowhere), and their language where it is not the page's.

    ``number`` is the value of words that are a figure, as people write one.
    """

    text: str
    href: str = ""
    lang: str = ""
    iri: str = field(default="", compare=False)
    number: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Quote:
    """A passage of a source: its words, the document, where in it (code points), and its own IRI."""

    text: str
    document: Link | None
    span: str
    iri: str = ""


@dataclass(frozen=True)
class Basis:
    """What a fact rests on."""

    status: Link | None = None
    notes: tuple[Link, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Value:
    """One value: words, or a node with facts of its own."""

    link: Link
    node: Node | None = None
    basis: Basis = Basis()
    why: str = ""
    """Where it is told why this holds, of what was worked out."""


@dataclass(frozen=True)
class Fact:
    """A property and its values.

    ``computed`` when the build worked them out from other facts, ``folded`` when they are many
    figures that few people read.
    """

    property: Link
    values: list[Value]
    computed: bool = False
    folded: bool = False


@dataclass(frozen=True)
class Node:
    """A thing, or one of the nodes under it."""

    anchor: str
    title: Link
    types: list[Link]
    basis: Basis
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class Member:
    """A term of a code list, as a line of its page."""

    anchor: str
    name: Link
    code: str
    definition: Link | None
    others: list[Link]
    depth: int
