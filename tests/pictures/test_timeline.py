"""Periods as bars: whole where both years are known, open where one is not."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from cls_graph.pictures.timeline import Span, timeline

SVG = "{http://www.w3.org/2000/svg}"


def bars(spans: list[Span]) -> dict[str, float]:
    """The width of each bar by its class."""
    root = ET.fromstring(timeline(spans, title="x").svg)
    return {r.get("class", ""): float(r.get("width", "0")) for r in root.iter(SVG + "rect") if r.get("class")}


def test_a_bar_is_as_long_as_its_years_the_last_one_included() -> None:
    one = bars([Span("a", 2020, 2029), Span("b", 2020, 2020)])["bar"]
    five = bars([Span("a", 2020, 2029), Span("b", 2020, 2024)])["bar"]
    assert 4.5 < (five + 2) / (one + 2) < 5.5


def test_an_end_that_is_not_known_is_drawn_open_and_said() -> None:
    picture = timeline([Span("Saint-Étienne", None, 2028, "/x")], title="x", lang="en").svg
    assert 'class="unsure"' in picture
    assert "Saint-Étienne: not known – 2028" in picture
    assert 'href="/x"' in picture


def test_nothing_to_draw_is_said_and_hostile_names_do_no_harm() -> None:
    assert "Aucune période" in timeline([Span("a", None, None)], title="x").svg
    ET.fromstring(timeline([Span('<b>&"\x00', 2020, 2021)], title="<x>").svg)
