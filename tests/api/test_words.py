"""The words of the pages: each that a page asks for is there, in both languages and in one table."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.entailment.rule import read_rules
from cls_graph.kind import Kind, english, french
from cls_graph.namespaces import RDFS
from cls_graph.queries import library
from cls_graph_api import i18n
from cls_graph_api.words import words_for

FOLDER = Path(i18n.__file__).parent
ROOT = Path(__file__).parents[2]
TABLES = sorted(FOLDER.glob("i18n*.py"))
PAGES = sorted([*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")])


def test_every_word_that_a_page_asks_for_is_in_a_table() -> None:
    asked: dict[str, str] = {}
    for path in PAGES:
        for key in re.findall(r"""\bt\(\s*['"]([\w-]+)['"]\s*[,)]""", path.read_text(encoding="utf-8")):
            asked.setdefault(key, path.name)
    assert len(asked) > 200
    absent = {key: where for key, where in asked.items() if key not in i18n.TEXTS}
    assert not absent, f"give these words in both languages, in {TABLES[-1].name}: {absent}"


BUILT = re.compile(
    "(theme|level|n|of|matrix|by|letter|shared|date|about_limit|access_how|access_short|view|web|js|family|section|part)_.+"
    "|.+_title_lead"
)
"""Words that a page asks for by a part of their key."""
NAMES = {"Warning", "Info", "funding_commitments", "stated_counts"}
"""Words that are asked for by a name in the data: of a severity, of what a manifest counts."""


def test_every_word_is_one_that_a_page_asks_for() -> None:
    asked: set[str] = set()
    for path in PAGES:
        # In templates HTML attributes have the other quotes; in code the keys of mappings are not words.
        quoted = r"'([\w-]+)'" if path.suffix == ".html" else r"""(?<![\w\]]\[)"([\w-]+)"(?!:)"""
        asked |= set(re.findall(quoted, path.read_text(encoding="utf-8")))
    asked |= set(re.findall(r'TEXTS\["([\w-]+)"\]', "".join(path.read_text() for path in PAGES)))
    assert [key for key in i18n.TEXTS if key not in asked | NAMES and not BUILT.fullmatch(key)] == []


def test_every_word_is_in_both_languages() -> None:
    assert [key for key, words in i18n.TEXTS.items() if len(words) != 2 or not all(words)] == []


def test_every_word_that_names_contracts_can_call_them_by_a_feminine_name() -> None:
    kind = Kind({"fr": french("convention de ville"), "en": english("urban agreement")})
    named = {key: words[0] for key, words in i18n.TEXTS.items() if re.search(r"(?i)\bcontrat", words[0])}
    assert len(named) > 30
    assert [key for key, text in named.items() if re.search(r"(?i)\bcontrat", kind.noun(text, "fr"))] == []


def test_every_question_can_call_contracts_by_a_feminine_name() -> None:
    kind = Kind({"fr": french("convention de ville"), "en": english("urban agreement")})
    said = []
    for question in library(kind).values():
        said += [question.title, question.description, question.empty, question.how]
        said += [{"fr": question.label(column, "fr")} for column in question.columns]
        said += [parameter.label for parameter in question.parameters]
    texts = [text.get("fr", "") for text in said]
    assert sum("onvention" in text for text in texts) > 90
    wrong = re.compile(r"(?i)\bcontrat|convention[^.;]*\b(?:avec|à|quel) (?:un )?(?:autre|lui)\b")
    assert [text for text in texts if wrong.search(text)] == []
    assert [text["en"] for text in said if re.search(r"(?i)\bcontract", text.get("en", ""))] == []


def test_no_word_is_in_two_tables() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TABLES]
    keys = Counter(key for text in texts for key in re.findall(r'^    "([\w-]+)": \(', text, re.MULTILINE))
    assert len(keys) > 300
    assert [key for key, times in keys.items() if times > 1] == []


def test_what_rules_infer_has_words() -> None:
    """A term of another vocabulary that a rule writes is shown in words, not by its code."""
    corpus = Corpus.open()
    ours = {getattr(t.subject, "value", "") for t in corpus.ontology if t.predicate.value == RDFS + "label"}
    written = {rule.writes[1] for rule in read_rules(corpus.rules)} - ours
    assert len(written) > 20
    assert sorted(iri for iri in written if not words_for(iri, "fr")) == []


def test_french_readers_meet_one_word_for_a_body() -> None:
    said = [words[0] for words in i18n.TEXTS.values()]
    for question in library().values():
        said += [question.title["fr"], question.description["fr"], question.empty.get("fr", "")]
        said += [question.label(column, "fr") for column in question.columns]
    for folder in ("ontology", "shapes"):
        for path in sorted((ROOT / folder).rglob("*.ttl")):
            said += re.findall(r'"([^"]*)"@fr', path.read_text(encoding="utf-8"))
    assert len(said) > 2000
    named = r"`[^`]*`|« organisations »|[Oo]rganisation des soins"  # keys, a question, another thing
    assert [text for text in said if re.search(r"(?i)organisation", re.sub(named, "", text))] == []
