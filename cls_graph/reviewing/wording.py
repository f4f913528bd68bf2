"""A proposed statement in words: what it says, its quote, how sure the draft was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode

from cls_graph.changes.words import ELEMENTS, FIELDS, PARTS
from cls_graph.corpus import Corpus
from cls_graph.geo import codes
from cls_graph.namespaces import SKOS, VOCAB
from cls_graph.plainly import TRUTH, dated, lasting
from cls_graph.reviewing.statements import Statement
from cls_graph.sheets.names import FREQUENCIES

PART_NAMES = {
    "engagements": "engagement",
    "milestones": "milestone",
    "funding": "funding",
    "counts": "count",
    "frameworks": "framework",
}
ELEMENT_NAMES = {
    "axis": "Axis",
    "objective": "Objective",
    "action-sheet": "ActionSheet",
    "measure": "Measure",
}
SCHEMES = {
    "kind": "organisation-kind",
    "role": "party-role",
    "status": "contract-status",
    "axis_type": "axis-type",
    "determinants": "determinant",
    "populations": "target-population",
    "approaches": "approach",
    "relation": "framework-relation",
    "item": "counted-item",
    "assertion": "assertion-status",
}
HIDDEN = ("id", "evidence", "children", "value", "note")
WORDS = {
    "fr": {
        "colon": " : ",
        "quote": "citation",
        "confidence": "confiance",
        "doubt": "doute",
        "candidates": "candidats",
        "note": "note",
        "unresolved": "l'énoncé lui-même est douteux",
        "body": "le texte ne dit pas quel organisme",
        "done": "relu",
        "amendments": "avenant",
        "from": "à partir de",
        "until": "jusqu'à",
    },
    "en": {
        "colon": ": ",
        "quote": "quote",
        "confidence": "confidence",
        "doubt": "doubt",
        "candidates": "candidates",
        "note": "note",
        "unresolved": "the claim itself is doubtful",
        "body": "the text does not say which body",
        "done": "reviewed",
        "amendments": "amendment",
        "from": "from",
        "until": "until",
    },
}


class Wording:
    """Says statements in one language, codes and keys by their names."""

    def __init__(self, corpus: Corpus, lang: str) -> None:
        self.lang, self.words = lang, WORDS[lang]
        self.parties = {key: body.label for key, body in corpus.registry.organisations.items()}
        self.parties |= {key: person.name for key, person in corpus.registry.persons.items()}
        self.frameworks = {key: entry.title.value for key, entry in corpus.registry.frameworks.items()}
        self.territories = {key: entry.name for key, entry in corpus.registry.territories.items()}
        self.labels = {
            t.subject.value.removeprefix(VOCAB): t.object.value
            for t in corpus.vocabularies
            if t.predicate.value == SKOS + "prefLabel"
            and isinstance(t.subject, NamedNode)
            and isinstance(t.object, Literal)
            and t.object.language == lang
        }

    def sentence(self, statement: Statement) -> str:
        """What the statement says, in a line."""
        node = statement.node
        colon = self.words["colon"]
        if statement.part == "contract":
            value = node.get("value", node) if isinstance(node, dict) else node
            return f"{self.subject(statement)}{colon}{self._value(str(statement.path[1]), value)}"
        name = self.subject(statement)
        shown = [f"{self._field(k)} {self._value(k, v)}" for k, v in self._told(statement)]
        return f"{name}{colon}{', '.join(shown)}"

    def about(self, statement: Statement) -> Iterator[tuple[str, str]]:
        """What stands below the sentence: quotes, confidence, doubts, candidates, each with its name."""
        for quote in statement.quotes:
            yield self.words["quote"], f"« {quote} »" if self.lang == "fr" else f"'{quote}'"
        if statement.confidence is not None:
            shown = f"{statement.confidence:.2f}"
            yield self.words["confidence"], shown.replace(".", ",") if self.lang == "fr" else shown
        for doubt in self.doubts(statement):
            yield self.words["doubt"], doubt
        if statement.candidates:
            yield self.words["candidates"], statement.candidates
        for note in self.notes(statement):
            yield self.words["note"], note

    def doubts(self, statement: Statement) -> list[str]:
        """What is not sure of it."""
        found = [self.words["unresolved"]] if statement.unresolved else []
        if statement.part == "engagements" and "party" not in statement.node:
            found.append(self.words["body"])
        party = statement.node.get("party") if isinstance(statement.node, dict) else None
        known = isinstance(party, str) and party in self.parties
        return [*found, *(d for d in statement.doubts if not (known and d.startswith(f"{party} (")))]

    def notes(self, statement: Statement) -> list[str]:
        """What the draft notes of it."""
        noted = isinstance(statement.node, dict) and "note" in statement.node
        return [self._value("note", statement.node["note"])] if noted else []

    def subject(self, statement: Statement) -> str:
        """What it is about, in words: ``titre``, ``engagement 03``."""
        if statement.part == "contract":
            return self._field(str(statement.path[1]))
        node, column = statement.node, 0 if self.lang == "fr" else 2
        if statement.part == "programme":
            noun = ELEMENTS[ELEMENT_NAMES[node["type"]]][column]
        elif statement.part == "amendments":
            noun = self.words["amendments"]
        else:
            noun = PARTS[PART_NAMES[statement.part]][column]
        return f"{noun} {node['id']}" if "id" in node else str(noun)

    def _told(self, statement: Statement) -> Iterator[tuple[str, Any]]:
        for key, value in statement.node.items():
            if key not in HIDDEN and not (key == "type" and statement.part == "programme"):
                yield key, value
        if "value" in statement.node:
            yield "value", statement.node["value"]

    def _field(self, key: str) -> str:
        return str(FIELDS[key][0 if self.lang == "fr" else 2]) if key in FIELDS else key

    def _value(self, key: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self._value(key, v) for v in value)
        if isinstance(value, dict):
            return self._value(key, value["value"]) if "value" in value else self._parts(value)
        text = str(value)
        if key in ("territory", "place"):
            return self._territory(text)
        if key == "framework" and text in self.frameworks:
            return f"{self.frameworks[text]} ({text})"
        if key == "frequency":
            return FREQUENCIES.get(text, {}).get(self.lang, text)
        if key == "duration":
            return lasting(text, self.lang)
        if key == "stated_date":
            return dated(text, self.lang)
        if text in TRUTH:
            return TRUTH[text][self.lang]
        if key == "type":
            return self.labels.get(f"milestone-type/{text}", text)
        if key in SCHEMES:
            return self.labels.get(f"{SCHEMES[key]}/{text}", text)
        return f"{self.parties[text]} ({text})" if text in self.parties else text

    def _territory(self, key: str) -> str:
        """A territory by its name; the registry may not have it yet."""
        place = codes().places.get(key)
        name = self.territories.get(key) or (place.name if place is not None else "")
        return f"{name} ({key})" if name else key

    def _parts(self, value: dict[str, Any]) -> str:
        """A period: from when, to when, how long."""
        told = {k: self._value(k, v) for k, v in value.items() if isinstance(v, (str, dict))}
        begin, end, lasts = (told.pop(k, "") for k in ("begin", "end", "duration"))
        spans = {
            (True, True): f"{begin}–{end}",
            (True, False): f"{self.words['from']} {begin}",
            (False, True): f"{self.words['until']} {end}",
        }
        span = spans.get((bool(begin), bool(end)), "")
        rest = (f"{self._field(k)} {v}" for k, v in told.items())
        return ", ".join(filter(None, (span, lasts, *rest)))
