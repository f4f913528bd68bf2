"""Pictures of results: well-formed, the same each time, readable without colour, and honest about limits."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

import pytest

from cls_graph.geo.codes import codes
from cls_graph.pictures import Bar, Link, Node, Picture, bars, network, tiles
from cls_graph.pictures.beside import beside
from cls_graph.pictures.layout import layout
from cls_graph.pictures.network import COLOURS, LINKS
from cls_graph.pictures.svg import PAPER, width_of
from cls_graph.pictures.tiles import PLACES, SHADES

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script> & \"'\x00\x0b"


def said(picture: Picture) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture.svg).iter(SVG + "text")]


def titles(picture: Picture) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture.svg).iter(SVG + "title")]


def drawn() -> list[Picture]:
    nodes = [Node("a", HOSTILE, "kind", "/a?x=1&y=2"), Node("b", "B", HOSTILE)]
    return [
        bars([Bar(HOSTILE, 3, "/?a=1&b=2"), Bar("b", -1.5)], title=HOSTILE, unit=HOSTILE),
        tiles({"26": 3}, title=HOSTILE, names={"26": HOSTILE}, links={"26": "/?a=1&b=2"}, unit=HOSTILE),
        network(nodes, [Link("a", "b")], title=HOSTILE),
    ]


@pytest.mark.parametrize("picture", drawn())
def test_hostile_words_stay_words(picture: Picture) -> None:
    root = ET.fromstring(picture.svg)
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "rect", "line", "path", "text", "g", "a", "circle", "polygon"}
    assert "script" in (root.findtext(SVG + "title") or "")
    assert not any("style" in element.attrib for element in root.iter())


@pytest.mark.parametrize("picture", drawn())
def test_a_picture_has_a_name_and_a_description(picture: Picture) -> None:
    root = ET.fromstring(picture.svg)
    by_id = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert by_id[root.attrib["aria-labelledby"]]
    assert by_id[root.attrib["aria-describedby"]]
    # Where parts can be followed they must be heard, which an image does not allow.
    assert root.attrib["role"] == "group"


@pytest.mark.parametrize(
    ("value", "inside"),
    [
        (7, "7"),
        (64483, "64\u202fk"),
        (173089, "173\u202fk"),
        (1_749_500, "1,7\u202fM"),
        (2.0e9, "2\u202f000\u202fM"),
    ],
)
def test_a_long_number_in_a_tile_is_shortened_and_not_cut(value: float, inside: str) -> None:
    picture = tiles({"42": value}, title="t")
    assert inside in said(picture)
    assert not [text for text in said(picture) if "…" in text]
    whole = f"{int(value):,}".replace(",", "\u202f")
    assert f"(42): {whole}" in "".join(titles(picture))


def test_a_node_is_drawn_under_its_short_name_and_told_under_its_whole_one() -> None:
    picture = network(
        [Node("a", "Contrat local de santé de Die", "k", "/a", "Die"), Node("b", "B")], [], title="t"
    )
    assert {"Die", "B"} <= set(said(picture))
    assert "Contrat local de santé de Die (k)" in titles(picture)
    assert not [text for text in said(picture) if text.startswith("Contrat")]


def test_a_picture_without_links_is_one_image() -> None:
    assert ET.fromstring(bars([Bar("a", 1)], title="t").svg).attrib["role"] == "img"


def test_the_same_values_give_the_same_bytes() -> None:
    assert [p.svg for p in drawn()] == [p.svg for p in drawn()]


def test_a_notebook_and_a_template_show_it() -> None:
    picture = bars([Bar("a", 1)], title="t")
    assert picture._repr_svg_() == picture.__html__() == str(picture) == picture.svg


def test_bars_write_every_value() -> None:
    picture = bars([Bar("Logement", 1234.5), Bar("Air", 0)], title="t", unit="contrats")
    assert said(picture) == ["Logement", "1\u202f234,5 contrats", "Air", "0 contrats"]
    assert "1,234.5" in said(bars([Bar("Air", 1234.5)], title="t", lang="en"))


def test_bars_are_as_long_as_their_values() -> None:
    root = ET.fromstring(bars([Bar("a", 4), Bar("b", 2), Bar("c", -1)], title="t").svg)
    widths = [float(e.attrib["width"]) for e in root.iter(SVG + "rect") if e.get("class") == "bar"]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    assert widths[1] == pytest.approx(2 * widths[2], rel=0.01)


def test_bars_say_how_many_they_leave_out() -> None:
    picture = bars([Bar(f"n{i}", i) for i in range(50)], title="t", limit=10)
    assert len(re.findall('class="bar"', picture.svg)) == 10
    assert said(picture)[-1] == "40 autres ne sont pas montrées"


@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_what_is_no_number_is_no_bar(wrong: float) -> None:
    assert said(bars([Bar("a", wrong)], title="t", lang="en")) == ["No value."]


def test_every_departement_has_one_tile() -> None:
    official = {place.code for place in codes().places.values() if place.level == "departement"}
    assert set(PLACES) == official
    assert len(set(PLACES.values())) == len(PLACES)


def test_zero_and_nothing_differ_and_both_are_said() -> None:
    picture = tiles({"26": 0, "07": 2}, title="t")
    assert "Drôme (26): 0" in titles(picture)
    assert "Ardèche (07): 2" in titles(picture)
    assert "Isère (38): pas de valeur" in titles(picture)
    assert "0" in said(picture)


def test_a_departement_that_is_given_no_name_has_its_official_one() -> None:
    drawn = tiles({"35": 1}, title="t", names={"35": "ICI"}).svg
    assert "ICI (35)" in drawn
    assert "Pas-de-Calais (62)" in drawn


def test_codes_without_a_tile_are_named() -> None:
    assert "Hors de la grille : 20, XX" in said(tiles({"20": 1, "XX": 2, "26": 1}, title="t"))


def test_a_grid_without_values_says_so() -> None:
    assert "No département has a value." in tiles({}, title="t", lang="en").svg


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_on_tiles_and_shapes_on_paper_can_be_seen() -> None:
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in SHADES)
    assert all(contrast(colour, PAPER) >= 3 for colour in COLOURS)


def test_linked_nodes_are_nearer_than_others() -> None:
    ring = [(f"n{i}", f"n{(i + 1) % 12}") for i in range(12)]
    places = layout([f"n{i}" for i in range(12)], ring)
    linked = [math.dist(places[a], places[b]) for a, b in ring]
    across = [math.dist(places[f"n{i}"], places[f"n{i + 6}"]) for i in range(6)]
    assert max(linked) < min(across)


def test_no_two_nodes_share_a_place() -> None:
    nodes = [f"n{i}" for i in range(150)]
    places = layout(nodes, [(f"n{i}", f"n{i // 5}") for i in range(1, 120)])
    assert set(places) == set(nodes)
    points = list(places.values())
    near = min(math.dist(points[i], points[j]) for i in range(150) for j in range(i))
    assert near > 0.05


def test_a_network_keeps_hubs_and_says_what_is_left_out() -> None:
    nodes = [Node(f"n{i}", f"Nom {i}", "organisme") for i in range(40)]
    links = [Link("n0", f"n{i}") for i in range(1, 40)]
    picture = network(nodes, links, title="t", limit=10, focus="n39")
    shown = [t for t in titles(picture) if t.startswith("Nom ")]
    assert len(shown) == 10
    assert {"Nom 0 (organisme)", "Nom 39 (organisme)"} <= set(shown)
    assert "30 nœuds parmi les moins liés ne sont pas montrés" in said(picture)


def test_in_a_crowd_only_the_first_names_cover_nodes() -> None:
    spots = {f"n{i:02}": (30.0 + 60 * (i % 6), 30.0 + 30 * (i // 6)) for i in range(30)}
    nodes = {node: (x - 8, y - 8, x + 8, y + 8) for node, (x, y) in spots.items()}
    told = {node: (f"Centre hospitalier {node}",) * 2 for node in nodes}
    found = beside(told, nodes, (420, 200), hubs=30)
    covering = [
        name.said
        for name in found
        for box in nodes.values()
        if name.box[0] < box[2] and box[0] < name.box[2] and name.box[1] < box[3] and box[1] < name.box[3]
    ]
    assert 8 < len(found) < 30
    assert 0 < len(set(covering)) <= 8


def test_a_name_stands_at_a_corner_of_its_node_where_its_sides_are_taken() -> None:
    nodes = {"a": (92.0, 92.0, 108.0, 108.0)}
    for i, (x, y) in enumerate([(124, 106), (76, 106), (100, 82), (100, 118)]):
        nodes[f"by{i}"] = (x - 7.0, y - 7.0, x + 7.0, y + 7.0)
    far = {f"first{i}": (400.0, 20.0 * i, 410.0, 20.0 * i + 10) for i in range(8)}
    names = dict.fromkeys((*far, "a"), ("Nom", "Nom"))
    found = beside(names, {**far, **nodes}, (600, 200), hubs=9)
    (own,) = (one for one in found if one.x < 300)
    assert own.base in (92.0, 108.0 + 11.5 - 2)


AGENCY = "Agence régionale de santé Auvergne-Rhône-Alpes"


def test_names_of_a_network_are_as_long_as_there_is_room_for() -> None:
    nodes = [Node("a", AGENCY, "organisme"), Node("b", "Ville de Die", "organisme")]
    links = [Link("a", "b")]
    assert AGENCY in said(network(nodes, links, title="t"))
    narrow = said(network(nodes, links, title="t", width=200))
    assert AGENCY not in narrow
    assert [name for name in narrow if name.startswith("Agence régionale") and name.endswith("…")]


def test_names_of_a_network_cover_no_other_and_leave_no_hub_out_for_their_length() -> None:
    # Two hubs and what is around them; names that begin alike, which are told in full where there is room.
    nodes = [
        Node(f"n{i:02}", f"Centre hospitalier intercommunal de la vallée {i:02}", "hôpital")
        for i in range(40)
    ]
    links = [Link(f"n0{i % 2}", f"n{i:02}") for i in range(1, 40)]
    root = ET.fromstring(network(nodes, links, title="t", width=960).svg)
    names = [e for e in root.iter(SVG + "text") if e.get("text-anchor") or "halo" in (e.get("class") or "")]
    assert {"n00", "n01"} <= {f"n{(e.text or '')[-2:]}" for e in names}
    assert len(names) > 20
    assert any((e.text or "").startswith("Centre hospitalier intercommunal") for e in names)
    (legend,) = (float(e.get("y", 0)) - 12 for e in root.iter(SVG + "text") if e.text == "hôpital")
    boxes = []
    for e in names:
        wide = width_of(e.text or "", 11.5)
        before = {"middle": 0.5, "end": 1.0}.get(e.get("text-anchor") or "", 0.0)
        left, base = float(e.get("x", 0)) - before * wide, float(e.get("y", 0))
        assert left >= 0
        assert left + wide <= 960
        assert base < legend, "no name is on the legend"
        boxes.append((left, left + wide, base))
    for i, (left, right, base) in enumerate(boxes):
        for other_left, other_right, other_base in boxes[:i]:
            assert right <= other_left + 0.2 or other_right <= left + 0.2 or abs(base - other_base) > 11


def test_a_network_of_too_many_links_draws_the_strongest_and_says_so() -> None:
    nodes = [Node(f"n{i:02}", f"Nom {i}") for i in range(80)]
    links = [Link(f"n{i:02}", f"n{j:02}", 1 + (i == 0)) for i in range(79) for j in range(i + 1, 79)]
    links.append(Link("n78", "n79", 0.5))
    picture = network(nodes, links, title="t", lang="en")
    lines = list(ET.fromstring(picture.svg).iter(SVG + "path"))
    drawn = sum(line.get("d", "").count("M") for line in lines)
    # The weakest link of all is the only one of its node.
    assert drawn == LINKS + 1
    assert f"{len(links) - drawn} of the weakest links are not shown" in said(picture)
    assert sum(e.get("d", "").count("M") for e in lines if e.get("stroke-width") == "2") == 78


def test_kinds_differ_by_shape_too() -> None:
    nodes = [Node("a", "A", "contrat"), Node("b", "B", "organisme"), Node("c", "C", "personne")]
    root = ET.fromstring(network(nodes, [Link("a", "b"), Link("b", "c")], title="t").svg)
    shapes = [
        (e.tag, len(e.get("points", "").split())) for e in root.iter() if "kind-" in (e.get("class") or "")
    ]
    # Each once in the picture and once in the legend.
    assert sorted(shapes[:3]) == sorted(shapes[3:])
    assert len(set(shapes)) == 3


def test_links_to_unknown_nodes_are_no_links() -> None:
    picture = network([Node("a", "A")], [Link("a", "nobody"), Link("a", "a")], title="t", lang="en")
    assert "Nodes: 1; links: 0" in picture.svg
