"""The statements that a draft proposes, read from its file with the comments that it was written with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cls_graph.errors import ChecksFailed, ClsGraphError, Text, UsageError
from cls_graph.findings import Finding
from cls_graph.records.model import Record
from cls_graph.records.reader import read_model
from cls_graph.records.tree import Document
from cls_graph.records.tree import Path as RecordPath

CERTAIN = 0.9
"""From this confidence on, a statement without a doubt is certain."""

SETTLED = ("key", "carrier", "review")
"""Keys of ``contract`` that are no statement: they name the record, or speak of it."""
PARTS = ("engagements", "programme", "milestones", "amendments", "funding", "counts", "frameworks")
DONE = re.compile(r"[ \t]+# (?:relu|reviewed)(?: : (.*?))?[ \t\r]*$", re.MULTILINE)
CONFIDENCE = re.compile(r"[ \t]+# (?:confiance|confidence) (\d[.,]\d+)")
CANDIDATES = re.compile(r"^[ \t]*# candidates: (.*)$")


@dataclass(frozen=True)
class Statement:
    """One proposed statement: where it is, what it says, and what the draft knew of it."""

    name: str
    path: RecordPath
    node: Any
    first: int
    last: int
    """Lines of the file, from 0; ``last`` is the first line after it."""
    confidence: float | None = None
    candidates: str = ""
    doubts: tuple[str, ...] = ()
    done: bool = False

    @property
    def part(self) -> str:
        """The part of the record that it stands in."""
        return str(self.path[0])

    @property
    def quotes(self) -> list[str]:
        """The words of the source that it rests on."""
        evidence = self.node.get("evidence", []) if isinstance(self.node, dict) else []
        return [e["quote"] for e in evidence]

    @property
    def unresolved(self) -> bool:
        """Whether the draft doubts the claim itself."""
        return isinstance(self.node, dict) and self.node.get("assertion") == "unresolved"

    @property
    def certain(self) -> bool:
        """Whether nothing speaks against accepting it unseen."""
        named = self.part != "engagements" or "party" in self.node
        sure = self.confidence is not None and self.confidence >= CERTAIN
        # That a body is not in the registry is for ``check`` to say: it is no doubt of the claim.
        party = self.node.get("party") if isinstance(self.node, dict) else None
        doubts = [d for d in self.doubts if not d.startswith(f"{party} (")]
        return sure and named and not self.unresolved and not self.candidates and not doubts


@dataclass
class Draft:
    """The text of a drafted record, as it stands after the decisions taken."""

    file: str
    text: str
    document: Document
    statements: list[Statement] = field(default_factory=list)

    @property
    def open(self) -> list[Statement]:
        """The statements that nobody has decided on."""
        return [s for s in self.statements if not s.done]

    def statement(self, name: str) -> Statement | None:
        """The statement of this name."""
        return next((s for s in self.statements if s.name == name), None)


def unreadable(findings: Sequence[Finding]) -> ChecksFailed:
    """The error for a file that is no record."""
    return ChecksFailed(
        "Ce fichier ne se lit pas comme une fiche.",
        "This file does not read as a record.",
        findings=list(findings),
    )


def refusal(error: ClsGraphError) -> Text:
    """Why a decision cannot be carried out: what is wrong with the record it would make, or the error."""
    found: Sequence[Finding] = error.extra.get("findings") or ()
    return {lang: " ; ".join(f.message[lang] for f in found) or error.detail[lang] for lang in ("fr", "en")}


def read_draft(file: str, text: str, data: bytes | None = None) -> Draft:
    """The draft of a text. Raises ``ChecksFailed`` (not a record), ``UsageError`` (not a draft)."""
    read = read_model(Record, file, text.encode() if data is None else data)
    if read.value is None or read.document is None:
        raise unreadable(read.findings)
    review = read.value.contract.review
    if review is None or review.state != "drafted":
        state = review.state if review else "-"
        raise UsageError(
            f"{file} n'est pas un brouillon à relire (review.state : {state}). --again la rouvre pour une"
            " nouvelle relecture, et garde qui l'a déjà relue.",
            f"{file} is not a draft to review (review.state: {state}). --again opens it for a new review, and"
            " keeps who has reviewed it.",
        )
    draft = Draft(file, text, read.document)
    draft.statements = list(_statements(draft))
    return draft


def _statements(draft: Draft) -> Iterator[Statement]:
    tree = draft.document.tree
    assert isinstance(tree, dict)
    lines = draft.text.split("\n")
    doubts = _doubts(lines)
    for name, path, node in _nodes(tree):
        first, last = region(draft.document, lines, path)
        head = lines[first]
        confidence = CONFIDENCE.search(head)
        inner = (CANDIDATES.match(line) for line in lines[first:last])
        yield Statement(
            name,
            path,
            node,
            first,
            last,
            float(confidence[1].replace(",", ".")) if confidence else None,
            next((found[1] for found in inner if found), ""),
            tuple(d for d in doubts if _about(d, node)),
            DONE.search(head) is not None,
        )


def _nodes(tree: dict[str, Any]) -> Iterator[tuple[str, RecordPath, Any]]:
    """Name, path and content of each statement, in the order of the record."""
    for key, value in tree["contract"].items():
        if key in SETTLED:
            continue
        path: RecordPath = ("contract", key)
        if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            for index, item in enumerate(value):
                ident = item.get("id", item.get("value"))
                yield f"contract/{key}/{ident}", (*path, index), item
        else:
            yield f"contract/{key}", path, value
    for part in PARTS:
        yield from _items(part, (part,), tree.get(part, []))


def _items(part: str, path: RecordPath, items: list[Any]) -> Iterator[tuple[str, RecordPath, Any]]:
    for index, item in enumerate(items):
        ident = item.get("id") or item.get("item") or item.get("framework")
        yield f"{part}/{ident}", (*path, index), item
        yield from _items(part, (*path, index, "children"), item.get("children", []))


def region(document: Document, lines: list[str], path: RecordPath) -> tuple[int, int]:
    """The lines of a node: its first, and the first after it.

    Raises ``UsageError`` where it stands inside braces, on lines that it shares.
    """
    item = isinstance(path[-1], int)
    mark = document.marks[path] if item else document.keys[path]
    first = mark.line - 1
    lead = lines[first][: mark.column - 1]
    if path[:-1] in document.flow or lead.replace("- ", "  ").strip() or (item and "- " not in lead):
        raise UsageError(
            f"ligne {mark.line} : écrivez cet énoncé sur ses propres lignes, sans accolades autour.",
            f"line {mark.line}: write this statement on lines of its own, without braces around it.",
        )
    indent = lead.rindex("- ") if item else mark.column - 1
    last = first + 1
    while last < len(lines):
        line = lines[last]
        depth = len(line) - len(line.lstrip(" "))
        dash = not item and depth == indent and line.startswith("- ", depth)
        if line.strip() and depth <= indent and not dash:
            break
        last += 1
    while last > first + 1 and not lines[last - 1].strip():
        last -= 1
    return first, last


def _doubts(lines: list[str]) -> list[str]:
    """What the head of the draft says is to be checked."""
    found: list[str] = []
    listed = False
    for line in lines:
        if not line.startswith("#"):
            break
        if re.match(r"# (À vérifier :|To check:)$", line):
            listed = True
        elif listed and line.startswith("# - "):
            found.append(line[4:])
        elif listed and line.startswith("#   ") and found:
            found[-1] += " " + line[4:].strip()
        else:
            listed = False
    return found


def _about(doubt: str, node: Any) -> bool:
    """Whether a doubt speaks of a statement: it names its body, or its words between marks."""
    if not isinstance(node, dict):
        return False
    party = node.get("party")
    named = node.get("name_as_stated") or node.get("label")
    words = [w for w in (named, *(e["quote"] for e in node.get("evidence", []))) if isinstance(w, str)]
    return (isinstance(party, str) and doubt.startswith(f"{party} ")) or any(
        f"« {w} »" in doubt or f"'{w}'" in doubt for w in words
    )
