"""A scan of SPARQL query text that needs no parser.

What must be known of a query before the engine sees it: its form, whether it
names a dataset, how deeply it nests, and whether it could reach another host.
Strings, comments, IRIs, variables and local names are taken out; what is left is
the skeleton, where every word is a keyword.

The scan errs on the side of finding the word SERVICE. The engine's parser does not
ask for a space around keywords (``1SERVICE``, ``SERVICEex:y``), and it reads ``<``
as a comparison where a plain tokenizer sees the start of an IRI, so that
``?a<?b)SERVICE#>`` hides a keyword from the latter. An IRI that could be read
that way, and holds a character that would shift where strings and comments begin,
makes the text *ambiguous*, which matters only when it also contains the word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Possessive quantifiers keep every alternative linear, whatever is left open. A prefix has an end, for each
# word of a long chain may begin one: past it, it is words, which the scan looks at too.
SKIPPED = r"""
      (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    | (?P<comment>\#[^\r\n]*+)
    | (?P<string>
          \"{3}(?:[^"\\]|\\.|\"(?!\"{2}))*+(?:\"{3}|\Z)
        | '{3}(?:[^'\\]|\\.|'(?!'{2}))*+(?:'{3}|\Z)
        | "(?:[^"\\\r\n]|\\.)*+"
        | '(?:[^'\\\r\n]|\\.)*+')
    | (?P<variable>[?$]\w++)
    | (?P<prefix>\w[\w\-.]{0,255}+(?=:))
    | (?P<local>:(?:(?:[\w:%]|\\.)(?:[\w\-:%·]|\\.)*+)?)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<escape>\\.)
"""
TOKEN = re.compile(
    SKIPPED + r"""| (?P<word>\w++) | (?P<open>[{(\[]) | (?P<close>[})\]])""", re.VERBOSE | re.DOTALL
)
# The same tokens, with nothing to hold but words and brackets: what findall gives then is the skeleton.
_KEPT = re.compile(
    r"[\s.,;=*]++ |" + re.sub(r"\?P<\w+>", "?:", SKIPPED) + r"| (\w++|[{(\[})\]])", re.VERBOSE | re.DOTALL
)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_OPENING = frozenset("{([")
_BRACKETS = frozenset("{([)]}")
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})


@dataclass(frozen=True)
class Scan:
    """What the text of a query says of itself.

    ``form`` is SELECT, ASK, CONSTRUCT or DESCRIBE, the verb of an update, or ``None``;
    ``remote`` is true when SERVICE may be in it; ``volatile`` when two runs may differ; ``words``
    are all its bare words, in capitals.
    """

    form: str | None
    update: bool
    names_dataset: bool
    remote: bool
    volatile: bool
    depth: int
    words: frozenset[str]


@lru_cache(maxsize=32)
def scan(text: str) -> Scan:
    """Scan ``text``, which need not be well-formed; takes time linear in its length.

    >>> scan("SELECT * FROM <urn:g> { ?s ?p 'SERVICE' }").remote
    False
    >>> scan("SELECT * { ?s ?p ?o.SERVICE <urn:x> {} }").remote
    True
    """
    # In one call, which costs a tenth of a loop over the tokens.
    skeleton = [kept.upper() for kept in _KEPT.findall(text) if kept]
    verb = next((w for w in skeleton if w in _FORMS or w in _UPDATES), None)
    keywords = frozenset(skeleton) - _BRACKETS
    return Scan(
        form=verb,
        update=verb in _UPDATES,
        names_dataset="FROM" in keywords,
        remote="SERVICE" in text.upper() and _remote(text),
        volatile=not _VOLATILE.isdisjoint(keywords),
        depth=_depth(skeleton),
        words=keywords,
    )


def _depth(skeleton: list[str]) -> int:
    depth = deepest = 0
    for kept in skeleton:
        if kept in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif kept in _BRACKETS:
            depth -= 1
    return deepest


def _remote(text: str) -> bool:
    """Whether the word SERVICE, which is in ``text``, may be a keyword there."""
    for token in TOKEN.finditer(text):
        match token.lastgroup:
            case "word" | "prefix" if "SERVICE" in token.group().upper():
                return True
            case "iri" if _ambiguous(token.group()):
                return True
    return False


def lower_booleans(text: str) -> str:
    """``text`` with TRUE and FALSE in lower case, everything else in its place.

    Keywords have no case (SPARQL 1.1 Query, section 19.8), and these two are keywords; the engine
    knows them in lower case only.

    >>> lower_booleans("ASK { FILTER(True && ?TRUE != 'TRUE') }")
    "ASK { FILTER(true && ?TRUE != 'TRUE') }"
    """
    lower = text.lower()
    if "true" not in lower and "false" not in lower:
        return text
    pieces, at = [], 0
    for token in TOKEN.finditer(text):
        if token.lastgroup == "word" and token.group().lower() in ("true", "false"):
            pieces += [text[at : token.start()], token.group().lower()]
            at = token.end()
    return "".join([*pieces, text[at:]])


def _ambiguous(iri: str) -> bool:
    """Whether the engine could read this as a comparison and go on differently from us.

    ``scheme://`` cannot be part of an expression, so such an IRI is one.
    """
    return ("#" in iri or "'" in iri) and not _ABSOLUTE.match(iri)
