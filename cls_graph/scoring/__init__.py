"""A scorecard of conformance and safety of any SPARQL endpoint, over HTTP alone."""

from cls_graph.scoring.running import Options, Scorecard, score

__all__ = ["Options", "Scorecard", "score"]
