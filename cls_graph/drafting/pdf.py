"""Reads the text layer of a PDF, in a process of its own with bounds on what a file made to harm can cost."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import unicodedata
from importlib import resources
from typing import Any

from cls_graph.drafting import bounds
from cls_graph.drafting.printed import Sheet, text_of
from cls_graph.drafting.typeset import Letters
from cls_graph.errors import SourcesError

ENOUGH = bounds.LONGEST + bounds.LONGEST // 4
"""Characters of pages after which no other is taken: those that are read, and running heads."""
MEMORY = 1024
"""Mebibytes that reading a PDF may take."""
LIGATURE = re.compile("[\ufb00-\ufb06]")
"""Letters that a PDF joins in one sign: "déﬁs"."""


def pdf_text(name: str, data: bytes) -> tuple[str, tuple[int, ...]]:
    """The text of a PDF, to the page with which it passes ``ENOUGH`` characters, and its pages without text.

    Raises ``SourcesError`` where it is damaged or protected, has no text layer, or asks for too much work.
    """
    pages = _pages(name, data)
    text = text_of([_sheet(page) for page in pages])
    if not text.strip():
        raise SourcesError(
            f"{name} est un PDF sans couche de texte (une image ?) : passez-le à la "
            f"reconnaissance de caractères.",
            f"{name} is a PDF without a text layer (a scan?): run character recognition on it first.",
        )
    text = LIGATURE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    pictures = tuple(at for at, page in enumerate(pages, 1) if page["picture"] and not page["pieces"])
    return unicodedata.normalize("NFC", text), pictures


def _sheet(page: dict[str, Any]) -> Sheet:
    pieces = [Letters(*piece) for piece in page["pieces"]]
    return Sheet(page["size"][1], pieces, [(left, right, middle) for left, right, middle in page["dots"]])


def _pages(name: str, data: bytes) -> list[dict[str, Any]]:
    """The pages with their pieces, as the process writes them."""
    with resources.as_file(resources.files("cls_graph.drafting") / "glyphs.py") as program:
        told = [str(part) for part in (ENOUGH, bounds.SECONDS, MEMORY)]
        try:
            done = subprocess.run(
                [sys.executable, "-P", str(program), *told],
                input=data,
                capture_output=True,
                timeout=3 * bounds.SECONDS + 10,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise bounds.too_much(
                name, f"plus de {bounds.SECONDS:g} s", f"over {bounds.SECONDS:g} s"
            ) from None
    if done.returncode == -getattr(signal, "SIGPROF", 0):
        raise bounds.too_much(name, f"plus de {bounds.SECONDS:g} s", f"over {bounds.SECONDS:g} s")
    if done.returncode:
        raise bounds.too_much(name, "une page trop chargée", "a page that holds too much")
    pages: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    if any(page.get("error") == "password" for page in pages):
        raise SourcesError(f"{name} est protégé par un mot de passe.", f"{name} is protected by a password.")
    if not pages or any("error" in page for page in pages):
        raise SourcesError(
            f"{name} est un PDF abîmé, dont aucune page n'est lisible : téléchargez-le à nouveau, ou "
            f"imprimez-le en PDF depuis le programme qui l'ouvre.",
            f"{name} is a damaged PDF, of which no page can be read: download it again, or print it as PDF "
            f"from the program that opens it.",
        )
    return pages
