"""Record to graph to record: nothing is lost, the bytes are the same, every node is one of ours."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from cls_graph.corpus import Corpus
from cls_graph.namespaces import CLS, DEFAULT_BASE, OA
from cls_graph.rdf import RDF_TYPE
from cls_graph.records import Iris, Record, canonical, from_graph, mapping, read_model, to_graph
from cls_graph.records.registry_graph import FRAMEWORK_FIELDS

GOLDEN = Path(__file__).parent / "golden"
IRIS = Iris()


def lines(triples: Iterable[Triple]) -> str:
    return "".join(sorted({f"{t} .\n" for t in triples}))


def again(record: Record) -> Record:
    """The record after a trip through the graph, and through its bytes."""
    return back(record, to_graph(record, IRIS).triples)


def back(record: Record, triples: Iterable[Triple]) -> Record:
    """The record that is read from the bytes of its graph."""
    read = [q.triple for q in parse(lines(triples), format=RdfFormat.N_TRIPLES)]
    return from_graph(read, record.contract.key, IRIS)


def test_the_bundled_records_come_back(bundle: Corpus) -> None:
    assert len(bundle.records) >= 8
    for read in bundle.records:
        assert read.value is not None
        assert again(read.value) == canonical(read.value), read.file


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_record_comes_back_from_a_graph_of_our_own_nodes(any_record: Any, data: st.DataObject) -> None:
    record = data.draw(any_record)
    triples = to_graph(record, IRIS).triples
    assert back(record, triples) == canonical(record)
    own = f"{DEFAULT_BASE}id/contract/{record.contract.key}"
    for t in triples:
        assert isinstance(t.subject, NamedNode)
        assert not isinstance(t.object, BlankNode)
        assert t.subject.value == own or t.subject.value.startswith(f"{own}/")
    complete(triples, placed=False)


def test_what_goes_through_is_not_lost_in_the_comparison() -> None:
    """``canonical`` orders, it does not forget: a changed note, precision or order of parts shows."""
    record = golden_record()
    changed = record.model_dump(exclude_none=True)
    changed["milestones"][0]["stated_date"]["value"] = "2025-04"
    assert canonical(Record.model_validate(changed)) != canonical(record)


def test_the_bundled_graphs_are_made_of_our_own_nodes(bundle: Corpus) -> None:
    for read in bundle.records:
        assert read.value is not None
        triples = to_graph(read.value, IRIS).triples
        own = f"{DEFAULT_BASE}id/contract/{read.value.contract.key}"
        subjects = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
        assert all(s == own or s.startswith(f"{own}/") for s in subjects)
        complete(triples, placed=True)


def complete(triples: list[Triple], *, placed: bool) -> None:
    """Every evidence has body, document, words (and position); every item and statement has its status."""
    index: dict[tuple[str, str], list[Any]] = {}
    for t in triples:
        assert isinstance(t.subject, NamedNode)
        index.setdefault((t.subject.value, t.predicate.value), []).append(t.object)
    typed = {(t.subject.value, t.object.value) for t in triples if t.predicate == RDF_TYPE}  # type: ignore[union-attr]
    for node in sorted(n for n, kind in typed if kind == CLS + "Evidence"):
        assert index[node, OA + "hasBody"]
        (target,) = index[node, OA + "hasTarget"]
        assert len(index[target.value, OA + "hasSource"]) == 1
        assert len(index[f"{node}/quote", OA + "exact"]) == 1
        if placed:
            (start,), (end,) = index[f"{node}/position", OA + "start"], index[f"{node}/position", OA + "end"]
            (words,) = index[f"{node}/quote", OA + "exact"]
            assert int(end.value) - int(start.value) == len(words.value)
            assert len(index[target.value, OA + "hasSelector"]) == 2
    kinds = ("Engagement", "ProgrammeElement", "Milestone", "FundingCommitment", "StatedCount")
    for kind in (*kinds, "FrameworkReference", "QualifiedStatement", "Evidence"):
        for node in sorted(n for n, name in typed if name == CLS + kind):
            assert len(index[node, CLS + "assertionStatus"]) == 1, node
    for prop in ("validityPeriod", "actionPlanPeriod", "alternativePeriod", "fundingPeriod"):
        for (_, name), objects in list(index.items()):
            if name == CLS + prop:
                assert all(len(index[o.value, CLS + "assertionStatus"]) == 1 for o in objects)


def test_the_same_record_gives_the_same_bytes_whatever_the_order_of_its_items(bundle: Corpus) -> None:
    def backwards(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: backwards(x) for k, x in reversed(list(value.items()))}
        return [backwards(x) for x in reversed(value)] if isinstance(value, (list, tuple)) else value

    for read in bundle.records:
        assert read.value is not None
        first = lines(to_graph(read.value, IRIS).triples)
        turned = Record.model_validate(backwards(read.value.model_dump(exclude_none=True)))
        assert turned != read.value
        assert lines(to_graph(turned, IRIS).triples) == first
        assert lines(to_graph(read.value, IRIS).triples) == first


def golden_record() -> Record:
    read = read_model(Record, "golden.yaml", (GOLDEN / "26362-9.yaml").read_bytes())
    assert read.findings == []
    assert read.value is not None
    return read.value


def test_the_triples_of_a_record_are_those_of_docs_modelling() -> None:
    expected = (GOLDEN / "26362-9.nt").read_text(encoding="utf-8")
    assert lines(to_graph(golden_record(), IRIS).triples) == expected


def test_another_base_moves_things_and_not_terms() -> None:
    own = to_graph(golden_record(), Iris("https://data.example/"))
    ours = to_graph(golden_record(), IRIS)

    def moved(text: str) -> str:
        return text.replace(f"<{DEFAULT_BASE}id/", "<https://data.example/id/")

    assert lines(own.triples) == "".join(sorted(moved(lines(ours.triples)).splitlines(keepends=True)))


@pytest.mark.parametrize(
    ("date", "datatype"),
    [("2025", "gYear"), ("2025-04", "gYearMonth"), ("--04-16", "gMonthDay"), ("2025-04-16", "date")],
)
def test_a_date_keeps_the_precision_it_was_stated_at(date: str, datatype: str) -> None:
    plain = golden_record().model_dump(exclude_none=True)
    plain["milestones"][0]["stated_date"] = date
    found = [
        t.object
        for t in to_graph(Record.model_validate(plain), IRIS).triples
        if t.predicate.value == CLS + "statedDate"
    ]
    xsd = NamedNode("http://www.w3.org/2001/XMLSchema#" + datatype)
    assert found == [Literal(date, datatype=xsd)]


def test_an_annotation_on_a_list_is_one_on_each_of_its_values() -> None:
    head = b"contract:\n  key: 26362-3\n  carrier: commune-26362\n  territory:\n"
    whole = head + b"    value: [commune/26362, departement/26]\n    assertion: inferred\n    note: n\n"
    each = head + b"".join(
        b"    - {value: %s, assertion: inferred, note: n}\n" % key
        for key in (b"commune/26362", b"departement/26")
    )
    assert read_model(Record, "a", whole).value == read_model(Record, "b", each).value


def test_every_own_term_of_the_graphs_is_declared_in_the_ontology(bundle: Corpus, bundled_quads: Any) -> None:
    declared = {t.subject.value for t in bundle.ontology if isinstance(t.subject, NamedNode)}
    data = [
        q
        for q in bundled_quads
        if "/graph/contract/" in q.graph_name.value or "registry" in q.graph_name.value
    ]
    used = {q.predicate.value for q in data}
    used |= {q.object.value for q in data if q.predicate == RDF_TYPE}
    own = {term for term in used if term.startswith(CLS)}
    assert len(own) > 30
    assert own <= declared


def test_every_property_of_the_mapping_tables_is_declared_too(bundle: Corpus) -> None:
    """Also those that no bundled record uses yet."""
    declared = {t.subject.value for t in bundle.ontology if isinstance(t.subject, NamedNode)}
    sections = (*mapping.SECTIONS, mapping.ELEMENT)
    rows = [row for s in sections for row in s.fields] + [
        *mapping.CONTRACT,
        *mapping.AMOUNT,
        *FRAMEWORK_FIELDS,
    ]
    names = {row.property for row in rows} | {s.property for s in sections}
    names |= {name for s in sections for name in s.classes} | set(mapping.ELEMENT_CLASSES.values())
    names |= {prop for _, prop in mapping.PERIODS}
    assert {name for name in names if name.startswith(CLS)} <= declared
