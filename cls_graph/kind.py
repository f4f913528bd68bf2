"""The kind of contract that a corpus holds, in words: the shared terms and pages then speak of that kind.

The ontology, the code lists and the shapes are written for local health contracts. A corpus of another
kind gives its name in ``dataset.yaml``; their texts say that name instead. Grammar is simple: the article
that comes before is made to agree; the shared texts have no adjective after the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cls_graph import nouns
from cls_graph.errors import Text
from cls_graph.namespaces import SHAPES


@dataclass(frozen=True)
class Words:
    """One name: ``contrat de ville``, ``contrats de ville``."""

    singular: str
    plural: str
    feminine: bool = False
    short: str = ""
    """What texts call it in short: ``CTG``."""

    @property
    def elided(self) -> bool:
        """Whether a French article before it loses its vowel."""
        return self.singular[:1].lower() in "aeiouyéèêàâîôûœ"


USUAL = {
    "fr": Words("contrat local de santé", "contrats locaux de santé"),
    "en": Words("local health contract", "local health contracts"),
}

NOT_OF_OTHERS = frozenset(
    NamedNode(f"{SHAPES}LocalHealthContract-{name}") for name in ("agency", "regionalProject")
)
"""Shapes that are true of local health contracts alone: with whom one is made, and what it carries out."""

_FRENCH = re.compile(
    r"(?:\b(?P<before>un|le|du|au|ce|cet|tout|aucun|chaque|de) )?"
    r"(?:(?P<one>(?:contrat|accord) local de santé)|(?P<many>contrats locaux de santé))(?! mentale)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?:\b(?P<before>an?) )?(?:(?P<one>local health (?:contract|agreement))"
    r"|(?P<many>local health contracts))\b",
    re.IGNORECASE,
)
_AGREEING = {
    # Before a masculine, a feminine, and a name that begins with a vowel.
    "un": ("un ", "une ", "{un} "),
    "le": ("le ", "la ", "l'"),
    "du": ("du ", "de la ", "de l'"),
    "au": ("au ", "à la ", "à l'"),
    "ce": ("ce ", "cette ", "{ce} "),
    "cet": ("ce ", "cette ", "{ce} "),
    "tout": ("tout ", "toute ", "{tout} "),
    "aucun": ("aucun ", "aucune ", "{aucun} "),
    "chaque": ("chaque ", "chaque ", "chaque "),
    "de": ("de ", "de ", "d'"),
}
_BEFORE_VOWEL = {
    False: {"un": "un", "ce": "cet", "tout": "tout", "aucun": "aucun"},
    True: {"un": "une", "ce": "cette", "tout": "toute", "aucun": "aucune"},
}


@dataclass(frozen=True)
class Kind:
    """A kind by language; that of cls-graph where nothing is given."""

    names: dict[str, Words] = field(default_factory=lambda: dict(USUAL))

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.names.items(), key=lambda item: item[0])))

    @classmethod
    def of(cls, named: Mapping[str, Any]) -> Kind:
        """The kind with these ``Words`` by language; that of cls-graph where there are none."""
        told = {lang: Words(**words) for lang, words in named.items() if lang in USUAL}
        return cls({**USUAL, **told}) if told else cls()

    @classmethod
    def in_manifest(cls, manifest: Mapping[str, Any]) -> Kind:
        """The kind that the manifest of a release names."""
        return cls.of(manifest.get("contract_kind", {}))

    @property
    def usual(self) -> bool:
        """Whether it is that of cls-graph, so that texts stay as they are."""
        return self.names == USUAL

    def said(self, text: str, lang: str) -> str:
        """A text about local health contracts, said of this kind.

        >>> kind = Kind({"fr": Words("convention de ville", "conventions de ville", True), "en": USUAL["en"]})
        >>> kind.said("L'axe d'un contrat local de santé, la fin du contrat local de santé.", "fr")
        "L'axe d'une convention de ville, la fin de la convention de ville."
        """
        if self.usual or lang not in USUAL:
            return text
        pattern = _FRENCH if lang == "fr" else _ENGLISH
        return pattern.sub(lambda found: self._in_place(found, lang), self.noun(text, lang))

    def told(self, text: Text) -> Text:
        """A text in several languages, said of this kind in each."""
        return {lang: self.said(words, lang) for lang, words in text.items()}

    def noun(self, text: str, lang: str) -> str:
        """A text with the bare noun of this kind: "contrat" is said "convention" in it."""
        words = self.names.get(lang)
        if words is None or self.usual:
            return text
        if lang == "fr":
            one, many = words.singular.split()[0], words.plural.split()[0]
            return nouns.french(text, one, many, feminine=words.feminine)
        if words.singular == self.names["fr"].singular:
            return text  # it has no English name
        one, many = (
            re.split(" (?:of|for|on) ", name)[0].split()[-1] for name in (words.singular, words.plural)
        )
        return nouns.english(text, one, many)

    def _in_place(self, found: re.Match[str], lang: str) -> str:
        words, many = self.names[lang], found["many"] is not None
        name, before = words.plural if many else words.singular, (found["before"] or "").lower()
        if not before:
            article = ""
        elif lang == "en":
            article = "an " if name[:1].lower() in "aeio" else "a "
        else:
            forms = _AGREEING[before]
            form = forms[2] if words.elided else forms[1 if words.feminine else 0]
            article = form.format(**_BEFORE_VOWEL[words.feminine])
        said = article + name
        return said[:1].upper() + said[1:] if found[0][:1].isupper() else said

    def triples(self, triples: Iterable[Triple]) -> list[Triple]:
        """Statements whose texts speak of this kind, without the shapes that are not true of it."""
        kept = list(triples)
        if self.usual:
            return kept
        gone: set[object] = set(NOT_OF_OTHERS)
        size = 0
        while size < len(gone):
            size = len(gone)
            gone |= {t.object for t in kept if t.subject in gone and isinstance(t.object, BlankNode)}
        return [self._triple(t) for t in kept if t.subject not in gone and t.object not in gone]

    def _triple(self, t: Triple) -> Triple:
        if not isinstance(t.object, Literal) or t.object.language not in USUAL:
            return t
        said = self.said(t.object.value, t.object.language)
        return (
            t
            if said == t.object.value
            else Triple(t.subject, t.predicate, Literal(said, language=t.object.language))
        )


LOCAL = Kind()
"""That of cls-graph."""
_SMALL = frozenset({"de", "des", "du", "pour", "en", "sur", "à", "au", "aux", "et"})
_FEMININE = ("ion", "té", "ie", "ance", "ence", "ure", "che", "arte", "ille", "ette")


def french(singular: str, plural: str = "") -> Words:
    """The words of a French name, its plural and gender guessed where they are not given.

    >>> french("contrat territorial de santé").plural
    'contrats territoriaux de santé'
    >>> french("convention territoriale globale").plural
    'conventions territoriales globales'
    """
    words = singular.split()
    first = next(
        (i for i, w in enumerate(words) if w.lower() in _SMALL or w.lower().startswith("d'")), len(words)
    )
    many = " ".join([*map(_plural, words[:first]), *words[first:]])
    return Words(singular, plural or many, bool(words) and words[0].lower().endswith(_FEMININE))


def english(singular: str, plural: str = "") -> Words:
    """The same in English."""
    many = singular[:-1] + "ies" if re.search("[^aeiou]y$", singular) else singular + "s"
    return Words(singular, plural or many)


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")
