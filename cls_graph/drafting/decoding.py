"""The characters of a file that is no PDF, or what it is instead of a text, in words."""

from __future__ import annotations

import codecs
import re

from cls_graph.errors import SourcesError, Text

_SAVE: Text = {
    "fr": "ouvrez-le dans son programme et enregistrez-le en PDF ou en texte (UTF-8)",
    "en": "open it in its program and save it as PDF or as text (UTF-8)",
}
_SCAN: Text = {
    "fr": "passez-la à la reconnaissance de caractères, puis donnez le texte ou le PDF obtenu",
    "en": "run character recognition on it, then give the text or the PDF that comes out",
}
_UTF16: Text = {
    "fr": "enregistrez-le en UTF-8",
    "en": "save it as UTF-8",
}
_KINDS: tuple[tuple[bytes, Text, Text], ...] = (
    (
        b"PK\x03\x04",
        {"fr": "un document de bureautique ou une archive", "en": "an office document or an archive"},
        _SAVE,
    ),
    (b"\xd0\xcf\x11\xe0", {"fr": "un ancien document de bureautique", "en": "an old office document"}, _SAVE),
    (b"{\\rtf", {"fr": "un document RTF", "en": "an RTF document"}, _SAVE),
    (b"\x89PNG", {"fr": "une image", "en": "a picture"}, _SCAN),
    (b"\xff\xd8\xff", {"fr": "une image", "en": "a picture"}, _SCAN),
    (b"GIF8", {"fr": "une image", "en": "a picture"}, _SCAN),
    (b"II*\x00", {"fr": "une image", "en": "a picture"}, _SCAN),
    (b"MM\x00*", {"fr": "une image", "en": "a picture"}, _SCAN),
    (codecs.BOM_UTF16_LE, {"fr": "un texte en UTF-16", "en": "a text in UTF-16"}, _UTF16),
    (codecs.BOM_UTF16_BE, {"fr": "un texte en UTF-16", "en": "a text in UTF-16"}, _UTF16),
)
"""The bytes that a file of another kind begins with, what it is, and what helps."""


def decoded(name: str, data: bytes, *, called_pdf: bool = False) -> str:
    """The characters of a file: UTF-8, else Windows-1252. Line ends stay, positions count characters.

    ``called_pdf``: its name says that it is a PDF. Raises ``SourcesError`` where it is no text.
    """
    head = codecs.BOM_UTF16_LE if _two_bytes_each(data) else data
    for begin, what, help_ in _KINDS:
        if head.startswith(begin):
            raise SourcesError(
                f"{name} n'est pas un texte mais {what['fr']} : {help_['fr']}.",
                f"{name} is not a text but {what['en']}: {help_['en']}.",
            )
    try:
        if b"\x00" not in data:
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if called_pdf:
        raise SourcesError(
            f"{name} porte le nom d'un PDF et n'en est pas un (« %PDF » manque au début) : le fichier est "
            "abîmé ou autre chose. Téléchargez-le à nouveau, ou vérifiez ce que c'est.",
            f"{name} is called a PDF and is none ('%PDF' is missing at its beginning): it is damaged or "
            "something else. Download it again, or look what it is.",
        )
    if b"\x00" in data:
        raise SourcesError(
            f"{name} n'est pas un texte (octet nul). Formats lus : texte, HTML, PDF.",
            f"{name} is not a text (NUL byte). Formats read: text, HTML, PDF.",
        )
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise SourcesError(
            f"{name} n'est ni en UTF-8 ni en Windows-1252 (octet {error.start}) : enregistrez-le en UTF-8.",
            f"{name} is neither UTF-8 nor Windows-1252 (byte {error.start}): save it as UTF-8.",
        ) from None


MISREAD = re.compile(r"(?:[ÂÃÅâ][\u0080-\u00bf€™œžŸš“”‘’…‹›¢¬‚ƒ„†‡ˆ‰Š]{1,30}[^\WÂÃÅâ]{0,30}){1,10}")
"""A word from its first misread letter on."""
BEFORE = 30
"""Letters before it that are shown."""
FEW = 3
"""Words that look misread, of a text that is; fewer may be a slip."""


def misread(text: str) -> tuple[str, str] | None:
    """A word of a text in UTF-8 that was read as Windows-1252 and saved so, and what it was; else None.

    >>> misread("l'Agence rÃ©gionale de santÃ© et la DrÃ´me")
    ('rÃ©gionale', 'régionale')
    """
    found = []
    for match in MISREAD.finditer(text[:100_000]):
        start = match.start()
        while start > max(0, match.start() - BEFORE) and (
            text[start - 1].isalnum() or text[start - 1] == "_"
        ):
            start -= 1
        word = text[start : match.end()]
        try:
            found.append((word, word.encode("cp1252").decode("utf-8")))
        except UnicodeError:
            continue
        if len(found) == FEW:
            return found[0]
    return None


def _two_bytes_each(data: bytes) -> bool:
    """Whether a text is UTF-16 that does not say so: one byte of each two is nearly always zero."""
    first = data[:2000]
    zeros = max(first[::2].count(0), first[1::2].count(0))
    return len(first) >= 8 and zeros > 0.8 * (len(first) // 2) and first.count(0) == zeros
