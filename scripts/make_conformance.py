"""Writes docs/conformance.md from the results of a W3C suite run on a writable service.

Usage: python scripts/make_conformance.py RESULTS.json CAUSES.json

RESULTS is what the suite's runner writes (``summary``, ``tests`` with ``id``, ``suite``, ``name``,
``status``); CAUSES lists the known deviations of the engine (``engine``, ``known_failures`` with ``id``
and ``cause``).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "docs" / "conformance.md"

MEANING = {
    "literal normalisation": "Numbers, booleans and dates are kept by value: `01` comes back as `1`, "
    "`1.0e0` as `1`. Questions that tell such spellings apart (`STR`, `sameTerm`, `DISTINCT`) see "
    "one value. The release file keeps every literal as it was written, and our own data use "
    "canonical spellings only.",
    "GRAPH ?g": "Inside `GRAPH ?g { … }`, a sub-query, `OPTIONAL`, `VALUES` or `MINUS` that uses `?g` "
    "itself sees it bound earlier than the specification says. Use another variable inside.",
    "zero-length path": "A path of length zero (`*`, `?`) from a constant that is nowhere in the data "
    "gives no row instead of one.",
    "SPARQL parser": "`?x<?a&&?b>?y` is read as two comparisons, where the grammar sees an IRI "
    "between two variables and an error.",
    "GROUP_CONCAT": "The result of `GROUP_CONCAT` over texts of one language has no language.",
    "XSD 1.1": "Dates with and without a time zone compare by XML Schema 1.1, which came after the test.",
    "BNODE": '`BNODE("x")` gives the same blank node in every row, instead of one a row.',
}


def page(results: dict[str, Any], known: dict[str, Any]) -> str:
    """The page, in Markdown."""
    causes = {entry["id"]: entry["cause"] for entry in known["known_failures"]}
    rows, failed = [], defaultdict(list)
    for suite, counts in results["summary"].items():
        rows.append(f"| {suite} | {counts.get('pass', 0)} | {sum(counts.values())} |")
    for test in results["tests"]:
        if test["status"] != "pass":
            failed[causes.get(test["id"], "not known")].append(f"{test['suite']}: {test['name']}")
    total = results["total"]
    lines = [
        "# Conformance",
        "",
        "<!-- Made by scripts/make_conformance.py: do not edit. -->",
        "",
        "The W3C suites of SPARQL 1.0 and 1.1 (queries, updates, results, protocol, service description,",
        "graph store) and of the RDF 1.1 syntaxes, over HTTP, against `cls-graph serve --writable --empty`,",
        f"engine {known['engine']}, suites at commit `{results['tests_commit'][:12]}`.",
        "",
        "| suite | passed | of |",
        "|---|---|---|",
        *rows,
        f"| **all** | **{total['pass']}** | **{sum(total.values())}** |",
        "",
        "## What differs, and what it means",
        "",
        "Every deviation is the engine's; none is in the protocol, the updates or the graph store.",
        "",
    ]
    for cause, tests in sorted(failed.items(), key=lambda item: (-len(item[1]), item[0])):
        meaning = next((text for start, text in MEANING.items() if cause.startswith(start)), cause)
        lines += [f"* **{len(tests)} tests.** {meaning}", f"  ({'; '.join(sorted(tests))})"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    results, causes = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    # What the suite of SHACL gave stands below, and is not ours to change.
    _, mark, shacl = OUT.read_text(encoding="utf-8").partition("\n<!-- Made by scripts/shacl_suite.py")
    OUT.write_text(page(results, causes) + mark + shacl, encoding="utf-8", newline="\n")
    print(OUT)
