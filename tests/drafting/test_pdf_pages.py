"""Pages of PDFs as programs lay them: what stands where on the page is read as a reader reads it."""

from __future__ import annotations

import pytest

from benchmarks.printed import shown, written
from cls_graph.drafting import read_bytes

Words = tuple[float, float, str]


def read(*pages: list[Words]) -> str:
    """What is read of pages of words, each with its place from the left and the bottom."""
    described = [b"\n".join(shown(text, 10, x, y) for x, y, text in page) for page in pages]
    return read_bytes("a.pdf", written(described)).text


def lines(x: float, top: float, *words: str, step: float = 12) -> list[Words]:
    return [(x, top - step * at, line) for at, line in enumerate(words)]


LEFT = (
    "Le contrat local de santé a été signé hier",
    "par le maire et par la directrice de la caisse,",
    "devant des habitants venus en nombre, et le",
    "comité se réunira chaque année.",
)
RIGHT = (
    "Une exposition ouvre ses portes samedi à la",
    "médiathèque, avec des photographies de la",
    "ville prises par les élèves du collège.",
)


def test_columns_are_read_one_after_the_other_also_under_a_title_and_out_of_line() -> None:
    title = [
        (
            50.0,
            740.0,
            "La lettre du quartier, numéro spécial, dont le titre prend la largeur de la page",
        )
    ]
    text = read([*title, *lines(50, 700, *LEFT), *lines(310, 695, *RIGHT)])
    told = " ".join(text.split())
    assert told.index(" ".join(LEFT)) < told.index(" ".join(RIGHT))


def test_rows_of_a_table_are_lines_with_bars() -> None:
    rows = [("Axe", "Pilote"), ("Santé mentale", "Ville"), ("Accès aux soins et aux", "Caisse primaire")]
    placed = [
        (x, 680 - 24.0 * at, cell)
        for at, row in enumerate(rows)
        for x, cell in zip((50, 220), row, strict=True)
    ]
    text = read([*lines(50, 760, *LEFT), *placed, (50, 620, "droits de chacun")])
    assert text.endswith(
        "\n\nAxe | Pilote\nSanté mentale | Ville\nAccès aux soins et aux droits de chacun | Caisse primaire\n"
    )


def test_running_heads_and_numbers_of_pages_are_left_out_and_a_sentence_goes_on() -> None:
    def page(number: int, words: list[str]) -> list[Words]:
        head = (50.0, 810.0, f"Contrat local de santé - page {number}")
        return [head, *lines(50, 740, *words), (300.0, 30.0, f"{number} / 2")]

    first = ["Le contrat local de santé de la ville a été signé par la directrice de l'agence et par le"]
    text = read(page(1, first), page(2, ["maire, hier.", "Axe 1 : la santé mentale"]))
    assert "page" not in text
    assert "/ 2" not in text
    assert "et par le maire, hier." in text


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("la directrice de la caisse a dit la préven-", "tion et les soins", "la prévention et"),
        (
            "la directrice de la caisse a dit aux Hautes-",
            "Alpes et aux soins",
            "aux Hautes-Alpes et",
        ),
        ("la directrice de la caisse a signé le CLS 2023-", "2028 de la ville", "CLS 2023-2028 de"),
        (
            "la directrice de la caisse de Fleury-les-",
            "aubrais et la ville",
            "Fleury-les-aubrais et",
        ),
        ("la directrice de la caisse y reviendra-t-", "elle avec le maire", "reviendra-t-elle avec"),
    ],
)
def test_words_cut_at_the_end_of_a_line_are_joined(above: str, below: str, joined: str) -> None:
    assert joined in read([*lines(50, 700, "Le contrat local de santé, que chacun a lu avec", above, below)])


def test_lists_keep_their_marks_and_their_depth() -> None:
    items = [
        (50.0, "Trois axes :"), (64.0, "•"), (64.0, "•"), (82.0, "o"), (82.0, "o"), (64.0, "•"),
    ]  # fmt: skip
    words = [
        "",
        "Santé mentale",
        "Accès aux soins",
        "ouvrir un centre",
        "former les aidants",
        "Environnement",
    ]
    placed: list[Words] = []
    for at, ((x, mark), told) in enumerate(zip(items, words, strict=True)):
        placed += [(x, 700 - 13.0 * at, mark)] + ([(x + 16, 700 - 13.0 * at, told)] if told else [])
    shown_lines = [line for line in read(placed).split("\n") if line.strip()]
    assert [line.strip() for line in shown_lines[1:]] == [
        "• Santé mentale", "• Accès aux soins", "o ouvrir un centre", "o former les aidants",
        "• Environnement",
    ]  # fmt: skip
    depth = [len(line) - len(line.lstrip()) for line in shown_lines[1:]]
    assert depth[0] == depth[1] == depth[4] < depth[2] == depth[3]


def test_letters_that_are_spaced_are_words() -> None:
    title, x = [], 50.0
    for letter in "CONTRAT LOCAL DE SANTÉ":
        if letter != " ":
            title.append((x, 740.0, letter))
        x += 12
    assert "CONTRAT LOCAL DE SANTÉ" in read([*title, *lines(50, 700, *LEFT)])


def test_a_table_of_contents_is_not_read_twice() -> None:
    contents = lines(50, 740, "Axe 1 : la santé mentale ................ 3", "Annexe des plans ........ 9")
    text = read([*contents, *lines(50, 600, "Axe 1 : la santé mentale", *LEFT)])
    assert text.count("la santé mentale") == 1
    assert "Annexe des plans\n" in text


def test_foot_notes_do_not_stand_in_a_sentence() -> None:
    page = b"\n".join(shown(text, 10, x, y) for x, y, text in lines(50, 200, *LEFT[:3]))
    note = shown("1 Données de l'observatoire.", 8, 50, 80)
    after = shown(LEFT[3], 10, 50, 740)
    text = read_bytes("a.pdf", written([page + b"\n" + note, after])).text
    assert text.rstrip().endswith("Données de l'observatoire.")


def test_what_a_browser_prints_around_a_page_is_no_text_of_it() -> None:
    for stamp, name in (("11/29/26, 4:21 AM", "CLS | Ville"), ("29/11/2026 16:21", "CLS | Ville de Pau")):
        head = [(24.0, 820.0, stamp), (260.0, 820.0, name)]
        foot = [(24.0, 16.0, "https://example.org/cls?a=1"), (550.0, 16.0, "1/1")]
        text = read([*head, *lines(50, 740, "Le contrat est signé", *LEFT), *foot])
        assert text.startswith("Le contrat est signé")
        assert text.endswith("chaque année.\n")
    note = [(50.0, 820.0, "CLS | Ville"), *lines(50, 740, *LEFT), (24.0, 16.0, "https://example.org/cls")]
    assert "https://example.org/cls" in read(note)
