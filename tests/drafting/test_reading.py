"""Files as people have them: text, saved pages, PDFs, and those that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cls_graph.drafting import read_bytes, read_source
from cls_graph.drafting.quotes import Quoter
from cls_graph.drafting.retelling import Retold
from cls_graph.errors import SourcesError
from cls_graph.records.registry import Registry
from tests.drafting.conftest import Read

PAGE = """<!DOCTYPE html><html><head><title>CLS</title>
<script>var a = "signé par la CAF";</script></head><body>
<nav><ul><li>Accueil</li><li>La CAF signe</li></ul></nav>
<main><h1>Le contrat local de sant&eacute; de Pau</h1>
<p>Le contrat a été signé par la <strong>Ville de Pau</strong>
et l'ARS Nouvelle-Aquitaine.</p>
<p>Trois axes&nbsp;:</p><ul><li>soins<ul><li>ouvrir</li></ul></li><li>air</li><li>eau</li></ul>
<ol><li>un</li><li>deux</li></ol></main><footer>Mentions</footer></body></html>"""


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with a text layer, by hand."""
    text = b"".join(b"(" + line.encode("cp1252") + b") Tj T* " for line in lines)
    stream = b"BT /F1 12 Tf 50 750 Td 16 TL " + text + b"ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
        b" /Encoding /WinAnsiEncoding >> >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def test_a_page_is_read_without_its_menus_and_scripts() -> None:
    source = read_bytes("page.html", PAGE.encode())
    assert source.form == "html"
    assert source.text == (
        "Le contrat local de santé de Pau\n\nLe contrat a été signé par la Ville de Pau et "
        "l'ARS Nouvelle-Aquitaine."
        "\n\nTrois axes\xa0:\n\n  • soins\n    • ouvrir\n  • air\n  • eau\n  1. un\n  2. deux\n"
    )
    assert source.digest != source.file_digest


def test_a_pdf_with_a_text_layer_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cls.pdf"
    path.write_bytes(pdf(["Contrat local de santé de Pau", "Signé par la Ville de Pau et la CAF."]))
    source = read_source(path)
    assert source.form == "pdf"
    assert "Signé par la Ville de Pau et la CAF." in source.text


def test_a_text_is_read_as_it_is_with_its_line_ends() -> None:
    source = read_bytes("a.txt", "Été\r\n2024 🎉".encode())
    assert (source.text, source.digest) == ("Été\r\n2024 🎉", source.file_digest)
    assert read_bytes("a.txt", "Été".encode("cp1252")).text == "Été"


def test_two_columns_are_read_one_after_the_other_and_a_table_row_by_row() -> None:
    columns = (
        "Le contrat local de santé a été    Les signataires\n"
        "signé le 9 mars 2023 par deux      • Ville de Pau\n"
        "institutions de la ville.          • ARS\n"
    )
    read = read_bytes("a.txt", columns.encode())
    assert read.text.split() == (
        "Le contrat local de santé a été signé le 9 mars 2023 par deux institutions de la ville. "
        "Les signataires • Ville de Pau • ARS"
    ).split()  # fmt: skip
    assert read.digest != read.file_digest
    table = "Territoire de santé   Pau\nDate de signature     2023\nPorteur               Ville\n"
    assert read_bytes("a.txt", table.encode()).text == table


def test_a_row_of_a_table_of_a_page_is_a_line() -> None:
    page = "<html><table><tr><th>N°</th><th>Axe</th></tr><tr><td>1</td><td>Soins</td></tr></table></html>"
    assert read_bytes("a.html", page.encode()).text.split("\n")[:2] == ["N° | Axe", "1 | Soins"]


def test_a_word_cut_at_the_end_of_a_line_is_joined_and_a_compound_keeps_its_dash() -> None:
    text = (
        "Contrat local de santé de Pau\n\nAxe 1 : la préven-\ntion\n"
        "Axe 2 : la santé-\nenvironnement, l'environnement"
    )
    read = read_bytes("a.txt", text.encode())
    quotes = Quoter(read, Retold(read.text), Registry())
    assert quotes.text(text.index("la préven"), text.index("\nAxe 2")) == "la prévention"
    assert quotes.text(text.index("la santé-"), text.index(", l'env")) == "la santé-environnement"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", pdf([]), "sans couche de texte"),
        ("a.pdf", b"%PDF-1.4\nrien", "abîmé"),
        ("a.bin", b"\x00\x01\x02", "n'est pas un texte"),
        ("a.pdf", bytes(range(256)) * 8, "porte le nom d'un PDF et n'en est pas un"),
        ("a.PDF", b"\xff\x81", "porte le nom d'un PDF et n'en est pas un"),
        ("a.pdf", b"PK\x03\x04...", "enregistrez-le en PDF ou en texte"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1", "ancien document de bureautique"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "reconnaissance de caractères"),
        ("a.txt", "Pau".encode("utf-16"), "UTF-16 : enregistrez-le en UTF-8"),
        ("a.txt", "Contrat local".encode("utf-16-le"), "UTF-16 : enregistrez-le en UTF-8"),
        ("a.txt", "Contrat local".encode("utf-16-be"), "UTF-16 : enregistrez-le en UTF-8"),
        ("a.txt", b"  \n", "ne contient aucun texte"),
        ("a.txt", b"\xff\x81", "UTF-8"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, words: str) -> None:
    with pytest.raises(SourcesError) as caught:
        read_bytes(name, data)
    assert words in caught.value.detail["fr"]
    assert caught.value.detail["en"] != caught.value.detail["fr"]


def test_a_page_or_a_text_that_is_called_a_pdf_is_read_for_what_it_is() -> None:
    page = read_bytes("a.pdf", PAGE.replace("é", "&eacute;").encode())
    assert (page.form, page.title) == ("html", "Le contrat local de santé de Pau")
    assert read_bytes("a.pdf", "Contrat signé".encode()).form == "text"


def test_letters_that_were_read_in_another_encoding_are_told(reads: Callable[[str], Read]) -> None:
    text = (
        "La Ville de Pau, l'Agence régionale de santé et la CPAM ont signé le contrat local de santé de Pau."
    )
    damaged = reads(text.encode().decode("cp1252"))
    assert "« rÃ©gionale » pour « régionale »" in damaged.doubts()
    assert "UTF-8 lu comme du Windows-1252" in damaged.doubts()
    assert "abîmées" not in reads(text).doubts()


def test_a_district_of_a_town_is_said_to_have_no_code_of_its_own(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Le contrat local de santé du 18e arrondissement de Paris a été signé le 4 juin 2023 par la Ville de "
        "Paris et l'ARS Île-de-France."
    )
    assert "« 18e arrondissement de Paris » est une partie d'une commune" in read.doubts()
    assert "commune/75056 (Paris, 75)" in read.doubts()
    assert "n'est pas dans les codes officiels" not in read.doubts()
