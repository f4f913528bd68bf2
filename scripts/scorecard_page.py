"""``docs/scorecard.md``: the checks of ``cls-graph score``, and what they gave on four servers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doc_pages import Made, cell, code, page, table

from cls_graph.scoring.checks import ABSENT, FAIL, LEVELS, MUST, PASS, UNSURE
from cls_graph.scoring.report import MARKS
from cls_graph.scoring.table import GROUPS

_SEEN = 130
RESULTS = Path(__file__).resolve().parent.parent / "benchmarks" / "results" / "scorecard.json"

PROSE = """\
`cls-graph score URL` sends these checks to a SPARQL endpoint, over HTTP alone, and gives each a verdict:
pass, fail, not applicable, not sure. It exits 0 where no *must* fails, 1 where one does, 2 where the
address is no endpoint.

```sh
cls-graph score http://127.0.0.1:8000/sparql --only protocol
```

* *must*: without it a client that follows the specification gets a wrong answer or none, or the service
  can be turned against its host.
* *should*: recommended, or a case that few queries meet.
* *may*: good practice.

What is sent, and where:

* Only the addresses given are asked, and things of the same host; a redirect elsewhere is not followed.
* A request has a time limit (`--timeout`), the whole thirty times that: a longer limit than that of the
  service tells more, as what runs past both is *not sure*.
* The command opens its canaries itself, an address on loopback and a file. They tell something of an
  endpoint on the same machine only; of another one, only a refusal is believed.
* Hostile queries come last, as they may take a fragile service down. Another machine gets them only with
  `--hostile`.
* Nothing is written without `--erase`. With it, graphs of a name of their own are written at the address
  for updates (`--update`) and at that of the Graph Store Protocol (`--graphs`), and dropped afterwards.
* Things are looked up (*linked-data*) where their IRIs are at the endpoint's host, or begin with
  `--base`.

*En français :* `cls-graph score URL` envoie ces points de contrôle à un point d'accès SPARQL, et à lui
seul. Rien n'est écrit sans `--erase` ; une autre machine ne reçoit de requêtes hostiles qu'avec
`--hostile`. Code de sortie : 0 si aucun point exigé (*must*) ne manque, 1 sinon, 2 si l'adresse n'est pas
un point d'accès.
"""


def scorecard() -> str:
    """The whole page."""
    parts = [PROSE]
    if RESULTS.exists():
        parts += _servers(json.loads(RESULTS.read_text(encoding="utf-8")))
    for group in GROUPS:
        parts.append(f"## {group.name}\n\n{group.title['en']} · {group.title['fr']}")
        rows = [
            (
                code(check.id),
                Made(check.level + (" (`--erase`)" if check.erases else "")),
                check.text["en"],
                check.text["fr"],
                Made(f"[{cell(check.spec.title)}]({check.spec.url})"),
            )
            for check in group.checks
        ]
        parts.append(table(("Check", "Level", "English", "Français", "Specification"), rows))
    return page("Scorecard of a SPARQL endpoint", *parts)


def _servers(results: dict[str, Any]) -> Iterator[str]:
    """The servers that were scored: counts, then each check that one of them does not pass."""
    cards = results["servers"]
    names = [card["name"] for card in cards]
    yield "## Four servers\n\nMade by `scripts/make_scorecard.py`, which starts each of them:"
    yield "\n".join(f"* {card['name']} {card['version']}: {card['settings']}" for card in cards)
    rows: list[list[object]] = []
    for level in LEVELS:
        counted = [card["counts"][level] for card in cards]
        rows.append([f"{level}: pass of asked", *(f"{c[PASS]} of {c[PASS] + c[FAIL]}" for c in counted)])
    for verdict, words in ((UNSURE, "not sure"), (ABSENT, "not applicable")):
        rows.append([words, *(sum(c[verdict] for c in card["counts"].values()) for card in cards)])
    yield table(["", *names], rows)
    yield "What at least one of them does not pass (✓ pass, ✗ fail, ? not sure, · not applicable):"
    verdicts = [{row["id"]: row for row in card["checks"]} for card in cards]
    rows = []
    for name, row in verdicts[0].items():
        said = [found[name]["verdict"] for found in verdicts if name in found]
        if {FAIL, UNSURE} & set(said):
            rows.append([code(name), row["level"], *(MARKS[v] for v in said)])
    yield table(["Check", "Level", *names], rows)
    for card in cards:
        lines = [
            f"* `{row['id']}`: {cell(row['seen'][:_SEEN])}"
            for row in card["checks"]
            if row["verdict"] == FAIL and row["level"] == MUST
        ]
        if lines:
            yield f"### {card['name']}: requirements that fail, and what was seen"
            yield "\n".join(lines)
