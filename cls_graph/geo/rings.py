"""What RFC 7946 asks of a geometry beyond its form: rings in the right order, and the box around it.

The outer ring of a polygon runs counterclockwise, its holes clockwise (section 3.1.6). A box is west, south,
east, north, and with altitudes west, south, lowest, east, north, highest (section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

Geometry = dict[str, Any]
"""One of GeoJSON."""
Ring = list[list[float]]


def wound(geometry: Geometry) -> Geometry:
    """The geometry with its rings in the order that RFC 7946 asks for; one without rings as it is.

    >>> wound({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 0]]]})["coordinates"]
    [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    """
    if geometry["type"] == "GeometryCollection":
        return {**geometry, "geometries": [wound(inner) for inner in geometry["geometries"]]}
    if geometry["type"] == "Polygon":
        return {**geometry, "coordinates": _polygon(geometry["coordinates"])}
    if geometry["type"] == "MultiPolygon":
        return {**geometry, "coordinates": [_polygon(rings) for rings in geometry["coordinates"]]}
    return geometry


def _polygon(rings: Sequence[Ring]) -> list[Ring]:
    return [_turned(ring, counterclockwise=place == 0) for place, ring in enumerate(rings)]


def _turned(ring: Ring, *, counterclockwise: bool) -> Ring:
    area = _area(ring)
    return ring[::-1] if area and (area > 0) != counterclockwise else ring


def _area(ring: Ring) -> float:
    """Twice the area within a ring, positive where it runs counterclockwise; from its first position, so
    that a small ring far from the origin loses no digits."""
    x0, y0 = ring[0][:2]
    return sum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in pairwise(ring))


def box_of(geometry: Geometry) -> list[float]:
    """The box around a geometry.

    >>> box_of({"type": "LineString", "coordinates": [[1, 5], [3, 2]]})
    [1, 2, 3, 5]
    """
    there = list(positions(geometry))
    longitudes, latitudes = [p[0] for p in there], [p[1] for p in there]
    low, high = [min(longitudes), min(latitudes)], [max(longitudes), max(latitudes)]
    altitudes = [p[2] for p in there if len(p) == 3]
    return [*low, min(altitudes), *high, max(altitudes)] if altitudes else [*low, *high]


def joined(boxes: Iterable[list[float]]) -> list[float]:
    """The box around boxes, with the altitudes that are known; empty around none.

    >>> joined([[0, 0, 1, 1], [2, 2, 7, 3, 3, 9]])
    [0, 0, 7, 3, 3, 9]
    """
    corners = [corner for box in boxes for corner in (box[: len(box) // 2], box[len(box) // 2 :])]
    return box_of({"type": "MultiPoint", "coordinates": corners}) if corners else []


def positions(geometry: Geometry) -> Iterator[list[float]]:
    """Every position of a geometry."""
    if geometry["type"] == "GeometryCollection":
        for inner in geometry["geometries"]:
            yield from positions(inner)
    else:
        yield from _flat(geometry["coordinates"])


def _flat(coordinates: Any) -> Iterator[list[float]]:
    if isinstance(coordinates[0], list):
        for inner in coordinates:
            yield from _flat(inner)
    else:
        yield coordinates
