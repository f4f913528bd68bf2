"""Stores: the only package, with the query workers, that knows an engine."""

from cls_graph.store.base import Results, Row, Store, Term
from cls_graph.store.embedded import ENGINE, EmbeddedStore
from cls_graph.store.tokens import Scan, scan

__all__ = ["ENGINE", "EmbeddedStore", "Results", "Row", "Scan", "Store", "Term", "scan"]
