"""Geometries of literals: every type and system of coordinates that is read, as shapely reads them too."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
import shapely
import shapely.geometry
from hypothesis import given
from hypothesis import strategies as st

from cls_graph.geo.geometries import GeometryError, read_geojson, read_wkt

CRS84 = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
EPSG_4326 = "<http://www.opengis.net/def/crs/EPSG/0/4326>"
SQUARE = "(0 0, 1 0, 1 1, 0 0)"


@pytest.mark.parametrize(
    "text",
    [
        "POINT (4.89 44.93)",
        "point(4.89   44.93)",
        "POINT Z (1 2 3)",
        "POINTZ(1 2 3)",
        "POINT (-1e1 +.5)",
        "MULTIPOINT (1 2, 3 4)",
        "MULTIPOINT ((1 2), (3 4))",
        "LINESTRING (0 -1,+1.e0   1E-1)",
        "LINESTRING (0 0, 1 1, 2 1)",
        "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
        f"POLYGON ({SQUARE})",
        "POLYGON ((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1))",
        f"MULTIPOLYGON (({SQUARE}), ({SQUARE}))",
        f"GEOMETRYCOLLECTION (POINT (1 2), POLYGON ({SQUARE}), GEOMETRYCOLLECTION (POINT (3 4)))",
    ],
)
def test_well_known_text_is_read_as_shapely_reads_it(text: str) -> None:
    expected = json.loads(shapely.to_geojson(shapely.from_wkt(text)))
    assert read_wkt(text) == expected
    assert read_wkt(f"{CRS84} {text}") == expected
    assert read_geojson(json.dumps(expected)) == expected


def test_latitude_first_is_turned_round() -> None:
    assert read_wkt(f"{EPSG_4326} POINT (44.93 4.89)") == {"type": "Point", "coordinates": [4.89, 44.93]}
    turned = read_wkt(f"{EPSG_4326}\nPOLYGON ((44 4, 45 4, 45 5, 44 4))")
    assert turned == read_wkt("POLYGON ((4 44, 4 45, 5 45, 4 44))")


def test_a_measure_is_no_altitude() -> None:
    assert read_wkt("POINT M (1 2 9)") == {"type": "Point", "coordinates": [1.0, 2.0]}
    assert read_wkt("POINT ZM (1 2 3 9)") == {"type": "Point", "coordinates": [1.0, 2.0, 3.0]}


def test_empty_members_are_left_out() -> None:
    assert read_wkt("MULTIPOINT (EMPTY, (1 2))") == read_wkt("MULTIPOINT (1 2)")
    assert read_wkt("MULTIPOINT (1 2, empty, 3 4)") == read_wkt("MULTIPOINT (1 2, 3 4)")
    assert read_wkt("MULTILINESTRING ((0 0, 1 1), EMPTY)") == read_wkt("MULTILINESTRING ((0 0, 1 1))")
    assert read_wkt(f"MULTIPOLYGON (EMPTY, ({SQUARE}))") == read_wkt(f"MULTIPOLYGON (({SQUARE}))")
    assert read_wkt("MULTIPOLYGON (EMPTY, EMPTY)") is None


@pytest.mark.parametrize("before", ["", f"{CRS84} "])
def test_where_it_cannot_be_read_is_counted_from_the_beginning(before: str) -> None:
    with pytest.raises(GeometryError, match=rf"character {len(before) + 7}$"):
        read_wkt(f"{before}POINT (# 2)")


def test_reading_a_long_one_can_be_ended() -> None:
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls > 5:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        read_wkt("LINESTRING (" + "0 0, " * 10 + "0-0)", check)


@pytest.mark.parametrize("text", ["POINT EMPTY", "MULTIPOLYGON Z EMPTY", "GEOMETRYCOLLECTION (POINT EMPTY)"])
def test_an_empty_geometry_is_none(text: str) -> None:
    assert read_wkt(text) is None
    assert read_geojson('{"type": "Point", "coordinates": []}') is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Valence",
        "POINT",
        "POINT (1)",
        "POINT (1 2",
        "POINT 1 2",
        "POINT (1, 2)",
        f"{EPSG_4326} POINT (1)",
        "LINESTRING (1 2,, 3 4)",
        "LINESTRING (1 2, 3 1_0)",
        "LINESTRING (1 2, 3 4 5 6)",
        "POINT (1 2 3 4)",
        "POINT (1 2) POINT (1 2)",
        "POINT (nan 2)",
        "POINT (1e400 2)",
        "POINT (181 2)",
        "POINT (2 91)",
        "CIRCULARSTRING (0 0, 1 1, 2 0)",
        "LINESTRING (0 0)",
        "LINESTRING ((0 0), (1 1))",
        "POLYGON (0 0, 1 1)",
        "POLYGON ((0 0, 1 0, 1 1, 0 1))",
        "POLYGON ((0 0, 1 0, 0 0))",
        "<http://www.opengis.net/def/crs/EPSG/0/2154> POINT (845000 6430000)",
        "<> ",
        "(" * 100_000,
        "POINT" + "(" * 100_000,
        "GEOMETRYCOLLECTION (" * 10_000,
        "MULTIPOINT (" + "1 2, " * 1_000_000 + "1 2)",
        "LINESTRING (" + "0 0, " * 100_000 + "0-0)",
        "LINESTRING (" + "0 0, " * 100_000,
        "MULTIPOINT (" + "0 0, " * 100_000 + "(0-0))",
        "POLYGON (EMPTY)",
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_geometry_says_why(text: str) -> None:
    with pytest.raises(GeometryError, match=r".+"):
        read_wkt(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "[]",
        "{}",
        "[" * 100_000,
        '{"type": "Feature", "geometry": null}',
        '{"type": ["Point"], "coordinates": [1, 2]}',
        '{"type": "Point"}',
        '{"type": "Point", "coordinates": {"0": 1}}',
        '{"type": "Point", "coordinates": [1, "2"]}',
        '{"type": "Point", "coordinates": [true, 2]}',
        '{"type": "Point", "coordinates": [NaN, 2]}',
        '{"type": "Point", "coordinates": [1, 2, Infinity]}',
        '{"type": "Point", "coordinates": [1, 2, 1' + "0" * 400 + "]}",
        '{"type": "Point", "coordinates": [1, 2, 3, 4]}',
        '{"type": "LineString", "coordinates": [[1, 2], []]}',
        '{"type": "GeometryCollection", "geometries": 1}',
    ],
    ids=lambda text: text[:60],
)
def test_geojson_that_holds_none_says_why(text: str) -> None:
    with pytest.raises(GeometryError, match=r".+"):
        read_geojson(text)


positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(positions, min_size=2, max_size=6))
def test_any_line_comes_back_as_it_was(line: list[tuple[float, float]]) -> None:
    made: dict[str, Any] = {"type": "LineString", "coordinates": [list(p) for p in line]}
    text = shapely.to_wkt(shapely.geometry.shape(made), rounding_precision=-1)
    found = read_wkt(text)
    assert found is not None
    assert shapely.equals_exact(shapely.geometry.shape(found), shapely.geometry.shape(made), 1e-12)


@given(st.text(alphabet="POINTMULYGZE (),.0123456789-+e<>", max_size=60))
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    with contextlib.suppress(GeometryError):
        read_wkt(text)
