"""What follows from the stated facts, by rule, kept in graphs of its own; and why it follows."""

from cls_graph.entailment.compiling import compile_rules, turtle
from cls_graph.entailment.loading import entail, rules_of
from cls_graph.entailment.rule import Rule, read_rules

__all__ = ["Rule", "compile_rules", "entail", "read_rules", "rules_of", "turtle"]
