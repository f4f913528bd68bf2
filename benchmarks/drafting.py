"""How well ``cls-graph draft`` reads texts it is held against: signatories, kinds, axes, dates, territory.

``python benchmarks/drafting.py [--part PART] [--misses]`` prints the figures of a part: development,
set-aside, retold, retold-aside, other-kinds, other-kinds-aside, sources or territory, or the path of a file
of texts. The texts and what is expected of them are in ``tests/drafting/texts``; the five sources are looked
for in the folder ``CLS_SOURCES`` names.
``--form pdf`` prints the texts as PDF before they are read, ``tight-pdf`` without room between paragraphs;
``plain``, ``columns`` and ``boxed`` print them by Chromium, ``writer`` by LibreOffice Writer (which must be
installed), ``site`` puts them into pages of web sites.
``--out FILE`` writes the figures of all parts, by round, as text and as PDF
(``benchmarks/results/drafting.json``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drafts import (
    FORMS,
    ROOT,
    TEXTS,
    Tally,
    cases,
    in_form,
    measure,
    round_of,
    source_of,
    tallied,
    total,
    value,
)
from benchmarks.likeness import alike, bare
from cls_graph.corpus import Corpus
from cls_graph.drafting import draft


def territories(corpus: Corpus) -> Tally:
    """How often the territory of the short texts is right: every code of it, and no other."""
    tally = Tally()
    for case in yaml.safe_load((TEXTS / "territory.yaml").read_text(encoding="utf-8")):
        drafts = draft(source_of(case), corpus)
        heads = [d.record["contract"] for d in drafts]
        got = [value(t) for head in heads for t in head.get("territory", [])]
        shown = bare(str(heads[0].get("territory_label", "")))
        right = got == case["territory"] and len(heads) == case.get("contracts", 1)
        right = right and ("label" not in case or alike(bare(case["label"]), shown) >= 0.5)
        tally.hit += right
        tally.missed += not right
        if not right:
            tally.misses.append(f"{case['name']}: {shown} {got} instead of {case['territory']}")
    return tally


def report(part: str, tallies: dict[str, Tally], *, misses: bool) -> Iterable[str]:
    """The figures of a part as lines."""
    s = tallies["signatories"]
    yield f"{part}: {tallies['territory'].hit + tallies['territory'].missed} contracts"
    yield (
        f"  signatories  P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}  ({s.hit} right, "
        f"{s.extra} invented, {s.missed} missed)"
    )
    yield f"  kinds        {tallies['kinds'].precision:.3f}"
    yield (
        f"  axes         P {tallies['axes'].precision:.3f}  R {tallies['axes'].recall:.3f}  F1 "
        f"{tallies['axes'].f1:.3f}"
    )
    yield (
        f"  period, date P {tallies['dates'].precision:.3f}  R {tallies['dates'].recall:.3f}  F1 "
        f"{tallies['dates'].f1:.3f}"
    )
    yield f"  territory    {tallies['territory'].recall:.3f}"
    if misses:
        for tally in tallies.values():
            yield from (f"    {line}" for line in tally.misses)


def figures(part: str, corpus: Corpus, form: str = "text") -> dict[str, Any]:
    """The figures of a part, and of each of its rounds, as a file of results holds them."""
    if part == "territory":
        return {"texts": len(cases(part)), "territory": territories(corpus).plain()}
    told = [(case, tallied(case, corpus, form)) for case in in_form(cases(part), form)]
    found = _shown(told)
    rounds = sorted({round_of(case["name"]) for case, _ in told}, key=lambda r: (r.isdigit(), r.zfill(2)))
    if part != "sources" and not part.startswith("other-kinds") and form == "text":
        found["rounds"] = {r: _shown([t for t in told if round_of(t[0]["name"]) == r]) for r in rounds}
    return found


def _shown(told: list[tuple[dict[str, Any], dict[str, Tally]]]) -> dict[str, Any]:
    tallies = total(tally for _, tally in told)
    stated = sum(len(case["contracts"]) for case, _ in told)
    return {"texts": len(told), "stated": stated} | {n: t.plain() for n, t in tallies.items()}


def results(corpus: Corpus) -> dict[str, Any]:
    """All figures of the documentation."""
    found: dict[str, Any] = {
        part: figures(part, corpus)
        for part in (
            *("sources", "development", "set-aside", "retold", "retold-aside"),
            *("other-kinds", "other-kinds-aside", "territory"),
        )
    }
    found["printed"] = {
        form: {part: figures(part, corpus, form) for part in ("sources", "development", "set-aside")}
        for form in ("pdf", "tight-pdf", *FORMS)
    }
    return found


def main() -> int:
    """Print the figures, or write them."""
    parser = argparse.ArgumentParser(description="Figures of drafting.")
    parser.add_argument("--part", action="append")
    parser.add_argument("--misses", action="store_true", help="also what was missed or invented")
    parser.add_argument("--form", choices=("text", "pdf", "tight-pdf", *FORMS), default="text")
    parser.add_argument("--out", type=Path, help="write all figures to this file")
    args = parser.parse_args()
    corpus = Corpus.open(ROOT)
    if args.out:
        args.out.write_text(json.dumps(results(corpus), indent=1) + "\n", encoding="utf-8")
        return 0
    for part in args.part or ("development", "set-aside", "territory"):
        if part == "territory":
            tally = territories(corpus)
            print(f"territory: {tally.recall:.3f} of {tally.hit + tally.missed} short texts")
            print("".join(f"    {line}\n" for line in tally.misses if args.misses), end="")
            continue
        measured = measure(part.removesuffix(".yaml"), corpus, args.form)
        for line in report(part, measured, misses=args.misses):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
