"""A FeatureCollection held against RFC 7946, rule by rule, by code that shares nothing with what wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import shapely
import shapely.geometry

_TYPES = {
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
}
_RESERVED = {"coordinates", "geometries", "geometry", "properties"}


def collection(text: str | bytes) -> dict[str, Any]:
    """The collection in a text, which breaks no rule of the standard."""
    found = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    assert found["type"] == "FeatureCollection"
    assert not _RESERVED & found.keys(), "section 7.1"
    assert "crs" not in found, "section 4: coordinates are WGS 84, and nothing else"
    boxes: list[tuple[float, ...]] = []
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties"} <= feature.keys(), "section 3.2: null where there is none"
        assert not {"coordinates", "geometries", "features"} & feature.keys()
        assert isinstance(feature["properties"], dict)
        if feature["geometry"] is not None:
            boxes.append(_geometry(feature["geometry"]))
    if boxes:
        west, south, east, north = (min, min, max, max)
        around = [way(box[i] for box in boxes) for i, way in enumerate((west, south, east, north))]
        half = len(found["bbox"]) // 2
        assert [*found["bbox"][:2], *found["bbox"][half : half + 2]] == around, "section 5"
    else:
        assert "bbox" not in found
    return dict(found)


def _geometry(made: dict[str, Any]) -> tuple[float, ...]:
    assert made["type"] in _TYPES
    assert not {"geometry", "properties", "features"} & made.keys(), "section 7.1"
    shape = shapely.geometry.shape(made)
    west, south, east, north = shape.bounds
    assert -180 <= west <= east <= 180, "longitude comes first (section 3.1.1)"
    assert -90 <= south <= north <= 90
    for part in _parts(shape):
        if isinstance(part, shapely.Polygon):
            assert part.exterior.is_ccw, "section 3.1.6: an outer ring runs counterclockwise"
            assert not any(hole.is_ccw for hole in part.interiors), "section 3.1.6: a hole runs clockwise"
    return (west, south, east, north)


def _parts(shape: Any) -> Iterator[Any]:
    if hasattr(shape, "geoms"):
        for part in shape.geoms:
            yield from _parts(part)
    else:
        yield shape


def _no_number(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({name for name, _ in pairs}) == len(pairs), "a name comes twice"
    return dict(pairs)
