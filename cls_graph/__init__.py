"""cls-graph: the open knowledge graph of the French local health contracts (contrats locaux de santé)."""

__version__ = "0.1.0"

__all__ = ["__version__"]
