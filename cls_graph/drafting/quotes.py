"""Quotes of a draft: the words, their position, and enough around them where they occur several times."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from cls_graph.drafting.layout import fold
from cls_graph.drafting.reading import Source
from cls_graph.drafting.retelling import Retold
from cls_graph.records.registry import Registry

LONGEST = 120
CUT = re.compile(r"(?<!\w)(\w++)-[ \t]*+\r?\n[ \t]*+([^\W\d]\w*)")
AROUND = 16


class Quoter:
    """Makes evidence for spans of what the rules read. ``key``: of the registry, or from the name."""

    def __init__(self, source: Source, retold: Retold, registry: Registry) -> None:
        self.read, self.retold, self.digest = source, retold, source.digest
        by_digest = {d.sha256: k for k, d in registry.documents.items() if d.sha256}
        self.known = source.digest in by_digest
        stem = re.sub(r"[^a-z0-9]+", "-", fold(source.name.rsplit(".", 1)[0]).replace("œ", "oe")).strip("-")
        self.key = by_digest.get(source.digest, stem or "document")

    def text(self, start: int, end: int) -> str:
        """The words of a span on one line, as a record writes a name; a word cut in two is joined.

        Accents are part of their letters there, however the text has them: names are compared.
        """
        words = CUT.sub(self._joined, self.read.text[slice(*self.retold.back(start, end))])
        words = unicodedata.normalize("NFC", words.replace("**", ""))  # bold is no part of a name
        return re.sub(r"\s+", " ", words).strip()

    def _joined(self, cut: re.Match[str]) -> str:
        """A word cut at the end of a line; the dash stays where the text knows both halves as words."""
        left, right = (rf"(?<![\w-]){re.escape(half)}(?![\w-])" for half in cut.groups())
        known = re.search(left, self.read.text, re.IGNORECASE) and re.search(
            right, self.read.text, re.IGNORECASE
        )
        return f"{cut.group(1)}{'-' if known else ''}{cut.group(2)}"

    def quote(self, start: int, end: int, *, title: bool = False) -> dict[str, Any]:
        """The evidence for a span: cut at 120 characters unless it is the title of something."""
        source = self.read.text
        start, end = self.retold.back(start, end)
        while start < end and source[start].isspace():
            start += 1
        while end > start and source[end - 1].isspace():
            end -= 1
        if not title and end - start > LONGEST:
            end = start + LONGEST
            while end > start and not source[end].isspace():
                end -= 1
            end = end if end > start else start + LONGEST
        words = source[start:end]
        made: dict[str, Any] = {"document": self.key, "quote": words, "start": start, "end": end}
        if source.count(words) > 1:
            if prefix := source[max(0, start - AROUND) : start]:
                made["prefix"] = prefix
            if suffix := source[end : end + AROUND]:
                made["suffix"] = suffix
        return made

    def source(self) -> dict[str, Any]:
        """What was read, against which positions are counted."""
        made = {
            "document": self.key,
            "form": self.read.form,
            "sha256": self.digest,
            "characters": len(self.read.text),
        }
        return made | ({"file_sha256": self.read.file_digest} if self.read.file_digest != self.digest else {})
