"""Pictures of results, as SVG that stands alone: bars, a tile grid of the départements, a network.

No script, no style sheet, no clock and no chance: the same values give the same bytes. Each carries a
title and a description, and writes its values as text, so that no meaning is in a colour alone. Colours
are presentation attributes, which a page may override by the classes of the elements.
"""

from cls_graph.pictures.bars import Bar, bars
from cls_graph.pictures.network import Link, Node, legend, network
from cls_graph.pictures.svg import Picture
from cls_graph.pictures.tiles import tiles

__all__ = ["Bar", "Link", "Node", "Picture", "bars", "legend", "network", "tiles"]
