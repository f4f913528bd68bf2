"""A graph of the data as the things that people know: parties, axes, dates, each with its fields and quotes.

The nodes that carry a fact (statement, period, instant, amount, quote) are folded into the item that
they are about, so that what differs can be said in words of the domain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from cls_graph.namespaces import ADMS, CLS, DCTERMS, FOAF, OA, ORG, RDF, RDFS, SCHEMA, SKOS, TIME
from cls_graph.rdf import AnyTerm
from cls_graph.records import mapping as m
from cls_graph.records.iris import Iris
from cls_graph.records.revisions import INITIAL

TERRITORY = "territory"
PARTS = {section.part: section.key for section in (*m.SECTIONS, m.ELEMENT)}
"""The parts of a contract's IRI that are items of their own, and the key of the record."""
BELOW = {section.part: section.key for section in m.ELEMENT_SECTIONS}
"""The parts of a programme element that are items too."""
COMMUNES = "communes"
TYPE = RDF + "type"
STATUS, NOTE = "assertion", "note"
BESIDE = (f".{STATUS}", f".{NOTE}")
"""The ends of slots that say something of another slot."""
PERIODS = {"period": "period", "action-plan-period": "action_plan_period"}
ALTERNATIVE = "alternative-period"
EARLIER = ("record", "review")
_NOTES = (CLS + "inferenceNote", SKOS + "note")

# Links to what is folded in, and what only says again what another property says.
_FOLDED = frozenset(
    [
        *(section.property for section in (*m.SECTIONS, m.ELEMENT, *m.ELEMENT_SECTIONS)),
        *(prop for _, prop in m.PERIODS),
        *m.SECTION_PERIODS.values(),
        *(CLS + name for name in ("earlierReview", "alternativePeriod", "frameworkPeriod", "hasCommuneList")),
        CLS + "currentRevision",  # worked out: the newest amendment, which is told
        *(CLS + name for name in ("hasStatement", "hasEvidence")),
        *(SCHEMA + "amount", SCHEMA + "fundedItem", DCTERMS + "identifier", ADMS + "identifier"),
        *(FOAF + "primaryTopic", ORG + "member"),
    ]
)
_ORIGIN = f"/{m.REVISION.part}/{INITIAL}"
"""The state before the first amendment: worked out, and there as soon as there is one."""
_LABELS = (SKOS + "prefLabel", DCTERMS + "title", FOAF + "name")


@dataclass(frozen=True)
class Quoted:
    """An evidence: its place and its words, the item that it is for and the property, if one alone."""

    document: str
    start: str
    end: str
    exact: str
    around: tuple[str, str]
    slot: str

    @property
    def words(self) -> tuple[str, str, str]:
        """What stays the same when a quote only moves."""
        return self.slot, self.document, self.exact

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What stays the same when only its words change."""
        return self.slot, self.document, self.start, self.end


@dataclass
class Item:
    """A thing, or a numbered part of one. ``fields`` has the terms of each slot; see ``items_of``."""

    iri: str
    part: str
    fields: dict[str, set[AnyTerm]] = field(default_factory=dict)
    quotes: set[Quoted] = field(default_factory=set)

    def one(self, slot: str) -> AnyTerm | None:
        """The only value of a slot, or the first by spelling."""
        return min(self.fields.get(slot, ()), key=str, default=None)

    def add(self, slot: str, term: AnyTerm) -> None:
        """One more value."""
        self.fields.setdefault(slot, set()).add(term)


def owner(iri: str, iris: Iris) -> str:
    """The thing that a node is part of; another IRI is its own.

    >>> owner("https://w3id.org/cls-sante/id/contract/26362-3/engagement/01", Iris())
    'https://w3id.org/cls-sante/id/contract/26362-3'
    """
    found = iris.kind_and_key(iri)
    if found is None:
        return iri
    kind, key = found
    parts = key.split("/")
    return iris.thing(kind, "/".join(parts[: 2 if kind == TERRITORY else 1]))


def item_of(iri: str, iris: Iris) -> tuple[str, str, tuple[str, ...]]:
    """The item that a node is folded into: its IRI, its part, and the rest of the path of the node."""
    thing = owner(iri, iris)
    found = iris.kind_and_key(thing)
    if found is None:
        return iri, "other", ()
    rest = tuple(iri[len(thing) + 1 :].split("/")) if len(iri) > len(thing) else ()
    if found[0] == "contract" and rest[:1] == (COMMUNES,):
        return f"{thing}/{COMMUNES}", COMMUNES, rest[1:]
    if found[0] == "contract" and len(rest) > 3 and rest[0] == m.ELEMENT.part and rest[2] in BELOW:
        return f"{thing}/{'/'.join(rest[:4])}", rest[2], rest[4:]
    if found[0] == "contract" and len(rest) > 1 and rest[0] in (*PARTS, ALTERNATIVE):
        return f"{thing}/{rest[0]}/{rest[1]}", rest[0], rest[2:]
    if found[0] == "person" and len(rest) > 1 and rest[0] == "post":
        return f"{thing}/post/{rest[1]}", "post", rest[2:]
    return thing, found[0], rest


def items_of(quads: Iterable[Quad], iris: Iris) -> dict[str, Item]:
    """The items of a graph.

    A slot is the key of the record where there is one (``role``, ``period.end``), with ``.assertion``
    or ``.note`` after it for what is said of the fact itself; else the IRI of the property.
    """
    about: dict[str, dict[str, list[AnyTerm]]] = {}
    for quad in quads:
        name = getattr(quad.subject, "value", str(quad.subject))
        about.setdefault(name, {}).setdefault(quad.predicate.value, []).append(quad.object)
    items: dict[str, Item] = {}
    for node, facts in about.items():
        iri, part, rest = item_of(node, iris)
        if (rest and rest[0] == "evidence") or iri.endswith(_ORIGIN):
            continue
        item = items.setdefault(iri, Item(iri, part))
        _fold(item, rest, node, facts, about)
    _quotes(about, items, iris)
    return items


def _fold(
    item: Item,
    rest: tuple[str, ...],
    node: str,
    facts: dict[str, list[AnyTerm]],
    about: dict[str, dict[str, list[AnyTerm]]],
) -> None:
    """Put the facts of a node into its item, under the slots that the path of the node gives."""
    if rest and rest[0] == "identifier":
        return
    if "statement" in rest:
        _qualified(item, facts)
        return
    if rest[:2] == EARLIER:
        # A signature is one thing to tell: who and when together.
        signed = (facts.get(CLS + name, ()) for name in ("reviewedBy", "reviewedOn"))
        told = ", ".join(str(getattr(term, "value", "")) for terms in signed for term in terms)
        item.add(CLS + "earlierReview", Literal(told))
        return
    head = ""
    if rest and rest[0] in PERIODS:
        head = PERIODS[rest[0]] + "."
    elif item.part == ALTERNATIVE:
        head = "period."
    for prop, terms in facts.items():
        for term in terms:
            slot = _slot(item, head, rest, prop, term, facts)
            if slot:
                item.add(slot, term)


def _slot(
    item: Item, head: str, rest: tuple[str, ...], prop: str, term: AnyTerm, facts: dict[str, list[AnyTerm]]
) -> str:
    """The slot of a value; empty where it is told otherwise."""
    if prop == TYPE:
        return _type_slot(item, rest, term)
    if prop in _FOLDED or prop in (TIME + "hasBeginning", TIME + "hasEnd"):
        return ""
    if prop == RDFS + "label" and any(other in facts for other in _LABELS):
        return ""
    if prop == CLS + "assertionStatus":
        return head + STATUS
    if prop in _NOTES:
        return head + NOTE
    if prop == TIME + "hasXSDDuration":
        return head + "duration"
    if prop in INSTANTS and rest:
        return head + rest[-1]
    if prop == CLS + "partyRole" and _broader(term, facts[prop]):
        return ""
    return head + slot_of(item.part, prop)


def _type_slot(item: Item, rest: tuple[str, ...], term: AnyTerm) -> str:
    name = getattr(term, "value", "")
    if rest or item.part in (ALTERNATIVE, "contract", TERRITORY, "document", "person", "post"):
        return ""
    if item.part == m.ELEMENT.part:
        return "type" if name in m.ELEMENT_CLASSES.values() else ""
    return "" if item.part in (*PARTS, *BELOW, COMMUNES, "organisation") else "type"


INSTANTS = frozenset(TIME + name for name in m.INSTANT_PROPERTIES.values())
_ROWS: dict[str, tuple[m.Field, ...]] = {
    "contract": m.CONTRACT,
    **{
        section.part: (*section.fields, *((section.id_field,) if section.id_field else ()))
        for section in (*m.SECTIONS, m.ELEMENT, *m.ELEMENT_SECTIONS)
    },
}
for _part in (m.FUNDING.part, m.BUDGET.part):
    _ROWS[_part] += m.AMOUNT
_MANY = frozenset(row.key for rows in _ROWS.values() for row in rows if row.many)
_SLOTS = {part: {row.property: row.key for row in rows} for part, rows in _ROWS.items()}


def slot_of(part: str, prop: str) -> str:
    """The key of the record for a property of an item, or the property itself."""
    return _SLOTS.get(part, {}).get(prop, prop)


def _broader(term: AnyTerm, terms: list[AnyTerm]) -> bool:
    """Whether a role is only stated because a narrower one is."""
    slugs = {getattr(t, "value", "").rpartition("/")[2] for t in terms}
    slug = getattr(term, "value", "").rpartition("/")[2]
    return any(broad == slug and narrow in slugs for narrow, broad in m.BROADER_ROLES.items())


def _qualified(item: Item, statement: dict[str, list[AnyTerm]]) -> None:
    """What a statement says of the fact that it is about: status and note, by slot."""
    slot = _stated_slot(item.part, statement)
    for name, key in ((CLS + "assertionStatus", STATUS), *((note, NOTE) for note in _NOTES)):
        for term in statement.get(name, ()):
            item.add(f"{slot}.{key}", term)


def _stated_slot(part: str, statement: dict[str, list[AnyTerm]]) -> str:
    """The slot of the fact that a statement is about; of a list with the value, after a bar."""
    prop, value = (next(iter(statement.get(RDF + name, ())), None) for name in ("predicate", "object"))
    slot = slot_of(part, getattr(prop, "value", ""))
    return f"{slot}|{getattr(value, 'value', '')}" if slot in _MANY else slot


def _quotes(about: dict[str, dict[str, list[AnyTerm]]], items: dict[str, Item], iris: Iris) -> None:
    """Give each item its quotes: those of the item as a whole, and those of one field of it."""
    for node, facts in about.items():
        for term in facts.get(CLS + "hasEvidence", ()):
            if not isinstance(term, NamedNode):
                continue
            iri, part, rest = item_of(node, iris)
            slot = ""
            if "statement" in rest:
                slot = _stated_slot(part, facts)
            elif rest and rest[0] in PERIODS:
                slot = PERIODS[rest[0]]
            elif part == "contract":
                continue  # the statement, or the period, has it too, and says what it is for
            items[iri].quotes.add(_quoted(about, term.value, slot))


def _quoted(about: dict[str, dict[str, list[AnyTerm]]], evidence: str, slot: str) -> Quoted:
    def one(node: str, prop: str) -> str:
        terms = about.get(node, {}).get(prop, ())
        return next((t.value for t in terms if isinstance(t, (Literal, NamedNode))), "")

    target, quote, position = (f"{evidence}/{part}" for part in ("target", "quote", "position"))
    return Quoted(
        one(target, OA + "hasSource"),
        one(position, OA + "start"),
        one(position, OA + "end"),
        one(quote, OA + "exact"),
        (one(quote, OA + "prefix"), one(quote, OA + "suffix")),
        slot,
    )
