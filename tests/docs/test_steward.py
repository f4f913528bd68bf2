"""The tutorial for stewards, walked as a new steward would: its commands and files, on its own contract."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import openpyxl
import pytest

from tests.docs.conftest import ROOT, served
from tests.harvest import harvest
from tests.walking import server_of, serving

PAGE, ENGLISH = (
    (ROOT / "docs" / f"tutorial-steward.{lang}.md").read_text(encoding="utf-8") for lang in ("fr", "en")
)
FENCE = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
FILES = re.findall(r"^`(data/\S+)`\n\n```\w+\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
TEXT = """Romans-sur-Isère : un deuxième contrat local de santé

Le 12 mars 2026, la Ville de Romans-sur-Isère, l'Agence régionale de santé Auvergne-Rhône-Alpes et la CPAM de
la Drôme ont signé le 2e contrat local de santé de la Ville de Romans-sur-Isère, pour la période 2026-2030.
La MSA est également signataire du contrat.

Les trois axes du contrat sont :
- le logement
- la santé mentale
- l'accès aux soins

Les équipes se sont retrouvées dans une salle lumineuse, et chacun a pu dire ce que les années passées lui ont
appris ; la soirée s'est achevée par un verre de clairette, des discours brefs et une visite du quartier. Les
habitants qui avaient répondu à l'enquête de l'été ont reçu une carte de remerciement.
Les photographies de la soirée seront exposées à la médiathèque pendant tout le printemps, à côté des dessins
que les enfants des centres de loisirs avaient faits pour l'occasion.
"""
CONTRACT = "https://data.example.org/cls/id/contract/26281-2"
TITLE = "Deuxième contrat local de santé de Romans-sur-Isère"


class Steward:
    """Types the commands of the page, in their order, and does by hand what it asks for between them."""

    def __init__(self, programs: str, desk: Path, tutorials: ModuleType) -> None:
        self.programs, self.desk, self.tutorials = programs, desk, tutorials
        self.left, self.english = self.typed(PAGE), self.typed(ENGLISH)

    def typed(self, page: str) -> list[Any]:
        """The commands of a page, each with what it shows."""
        found = [e for body in FENCE.findall(page) for e in self.tutorials.exchanges(body)]
        return [exchange for exchange in found if exchange.command.startswith("cls-graph ")]

    def types(self, name: str, **changed: str) -> str:
        """The next command of the page, which is this one, and in English where the English page asks so."""
        exchange, other = self.left.pop(0), self.english.pop(0)
        assert exchange.command.split()[1] == name, exchange.command
        self._runs(exchange, changed)
        if other.command.endswith(" --lang en"):
            self._runs(other, changed)
        return str(exchange.said)

    def _runs(self, exchange: Any, changed: dict[str, str]) -> None:
        command = exchange.command
        for old, new in changed.items():
            command = command.replace(old, new)
        words = command.replace("cls-graph ", f"'{self.programs}/cls-graph' ", 1)
        done = subprocess.run(
            ["bash", "-c", words], cwd=self.desk, capture_output=True, text=True, timeout=120, check=False
        )
        exchange.said, exchange.ended = done.stdout, done.returncode
        assert exchange.holds, command + "\n" + done.stdout + done.stderr

    def finds_the_registry_as_shown(self) -> None:
        sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
        for name, content in FILES:
            written = (self.desk / name).read_text(encoding="utf-8")
            assert written.endswith(content.replace("EMPREINTE", sha256)), written

    def decides(self) -> None:
        book = openpyxl.load_workbook(self.desk / "relecture.xlsx")
        sheet = book["Relecture"]
        columns = {c.value: c.column - 1 for c in sheet[1]}
        rows = list(sheet.iter_rows(min_row=2))
        # Which MSA, the text does not say.
        assert {"MSA"} <= {row[columns["Citation"]].value for row in rows}
        for row in rows:
            row[columns["Décision"]].value = "accepter"
        book.save(self.desk / "relecture.xlsx")

    def edits_the_workbook(self) -> None:
        book = openpyxl.load_workbook(self.desk / "contrats.xlsx")
        cells = [
            c
            for row in book["Contrat"].iter_rows()
            for c in row
            if c.value == "Contrat local de santé : Romans-sur-Isère"
        ]
        assert len(cells) == 1
        cells[0].value = TITLE
        book.save(self.desk / "contrats.xlsx")

    def raises_the_version(self) -> None:
        file = self.desk / "data" / "dataset.yaml"
        text = file.read_text(encoding="utf-8")
        assert 'version: "0.1.0"' in text
        file.write_text(text.replace('version: "0.1.0"', 'version: "0.2.0"'), encoding="utf-8")


@pytest.mark.slow
def test_the_page_for_stewards_leads_from_a_text_to_a_harvested_catalogue(
    installed: Path, programs: str, tutorials: ModuleType, tmp_path: Path
) -> None:
    steward = Steward(programs, tmp_path, tutorials)
    steward.types("init")
    steward.desk = tmp_path / "mes-contrats"
    steward.types("build")
    (steward.desk / "sources").mkdir()
    (steward.desk / "sources" / "communique.txt").write_text(TEXT, encoding="utf-8")
    steward.types("draft")
    steward.finds_the_registry_as_shown()
    steward.types("review")
    steward.types("review")
    steward.decides()
    assert "Camille Essai" in steward.types("review")
    steward.types("export")
    steward.edits_the_workbook()
    assert TITLE in steward.types("import")
    steward.types("verify")
    steward.types("check")
    steward.raises_the_version()
    steward.types("build")
    told = steward.types("diff")
    assert "CPAM de la Drôme" in told
    serve = steward.left.pop(0).command.removeprefix("cls-graph serve ").split()
    steward.english.pop(0)
    store = (steward.desk / serve[1]).resolve()
    with served(installed, tmp_path, [serve[0], str(store)]) as address:
        query = f"SELECT ?t WHERE {{ <{CONTRACT}> <http://purl.org/dc/terms/title> ?t }}"
        answer = httpx.get(
            f"{address}/sparql",
            params={"query": query},
            headers={"Accept": "application/sparql-results+json"},
        )
        assert [row["t"]["value"] for row in answer.json()["results"]["bindings"]] == [TITLE]
    steward.types("query")
    (tmp_path / "public").mkdir()
    server = server_of(tmp_path / "public")
    (tmp_path / "public").rmdir()
    url = f"http://127.0.0.1:{server.server_port}"
    steward.types("publish", **{"https://data.example.org/cls": url})
    assert steward.left == []
    with serving(server), httpx.Client() as client:
        found = harvest(client, f"{url}/catalog.ttl")
    assert any("26281-2" in key or "Romans" in str(value) for key, value in found.datasets.items())
