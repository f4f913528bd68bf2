"""A scorecard as text, JSON and a page."""

from __future__ import annotations

import json
from collections.abc import Iterable

from jinja2 import Environment, PackageLoader

from cls_graph.errors import Text
from cls_graph.scoring.checks import ABSENT, FAIL, LEVELS, MAY, MUST, PASS, SHOULD, UNSURE, VERDICTS
from cls_graph.scoring.running import Result, Scorecard
from cls_graph.scoring.table import GROUPS

FORMATS = ("text", "json", "html")
VERDICT_NAMES: dict[str, Text] = {
    PASS: {"fr": "tenu", "en": "pass"},
    FAIL: {"fr": "non tenu", "en": "fail"},
    ABSENT: {"fr": "sans objet", "en": "not applicable"},
    UNSURE: {"fr": "indécis", "en": "not sure"},
}
LEVEL_NAMES: dict[str, Text] = {
    MUST: {"fr": "doit", "en": "must"},
    SHOULD: {"fr": "devrait", "en": "should"},
    MAY: {"fr": "peut", "en": "may"},
}
MARKS = {PASS: "✓", FAIL: "✗", ABSENT: "·", UNSURE: "?"}
WORDS: dict[str, Text] = {
    "title": {"fr": "Bulletin d'un point d'accès SPARQL", "en": "Scorecard of a SPARQL endpoint"},
    "endpoint": {"fr": "Point d'accès", "en": "Endpoint"},
    "server": {"fr": "Se nomme", "en": "Calls itself"},
    "by": {"fr": "Établi par", "en": "Scored by"},
    "requests": {"fr": "requêtes envoyées", "en": "requests sent"},
    "group": {"fr": "Groupe", "en": "Group"},
    "summary": {"fr": "En bref", "en": "In short"},
    "failing": {"fr": "Ce qui n'est pas tenu", "en": "What fails"},
    "none": {"fr": "Rien.", "en": "Nothing."},
    "seen": {"fr": "Vu", "en": "Seen"},
    "all": {"fr": "Tous les points", "en": "All checks"},
    "levels": {
        "fr": "«\u00a0doit\u00a0» : sans cela, un client qui suit la norme reçoit une réponse fausse ou "
        "aucune, ou le service peut être retourné contre son hôte. «\u00a0devrait\u00a0» : recommandé, ou un "
        "cas rare. «\u00a0peut\u00a0» : bonne pratique.",
        "en": "'must': without it a client that follows the specification gets a wrong answer or none, or "
        "the service can be turned against its host. 'should': recommended, or a rare case. 'may': good "
        "practice.",
    },
}


def render(card: Scorecard, form: str, lang: str) -> str:
    """The scorecard in one of ``FORMATS``."""
    if form == "json":
        return json.dumps(card.as_json(lang), ensure_ascii=False, indent=2) + "\n"
    return as_html(card, lang) if form == "html" else as_text(card, lang)


def sentence(card: Scorecard, lang: str) -> str:
    """The whole scorecard in one sentence."""
    counts = card.counts()
    parts = []
    for level in LEVELS:
        asked = counts[level][PASS] + counts[level][FAIL]
        parts.append(f"{LEVEL_NAMES[level][lang]} {counts[level][PASS]}/{asked}")
    unsure = sum(counts[level][UNSURE] for level in LEVELS)
    parts += [f"{VERDICT_NAMES[UNSURE][lang]} {unsure}"] if unsure else []
    return ", ".join(parts)


def as_text(card: Scorecard, lang: str) -> str:
    """Lines for a terminal: each check with its mark; what was seen only where it is not well."""
    colon = " : " if lang == "fr" else ": "
    server = f" ({card.server})" if card.server else ""
    lines = [f"{card.url}{server}"]
    for title, results in grouped(card, lang):
        lines += ["", title]
        for result in results:
            verdict = result.outcome.verdict
            level = LEVEL_NAMES[result.check.level][lang]
            lines.append(f"  {MARKS[verdict]} {level:<7} {result.check.id:<34} {result.check.text[lang]}")
            if verdict in (FAIL, UNSURE):
                lines.append(
                    f"            → {VERDICT_NAMES[verdict][lang]}{colon}{result.outcome.seen[lang]}"
                )
    return "\n".join([*lines, "", sentence(card, lang)]) + "\n"


def grouped(card: Scorecard, lang: str) -> Iterable[tuple[str, list[Result]]]:
    """The results by group, under the title of each."""
    for group in GROUPS:
        results = [r for r in card.results if r.check.group == group.name]
        if results:
            yield group.title[lang], results


def as_html(card: Scorecard, lang: str) -> str:
    """One page that opens anywhere: no script, nothing fetched."""
    environment = Environment(
        loader=PackageLoader("cls_graph.scoring"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    groups = [g for g in GROUPS if any(r.check.group == g.name for r in card.results)]
    failing = [
        r for level in LEVELS for r in card.results if r.outcome.verdict == FAIL and r.check.level == level
    ]
    return environment.get_template("scorecard.html").render(
        card=card,
        lang=lang,
        words={name: texts[lang] for name, texts in WORDS.items()},
        verdicts={v: VERDICT_NAMES[v][lang] for v in VERDICTS},
        levels={level: LEVEL_NAMES[level][lang] for level in LEVELS},
        marks=MARKS,
        groups=groups,
        results={g.name: [r for r in card.results if r.check.group == g.name] for g in groups},
        counts={g.name: card.counts(g.name) for g in groups},
        failing=failing,
        sentence=sentence(card, lang),
    )
