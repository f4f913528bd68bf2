"""Values that cannot become RDF are findings at their place, not a crash of every command."""

from __future__ import annotations

import pytest

from cls_graph.graphs import data_graphs
from tests.conftest import Tiny


@pytest.mark.parametrize(
    ("old", "new", "name", "says"),
    [
        ("commune,01999,Exemple,01,84", "commune,01999,Exemple,Puy de Dôme,84", "territories.csv", "63, 2A"),
        ("commune,01999,Exemple,01,84", "commune,01999,Exemple,01,ARA>", "territories.csv", "84"),
        ("commune,01999,Exemple,01", "commune,01999,Exem\x07ple,01", "territories.csv", "nom"),
        ("https://example.org/texte", "https://example.org/100%-sante", "documents.yaml", "%25"),
        ("https://example.org/texte", "http://example.org:port/", "documents.yaml", "port"),
        ("https://example.org/licence", "https://[::1", "dataset.yaml", "adresse"),
        ("https://w3id.org/cls-sante/", "https://example.org/a%zz/", "dataset.yaml", "%25"),
        ('prefix: "Exemple et "', 'prefix: "et\\x07 "', "contracts/01999-2.yaml", "contrôle"),
        ('version: "1.2.3"', 'version: "v 1"', "dataset.yaml", "trois nombres"),
        ('version: "1.2.3"', 'version: "1/../2"', "dataset.yaml", "1.2.3"),
    ],
)
def test_a_wrong_value_is_told_at_its_place(tiny: Tiny, old: str, new: str, name: str, says: str) -> None:
    tiny.edit(old, new, name)
    (wrong,) = [f for f in tiny.violations() if f.rule != "unknown-reference"]
    assert wrong.rule == "bad-value"
    assert wrong.place.file.endswith(name)
    line = (tiny.root / "data" / name).read_text(encoding="utf-8").splitlines()[wrong.place.line - 1]
    assert line[wrong.place.column - 1 :].lstrip('"').startswith(wrong.value.partition("\x07")[0])
    assert says in wrong.message["fr"]
    assert wrong.message["en"] != wrong.message["fr"]
    data_graphs(tiny.corpus())


def test_the_column_of_a_cell_after_one_in_quotation_marks(tiny: Tiny) -> None:
    row = "commune,01999,Exemple,01,84,2025"
    tiny.edit(row, 'commune,01999,"Exemple, le ""grand""",01,84,MMXXV', "territories.csv")
    (wrong,) = [f for f in tiny.violations() if f.rule == "bad-value"]
    assert (wrong.value, wrong.place.column) == ("MMXXV", 45)
