"""Contract records: YAML read with its places, checked, and mapped to RDF and back."""

from cls_graph.records.from_graph import canonical, from_graph
from cls_graph.records.iris import Iris
from cls_graph.records.model import Record
from cls_graph.records.reader import Read, read_model
from cls_graph.records.to_graph import to_graph

__all__ = ["Iris", "Read", "Record", "canonical", "from_graph", "read_model", "to_graph"]
