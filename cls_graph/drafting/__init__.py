"""From a press release, a page or a PDF to draft records: rules over the text, offline, deterministic."""

from cls_graph.drafting.assembly import draft
from cls_graph.drafting.outcome import Draft
from cls_graph.drafting.reading import Source, read_bytes, read_source

__all__ = ["Draft", "Source", "draft", "read_bytes", "read_source"]
