"""Answers as GeoJSON: where rows are put, what is said of it, and what no row and no literal can do to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import cls_graph
from cls_graph.analysis.opened import Graph
from cls_graph.errors import BadRequest, NotAcceptable
from tests import rfc7946

ID = "https://w3id.org/cls-sante/id/"
GEO = "http://www.opengis.net/ont/geosparql#"
VALENCE = [4.9096, 44.9256]


@pytest.fixture(scope="module")
def g() -> Graph:
    return cls_graph.open(lang="en")


def values(names: str, *rows: str) -> str:
    """A query that gives these rows."""
    heads = " ".join(f"?{name}" for name in names.split())
    return f"SELECT {heads} {{ VALUES ({heads}) {{ {' '.join(f'({row})' for row in rows)} }} }}"


def literal(text: str, kind: str = "wktLiteral") -> str:
    """A geometry as a term."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"^^<{GEO}{kind}>'


def placed(g: Graph, query: str, **given: Any) -> dict[str, Any]:
    """The collection that the answer is, which keeps the rules of RFC 7946."""
    return rfc7946.collection(g.query(query).to_geojson(**given))


def test_a_ready_question_is_a_map_that_says_what_it_is(g: Graph, tmp_path: Path) -> None:
    file = tmp_path / "contracts.geojson"
    text = g.query("contracts").to_geojson(file)
    assert file.read_text(encoding="utf-8") == text
    found = rfc7946.collection(text)
    assert found["title"] == "Which contracts does the graph know of?"
    assert found["query"].startswith("PREFIX")
    assert found["licence"].startswith("https://")
    assert found["release"]
    assert found["inference"] is False
    assert found["placedBy"] == "key"
    assert found["columns"]["begin"] == "Begin"
    assert "GeoNames" in found["attribution"]
    assert "CC BY 4.0" in found["attribution"]
    assert "no official standing" in found["inferred"]
    assert found["count"] == len(found["features"]) == len(g.query("contracts"))
    assert "unplaced" not in found
    assert "incomplete" not in found
    by_key = {f["properties"]["key"]: f for f in found["features"]}
    valence = by_key["26362-3"]
    assert valence["geometry"] == {"type": "Point", "coordinates": VALENCE}
    assert valence["properties"]["begin"] == 2025
    assert valence["properties"]["duration"] is None
    assert valence["properties"]["geometry:status"] == "inferred"
    assert valence["properties"]["geometry:note"] == "Valence (commune/26362): point of the commune"
    group = by_key["243800984-2"]
    assert group["geometry"]["type"] == "MultiPoint"
    assert group["properties"]["duration"] == "P5Y"
    assert group["properties"]["geometry:note"].endswith("points of 31 of its 31 communes")


@pytest.mark.parametrize(
    ("names", "row", "territory"),
    [
        ("where", f"<{ID}territory/region/84>", "region/84"),
        ("who", f"<{ID}organisation/cpam-26>", "departement/26"),
        ("what", f"<{ID}contract/26362-3>", "commune/26362"),
        ("node", f"<{ID}contract/26362-3/engagement/01>", "commune/26362"),
        ("plan", f"<{ID}framework/prs-84-2018>", "region/84"),
        ("key", '"26362-3"', "commune/26362"),
        ("code", '"26"', "departement/26"),
        ("codeInsee", '"26362"', "commune/26362"),
        ("departement", '"2A"', "departement/2A"),
        ("code_dép", '"26"', "departement/26"),
        ("communeINSEE", '"38185"', "commune/38185"),
        ("region", '"84"', "region/84"),
        # The surer column wins: a territory before a contract, whichever comes first.
        ("a b", f"<{ID}contract/26362-3> <{ID}territory/commune/38185>", "commune/38185"),
        ("node who", f"<{ID}contract/26362-3/engagement/01> <{ID}organisation/cpam-38>", "departement/38"),
    ],
)
def test_what_has_a_place_is_put_there(g: Graph, names: str, row: str, territory: str) -> None:
    (feature,) = placed(g, values(names, row))["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"]["geometry:territory"] == territory


def test_another_column_can_be_asked_for(g: Graph) -> None:
    query = values("key who", f'"26362-3" <{ID}organisation/ars-84>')
    (feature,) = placed(g, query, place="who")["features"]
    assert feature["properties"]["geometry:territory"] == "region/84"
    assert feature["properties"]["whoLabel"] == "Agence régionale de santé Auvergne-Rhône-Alpes"
    with pytest.raises(BadRequest, match="possible: key, who"):
        g.query(query).to_geojson(place="where")


@pytest.mark.parametrize(
    ("names", "row"),
    [
        ("n", "26362"),
        ("code", "26"),
        ("code", '"D2.6"'),
        ("departement", '"Drôme"'),
        ("title", '"26362-3"'),
        # A postal code is no official code, though many are one of another commune.
        ("codePostal", '"38185"'),
        ("codepostal", '"38185"'),
        # Nor is a number of a list that happens to be one.
        ("code", '"26") ("27") ("A1"'),
        ("where", "<https://example.org/id/territory/commune/26362>"),
        ("what", "<https://w3id.org/cls-sante/vocab/determinant/logement>"),
        ("key", '"26362-3> } ; DROP ALL"'),
    ],
)
def test_where_no_column_has_a_place_the_reason_is_told(g: Graph, names: str, row: str) -> None:
    with pytest.raises(NotAcceptable, match="No column says where the rows are"):
        g.query(values(names, row)).to_geojson()


def test_a_value_far_down_does_not_change_what_a_column_is(g: Graph) -> None:
    codes = [f'"26{n % 100:03}"' for n in range(1, 20)] * 30
    known = [code for code in codes if code not in ('"26026"',)]
    found = placed(g, values("code", *known, '"none"'))
    assert found["features"][0]["geometry"]
    assert found["features"][-1]["geometry"] is None
    assert found["features"][-1]["properties"]["geometry:note"] == "this value names no place"


def test_no_row_is_no_feature(g: Graph) -> None:
    found = placed(g, "SELECT ?a { ?a <http://example.org/none> ?b }")
    assert found["features"] == []
    assert found["count"] == 0


def test_a_row_without_a_place_stays_and_is_counted(g: Graph) -> None:
    rows = [
        f"<{ID}territory/commune/26362> 1",
        "UNDEF 2",
        f"<{ID}territory/commune/99999> 3",
        f"<{ID}contract/26362-9> 4",
        '"Valence" 5',
        f"{literal('POINT (181 1)')} 6",
        f"{literal('POINT EMPTY')} 7",
    ]
    found = placed(g, values("where n", *rows))
    assert [f["properties"]["n"] for f in found["features"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [f["geometry"] is None for f in found["features"]] == [False] + [True] * 6
    assert found["unplaced"]["count"] == 6
    assert [f["properties"]["geometry:note"] for f in found["features"][1:]] == [
        "no value in the column where",
        "no point is known of commune/99999",
        "its territory is not known",
        "this value names no place",
        "longitude or latitude out of range (degrees, the longitude first)",
        "the geometry is empty",
    ]


def test_geometries_of_the_data_are_given_as_the_standard_wants_them(g: Graph) -> None:
    epsg = "<http://www.opengis.net/def/crs/EPSG/0/4326>"
    clockwise = "((4 44, 4 45, 5 45, 5 44, 4 44), (4.2 44.2, 4.4 44.2, 4.4 44.4, 4.2 44.2))"
    rows = [
        literal(f"POLYGON {clockwise}"),
        literal(f"GEOMETRYCOLLECTION (MULTIPOLYGON ({clockwise}), POINT Z (6 43 1200))"),
        literal(f"{epsg} POINT (44.93 4.89)"),
        literal('{"type": "Polygon", "coordinates": [[[4,44],[4,45],[5,45],[4,44]]]}', "geoJSONLiteral"),
    ]
    found = placed(g, values("geometry", *rows))
    assert [f["geometry"]["type"] for f in found["features"]] == [
        "Polygon",
        "GeometryCollection",
        "Point",
        "Polygon",
    ]
    assert found["features"][2]["geometry"]["coordinates"] == [4.89, 44.93]
    assert found["bbox"] == [4, 43, 1200, 6, 45, 1200]
    # What the data state is not inferred, and a geometry is no property too.
    assert [f["properties"] for f in found["features"]] == [{}] * 4
    assert "attribution" not in found
    assert "inferred" not in found


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [
        ("GEOMETRYCOLLECTION (" * 4000, "wktLiteral", "too deep"),
        ("(" * 50_000, "wktLiteral", "the name of a geometry is needed"),
        ("[" * 50_000, "geoJSONLiteral", "no JSON"),
        ('{"type": "\\ud800"}', "geoJSONLiteral", "'?' is no geometry"),
        ("<http://www.opengis.net/def/crs/EPSG/0/2154> POINT (1 2)", "wktLiteral", "is not read"),
        ("POINT (1e999 2)", "wktLiteral", "a position is none"),
    ],
    ids=["nested", "brackets", "lists", "half a character", "projected", "infinite"],
)
def test_a_hostile_literal_spoils_its_own_row_only(g: Graph, text: str, kind: str, note: str) -> None:
    found = placed(g, values("w", literal(text, kind), literal("POINT (4 44)")))
    bad, good = found["features"]
    assert bad["geometry"] is None
    assert note in bad["properties"]["geometry:note"]
    assert good["geometry"] == {"type": "Point", "coordinates": [4.0, 44.0]}


def test_a_geometry_that_a_query_blows_up_is_not_read(g: Graph) -> None:
    doubled = "".join(f" BIND (CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(20))
    made = f'BIND (STRDT(CONCAT("MULTIPOINT (", ?x20, "1 2)"), <{GEO}wktLiteral>) AS ?w)'
    found = placed(g, f'SELECT ?w {{ BIND ("1 2, " AS ?x0){doubled} {made} }}')
    (feature,) = found["features"]
    assert feature["geometry"] is None
    assert feature["properties"] == {"geometry:note": "over 4194304 characters"}


def test_values_that_json_has_no_room_for_are_texts(g: Graph) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    row = " ".join(
        [
            f"<{ID}territory/commune/26362>",
            "9007199254740993",
            f'"INF"^^<{xsd}double>',
            "1.25",
            "true",
            f'"2025-04-16"^^<{xsd}date>',
            f'"2025"^^<{xsd}gYear>',
            '"\\u0001 <b>"',
        ]
    )
    (feature,) = placed(g, values("where big inf part yes day year text", row))["features"]
    there = {name: v for name, v in feature["properties"].items() if not name.startswith("geometry:")}
    del there["where"]
    assert there == {
        "whereLabel": "Valence",
        "big": "9007199254740993",
        "inf": "INF",
        "part": 1.25,
        "yes": True,
        "day": "2025-04-16",
        "year": 2025,
        "text": "\u0001 <b>",
    }


def test_five_thousand_rows_are_five_thousand_features(g: Graph) -> None:
    codes = [f'"26{n % 100:03}" {n}' for n in range(5000)]
    found = placed(g, values("commune n", *codes))
    assert [f["properties"]["n"] for f in found["features"]] == list(range(5000))
    there = [f for f in found["features"] if f["geometry"]]
    assert found["unplaced"]["count"] == 5000 - len(there)
    by_code = {f["properties"]["commune"]: f["geometry"] for f in there}
    assert len(by_code) > 90
    assert all(f["geometry"] == by_code[f["properties"]["commune"]] for f in there)
