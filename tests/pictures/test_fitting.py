"""Which pictures a table can be, and why not: judged by what is in its columns."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from cls_graph.namespaces import XSD
from cls_graph.pictures.fitting import Rows, Shape, Words, draw, shapes

BASE = "https://example.org/id/"
WORDS = Words({BASE + "a": "Nom de a"}, {BASE + "a": "/id/a"}, {})


def thing(name: str) -> NamedNode:
    return NamedNode(BASE + name)


def whole(value: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + "integer"))


def drome() -> NamedNode:
    return thing("territory/departement/26")


def test_a_label_and_a_number_are_a_chart() -> None:
    rows = [[thing("a"), Literal("Air"), whole("3")], [thing("b"), Literal("Eau"), None]]
    shape = shapes(["x", "label", "n"], rows)["chart"]
    assert shape == Shape("chart", 1, 2)
    picture = draw(shape, ["x", "label", "n"], rows, WORDS)
    assert ">Air<" in picture.svg
    assert 'href="/id/a"' in picture.svg
    # What has no number has no bar.
    assert "Eau" not in picture.svg


@pytest.mark.parametrize("value", ["trois", "2025"])
def test_text_is_no_number(value: str) -> None:
    found = shapes(["label", "n"], [[Literal("Air"), Literal(value)]])["chart"]
    assert isinstance(found, dict)
    assert "nombres" in found["fr"]


def test_places_are_counted_or_summed() -> None:
    rows: Rows = [[drome(), whole("3")], [drome(), whole("4")]]
    shape = shapes(["dep", "n"], rows)["tiles"]
    assert isinstance(shape, Shape)
    picture = draw(shape, ["dep", "n"], rows, WORDS)
    assert "Drôme (26): 7" in picture.svg
    assert "(somme)" in picture.svg
    alone = [[row[0]] for row in rows]
    shape = shapes(["dep"], alone)["tiles"]
    assert isinstance(shape, Shape)
    assert "Drôme (26): 2" in draw(shape, ["dep"], alone, WORDS).svg


def test_a_code_is_a_place_where_its_column_says_so() -> None:
    rows = [[Literal("26")], [Literal("2A")]]
    assert isinstance(shapes(["code_departement"], rows)["tiles"], Shape)
    assert isinstance(shapes(["age"], rows)["tiles"], dict)
    assert isinstance(shapes(["code"], [*rows, [Literal("99")]])["tiles"], dict)


def test_two_columns_of_things_are_a_network() -> None:
    rows: Rows = [[thing("a"), Literal("Un nom"), thing("b")], [thing("a"), Literal("Un nom"), thing("c")]]
    shape = shapes(["x", "xLabel", "y"], rows)["network"]
    assert shape == Shape("network", 0, 2)
    picture = draw(shape, ["x", "xLabel", "y"], rows, WORDS)
    assert ">Un nom<" in picture.svg
    assert "Nœuds : 3 ; liens : 2" in picture.svg


def test_no_row_is_no_picture_and_says_so() -> None:
    for found in shapes(["x", "n"], []).values():
        assert found == {"fr": "aucune ligne à montrer", "en": "no row to show"}
