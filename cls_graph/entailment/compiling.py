"""From the axioms of the ontology to rules, and to the Turtle of ``ontology/rules.ttl``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.entailment.axioms import Axiom, Axioms
from cls_graph.entailment.rule import Atom, Rule, Var
from cls_graph.entailment.shortcuts import shortcut_rules
from cls_graph.errors import Text
from cls_graph.namespaces import PREFIXES, RDFS, RULES, short, slug
from cls_graph.rdf import RDF_TYPE

_THIS, _VALUE, _OTHER = Var("this"), Var("value"), Var("other")
_SENTENCES: dict[str, Text] = {
    "subclass": {
        "fr": "Toute instance de {0} est aussi une instance de {1}.",
        "en": "Every instance of {0} is also an instance of {1}.",
    },
    "subproperty": {
        "fr": "Ce que {0} relie, {1} le relie aussi.",
        "en": "Whatever {0} relates, {1} relates too.",
    },
    "domain": {
        "fr": "Ce qui a une valeur pour {0} est une instance de {1}.",
        "en": "Whatever has a value for {0} is an instance of {1}.",
    },
    "range": {
        "fr": "Ce qui est une valeur de {0} est une instance de {1}.",
        "en": "Whatever is a value of {0} is an instance of {1}.",
    },
    "inverse": {
        "fr": "Ce que {0} relie dans un sens, {1} le relie dans l'autre.",
        "en": "Whatever {0} relates one way, {1} relates the other way.",
    },
    "symmetric": {
        "fr": "Ce que {0} relie dans un sens, {0} le relie aussi dans l'autre.",
        "en": "Whatever {0} relates one way, it relates the other way too.",
    },
    "transitive": {
        "fr": "Ce que {0} relie en deux pas, {0} le relie aussi directement.",
        "en": "Whatever {0} relates in two steps, it relates directly too.",
    },
    "chain": {
        "fr": "Ce que relie la suite {0} est aussi relié par {1}.",
        "en": "Whatever the sequence {0} relates, {1} relates too.",
    },
}
_HEAD = """\
# Rules of entailment, in SHACL (SHACL Advanced Features, section 8).
#
# Made from the axioms of cls.ttl and alignments.ttl by `cls-graph rules`: do not edit.
# Each writes its own named graph, …/graph/inferred/ and the name of the rule;
# the shortcuts write …/graph/shortcuts.

"""
_USED = ("rdfs", "sh", "xsd")


def compile_rules(ontology: Iterable[Triple]) -> tuple[Rule, ...]:
    """The rules of the axioms of ``ontology`` and the shortcuts, sorted by IRI.

    Raises ``CorpusError`` naming an axiom that is not covered.
    """
    triples = list(ontology)
    names = _Names(triples)
    rules = [_rule(axiom, names) for axiom in Axioms(triples).rules]
    return tuple(sorted([*rules, *shortcut_rules()], key=lambda rule: rule.iri))


def _rule(axiom: Axiom, names: _Names) -> Rule:
    head, body = _patterns(axiom)
    iri = RULES + "-".join([axiom.kind, *(slug(term) for term in axiom.terms)])
    meaning = {}
    for lang in ("fr", "en"):
        words = [names.of(term, lang) for term in axiom.terms]
        if axiom.kind == "chain":
            words = [", ".join(words[:-1]), words[-1]]
        meaning[lang] = _SENTENCES[axiom.kind][lang].format(*words)
    return Rule(iri, head, body, meaning)


def _patterns(axiom: Axiom) -> tuple[Atom, tuple[Atom, ...]]:
    """Head and body (OWL 2 Profiles, tables 5, 7 and 9)."""
    terms = [NamedNode(term) for term in axiom.terms]
    first, last = terms[0], terms[-1]
    match axiom.kind:
        case "subclass":
            return (_THIS, RDF_TYPE, last), ((_THIS, RDF_TYPE, first),)
        case "domain":
            return (_THIS, RDF_TYPE, last), ((_THIS, first, _VALUE),)
        case "range":
            return (_THIS, RDF_TYPE, last), ((_OTHER, first, _THIS),)
        case "inverse" | "symmetric":
            return (_VALUE, last, _THIS), ((_THIS, first, _VALUE),)
        case "subproperty":
            return (_THIS, last, _VALUE), ((_THIS, first, _VALUE),)
        case "transitive":
            return (_THIS, last, _VALUE), ((_THIS, first, _OTHER), (_OTHER, first, _VALUE))
    steps = terms[:-1]
    path = [_THIS, *(Var(f"step{n}") for n in range(1, len(steps))), _VALUE]
    return (_THIS, last, _VALUE), tuple(zip(path, steps, path[1:], strict=False))


class _Names:
    """What terms are called in sentences."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._labels: dict[tuple[str, str], str] = {}
        for t in triples:
            if t.predicate.value == RDFS + "label" and isinstance(t.object, Literal):
                name = (getattr(t.subject, "value", ""), t.object.language or "")
                self._labels[name] = min(self._labels.get(name, t.object.value), t.object.value)

    def of(self, term: str, lang: str) -> str:
        """« label » (cls:name), or only the latter where there is no label."""
        code = short(term) or f"<{term}>"
        label = self._labels.get((term, lang))
        if label is None:
            return code
        return f"« {label} » ({code})" if lang == "fr" else f"“{label}” ({code})"


# --- Turtle


def turtle(rules: Iterable[Rule]) -> str:
    """The rules as the text of ``rules.ttl``: prefixes, shapes that hold rules, rules; always the same."""
    rules = list(rules)
    document = RULES.rstrip("#")
    lines = [f"@prefix {name}: <{PREFIXES[name]}> ." for name in sorted({*_USED, "clsr", *_prefixes(rules)})]
    lines += ["", f"<{document}>", '    rdfs:label "Règles"@fr , "Rules"@en ;', "    sh:declare"]
    lines += [" ,\n".join(f"        clsr:prefix-{name}" for name in _prefixes(rules)) + " .", ""]
    for name in _prefixes(rules):
        lines += [f"clsr:prefix-{name} a sh:PrefixDeclaration ;", f'    sh:prefix "{name}" ;']
        lines += [f'    sh:namespace "{PREFIXES[name]}"^^xsd:anyURI .', ""]
    targets: dict[str, list[Rule]] = {}
    for rule in rules:
        targets.setdefault(_target(rule), []).append(rule)
    for target, held in sorted(targets.items()):
        kind, term = target.split(" ")
        lines += [f"{_shape(kind, term)} a sh:NodeShape ;", f"    sh:{kind} {_term(term)} ;", "    sh:rule"]
        lines += [" ,\n".join(f"        clsr:{rule.name}" for rule in held) + " .", ""]
    for rule in rules:
        lines += [f"clsr:{rule.name} a sh:SPARQLRule ;", f"    rdfs:isDefinedBy <{document}> ;"]
        lines += [
            f"    rdfs:comment {_text(rule.meaning['fr'])}@fr ,",
            f"        {_text(rule.meaning['en'])}@en ;",
            f"    sh:order {0 if rule.shortcut else 1} ;",
            f"    sh:prefixes <{document}> ;",
            f"    sh:construct {_text(rule.construct)} .",
            "",
        ]
    return _HEAD + "\n".join(lines).rstrip("\n") + "\n"


def _prefixes(rules: list[Rule]) -> list[str]:
    """The prefixes that the queries of the rules use."""
    used = {name for rule in rules for name in re.findall(r"(?<![\w?$<:/-])([\w-]+):", rule.construct)}
    return sorted(used & PREFIXES.keys())


def _target(rule: Rule) -> str:
    """Which nodes a SHACL engine tries the rule on: those that may stand for ``$this``."""
    for subject, predicate, value in rule.body:
        if predicate == RDF_TYPE and subject == _THIS and isinstance(value, NamedNode):
            return f"targetClass {value.value}"
        if subject == _THIS:
            return f"targetSubjectsOf {predicate.value}"
        if value == _THIS:
            return f"targetObjectsOf {predicate.value}"
    raise ValueError(rule.iri)


def _shape(kind: str, term: str) -> str:
    name = {"targetClass": "of", "targetSubjectsOf": "from", "targetObjectsOf": "to"}[kind]
    return f"clsr:{name}-{slug(term)}"


def _term(iri: str) -> str:
    return short(iri) or f"<{iri}>"


def _text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
