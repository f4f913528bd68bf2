"""Reads the text layer of a PDF, with bounds on what a file made to harm can cost."""

from __future__ import annotations

import io
import logging
import re
import unicodedata

from cls_graph.drafting.bounds import LONGEST, too_much
from cls_graph.drafting.columns import without_running_heads
from cls_graph.errors import SourcesError

ENOUGH = LONGEST + LONGEST // 4
"""Characters of pages after which no other is taken: ``LONGEST`` and more without their running heads."""
CONTENT = 8 << 20
"""Bytes that the description of a page may unpack to: a page of text has a thousandth of it."""
STEPS = 500_000
"""Operators and operands of one such description."""
FORMS = 500
"""Drawings that a page may repeat."""
LIGATURE = re.compile("[\ufb00-\ufb06]")
"""Letters that a PDF joins in one sign: "déﬁs"."""


def pdf_text(name: str, data: bytes) -> str:
    """The text of a PDF, to the page with which it passes ``ENOUGH`` characters.

    Raises ``SourcesError`` where it is damaged or protected, has no text layer, or asks for too much work.
    """
    from pypdf import Configuration, PdfReader, apply_configuration
    from pypdf.errors import LimitReachedError, PyPdfError

    from cls_graph.drafting.printed import texts_of

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    lengths = ("zlib", "lzw", "run_length", "array_based_stream", "brotli")
    limits = {f"{kind}_maximum_output_length": CONTENT for kind in lengths}
    limits |= {"stream_parsing_work_maximum_count": STEPS, "xform_maximum_invocations_per_extraction": FORMS}
    try:
        with apply_configuration(Configuration().with_overwrites(**limits)):
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise SourcesError(
                    f"{name} est protégé par un mot de passe.", f"{name} is protected by a password."
                )
            text = without_running_heads(texts_of(reader.pages, ENOUGH))
    except SourcesError:
        raise
    except LimitReachedError:
        raise too_much(name, "une page trop chargée", "a page that holds too much") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise SourcesError(
            f"{name} est un PDF abîmé : {error}.", f"{name} is a damaged PDF: {error}."
        ) from None
    if not text.strip():
        raise SourcesError(
            f"{name} est un PDF sans couche de texte (une image ?) : passez-le à la "
            f"reconnaissance de caractères.",
            f"{name} is a PDF without a text layer (a scan?): run character recognition on it first.",
        )
    return LIGATURE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text.replace("\x00", ""))
