"""What follows from the stated facts, by rule, kept in graphs of its own; and why it follows.

What reads a corpus is in ``loading``, not imported here: a store that explains its facts needs no records.
"""

from cls_graph.entailment.compiling import compile_rules, turtle
from cls_graph.entailment.rule import Rule, read_rules

__all__ = ["Rule", "compile_rules", "read_rules", "turtle"]
