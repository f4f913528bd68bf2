"""Decisions on the statements of a draft, carried out on its text: layout and other comments stay.

Each gives a new draft and leaves the old one as it is. Where the text is not laid out as a draft is,
so that the outcome would not be the record expected, ``UsageError`` says so and nothing is changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cls_graph.errors import UsageError
from cls_graph.records.model import Record, Review
from cls_graph.records.patching import patched
from cls_graph.records.reader import read_model
from cls_graph.records.tree import Path as RecordPath
from cls_graph.reviewing.statements import (
    CANDIDATES,
    CONFIDENCE,
    DONE,
    Draft,
    Statement,
    read_draft,
    region,
    unreadable,
)

MARKS = {"fr": "relu", "en": "reviewed"}
LISTS = (
    "determinants",
    "populations",
    "approaches",
    "actors",
    "pilot",
    "partners",
    "agents",
    "represented_by",
    "milestones",
)


def accept(draft: Draft, statement: Statement, lang: str, comment: str = "") -> Draft:
    """The statement holds. A claim that the draft doubted is then stated; a body that nobody
    identified makes its line unresolved. ``comment`` stays on its line, as one of the file."""
    node = statement.node
    changes: dict[str, str] = {}
    if statement.part == "engagements" and "party" not in node:
        if not statement.unresolved and _plain(node.get("assertion", "stated")) == "stated":
            changes["assertion"] = "unresolved"
    elif statement.unresolved:
        changes["assertion"] = ""
    return edit(draft, statement, changes, lang, comment)


def edit(
    draft: Draft, statement: Statement, changes: Mapping[str, str], lang: str, comment: str = ""
) -> Draft:
    """The statement holds with these values: a key of it each; an empty value takes the key out."""
    wanted = dict(changes)
    if wanted.get("party") and statement.part == "engagements" and "assertion" not in wanted:
        note = wanted.get("note", statement.node.get("note"))
        wanted["assertion"] = "resolved-by-context" if note else ""
    changed = draft
    for key, value in wanted.items():
        current = changed.statement(statement.name)
        assert current is not None
        changed = _set(changed, current, key, value)
    current = changed.statement(statement.name)
    if current is None or current.done:
        return changed
    lines = changed.text.split("\n")
    end = "\r" if lines[current.first].endswith("\r") else ""
    mark = f"{MARKS[lang]} : {_comment(comment)}" if _comment(comment) else MARKS[lang]
    lines[current.first] = f"{lines[current.first].rstrip()}  # {mark}{end}"
    return read_draft(draft.file, "\n".join(lines))


def reject(draft: Draft, statement: Statement) -> Draft:
    """The statement leaves the record, and its parts with it; the ids of others stay.

    Raises ``UsageError`` where another statement names its id.
    """
    lines = draft.text.split("\n")
    path = statement.path
    if isinstance(path[-1], int) and len(_at(draft, path[:-1])) == 1:
        path = path[:-1]
    first, last = region(draft.document, lines, path)
    left = read_draft(draft.file, "\n".join(lines[:first] + lines[last:]))
    before, after = _idents(draft.document.tree), _idents(left.document.tree)
    gone = before - after
    if named := sorted(gone & _named(left.document.tree)):
        raise UsageError(
            f"{statement.name} : un autre énoncé renvoie à {', '.join(named)} ; changez-le d'abord.",
            f"{statement.name}: another statement refers to {', '.join(named)}; change that first.",
        )
    names = {s.name for s in draft.statements} - {s.name for s in left.statements}
    if any(n != statement.name and "children" not in str(_path(draft, n)) for n in names):
        raise _unsafe(statement)
    return left


def reopen(file: str, data: bytes) -> bytes:
    """The record as one to review again: the last review joins the earlier ones. A draft stays as it is.

    Raises ``ChecksFailed`` where it does not read as a record.
    """
    read = read_model(Record, file, data)
    if read.value is None:
        raise unreadable(read.findings)
    contract = read.value.contract
    if contract.review is not None and contract.review.state == "drafted":
        return data
    earlier = contract.review.rounds if contract.review is not None else ()
    review = Review(state="drafted", earlier=earlier)
    again = contract.model_copy(update={"review": review})
    return patched(read, data, read.value.model_copy(update={"contract": again}))


def _review(draft: Draft) -> Review:
    tree: Any = draft.document.tree
    return Review.model_validate(tree["contract"]["review"])


def finish(draft: Draft, by: str, on: str) -> str:
    """The text of the reviewed record: who and when in ``review``, the marks of the draft gone.

    Reviews that were signed before stay, in their order, below the last one.
    """
    lines = draft.text.split("\n")
    first, last = region(draft.document, lines, ("contract", "review"))
    pad = " " * (draft.document.keys["contract", "review"].column - 1)
    keys = {"state": "reviewed", "by": by, "on": on}
    end = "\r" if lines[first].endswith("\r") else ""
    block = [f"{pad}review:{end}", *(f"{pad}  {k}: {_text(v)}{end}" for k, v in keys.items())]
    review = _review(draft)
    if review.rounds:
        block.append(f"{pad}  earlier:{end}")
    for signed in review.rounds:
        told = {k: v for k, v in signed.model_dump().items() if v is not None}
        block.append(f"{pad}    - {{{', '.join(f'{k}: {_text(v)}' for k, v in told.items())}}}{end}")
    for statement in draft.statements:
        line = lines[statement.first]
        tail = "\r" if line.endswith("\r") else ""
        mark = DONE.search(line)
        said = f"  # {mark[1].rstrip()}" if mark and mark[1] else ""
        lines[statement.first] = CONFIDENCE.sub("", DONE.sub("", line.rstrip())) + said + tail
    lines[first:last] = block
    return "\n".join(line for line in lines if not CANDIDATES.match(line.rstrip()))


def _set(draft: Draft, statement: Statement, key: str, value: str) -> Draft:
    """One key of a statement."""
    path = _key_path(statement, key)
    lines = draft.text.split("\n")
    marks, known = draft.document.marks, path in draft.document.marks
    shown = _listed(value) if _is_list(draft, path, key) else _text(value)
    if not value:
        if not known:
            return draft
        first, last = region(draft.document, lines, path)
        if first == statement.first and statement.part != "contract":
            raise UsageError(
                f"{statement.name} : « {key} » ne peut pas être vidé.",
                f"{statement.name}: '{key}' cannot be emptied.",
            )
        text = "\n".join(lines[:first] + lines[last:])
    elif known and isinstance(_at(draft, path), dict):
        raise UsageError(
            f"{statement.name} : « {key} » a plusieurs clés ; donnez-en une.",
            f"{statement.name}: '{key}' has several keys; give one of them.",
        )
    elif known:
        mark = marks[path]
        text = draft.text[: mark.start] + shown + draft.text[mark.end :]
    else:
        text = _inserted(draft, statement, path, shown)
    changed = read_draft(draft.file, text)
    if len(changed.statements) != len(draft.statements):
        raise _unsafe(statement)
    return changed


def _inserted(draft: Draft, statement: Statement, path: RecordPath, shown: str) -> str:
    """The text with a new key after the first scalar key of the same mapping."""
    node = _at(draft, path[:-1])
    if not isinstance(node, dict):
        raise UsageError(
            f"{statement.name} n'a qu'une valeur : modifiez « value ».",
            f"{statement.name} has a value only: edit 'value'.",
        )
    beside = next((k for k, v in node.items() if isinstance(v, str)), None)
    if beside is None:
        return _before(draft, statement, path, shown, next(iter(node)))
    key = draft.document.keys[*path[:-1], beside]
    mark = draft.document.marks[*path[:-1], beside]
    at = draft.text.find("\n", max(mark.end - 1, mark.start))
    at = len(draft.text) if at < 0 else at
    end = "\r" if draft.text[at - 1 : at] == "\r" else ""
    return f"{draft.text[:at]}\n{' ' * (key.column - 1)}{path[-1]}: {shown}{end}{draft.text[at:]}"


def _before(draft: Draft, statement: Statement, path: RecordPath, shown: str, first: str) -> str:
    """The text with a new key on a line of its own, before the first of a mapping of mappings."""
    key = draft.document.keys[*path[:-1], first]
    at = draft.text.rfind("\n", 0, key.start) + 1
    pad = draft.text[at : key.start]
    if pad.strip():
        raise _unsafe(statement)
    end = "\r" if draft.text[: at - 1].endswith("\r") else ""
    return f"{draft.text[:at]}{pad}{path[-1]}: {shown}{end}\n{draft.text[at:]}"


def _key_path(statement: Statement, key: str) -> RecordPath:
    """Where a key of a statement is: that of the value itself where the statement is a fact or a period."""
    node, path = statement.node, statement.path
    if not isinstance(node, dict):
        if key != "value":
            raise UsageError(
                f"{statement.name} n'a qu'une valeur : modifiez « value ».",
                f"{statement.name} has a value only: edit 'value'.",
            )
        return path
    for part in key.split("."):
        if isinstance(node.get("value"), dict) and part not in ("value", "assertion", "note"):
            path, node = (*path, "value"), node["value"]
        path = (*path, part)
        node = node.get(part, {})
        if not isinstance(node, dict):
            node = {}
    inner = (*path, "value")
    return inner if "value" in node and not key.endswith("value") else path


def _is_list(draft: Draft, path: RecordPath, key: str) -> bool:
    return isinstance(_at(draft, path), list) or key in LISTS


def _at(draft: Draft, path: RecordPath) -> Any:
    node: Any = draft.document.tree
    for part in path:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            return None
    return node


def _path(draft: Draft, name: str) -> RecordPath:
    found = draft.statement(name)
    return found.path if found else ()


def _listed(value: str) -> str:
    return "[" + ", ".join(_text(v) for v in re.split(r"[,;]\s*|\s*\n\s*", value.strip()) if v) + "]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str) -> str:
    """A comment as one line of what YAML takes."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _plain(value: Any) -> str:
    return str(value["value"]) if isinstance(value, dict) else str(value)


def _idents(tree: Any) -> set[str]:
    """The ids of the items of a record, by part: engagements and milestones count apart."""
    found: set[str] = set()
    for part, items in tree.items():
        if isinstance(items, list):
            found |= {f"{part}/{i}" for i in _ids(items)}
    return found


def _ids(items: list[Any]) -> list[str]:
    return [i for item in items for i in (item.get("id", ""), *_ids(item.get("children", [])))]


_PART_OF = {
    "within": "engagements",
    "milestone": "milestones",
    "milestones": "milestones",
    "revises": "amendments",
    "added_parties": "engagements",
    "ended_parties": "engagements",
    "added_elements": "programme",
    "removed_elements": "programme",
}


def _named(node: Any, key: str = "", depth: int = 0) -> set[str]:
    """The ids that statements name."""
    if isinstance(node, dict):
        return {i for k, v in node.items() for i in _named(v, key if k == "value" else k, depth + 1)}
    if isinstance(node, list):
        return {i for v in node for i in _named(v, key, depth)}
    return {f"{_PART_OF[key]}/{node}"} if depth > 1 and key in _PART_OF else set()


def _unsafe(statement: Statement) -> UsageError:
    return UsageError(
        f"{statement.name} n'est pas écrit comme un brouillon l'est ; modifiez la fiche dans un éditeur.",
        f"{statement.name} is not written as a draft is; change the record in an editor.",
    )
