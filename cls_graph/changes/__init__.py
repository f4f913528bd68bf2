"""What changed between two releases, or between a release and a corpus, in words of the domain."""

from cls_graph.changes.comparing import Comparison, compare
from cls_graph.changes.patch import apply_patch, write_patch
from cls_graph.changes.states import State, read_state

__all__ = ["Comparison", "State", "apply_patch", "compare", "read_state", "write_patch"]
