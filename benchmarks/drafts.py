"""Holds a draft against what a careful reader would record of its text: hits, false finds, misses."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.forms import PRINTED, printed
from benchmarks.forms.sites import site
from benchmarks.likeness import alike, bare, pair, short_of
from benchmarks.printed import AFTER, pdf
from cls_graph.corpus import Corpus
from cls_graph.drafting import Source, draft, read_bytes
from cls_graph.new_corpus import Identity, create

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "tests" / "drafting" / "texts"
ROUNDS = {f"b{n}": f"{n}" for n in range(1, 7)} | {f"r{n}": f"{n}" for n in (*range(7, 11), 26, 27)}
ROUNDS |= {
    "s11": "11",
    "ba": "12",
    "bb": "13",
    "c": "14",
    "d": "15",
    "e": "16",
    "f": "17",
    "g": "18",
    "h": "19",
    "i": "20",
    "j": "21",
    "k": "22",
    "l": "23",
    "m": "24",
    "n": "25",
}
"""Rounds by the first letters of the names of their texts."""
FORMS = (*PRINTED, "site")
"""Forms that programs make of the texts: PDFs of Chromium and Writer, pages of sites."""
PAGE = re.compile(r"\s*<(?:!doctype|html|head|body)", re.IGNORECASE)
SIGNING = ("signatory", "lead-signatory", "associated-signatory")
LOCAL = ("commune", "epci", "petr")


@dataclass
class Tally:
    """Hits, false finds and misses of one measure."""

    hit: int = 0
    extra: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, other: Tally) -> None:
        """Count what another tally counts."""
        self.hit, self.extra, self.missed = (
            self.hit + other.hit,
            self.extra + other.extra,
            self.missed + other.missed,
        )
        self.misses += other.misses

    def plain(self) -> dict[str, float]:
        """The figures, as a file of results holds them."""
        shown = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"right": self.hit, "invented": self.extra, "missed": self.missed}
        return {name: round(figure, 3) for name, figure in shown.items()} | counts


def cases(part: str) -> list[dict[str, Any]]:
    """The texts of a part, each with its name, text and expected contracts."""
    text = (TEXTS / f"{part}.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if part == "sources":
        folder = Path(os.environ.get("CLS_SOURCES", ROOT.parent / "shared" / "sources"))
        for case in found:
            case["text"] = next(folder.glob(f"{case['name']}*")).read_text(encoding="utf-8")
    return found


def in_form(found: list[dict[str, Any]], form: str) -> list[dict[str, Any]]:
    """The cases that can be had in a form of ``FORMS``, with their ``data`` in it where programs make it."""
    if form not in FORMS:
        return found
    plain = [case for case in found if not PAGE.match(case["text"])]
    texts = [case["text"] for case in plain]
    made = [site(t, n).encode() for n, t in enumerate(texts)] if form == "site" else printed(texts, form)
    return [case | {"data": data} for case, data in zip(plain, made, strict=True)]


def source_of(case: dict[str, Any], form: str = "text") -> Source:
    """What is read of a case: its text, under the name of its file where that tells the form.

    ``form``: "pdf" and "tight-pdf" print it first, with and without room between the paragraphs; those of
    ``FORMS`` are made by ``in_form``.
    """
    if "data" in case:
        return read_bytes("page.html" if form == "site" else "page.pdf", case["data"])
    if form != "text" and not str(case.get("file", "")).endswith(".html"):
        return read_bytes("page.pdf", pdf(case["text"], after=AFTER if form == "pdf" else 0))
    return read_bytes(case.get("file", f"{case['name']}.txt"), case["text"].encode())


def round_of(name: str) -> str:
    """The round of first readings that a text was written for, by its name."""
    lead = re.match(r"(?:b\d|r\d+|s11|ba|bb|[c-n])(?=\d*-)", name)
    return ROUNDS.get(lead.group(), "before") if lead else "before"


def value(fact: Any) -> Any:
    """The value of a fact, annotated or plain."""
    return fact["value"] if isinstance(fact, dict) and "value" in fact else fact


MEASURES = ("signatories", "kinds", "axes", "dates", "territory", "contracts")
DOUBTED = {
    "signatories": ("signatories", "kinds"),
    "axes": ("axes",),
    "period": ("dates",),
    "signature": ("dates",),
    "territory": ("territory",),
}
"""What is not counted of a text where its reader was unsure of this."""


def measure(part: str, corpus: Corpus, form: str = "text") -> dict[str, Tally]:
    """The tallies of a part."""
    return total(tallied(case, corpus, form) for case in in_form(cases(part), form))


def total(tallies: Iterable[dict[str, Tally]]) -> dict[str, Tally]:
    """The tallies of several texts as one."""
    whole = {name: Tally() for name in MEASURES}
    for one in tallies:
        for name, tally in one.items():
            whole[name].add(tally)
    return whole


@cache
def made() -> tempfile.TemporaryDirectory[str]:
    """Where corpora of other kinds are, as long as the process lives: they are read as they are asked."""
    return tempfile.TemporaryDirectory()


@cache
def corpus_of(kind: str) -> Corpus:
    """What ``cls-graph init --kind`` makes for contracts of that kind."""
    folder = Path(made().name, kind)
    create(folder, Identity("https://exemple.fr/contrats/", kind, "Exemple", "2026-01-01", kind=kind))
    return Corpus.open(folder)


def tallied(case: dict[str, Any], corpus: Corpus, form: str = "text") -> dict[str, Tally]:
    """The tallies of a text; one about another kind of contract is read in a corpus made for that kind."""
    tallies = {name: Tally() for name in MEASURES}
    corpus = corpus_of(case["kind"]) if "kind" in case else corpus
    drafts = [d.record for d in draft(source_of(case, form), corpus)]
    drafts = [d for d in drafts if set(d["contract"]) - {"review"}]
    expected = case["contracts"]
    labels = [_head(e, e.get("signature")) for e in expected]
    got = [_head(d["contract"], next((value(m.get("stated_date")) for m in _signed(d)), "")) for d in drafts]
    pairs = pair(labels, got, 0.0) if len(expected) != 1 or len(drafts) != 1 else [(0, 0)]
    _count(tallies["contracts"], case["name"], len(pairs), len(drafts), len(expected), "contracts")
    for i, j in pairs:
        _contract(tallies, case["name"], expected[i], drafts[j])
    for i in set(range(len(expected))) - {p[0] for p in pairs}:
        _contract(tallies, case["name"], expected[i], {"contract": {}})
    for j in set(range(len(drafts))) - {p[1] for p in pairs}:
        _surplus(tallies, case["name"], drafts[j])
    doubted = {name for e in expected for doubt in e.get("unsure", []) for name in DOUBTED[doubt]}
    return {name: tally for name, tally in tallies.items() if name not in doubted}


def _head(contract: dict[str, Any], signature: Any) -> str:
    """What tells a contract from others of its page: its territory, its first year, when it was signed."""
    begin = dict(value(contract.get("period")) or {}).get("begin", "")
    return f"{contract.get('territory_label', '')} {str(begin)[:4]} s{str(signature or '')[:4]}"


def _signed(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The signatures of a draft."""
    return [m for m in record.get("milestones", []) if value(m["type"]) == "signature"]


def _count(tally: Tally, name: str, hit: int, found: int, expected: int, what: str) -> None:
    tally.hit += hit
    tally.extra += found - hit
    tally.missed += expected - hit
    if found != hit or expected != hit:
        tally.misses.append(f"{name}: {what}: {hit} right, {found} found, {expected} expected")


def _surplus(tallies: dict[str, Tally], name: str, got: dict[str, Any]) -> None:
    """What a draft states of a contract that the text does not hold."""
    axes = [value(e["label"]) for e in got.get("programme", []) if e["type"] == "axis"]
    found = {"signatories": [s["name_as_stated"] for s in _signers(got)], "axes": axes}
    for what, items in found.items():
        tallies[what].extra += len(items)
        tallies[what].misses.extend(f"{name}: INVENTED {item}" for item in items)


def _signers(got: dict[str, Any]) -> list[dict[str, Any]]:
    """Engagements that surely sign."""
    return [
        e
        for e in got.get("engagements", [])
        if value(e["role"]) in SIGNING and e.get("assertion") != "unresolved"
    ]


def _contract(tallies: dict[str, Tally], name: str, expected: dict[str, Any], got: dict[str, Any]) -> None:
    signers = _signers(got)
    wanted = [s.split(" | ", 1) for s in expected.get("signatories", [])]
    pairs = _bodies(wanted, signers)
    tally = tallies["signatories"]
    tally.hit += len(pairs)
    for i in set(range(len(wanted))) - {p[0] for p in pairs}:
        tally.missed += 1
        tally.misses.append(f"{name}: missed {wanted[i]}")
    for j in set(range(len(signers))) - {p[1] for p in pairs}:
        tally.extra += 1
        tally.misses.append(f"{name}: INVENTED {signers[j]['kind']} | {signers[j]['name_as_stated']}")
    for i, j in pairs:
        right = wanted[i][0] == value(signers[j]["kind"])
        tallies["kinds"].hit += right
        tallies["kinds"].extra += not right
        if not right:
            tallies["kinds"].misses.append(f"{name}: {wanted[i]} is {signers[j]['kind']}")
    axes = [value(e["label"]) for e in got.get("programme", []) if e["type"] == "axis"]
    wanted_axes = [str(a) for a in expected.get("axes", [])]
    found = pair(wanted_axes, axes, 0.6)
    tallies["axes"].hit += len(found)
    tallies["axes"].extra += len(axes) - len(found)
    tallies["axes"].missed += len(wanted_axes) - len(found)
    if not len(axes) == len(found) == len(wanted_axes):
        tallies["axes"].misses.append(f"{name}: axes {axes} instead of {wanted_axes}")
    _dates(tallies["dates"], name, expected, got)
    contract = got["contract"]
    right = alike(bare(str(expected["territory_label"])), bare(contract.get("territory_label", ""))) >= 0.5
    if "territory" in expected:
        right = right and [value(t) for t in contract.get("territory", [])] == [expected["territory"]]
    tallies["territory"].hit += right
    tallies["territory"].missed += not right
    if not right:
        shown = contract.get("territory_label"), [value(t) for t in contract.get("territory", [])]
        tallies["territory"].misses.append(
            f"{name}: territory {shown} instead of {expected['territory_label']}"
        )


def _bodies(wanted: list[list[str]], signers: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Expected bodies and found ones: the same kind and like names first, then like names."""
    names = [s["name_as_stated"] for s in signers]
    scores = []
    for i, (kind, text) in enumerate(wanted):
        for j, signer in enumerate(signers):
            score = alike(text, names[j]) + (0.3 if kind == value(signer["kind"]) else 0)
            if score >= 0.55 or (kind == value(signer["kind"]) and short_of(text, names[j])):
                scores.append((score, -i, -j))
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(scores, reverse=True):
        if all(-i != p[0] and -j != p[1] for p in pairs):
            pairs.append((-i, -j))
    for kind in LOCAL:
        # "la Ville" and the name of that town: one body, where no other of its kind is left.
        left = [i for i, w in enumerate(wanted) if w[0] == kind and all(i != p[0] for p in pairs)]
        right = [
            j for j, s in enumerate(signers) if value(s["kind"]) == kind and all(j != p[1] for p in pairs)
        ]
        if len(left) == len(right) == 1:
            pairs.append((left[0], right[0]))
    return pairs


def _dates(tally: Tally, name: str, expected: dict[str, Any], got: dict[str, Any]) -> None:
    period = dict(value(got["contract"].get("period")) or {})
    for amendment in got.get("amendments", []):
        if amendment.get("assertion") != "unresolved":
            period |= amendment.get("period", {})  # the period that holds now, not one that is proposed
    plan = dict(value(got["contract"].get("action_plan_period")) or {})
    for part, told in expected.get("period", {}).items():
        if not period.get(part) and plan.get(part) == told:
            period[part] = told  # found, and recorded as the period of the plan of action
    checks = [(f"period {k}", expected.get("period", {}).get(k), period.get(k)) for k in ("begin", "end")]
    if "duration" in expected.get("period", {}):
        checks.append(("duration", expected["period"]["duration"], period.get("duration")))
    signed = _signed(got)
    stated = value(signed[0].get("stated_date")) if signed else None
    if signed and value(signed[0].get("inferred_date")) == expected.get("signature"):
        stated = expected.get("signature")
    checks.append(("signature", expected.get("signature"), stated))
    for what, right, found in checks:
        if right == found:
            tally.hit += right is not None
            continue
        tally.missed += right is not None
        tally.extra += found is not None
        tally.misses.append(f"{name}: {what} {found} instead of {right}")
