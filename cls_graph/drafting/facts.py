"""Smaller facts: numbers announced, money, frameworks, determinants, populations, ways of acting."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from cls_graph.corpus import Corpus
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.layout import Page
from cls_graph.drafting.spans import LASTING, find_spans
from cls_graph.geo import fold_name
from cls_graph.namespaces import SKOS, VOCAB

COUNTS = (
    ("signatory", re.compile(rf"\b{NUMBER} (?:\w+ )?(?:co-?)?signataires\b")),
    ("new-partner", re.compile(rf"\b{NUMBER} nouveaux (?:partenaires|signataires)\b")),
    ("action-sheet", re.compile(rf"\b{NUMBER} (?:fiches?[- ]actions?|fiches)\b")),
    ("other-actor", re.compile(rf"\b{NUMBER} autres (?:acteurs|partenaires)\b")),
)
MONEY = re.compile(
    r"(?P<amount>\d{1,3}(?:[ .]\d{3})+|\d+)(?:,(?P<cents>\d{1,2}))? ?(?P<unit>€|euros?|¤|"
    r"k€)(?P<after>[^.;]{0,40})"
)
PAYS = re.compile(
    r"\b(?:financ\w+|cofinanc\w+|co-financ\w+|accord\w+|vers\w+|apport\w+|subvention\w*|"
    r"alloue\w*|attribu\w+|octroi\w*|soutien\w*|contribu\w+)\b"
)
YEARLY = re.compile(r"^ ?(?:par an|annuels?|/ ?an|chaque annee|par annee)")
POPULATIONS = (
    ("children-and-youth", r"enfan\w+|jeune\w*|adolescen\w+|etudiant\w*|eleves?"),
    ("older-people", r"personnes agees|aines|seniors|bien vieillir|vieillissement"),
    ("disabled-people", r"handicap"),
    ("people-in-precarity", r"precari\w+|precaires|demunis"),
    ("carers", r"aidants?|aidant\.es"),
    ("parents", r"parents\b|parentalite"),
    ("residents", r"habitants|population du territoire"),
    ("health-professionals", r"professionnels de sante|medecins|soignants"),
)
APPROACHES = (
    ("inform", r"inform\w+|sensibilis\w+|communiqu\w+"),
    ("prevent", r"prevenir|prevention"),
    ("coordinate", r"coordo\w+|articul\w+|gouvernance"),
    ("care", r"soigner"),
    ("support", r"accompagn\w+|souten\w+"),
    ("plan-environment", r"amenag\w+"),
    ("outreach", r"aller[- ]vers"),
    ("train", r"former|formation"),
    ("involve", r"participation|acteurs de leur sante"),
)


@dataclass(frozen=True)
class Found:
    """A value, and the words that say it."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Money:
    """Who pays how much: ``funder`` is the body named nearest before, in the sentence."""

    amount: str
    currency: str
    yearly: bool
    duration: str
    funder: Mention
    start: int
    end: int


def determinant_words(corpus: Corpus) -> list[tuple[str, str]]:
    """The French labels of the determinants, folded, longest first, each with its slug."""
    words: dict[str, str] = {}
    prefix = VOCAB + "determinant/"
    for t in corpus.vocabularies:
        if (
            t.predicate.value in (SKOS + "prefLabel", SKOS + "altLabel")
            and isinstance(t.subject, NamedNode)
            and isinstance(t.object, Literal)
        ):
            slug = t.subject.value.removeprefix(prefix)
            label = fold_name(t.object.value)
            if slug != t.subject.value and t.object.language == "fr" and "/" not in slug and len(label) > 3:
                words.setdefault(label, slug)
                if " et " not in label and label.endswith("s"):
                    words.setdefault(label[:-1], slug)
    return sorted(words.items(), key=lambda w: (-len(w[0]), w[0]))


def determinants_in(label: str, words: list[tuple[str, str]]) -> list[str]:
    """The determinants whose names stand in a label, in its order; a longer name hides those inside it."""
    folded, found = f" {fold_name(label)} ", []
    for word, slug in words:
        at = folded.find(f" {word} ")
        if at >= 0:
            found.append((at, slug))
            folded = folded.replace(f" {word} ", " " + "\x00" * len(word) + " ")
    return list(dict.fromkeys(slug for _, slug in sorted(found)))


def codes_in(folded: str, table: tuple[tuple[str, str], ...]) -> list[str]:
    """The slugs of a table whose words stand in a folded label."""
    return [slug for slug, pattern in table if re.search(rf"\b(?:{pattern})\b", folded)]


def counts_in(page: Page, holds: object) -> list[Found]:
    """The numbers announced, one of each sort: the first."""
    found: dict[str, Found] = {}
    for item, pattern in COUNTS:
        for match in pattern.finditer(page.folded):
            word = next((w for w in match.groups() if w), "")
            value = number(word)
            if (
                value > 0
                and callable(holds)
                and holds(match.start())
                and not re.search(
                    r"(?:premier|precedent)", page.folded[max(0, match.start() - 40) : match.start()]
                )
            ):
                found.setdefault(item, Found(f"{item}={value}", *match.span()))
    return list(found.values())


def money_in(page: Page, mentions: list[Mention]) -> list[Money]:
    """Amounts that a named body pays. An amount without its payer is left out."""
    found = []
    for start, end in page.sentences:
        text = page.folded[start:end]
        if not PAYS.search(text):
            continue
        for match in MONEY.finditer(text):
            verb = PAYS.search(text)
            inside = [m for m in mentions if start <= m.start < end]
            before = [m for m in inside if verb and m.end <= start + verb.start()]
            by = [
                m
                for m in inside
                if m.start >= start
                and re.search(r"\b(?:par|de|aupres de) (?:l'|la |le )?$", page.folded[start : m.start])
            ]
            payer = before[-1] if before else by[0] if by else None
            if payer is None:
                continue
            amount = re.sub(r"\D", "", match.group("amount")) + (
                f".{match.group('cents')}" if match.group("cents") else ""
            )
            if match.group("unit") == "k€":
                amount += "000"
            lasting = LASTING.search(match.group("after"))
            spans = (
                [s for s in find_spans(Page(page.text[start + match.start() : end])) if s.duration]
                if lasting
                else []
            )
            found.append(
                Money(
                    amount,
                    "EUR" if match.group("unit") != "¤" else "",
                    bool(YEARLY.match(match.group("after"))),
                    spans[0].duration if spans else "",
                    payer,
                    start + match.start(),
                    start + match.end("unit"),
                )
            )
    return found


FRAMEWORK = re.compile(
    r"\bprojet regional de sante\b(?: \(prs\))?(?: \(?(?:20\d\d) ?[-/] ?20\d\d\)?)?|"
    r"\bprs\b(?: \(?20\d\d ?[-/] ?20\d\d\)?)?"
)


def frameworks_in(page: Page) -> list[Found]:
    """The regional health projects named, the one with years first; the value is its first year."""
    found = []
    for match in FRAMEWORK.finditer(page.folded):
        start, end = page.sentence_at(match.start())
        if re.search(
            r"\bles (?:contrats locaux de sante|cls)\b|\bun (?:contrat local|cls)\b", page.folded[start:end]
        ):
            continue
        year = re.search(r"20\d\d", match.group())
        found.append(Found(year.group() if year else "", *match.span()))
    return sorted(found, key=lambda f: (not f.value, f.start))
