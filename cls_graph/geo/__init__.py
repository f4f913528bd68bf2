"""The official codes of French territories: communes, groups of communes, départements, regions."""

from cls_graph.geo.codes import Codes, Place, codes
from cls_graph.geo.names import fold_name

__all__ = ["Codes", "Place", "codes", "fold_name"]
