"""Texts made to harm: they cost a bounded time and memory, and are told of."""

from __future__ import annotations

import time
import zlib
from dataclasses import replace

import pytest

from cls_graph.corpus import Corpus
from cls_graph.drafting import bounds, draft, pdf, read_bytes
from cls_graph.drafting.decoding import misread
from cls_graph.drafting.foreign import of_another
from cls_graph.drafting.layout import Page, fold
from cls_graph.drafting.matching import Matcher
from cls_graph.drafting.mentions import find_mentions
from cls_graph.drafting.places import Context
from cls_graph.errors import SourcesError

WORDS = b"BT /F1 12 Tf 50 750 Td 16 TL (Contrat local de sante) Tj T* ET\n"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >> "
HEAD = "Le contrat local de santé de Pau a été signé le 9 mars 2023. "


def packed(*streams: tuple[bytes, bytes], pages: int = 1, contents: bytes = b"4 0 R") -> bytes:
    """A PDF whose pages all have the same description: objects 4, 5 … are the streams, each packed."""
    first = 4 + len(streams)
    kids = b" ".join(b"%d 0 R" % (first + n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for head, content in streams:
        data = zlib.compress(content, 9)
        objects.append(b"<< %s/Filter /FlateDecode /Length %d >>\nstream\n" % (head, len(data)) + data)
        objects[-1] += b"\nendstream"
    objects += pages * [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %s"
        b" /Resources << /Font << /F1 3 0 R >> /XObject << /X 5 0 R >> >> >>" % contents
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start, count = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


BOMBS = {
    "drawings of drawings": packed(
        (b"", WORDS + b"/X Do " * 400),
        (FORM.replace(b"5 0 R", b"6 0 R"), b"/X Do " * 400),
        (FORM.replace(b"5 0 R", b"7 0 R"), b"/X Do " * 400),
        (FORM, WORDS * 50),
    ),
    "letters": packed((b"", b"BT /F1 12 Tf " + b"(Contrat local) Tj " * 700_000 + b"ET")),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_pdf_that_asks_for_far_too_much_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.5)
    monkeypatch.setattr(pdf, "MEMORY", 512)
    assert len(BOMBS[name]) < 100_000
    begun = time.monotonic()
    with pytest.raises(SourcesError) as caught:
        read_bytes("a.pdf", BOMBS[name])
    assert "far more work than a contract" in caught.value.detail["en"]
    assert "bien plus de travail" in caught.value.detail["fr"]
    assert time.monotonic() - begun < 60


def test_of_very_many_pages_those_are_read_that_a_contract_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "ENOUGH", 20_000)
    page = b"BT /F1 12 Tf 50 700 Td 16 TL " + b"(Contrat local de sante. ) Tj T* " * 35 + b"ET"
    assert 18_000 < len(read_bytes("a.pdf", packed((b"", page), pages=500)).text) < 25_000


def test_lines_that_go_on_over_very_many_pages_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 5)
    line = b"(le contrat local de sante engage la ville et ses partenaires pour la sante de tous et) Tj T* "
    page = b"BT /F1 10 Tf 50 750 Td 12 TL " + line * 45 + b"ET"
    text = read_bytes("a.pdf", packed((b"", page), pages=90)).text
    assert "tous et le contrat" in text
    assert len(text) > 250_000


DRAWN_AGAIN = packed((b"", WORDS + b"/X Do " * 400), (FORM, b"%" + b"a" * 1_000_000))
UNCLOSED = ("<html><body><p>Contrat" + "<!--" * 200_000).encode()


@pytest.mark.parametrize(("name", "data"), [("a.pdf", DRAWN_AGAIN), ("a.html", UNCLOSED)])
def test_what_takes_far_longer_than_a_contract_is_given_up(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.2)
    begun = time.process_time()
    with pytest.raises(SourcesError) as caught:
        read_bytes(name, data)
    assert "over 0.2 s" in caught.value.detail["en"]
    assert time.process_time() - begun < 20 * bounds.SECONDS


@pytest.mark.slow
def test_a_draft_that_takes_too_long_is_given_up_and_the_next_is_not(
    monkeypatch: pytest.MonkeyPatch, bundle: Corpus
) -> None:
    short = read_bytes("b.txt", HEAD.encode())
    read = read_bytes("a.txt", (HEAD + "Axe 1 : la santé pour la Ville de Pau.\n" * 500).encode())
    with monkeypatch.context() as patched:
        patched.setattr(bounds, "SECONDS", 0.1)
        with pytest.raises(SourcesError, match=r"a\.txt"):
            draft(read, bundle)
    assert draft(short, bundle)[0].record["contract"]


@pytest.mark.slow
@pytest.mark.parametrize("repeated", [".", "• a\n", "2024-2028 ", "Y, ", "A-"])
def test_the_time_of_a_draft_grows_with_its_text(bundle: Corpus, repeated: str) -> None:
    def seconds(size: int) -> float:
        text = f"{HEAD}Six communes ont signé : {repeated * (size // len(repeated))}"
        begun = time.process_time()
        draft(read_bytes("a.txt", text.encode()), bundle)
        return time.process_time() - begun

    seconds(100)
    # Sixteen times as long where it grew with the square.
    assert seconds(8_000) < 9 * max(seconds(2_000), 0.02)


@pytest.mark.parametrize("repeated", [".", "_", " .", "…"])
def test_a_row_of_dots_or_a_rule_costs_little(
    repeated: str, bundle: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 3)
    rows = HEAD + "\n" + repeated * 5_000 + "\nLa Ville agit.\nSommaire\n" + repeated * 5_000 + "\nfin\n"
    assert draft(read_bytes("a.txt", rows.encode()), bundle)[0].record["contract"]


@pytest.mark.parametrize("repeated", ["_", "1"])
def test_a_word_that_does_not_end_costs_little(
    repeated: str, bundle: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 3)
    text = f"{HEAD}\nAxe 1 : agir {repeated * 40_000} x\n"
    assert draft(read_bytes("a.txt", text.encode()), bundle)[0].record["contract"]


def test_many_days_without_their_year_cost_little(bundle: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 3)
    text = "Le CLS de Pau" + "\n\nLe contrat local de santé a été signé le 12 décembre à la mairie." * 350
    step = draft(read_bytes("a.txt", text.encode()), bundle)[0].record["milestones"][0]
    assert step["stated_date"] == "--12-12"


@pytest.mark.parametrize("repeated", ["x", "Ã", "Ã©x", "_"])
def test_letters_misread_or_not_cost_little(repeated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 3)
    with bounds.in_time("a.txt"):
        misread(repeated * (60_000 // len(repeated)))


@pytest.mark.parametrize("repeated", ["étude ", "l'étude a ", "rapport, "])
def test_a_sentence_of_surveys_costs_little(repeated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 3)
    with bounds.in_time("a.txt"):
        assert not of_another(fold(repeated) * (60_000 // len(repeated)), "axes", " : agir")


@pytest.mark.parametrize("repeated", [" de x", " de La Tour"])
def test_a_name_that_does_not_end_costs_little(
    repeated: str, bundle: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 3)
    (mention,) = find_mentions(Page("l'association Les Amis de Crest."))
    name = "Amis" + repeated * (40_000 // len(repeated)) + " x"
    matcher = Matcher(bundle.registry, Context(("26",), ("84",)), None)
    with bounds.in_time("a.txt"):
        assert matcher.match(replace(mention, text=f"association {name}", name=name)).proposal is None


def test_a_line_of_dots_on_a_page_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 6)
    page = b"BT /F1 12 Tf 50 700 Td 16 TL (Axe 1 " + b"." * 12_000 + b" fin) Tj T* (Ville) Tj ET"
    assert "fin" in read_bytes("a.pdf", packed((b"", page))).text
