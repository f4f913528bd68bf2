"""Puts numbers into ``organisations.yaml``, touching nothing else: comments, order and layout stay."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from cls_graph.errors import OutputError
from cls_graph.files import replace_file
from cls_graph.records.registry import load_registry
from cls_graph.records.tree import BOM, Document, decode, parse


def write(path: Path, numbers: dict[str, dict[str, str]], source: str) -> Path:
    """Set the numbers of bodies (by key), each with its source in a comment; the backup's path.

    All or nothing: the new text is read back before it replaces the old. Raises ``OutputError``.
    """
    data = path.read_bytes()
    bom = BOM if data.startswith(BOM) else b""
    text = decode(data)
    document = parse(text)
    edits = []
    for index, entry in enumerate(_entries(document)):
        if entry.get("key") in numbers:
            edits += _edits(document, index, text, numbers[entry["key"]], source)
    for at, new in sorted(edits, reverse=True):
        text = text[:at] + new + text[at:]
    fresh = bom + text.encode("utf-8")
    _check(path, data, fresh, numbers)
    backup = path.with_name(f"{path.name}.{hashlib.sha256(data).hexdigest()[:12]}.bak")
    replace_file(backup, data)
    replace_file(path, fresh)
    return backup


def _entries(document: Document) -> list[dict[str, str]]:
    tree = document.tree
    return tree["organisations"] if isinstance(tree, dict) else []


def _edits(
    document: Document, index: int, text: str, numbers: dict[str, str], source: str
) -> list[tuple[int, str]]:
    path = ("organisations", index)
    said = re.sub(r"[^\S ]|[^\w\s,.;:()'’/–-]", " ", source).strip()
    pairs = [f'{kind}: "{number}"' for kind, number in numbers.items()]
    if path in document.flow:
        close = document.marks[path].end - 1
        comma = "" if text[:close].rstrip().endswith(",") else ", "
        end = text.find("\n", close)
        end = len(text) if end < 0 else end - (text[end - 1] == "\r")
        note = [(end, f"  # {said}")] if not text[close + 1 : end].strip() else []
        return [(close, comma + ", ".join(pairs)), *note]
    key = document.keys[*path, "kind"]
    at = text.find("\n", document.marks[*path, "kind"].end - 1)
    newline = "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"
    added = "".join(f"{' ' * (key.column - 1)}{pair}  # {said}{newline}" for pair in pairs)
    return [(len(text), newline + added) if at < 0 else (at + 1, added)]


def _check(path: Path, old: bytes, new: bytes, numbers: dict[str, dict[str, str]]) -> None:
    """Nothing but the numbers has changed."""
    before, _ = load_registry({path.name: old})
    after, _ = load_registry({path.name: new})
    for key, entry in before.organisations.items():
        wanted = entry.model_copy(update=numbers.get(key, {}))
        if after.organisations.get(key) != wanted:
            raise OutputError(
                f"{path} : l'entrée {key} ne peut pas être complétée sans la changer ; rien n'est écrit.",
                f"{path}: the entry {key} cannot be completed without changing it; nothing is written.",
            )
