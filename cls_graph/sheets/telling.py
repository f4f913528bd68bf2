"""What an import changes, in words: item by item, before and after."""

from __future__ import annotations

from collections.abc import Sequence

from cls_graph.errors import Text
from cls_graph.plainly import figured
from cls_graph.sheets import cells
from cls_graph.sheets.columns import FACTS, PARENT, Part, all_columns, tables
from cls_graph.sheets.grids import item_text
from cls_graph.sheets.names import LANGUAGES
from cls_graph.sheets.rows import Address, Row, Target
from cls_graph.sheets.words import Words
from cls_graph.table import one_line

SHOWN = 70

SAID: dict[str, Text] = {
    "added": {"fr": "ajouté", "en": "added"},
    "removed": {"fr": "retiré", "en": "removed"},
    "nothing": {"fr": "(rien)", "en": "(nothing)"},
    "evidence": {"fr": "preuves", "en": "evidence"},
    "quotes": {"fr": "{n} citation(s)", "en": "{n} quote(s)"},
    "assertion": {"fr": "statut", "en": "status"},
    "note": {"fr": "note", "en": "note"},
}


def differences(before: Sequence[Row], after: Sequence[Row], words: Words) -> list[Text]:
    """A sentence for each difference, in French and English."""
    by_key = {part.key: part for part in tables()}
    old, new = {r.address: r for r in before}, {r.address: r for r in after}
    found: list[Text] = []
    for address in [*old, *(a for a in new if a not in old)]:
        part = by_key[address.part]
        if address in old and address in new:
            found += _changed(old[address], new[address], part, words)
        else:
            row = new.get(address) or old[address]
            verb = "added" if address in new else "removed"
            found.append({lang: _whole(row, part, words, verb, lang) for lang in LANGUAGES})
    return found


def _head(address: Address, part: Part, words: Words, lang: str) -> str:
    name = words.sheet(part.key, lang)
    path = item_text(part, address.path, words)
    return f"{name} {path}".strip()


def _whole(row: Row, part: Part, words: Words, verb: str, lang: str) -> str:
    """An item that came or went, by what names it best."""
    for name in ("label", "name_as_stated", "title", "party", "description", "type", "funder"):
        value = row.cells.get(name)
        column = part.column(name)
        if value and column is not None:
            shown = _quoted(_text(column.name, row, part, words), lang)
            break
    else:
        shown = ""
    head = _head(row.address, part, words, lang)
    return f"{head} {SAID[verb][lang]}" + (f"{_colon(lang)}{shown}" if shown else "")


def _colon(lang: str) -> str:
    return " : " if lang == "fr" else ": "


def _quoted(text: str, lang: str) -> str:
    short = one_line(text, SHOWN)
    return f"« {short} »" if lang == "fr" else f"'{short}'"


def _text(name: str, row: Row, part: Part, words: Words) -> str:
    """The value of a column of a row; a number as the language writes it, an amount with its currency."""
    column, value = next(c for c in all_columns(part) if c.name == name), row.cells.get(name)
    if value is None:
        return ""
    if column.kind in ("Amount", "Number") and isinstance(value, str):
        currency = row.cells.get("currency", "") if column.kind == "Amount" else ""
        return f"{figured(value, words.lang)} {currency}".strip()
    return str(cells.cell(column, value, words))


def _changed(old: Row, new: Row, part: Part, words: Words) -> list[Text]:
    found = []
    for column in all_columns(part):
        before, after = old.cells.get(column.name), new.cells.get(column.name)
        if before == after or (column.path == (PARENT,) and not part.children):
            continue
        texts = [_text(column.name, row, part, words) for row in (old, new)]
        found.append(_sentence(old, part, words, lambda lang, c=column: words.header(part, c, lang), texts))
    for target in dict.fromkeys([*old.facts, *new.facts]):
        for key in ("assertion", "note"):
            known = [rows.facts.get(target, {}).get(key, "") for rows in (old, new)]
            if known[0] != known[1]:
                column = next(c for c in FACTS.columns if c.name == key)
                texts = [str(cells.shown(column, text, words)) if text else "" for text in known]
                found.append(_known(old, part, words, target, SAID[key], texts))
    for target in dict.fromkeys([*old.evidence, *new.evidence]):
        lists = [rows.evidence.get(target, []) for rows in (old, new)]
        if lists[0] == lists[1]:
            continue
        only = [[e for e in lists[i] if e not in lists[1 - i]] for i in (0, 1)]
        texts = ["; ".join(str(e.get("quote", "")) for e in several) for several in only]
        found.append(_known(old, part, words, target, SAID["evidence"], texts))
    return found


def _known(row: Row, part: Part, words: Words, target: Target, what: Text, texts: list[str]) -> Text:
    def name(lang: str) -> str:
        field = (
            words.field(part, target[0], lang) + (f" ({target[1]})" if target[1] else "") if target[0] else ""
        )
        return f"{field}, {what[lang]}" if field else what[lang]

    return _sentence(row, part, words, name, texts)


def _sentence(row: Row, part: Part, words: Words, name: object, texts: list[str]) -> Text:
    said = {}
    for lang in LANGUAGES:
        shown = [_quoted(t, lang) if t else SAID["nothing"][lang] for t in texts]
        label = name(lang)  # type: ignore[operator]
        said[lang] = f"{_head(row.address, part, words, lang)}, {label}{_colon(lang)}{shown[0]} → {shown[1]}"
    return said
