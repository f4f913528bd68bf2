"""Which pictures a table can be, and why not: judged by what is in its columns."""

from __future__ import annotations

import json
import re
import sys

import pytest
from pyoxigraph import Literal, NamedNode

from cls_graph.errors import BadRequest
from cls_graph.namespaces import CLS, XSD
from cls_graph.pictures import network
from cls_graph.pictures.columns import Chosen, Rows
from cls_graph.pictures.drawing import Words, draw, web
from cls_graph.pictures.fitting import Shape, shapes
from cls_graph.pictures.groups import LIMIT

BASE = "https://example.org/id/"
WORDS = Words({BASE + "a": "Nom de a"}, {BASE + "a": "/id/a"}, {})


def thing(name: str) -> NamedNode:
    return NamedNode(BASE + name)


def whole(value: object) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def drome() -> NamedNode:
    return thing("territory/departement/26")


def columns(kind: str, variables: list[str], rows: Rows, **chosen: str) -> dict[str, tuple[str, ...]]:
    """The names of the columns that a picture is made of."""
    asked: Chosen = {role: tuple(names.split(",")) for role, names in chosen.items()}
    shape = shapes(variables, rows, view=kind, chosen=asked)[kind]
    assert isinstance(shape, Shape), shape
    return {role: tuple(variables[i] for i in shape.of(role)) for role in shape.columns}


def test_a_label_and_a_number_are_a_chart() -> None:
    rows = [[thing("a"), Literal("Air"), whole(3)], [thing("b"), Literal("Eau"), None]]
    assert columns("chart", ["x", "label", "n"], rows) == {"label": ("label",), "value": ("n",), "series": ()}
    shape = shapes(["x", "label", "n"], rows)["chart"]
    assert isinstance(shape, Shape)
    picture = draw(shape, ["x", "label", "n"], rows, WORDS)
    assert ">Air<" in picture.svg
    assert 'href="/id/a"' in picture.svg
    # What has no number has no bar.
    assert "Eau" not in picture.svg


@pytest.mark.parametrize("value", ["trois", "2025"])
def test_text_is_no_number(value: str) -> None:
    found = shapes(["label", "n"], [[Literal("Air"), Literal(value)]])["chart"]
    assert isinstance(found, dict)
    assert "quantités" in found["fr"]


@pytest.mark.parametrize("name", ["year", "annee", "vintage", "fundingYear", "start", "position"])
def test_a_year_or_a_rank_is_no_quantity(name: str) -> None:
    rows = [[Literal("Air"), whole(2024), whole(7)], [Literal("Eau"), whole(2025), whole(8)]]
    assert columns("chart", ["label", name, "n"], rows)["value"] == ("n",)
    assert isinstance(shapes(["label", name], [row[:2] for row in rows])["chart"], dict)
    with pytest.raises(BadRequest, match="possible columns: n"):
        columns("chart", ["label", name, "n"], rows, value=name)


def test_numbers_that_can_all_be_years_come_last() -> None:
    rows = [[Literal("Air"), whole(2024), whole(7)], [Literal("Eau"), whole(2025), whole(8)]]
    assert columns("chart", ["label", "y", "n"], rows)["value"] == ("n",)
    assert columns("chart", ["label", "y", "n"], rows, value="y")["value"] == ("y",)


def test_what_tells_rows_of_one_label_apart_is_their_series() -> None:
    rows = [
        [thing("d"), Literal("Air"), Literal("énoncé"), whole(3)],
        [thing("d"), Literal("Air"), Literal("inféré"), whole(1)],
        [thing("e"), Literal("Eau"), Literal("énoncé"), whole(2)],
    ]
    names = ["x", "label", "status", "n"]
    assert columns("chart", names, rows)["series"] == ("status",)
    assert columns("chart", names, rows, series="-")["series"] == ()
    shape = shapes(names, rows)["chart"]
    assert isinstance(shape, Shape)
    svg = draw(shape, names, rows, WORDS).svg
    # Each label stands once, each bar says its series in words, and hatching tells the series apart too.
    assert svg.count(">Air<") == 1
    assert {"3 · énoncé", "1 · inféré", "2 · énoncé"} <= set(re.findall(">([^<>]+)</text>", svg))
    assert "url(#result-chart-hatch-1)" in svg


def test_two_values_are_bars_side_by_side() -> None:
    rows = [[Literal("fiches"), whole(30), whole(0)], [Literal("axes"), whole(3), whole(3)]]
    names = ["label", "announced", "recorded"]
    chosen: Chosen = {"value": ("announced", "recorded")}
    shape = shapes(names, rows, view="chart", chosen=chosen)["chart"]
    assert isinstance(shape, Shape)
    svg = draw(shape, names, rows, WORDS, heads=["Libellé", "Annoncé", "Énuméré"]).svg
    assert {"30 · Annoncé", "0 · Énuméré", "3 · Annoncé"} <= set(re.findall(">([^<>]+)</text>", svg))


def test_more_series_than_there_are_colours_are_told_by_their_names_alone() -> None:
    rows = [[Literal("Contrat"), Literal(f"nature {i}"), whole(i)] for i in range(1, 10)]
    shape = shapes(["label", "kind", "n"], rows, view="chart", chosen={"series": ("kind",)})["chart"]
    assert isinstance(shape, Shape)
    svg = draw(shape, ["label", "kind", "n"], rows, WORDS).svg
    assert "9 · nature 9" in svg
    assert "hatch" not in svg


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"label": ("x",)}, "label: the column 'x' does not do; possible columns: label"),
        ({"value": ("label",)}, "value: the column 'label' does not do; possible columns: n"),
        ({"series": ("a", "b")}, "series: the column 'a,b' does not do"),
    ],
)
def test_a_column_that_does_not_do_is_refused_with_those_that_do(chosen: Chosen, said: str) -> None:
    with pytest.raises(BadRequest) as refused:
        shapes(["label", "n"], [[Literal("Air"), whole(3)]], view="chart", chosen=chosen)
    assert said in refused.value.describe("en")["detail"]


def test_a_column_that_is_named_many_times_is_drawn_once() -> None:
    rows = [[Literal(f"Air {i}"), whole(i)] for i in range(500)]
    many = ",".join(["n"] * 20)
    assert columns("chart", ["a", "n"], rows, label="a,a", value=many)["value"] == ("n",)
    names = [f"n{i}" for i in range(7)]
    wide = [[Literal("Air"), *map(whole, range(7))]]
    assert len(columns("chart", ["a", *names], wide, value=",".join(names[:6]))["value"]) == 6
    with pytest.raises(BadRequest, match="value: 6 columns at most, not 7"):
        columns("chart", ["a", *names], wide, value=",".join(names))


def test_one_label_of_many_series_is_cut_and_the_rest_is_counted() -> None:
    rows = [[Literal("Air"), Literal(f"s{i:03}"), whole(i)] for i in range(500)]
    shape = shapes(["a", "s", "n"], rows, view="chart", chosen={"label": ("a",), "series": ("s",)})["chart"]
    assert isinstance(shape, Shape)
    svg = draw(shape, ["a", "s", "n"], rows, WORDS).svg
    assert svg.count('class="bar"') == LIMIT
    assert f">{500 - LIMIT} autres barres ne sont pas montrées<" in svg


def test_usual_columns_are_taken_where_they_fit() -> None:
    rows = [[Literal("Air"), whole(1), whole(2)]]
    usual: dict[str, Chosen] = {"chart": {"label": ("label",), "value": ("b",)}}
    shape = shapes(["label", "a", "b"], rows, usual=usual)["chart"]
    assert isinstance(shape, Shape)
    assert shape.of("value") == (2,)
    empty = [[Literal("Air"), whole(1), None]]
    shape = shapes(["label", "a", "b"], empty, usual=usual)["chart"]
    assert isinstance(shape, Shape)
    assert shape.of("value") == (1,)


def test_places_are_counted_or_summed() -> None:
    rows: Rows = [[drome(), whole(3)], [drome(), whole(4)]]
    shape = shapes(["dep", "n"], rows)["tiles"]
    assert isinstance(shape, Shape)
    picture = draw(shape, ["dep", "n"], rows, WORDS)
    assert "Drôme (26): 7" in picture.svg
    assert "(somme)" in picture.title
    alone = [[row[0]] for row in rows]
    shape = shapes(["dep"], alone)["tiles"]
    assert isinstance(shape, Shape)
    assert "Drôme (26): 2" in draw(shape, ["dep"], alone, WORDS).svg


def test_tiles_count_rows_where_no_quantity_is_wanted() -> None:
    rows: Rows = [[drome(), whole(3)], [drome(), whole(4)]]
    shape = shapes(["dep", "n"], rows, view="tiles", chosen={"value": ("-",)})["tiles"]
    assert isinstance(shape, Shape)
    picture = draw(shape, ["dep", "n"], rows, WORDS)
    assert "Drôme (26): 2" in picture.svg
    assert "(somme)" not in picture.title
    # A chart without one is none.
    with pytest.raises(BadRequest):
        shapes(["dep", "n"], rows, view="chart", chosen={"value": ("-",)})


def test_a_code_is_a_place_where_its_column_says_so() -> None:
    rows = [[Literal("26")], [Literal("2A")]]
    assert isinstance(shapes(["code_departement"], rows)["tiles"], Shape)
    assert isinstance(shapes(["age"], rows)["tiles"], dict)
    assert isinstance(shapes(["code"], [*rows, [Literal("99")]])["tiles"], dict)


def test_two_columns_of_things_are_a_network() -> None:
    rows: Rows = [[thing("a"), Literal("Un nom"), thing("b")], [thing("a"), Literal("Un nom"), thing("c")]]
    assert columns("network", ["x", "xLabel", "y"], rows) == {
        "source": ("x",),
        "target": ("y",),
        "weight": (),
    }
    shape = shapes(["x", "xLabel", "y"], rows)["network"]
    assert isinstance(shape, Shape)
    nodes, links = web(shape, ["x", "xLabel", "y"], rows, WORDS, ["x", "xLabel", "y"])
    assert [node.label for node in nodes if node.id == BASE + "a"] == ["Un nom"]
    assert (len(nodes), len(links)) == (3, 2)


def test_the_weights_of_links_are_finite() -> None:
    double = NamedNode(XSD + "double")
    said = {"b": ["INF"], "c": ["NaN"], "d": ["1.5e308", "1.5e308"], "e": ["-1e308", "-1e308"], "f": ["2"]}
    rows: Rows = [
        [thing("a"), thing(x), Literal(w, datatype=double)] for x, many in said.items() for w in many
    ]
    shape = shapes(["x", "y", "w"], rows)["network"]
    assert isinstance(shape, Shape)
    assert shape.one("weight") == 2
    weights = [link.weight for link in web(shape, ["x", "y", "w"], rows, WORDS, ["x", "y", "w"])[1]]
    most = sys.float_info.max
    assert weights == [1.0, 1.0, most, -most, 2.0]
    json.dumps(weights, allow_nan=False)
    drawn = network(*web(shape, ["x", "y", "w"], rows, WORDS, ["x", "y", "w"]), title="t").svg
    assert not re.search(r'stroke-width="(?:-|inf|nan)', drawn)


def test_a_network_links_things_never_properties() -> None:
    rows: Rows = [
        [thing("a"), NamedNode(CLS + "signatory"), thing("b")],
        [thing("a"), NamedNode(CLS + "status"), Literal("texte")],
    ]
    found = columns("network", ["s", "p", "o"], rows)
    assert (found["source"], found["target"]) == (("s",), ("o",))
    shape = shapes(["s", "p", "o"], rows)["network"]
    assert isinstance(shape, Shape)
    nodes, links = web(shape, ["s", "p", "o"], rows, WORDS, ["s", "p", "o"])
    assert {node.id for node in nodes} == {BASE + "a", BASE + "b"}
    assert len(links) == 1
    assert isinstance(shapes(["s", "p"], [row[:2] for row in rows])["network"], dict)
    # A query of the vocabulary itself links its terms.
    terms: Rows = [[NamedNode(CLS + "Axis"), NamedNode(CLS + "ProgrammeElement")]]
    assert columns("network", ["class", "above"], terms)["target"] == ("above",)


def test_a_column_for_programs_is_taken_where_it_is_named_and_offered_to_nobody() -> None:
    rows: Rows = [[thing("contract/1"), thing("vocab/x")]]
    assert isinstance(shapes(["key", "code"], rows, quiet=["code"])["network"], dict)
    usual: dict[str, Chosen] = {"network": {"source": ("key",), "target": ("code",)}}
    shape = shapes(["key", "code"], rows, quiet=["code"], usual=usual)["network"]
    assert isinstance(shape, Shape)
    assert [choice.columns for choice in shape.choices[:2]] == [(0,), (0,)]


def test_of_three_columns_of_things_those_of_one_sort_are_linked() -> None:
    rows: Rows = [[thing("organisation/x"), thing("contract/1"), thing("organisation/y")]]
    found = columns("network", ["a", "c", "b"], rows)
    assert (found["source"], found["target"]) == (("a",), ("b",))
    chosen = columns("network", ["a", "c", "b"], rows, source="a", target="c")
    assert (chosen["source"], chosen["target"]) == (("a",), ("c",))


def test_no_row_is_no_picture_and_says_so() -> None:
    for found in shapes(["x", "n"], []).values():
        assert found == {"fr": "aucune ligne à montrer", "en": "no row to show"}
