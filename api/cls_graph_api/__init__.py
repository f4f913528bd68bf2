"""The HTTP service: protocol, linked data and pages, over ``cls_graph.service``."""

from cls_graph_api.app import create_app

__all__ = ["create_app"]
