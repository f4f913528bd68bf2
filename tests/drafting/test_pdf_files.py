"""PDFs as offices have them: protected, scanned, damaged, with forms, turned; read from the command line."""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path

import pytest

from benchmarks.printed import pdf, shown, written
from cls_graph.cli import main
from cls_graph.corpus import Corpus
from cls_graph.drafting import draft, read_bytes
from cls_graph.errors import SourcesError

TEXT = (
    "Contrat local de santé de Pau\n\nLe contrat a été signé le 9 mars 2023 par la Ville de Pau et la CPAM."
)
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, data: bytes) -> bytes:
    state, at, out = list(range(256)), 0, bytearray()
    for i in range(256):
        at = (at + state[i] + key[i % len(key)]) % 256
        state[i], state[at] = state[at], state[i]
    i = at = 0
    for byte in data:
        i = (i + 1) % 256
        at = (at + state[i]) % 256
        state[i], state[at] = state[at], state[i]
        out.append(byte ^ state[(state[i] + state[at]) % 256])
    return bytes(out)


def protected(password: bytes) -> bytes:
    """A PDF that asks for a password before it is opened (40 bits, as the first programs did)."""
    user = (password + PAD)[:32]
    owner = rc4(hashlib.md5(user).digest()[:5], user)
    key = hashlib.md5(user + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + b"0" * 16).digest()[:5]
    entry = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<%s> <%s>]" % (
        owner.hex().encode(), rc4(key, PAD).hex().encode(), *[(b"0" * 16).hex().encode()] * 2
    )  # fmt: skip
    return pdf(TEXT).replace(b"/Root 1 0 R", b"/Root 1 0 R " + entry)


def scanned(pages: int) -> bytes:
    """Pages that are a picture each, after one of text."""
    image = zlib.compress(b"\x80" * 10_000)
    draw = b"q 500 0 0 700 40 60 cm BI /W 100 /H 100 /CS /G /BPC 8 /F /Fl ID " + image + b"\nEI Q"
    return written([shown(TEXT.replace("\n", " "), 8, 40, 700), *[draw] * pages])


def test_a_password_is_asked_for_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cls.pdf"
    path.write_bytes(protected(b"secret"))
    assert main(["--lang", "fr", "draft", str(path)]) == 2
    assert "cls.pdf est protégé par un mot de passe" in capsys.readouterr().err
    assert "Contrat" in read_bytes("a.pdf", pdf(TEXT)).text


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 3],
        lambda data: b"%PDF-1.7\n" + b"\x00" * 5_000,
        lambda data: b"%PDF-",
    ],
)
def test_a_damaged_file_is_told_of(damage) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourcesError) as caught:
        read_bytes("a.pdf", damage(pdf(TEXT)))
    assert "abîmé" in caught.value.detail["fr"]
    assert "damaged" in caught.value.detail["en"]


def test_a_file_whose_end_is_lost_is_read_where_it_can_be() -> None:
    whole = pdf(TEXT)
    assert read_bytes("a.pdf", whole[: whole.rindex(b"startxref")]).text == read_bytes("a.pdf", whole).text
    assert read_bytes("a.pdf", b"\r\n junk \r\n" + whole).form == "pdf"


def test_pages_that_are_pictures_are_told_of_and_a_scan_is_refused(bundle: Corpus) -> None:
    drafts = draft(read_bytes("a.pdf", scanned(2)), bundle)
    said = " ".join(doubt["fr"] for doubt in drafts[0].doubts)
    assert "images sans texte" in said
    assert "(2, 3)" in said
    with pytest.raises(SourcesError) as caught:
        read_bytes("a.pdf", written([b"q 500 0 0 700 40 60 cm Q"]))
    assert "sans couche de texte" in caught.value.detail["fr"]


def test_what_fields_of_a_form_hold_is_read() -> None:
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (ville) /V (Ville de Pau) /F 4 /Rect [200 690 400 710]"
        b" /DA (/F1 10 Tf) /AP << /N 7 0 R >> >>"
    )
    drawn = b"BT /F1 10 Tf 2 4 Td (Ville de Pau) Tj ET"
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 3 0 R >> >>"
        b" /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    )
    data = written([shown("Signataire du contrat :", 10, 50, 694)])
    data = data.replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>")
    data = data.replace(b"/Parent 2 0 R", b"/Parent 2 0 R /Annots [6 0 R]")
    extra = b"6 0 obj\n%s\nendobj\n7 0 obj\n%s\nendobj\n" % (field, form)
    data = data[: data.rindex(b"\nxref\n") + 1] + extra + b"trailer << /Root 1 0 R >>\n%%EOF\n"
    assert "Ville de Pau" in read_bytes("a.pdf", data).text


def test_a_page_that_is_shown_turned_is_read_along_its_lines() -> None:
    lines = ["Le contrat local de santé", "a été signé par la Ville"]
    turned = b"\n".join(
        b"BT /F1 10 Tf 0 1 -1 0 %d 100 Tm (%s) Tj ET" % (200 + 14 * at, line.encode("cp1252"))
        for at, line in enumerate(lines)
    )
    data = written([turned]).replace(b"/Parent 2 0 R", b"/Rotate 90 /Parent 2 0 R")
    assert read_bytes("a.pdf", data).text == " ".join(lines) + "\n"


def test_positions_are_those_of_the_text_that_is_written(tmp_path: Path) -> None:
    source, out, text = tmp_path / "cls.pdf", tmp_path / "d.json", tmp_path / "cls.txt"
    words = TEXT.replace(
        "la Ville de Pau", "la Ville de Pau, l'Agence régionale de santé Nouvelle-Aquitaine, ".strip()
    )
    source.write_bytes(pdf(words, width=40))
    assert main(["draft", str(source), "--json", "--out", str(out), "--text", str(text)]) == 0
    record, told = json.loads(out.read_text(encoding="utf-8")), text.read_text(encoding="utf-8")
    assert record["source"]["sha256"] == hashlib.sha256(told.encode()).hexdigest()
    quotes = []

    def gather(node: object) -> None:
        if isinstance(node, dict):
            if "quote" in node and "start" in node:
                quotes.append(node)
            for value in node.values():
                gather(value)
        elif isinstance(node, list):
            for value in node:
                gather(value)

    gather(record)
    assert len(quotes) > 2
    assert all(told[q["start"] : q["end"]] == q["quote"] for q in quotes)
