"""Releases: composed, digested, written whole, and kept."""

from cls_graph.release.build import build, write_release
from cls_graph.release.cache import cache_folder, ensure_release
from cls_graph.release.compose import compose

__all__ = ["build", "cache_folder", "compose", "ensure_release", "write_release"]
