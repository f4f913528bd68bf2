"""What follows from the stated facts, kept in graphs of its own."""

from cls_graph.entailment.shortcuts import SHORTCUTS, Shortcut, compute

__all__ = ["SHORTCUTS", "Shortcut", "compute"]
