"""An explanation as text for people, one line a statement, premises further in."""

from __future__ import annotations

from cls_graph.entailment.explaining import Explanation
from cls_graph.entailment.sources import Passage
from cls_graph.errors import Text
from cls_graph.findings import DOT

_WORDS: dict[str, Text] = {
    "stated": {"fr": "énoncé dans {graphs}", "en": "stated in {graphs}"},
    "computed": {"fr": "calculé (raccourci)", "en": "computed (shortcut)"},
    "inferred": {"fr": "inféré", "en": "inferred"},
    "rule": {"fr": "règle", "en": "rule"},
    "because": {"fr": "parce que", "en": "because"},
    "status": {"fr": "statut", "en": "status"},
    "note": {"fr": "note", "en": "note"},
    "no_quote": {
        "fr": "aucun passage n'est cité pour cet énoncé",
        "en": "no passage is quoted for this statement",
    },
    "no_rule": {
        "fr": "par une règle que ce graphe ne donne pas",
        "en": "by a rule that this graph does not give",
    },
    "characters": {"fr": "caractères {start} à {end}", "en": "characters {start} to {end}"},
    "unquoted": {"fr": "(mots non publiés)", "en": "(words not published)"},
}


def tell(explanation: Explanation, lang: str) -> str:
    """The explanation and those of its premises, as lines."""
    return "\n".join(_lines(explanation, lang, "")) + "\n"


def _lines(e: Explanation, lang: str, indent: str) -> list[str]:
    lines = [indent + " — ".join(e.labels)]
    inner = indent + "    "
    if e.kind == "stated":
        graphs = ", ".join(name.partition("/graph/")[2] or name for name in e.graphs)
        lines.append(inner + _WORDS["stated"][lang].format(graphs=graphs))
        return [*lines, *(inner + line for line in _basis(e, lang))]
    if e.rule is None:
        return [*lines, f"{inner}{_WORDS['inferred'][lang]} {_WORDS['no_rule'][lang]}"]
    said = f"{_WORDS[e.kind][lang]}, {_WORDS['rule'][lang]} {e.rule.name}{DOT[lang]}{e.rule.meaning[lang]}"
    lines += [inner + said, inner + _WORDS["because"][lang] + DOT[lang].rstrip()]
    for premise in e.premises:
        lines += _lines(premise, lang, inner + "    ")
    return lines


def _basis(e: Explanation, lang: str) -> list[str]:
    lines = []
    if e.basis.status:
        lines.append(f"{_WORDS['status'][lang]}{DOT[lang]}{e.basis.status.rpartition('/')[2]}")
    lines += [f"{_WORDS['note'][lang]}{DOT[lang]}{note}" for note in e.basis.notes]
    lines += [_passage(passage, lang) for passage in e.basis.passages]
    return lines if e.basis.passages else [*lines, _WORDS["no_quote"][lang]]


def _passage(passage: Passage, lang: str) -> str:
    quote = passage.quote or _WORDS["unquoted"][lang]
    if passage.quote:
        quote = f"« {quote} »" if lang == "fr" else f"“{quote}”"
    where = [passage.title or passage.document]
    if passage.start is not None and passage.end is not None:
        where.append(_WORDS["characters"][lang].format(start=passage.start, end=passage.end))
    return f"{quote} ({', '.join(where)})"
