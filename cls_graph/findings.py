"""A finding: what is wrong, where, by which rule, and how to mend it, in French and English."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cls_graph.errors import Text
from cls_graph.rules import RULES, SEVERITIES, reason, title

DOT = {"fr": " : ", "en": ": "}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: a file as the user knows it, line and column from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return self.file + (f":{self.line}:{self.column}" if self.line else "")


@dataclass(frozen=True)
class Edit:
    """At the place of the finding, ``old`` stands in the file; ``new`` in its stead mends it."""

    old: str
    new: str


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    ``rule`` is a code of ``RULES`` or the IRI of a shape; ``subject`` names the thing concerned in
    words; ``node`` is its IRI where it has one; ``value`` the offending value.
    """

    rule: str
    severity: str
    place: Place
    message: Text
    remedy: Text
    subject: str = ""
    node: str = ""
    value: str = ""
    component: str = ""
    """The SHACL constraint component that failed, where a shape did."""
    why: Text = field(default_factory=lambda: {"fr": "", "en": ""})
    """Why the rule exists."""
    title: Text = field(default_factory=lambda: {"fr": "", "en": ""})
    """The rule in a few words."""
    subject_en: str = ""
    """``subject`` in English, where it has another name there."""
    edit: Edit | None = None
    """What mends it for certain."""

    def subject_in(self, lang: str) -> str:
        """The thing concerned, in one language."""
        return (self.subject_en or self.subject) if lang == "en" else self.subject

    @property
    def sort_key(self) -> tuple[Any, ...]:
        order = SEVERITIES.index(self.severity)
        return (self.place.file, self.place.line, self.place.column, order, self.rule, self.node, self.value)

    def text(self, lang: str) -> str:
        """The finding as lines for a terminal."""
        head = f"{self.place}: {SEVERITY_NAMES[self.severity][lang]} [{self.rule_name}] "
        subject = self.subject_in(lang)
        lines = [head + (f"{subject}{DOT[lang]}" if subject else "") + self.message[lang]]
        if self.remedy[lang]:
            lines.append(f"    → {self.remedy[lang]}")
        if self.edit is not None:
            lines.append(f"    → {self.edit_in(lang)}")
        return "\n".join(lines)

    def edit_in(self, lang: str) -> str:
        """The edit in words, or an empty text."""
        if self.edit is None:
            return ""
        words = {"fr": "Remplacez « {old} » par « {new} ».", "en": "Replace '{old}' by '{new}'."}
        return words[lang].format(old=self.edit.old, new=self.edit.new)

    @property
    def rule_name(self) -> str:
        return self.rule.rsplit("#", 1)[-1]

    def as_json(self, lang: str) -> dict[str, Any]:
        """The finding as a mapping, with its sentences in one language."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line or None,
            "column": self.place.column or None,
            "subject": self.subject_in(lang) or None,
            "node": self.node or None,
            "value": self.value or None,
            "message": self.message[lang],
            "remedy": self.remedy[lang] or None,
            "why": self.why[lang] or None,
            "edit": {"old": self.edit.old, "new": self.edit.new} if self.edit else None,
        }


SEVERITY_NAMES: dict[str, Text] = {
    "violation": {"fr": "erreur", "en": "error"},
    "warning": {"fr": "avertissement", "en": "warning"},
    "info": {"fr": "information", "en": "info"},
}


def finding(
    rule: str, place: Place, *, subject: str = "", node: str = "", edit: Edit | None = None, **params: Any
) -> Finding:
    """A finding of a rule of the table; ``params`` fill its sentences.

    A parameter may itself be a sentence by language.
    """
    row = RULES[rule]
    return Finding(
        rule,
        row.severity,
        place,
        filled(row.message, params),
        filled(row.remedy, params),
        subject,
        node,
        str(params.get("value", "")),
        why=reason(rule),
        title=title(rule),
        edit=edit,
    )


def filled(texts: Text, params: Mapping[str, Any]) -> Text:
    """Templates by language with their places filled; a parameter may itself be a sentence by language."""
    return {
        lang: template.format(**{k: v[lang] if isinstance(v, dict) else v for k, v in params.items()})
        for lang, template in texts.items()
    }


def sort(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of files and lines, without duplicates."""
    return sorted(set_by_content(findings), key=lambda f: f.sort_key)


def set_by_content(findings: Iterable[Finding]) -> list[Finding]:
    seen: dict[tuple[Any, ...], Finding] = {}
    for f in findings:
        seen.setdefault((*f.sort_key, f.message["en"]), f)
    return list(seen.values())


@dataclass(frozen=True)
class Group:
    """The findings of one rule at one severity."""

    rule: str
    severity: str
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """A finding that stands for all: the rule says the same of each."""
        return self.findings[0]


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Findings by rule: the gravest first, then the most frequent."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for f in findings:
        by_rule.setdefault((f.severity, f.rule), []).append(f)
    groups = [Group(rule, severity, tuple(found)) for (severity, rule), found in by_rule.items()]
    return sorted(groups, key=lambda g: (SEVERITIES.index(g.severity), -len(g.findings), g.rule))


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each severity."""
    totals = dict.fromkeys(SEVERITIES, 0)
    for f in findings:
        totals[f.severity] += 1
    return totals


def at_least(findings: Iterable[Finding], severity: str) -> bool:
    """Whether any finding is of this severity or a graver one."""
    limit = SEVERITIES.index(severity)
    return any(SEVERITIES.index(f.severity) <= limit for f in findings)


def certain(wrong: str, known: Iterable[str]) -> Edit | None:
    """The one known word that ``wrong`` must be a slip for, as an edit; ``None`` where there is a doubt."""
    near = difflib.get_close_matches(wrong, sorted(known), n=2, cutoff=0.8)
    # Two keys that differ in a digit name two things: a slip in letters only is certain.
    sure = len(near) == 1 and [c for c in wrong if c.isdigit()] == [c for c in near[0] if c.isdigit()]
    return Edit(wrong, near[0]) if sure else None
