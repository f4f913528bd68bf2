"""Schema, references, evidence coverage and SHACL, as findings that say where and how to mend."""

from cls_graph.checking.run import Checked, check

__all__ = ["Checked", "check"]
