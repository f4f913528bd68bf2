"""What people read in a workbook: sheets, headers, comments, labels of codes and of registry entries.

They come from the ontology and the code lists, through the mapping of the record; ``names``
holds only what these do not say, or say in too many words for a header.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from pyoxigraph import Literal, NamedNode

from cls_graph.corpus import Corpus
from cls_graph.errors import Text
from cls_graph.namespaces import RDFS, SKOS, VOCAB
from cls_graph.records import mapping as m
from cls_graph.sheets.columns import Column, Part, mapped, tables
from cls_graph.sheets.names import ADDRESS, DOT, FREQUENCIES, KINDS, LANGUAGES, LISTS, NAMES, SHEETS
from cls_graph.sheets.notes import STATE_HEADERS
from cls_graph.suggesting import Suggester


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text by which headers and labels are compared: no accent, case, punctuation or double space.

    >>> plain("  N°  d’ÉTAPE :")
    'n d etape'
    """
    text = unicodedata.normalize("NFKD", text.replace("°", " ").replace("œ", "oe").replace("Œ", "oe"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def as_known(cell: str, known: object) -> str:
    """A text, or what the record has where that differs only in how its accents are written.

    macOS writes them apart from their letters, and a quote is written as its source has it.
    """
    return known if isinstance(known, str) and composed(known) == composed(cell) else cell


def all_known(cell: str | list[str], known: object) -> str | list[str]:
    """As ``as_known``, of a cell with several values too."""
    if isinstance(cell, str):
        return as_known(cell, known)
    had = {composed(value): value for value in known} if isinstance(known, list) else {}
    return [had.get(composed(value), value) for value in cell]


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class Words:
    """The words of one corpus, in one language; what is read back is understood in both."""

    def __init__(self, corpus: Corpus, lang: str) -> None:
        self.corpus, self.lang = corpus, lang
        self.suggester = Suggester()
        self._headers: dict[tuple[str, tuple[str, ...], str], str] = {}

    @cached_property
    def by_language(self) -> dict[str, Words]:
        """The words of the corpus in each language."""
        return {lang: self if lang == self.lang else Words(self.corpus, lang) for lang in LANGUAGES}

    @cached_property
    def terms(self) -> dict[str, dict[str, Text]]:
        """Label and definition of each term of the ontology and the code lists."""
        kinds = {RDFS + "label": "label", SKOS + "prefLabel": "label", SKOS + "definition": "definition"}
        found: dict[str, dict[str, Text]] = defaultdict(lambda: {"label": {}, "definition": {}})
        for t in [*self.corpus.ontology, *self.corpus.vocabularies]:
            kind = kinds.get(t.predicate.value)
            if kind and isinstance(t.object, Literal) and isinstance(t.subject, NamedNode):
                found[t.subject.value][kind][t.object.language or ""] = t.object.value
        return dict(found)

    def sheet(self, key: str, lang: str = "") -> str:
        """The name of the sheet of a part."""
        known = SHEETS.get(key)
        return self.said(known, lang) if known else _human(key.rpartition(".")[2])

    def said(self, text: Text, lang: str = "") -> str:
        """A text in a language, which calls contracts by the kind of the corpus."""
        lang = lang or self.lang
        return self.corpus.kind.noun(text[lang], lang)

    @property
    def state_headers(self) -> list[str]:
        """The headers of the table of the state of the records."""
        return [self.corpus.kind.noun(word, self.lang) for word in STATE_HEADERS[self.lang]]

    def header(self, part: Part, column: Column, lang: str = "") -> str:
        """The header of a column: ``Période : début``."""
        lang = lang or self.lang
        known = (part.key, column.path, lang)
        if known not in self._headers:
            colon = " : " if lang == "fr" else ": "
            words = [self._word(part, key, lang) for key in column.path]
            self._headers[known] = words[0] + "".join(colon + w[:1].lower() + w[1:] for w in words[1:])
        return self._headers[known]

    def field(self, part: Part, holder: str, lang: str = "") -> str:
        """The name of what evidence is about: the header of a fact, or of the period that columns share."""
        return self.header(part, Column(tuple(holder.split(".")), ""), lang)

    def _word(self, part: Part, key: str, lang: str) -> str:
        if key == "item" and part.ident != "item":
            return NAMES["id"][lang]
        row = mapped(part, key)
        # "label" is the name of a thing in one part, "value" a number in another: the ontology tells.
        if key in NAMES and not (key == "value" and part.ident):
            return self.said(NAMES[key], lang)
        label = self.terms.get(row.property, {}).get("label", {}).get(lang, "") if row else ""
        return label[:1].upper() + label[1:] if label else _human(key)

    def comment(self, part: Part, column: Column) -> str:
        """What the comment on a header says: the definition of the term, then how to fill the cell."""
        lines = []
        row = mapped(part, column.path[-1]) if part.ident or part.key == "contract" else None
        if row is not None:
            lines.append(self.terms.get(row.property, {}).get("definition", {}).get(self.lang, ""))
        name = column.path[-1]
        if name in ADDRESS and not (part.ident and name in ("value", "item")):
            lines.append(self.said(ADDRESS[name]))
        if column.required and name != "id":
            lines.append(KINDS["required"][self.lang])
        if column.many:
            lines.append(KINDS["many" if self.listed(column) else "lines"][self.lang])
        elif column.scheme or column.refers or column.choices:
            lines.append(KINDS["list"][self.lang])
        if column.kind in KINDS:
            lines.append(KINDS[column.kind][self.lang])
        return "\n".join(line for line in lines if line)

    @staticmethod
    def listed(column: Column) -> bool:
        """Whether its values are words or keys of a list, and not free text."""
        return bool(column.scheme or column.refers or column.choices) or column.kind in ("ItemId", "Boolean")

    def list_name(self, name: str) -> str:
        """What a list of words or of registry entries is called: its header where it is shown."""
        label = self.terms.get(VOCAB + name, {}).get("label", {}).get(self.lang, "")
        return label or (self.said(LISTS[name]) if name in LISTS else _human(name))

    # --- values of lists

    def code(self, column: Column, slug: str, lang: str = "") -> str:
        """The label of a code; the code itself where it has none, or shares it."""
        label = self._code(column, slug, lang or self.lang)
        return label if label and len(self.codes(column).get(plain(label), ())) == 1 else slug

    def _code(self, column: Column, slug: str, lang: str) -> str:
        if column.scheme == "frequency":
            return FREQUENCIES.get(slug, {}).get(lang, slug)
        node = m.ELEMENT_CLASSES.get(slug, "") if column.choices else f"{VOCAB}{column.scheme}/{slug}"
        return self.terms.get(node, {}).get("label", {}).get(lang, slug)

    def slugs(self, column: Column) -> list[str]:
        """The codes that a column may have, in order."""
        if column.scheme == "frequency":
            return list(m.FREQUENCIES)
        return list(column.choices) or self.corpus.schemes.get(column.scheme, [])

    def codes(self, column: Column) -> dict[str, set[str]]:
        """The codes that a word may mean, by word: labels in both languages, and codes."""
        return self._codes(column.scheme or "|".join(column.choices), column)

    def _codes(self, name: str, column: Column) -> dict[str, set[str]]:
        known = self.__dict__.setdefault("_known_codes", {})
        if name not in known:
            found: dict[str, set[str]] = defaultdict(set)
            for slug in self.slugs(column):
                for word in (slug, *(self._code(column, slug, lang) for lang in LANGUAGES)):
                    found[plain(word)].add(slug)
            known[name] = dict(found)
        names: dict[str, set[str]] = known[name]
        return names

    def labels(self, kind: str) -> dict[str, str]:
        """The label of each registry entry of a kind, by key."""
        registry = self.corpus.registry
        if kind == "agent":
            return self.labels("organisation") | self.labels("person")
        if kind == "organisation":
            return {k: o.label for k, o in registry.organisations.items()}
        if kind == "person":
            return {k: p.name for k, p in registry.persons.items()}
        if kind == "framework":
            return {k: f.title.value for k, f in registry.frameworks.items()}
        if kind == "document":
            return {k: d.title or k for k, d in registry.documents.items()}
        if kind == "territory":
            return {k: t.name for k, t in registry.territories.items()}
        reads = [r.value.contract for r in self.corpus.records if r.value is not None]
        return {c.key: c.title.value if c.title else "" for c in reads}

    def entries(self, kind: str) -> dict[str, str]:
        """``labels``, kept."""
        known: dict[str, dict[str, str]] = self.__dict__.setdefault("_known_entries", {})
        if kind not in known:
            known[kind] = self.labels(kind)
        return known[kind]

    def named(self, kind: str) -> dict[str, set[str]]:
        """The keys that a name may mean, by name."""
        known: dict[str, dict[str, set[str]]] = self.__dict__.setdefault("_known_names", {})
        if kind not in known:
            found: dict[str, set[str]] = defaultdict(set)
            for key, label in self.entries(kind).items():
                found[plain(label)].add(key)
            for key, body in self.corpus.registry.organisations.items():
                for name in body.alt_labels if kind in ("organisation", "agent") else ():
                    found[plain(name)].add(key)
            known[kind] = dict(found)
        return known[kind]

    def reference(self, kind: str, key: str) -> str:
        """A key as a cell shows it: with its label after it."""
        label = self.entries(kind).get(key, "")
        return f"{key}{DOT}{label}" if label and ";" not in label and kind != "contract" else key

    # --- words back to parts and columns

    @cached_property
    def parts_by_name(self) -> dict[str, Part]:
        """Every part of a record by the names its sheet may have."""
        return self.named_parts(tables())

    def named_parts(self, parts: Iterable[Part]) -> dict[str, Part]:
        """Parts by the names their sheets may have, in both languages, and of corpora of another kind."""
        found: dict[str, Part] = {}
        for part in parts:
            own = (self.sheet(part.key, lang) for lang in LANGUAGES)
            for name in (part.key, *own, *SHEETS.get(part.key, {}).values()):
                found.setdefault(plain(name), part)
        return found


def _human(key: str) -> str:
    text = key.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]
