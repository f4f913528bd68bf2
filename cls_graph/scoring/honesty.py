"""Checks of honesty: an answer is complete, or visibly not.

The worst that an endpoint can do is a 200 with a well-formed body of which part is missing: nobody sees it.
An error, a connection that breaks off, a status 206 or a header that says so are all honest.
"""

from __future__ import annotations

from functools import partial

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MUST, SHOULD, Group, Outcome, absent, failed, judged, passed, unsure
from cls_graph.scoring.formats import CSV
from cls_graph.scoring.readers import Unreadable, graph
from cls_graph.scoring.target import JSON, Target, read
from cls_graph.scoring.wire import Reply

GROUP = Group(
    "honesty", {"fr": "Réponses entières, ou qui disent ne pas l'être", "en": "Answers whole, or visibly not"}
)
_MOST = 100_000
_MARKS = ("truncat", "incomplete", "partial", "maxrows", "max-rows", "x-sql-state")


def digits(names: str) -> str:
    """A pattern whose solutions are all the numbers of so many digits, without any data."""
    return " ".join(f"{{ VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }} }}" for name in names)


def mark(reply: Reply) -> str:
    """The header that says that an answer is not whole, if there is one.

    >>> import httpx
    >>> mark(Reply(200, httpx.Headers({"CLS-Truncated": "rows=5"})))
    'cls-truncated: rows=5'
    """
    if reply.status == 206:
        return "206"
    for name, value in reply.headers.items():
        if name.startswith(("access-control-", "content-security")):
            continue
        if any(word in name for word in _MARKS):
            return f"{name}: {value}"
    return ""


def whole(reply: Reply, found: int, expected: int) -> Outcome:
    """The verdict on an answer of ``found`` rows where there are ``expected``."""
    seen = (f"{found} sur {expected}", f"{found} of {expected}")
    if found == expected:
        return passed(*seen)
    said = mark(reply)
    if said and found < expected:
        return passed(f"{seen[0]} ; {said}", f"{seen[1]}; {said}")
    return failed(f"200, {seen[0]}, rien ne le dit", f"200, {seen[1]}, nothing says so")


def visible(reply: Reply) -> Outcome | None:
    """The verdict on an answer that is seen not to be whole; ``None`` where it has to be counted."""
    if reply.trouble in ("timeout", "large", "late", "unreachable"):
        return unsure(reply.told("fr"), reply.told("en"))
    if reply.trouble or not reply.ok:
        return passed(reply.told("fr"), reply.told("en"))
    return None


def _rows(target: Target, count: int, names: str) -> Outcome:
    reply = target.ask(f"SELECT ?a {{ {digits(names)} }} LIMIT {count}", CSV)
    return visible(reply) or _counted(reply, count)


def _counted(reply: Reply, expected: int) -> Outcome:
    answer = read(reply)
    if not answer.well:
        return passed(answer.problem)
    return whole(reply, len(answer.table.rows), expected)


for _name, _count, _letters in (("rows-20000", 20_000, "abcde"), ("rows-200000", 200_000, "abcdef")):
    GROUP.add(
        _name,
        MUST,
        specs.HONESTY,
        {
            "fr": f"Une réponse de {_count:,} lignes est entière, ou dit ne pas l'être.".replace(",", " "),
            "en": f"An answer of {_count:,} rows is whole, or says that it is not.",
        },
        partial(_rows, count=_count, names=_letters),
    )


@GROUP.check(
    "graph",
    MUST,
    specs.HONESTY,
    fr="Un graphe de 20 000 triplets est entier, ou dit ne pas l'être.",
    en="A graph of 20,000 triples is whole, or says that it is not.",
)
def _graph(target: Target) -> Outcome:
    query = (
        "CONSTRUCT { ?s <urn:x-cls-graph:p> ?n } { SELECT ?n "
        "(IRI(CONCAT('urn:x-cls-graph:', STR(?n))) AS ?s) { "
        f"{digits('abcde')} BIND(10000 * ?a + 1000 * ?b + 100 * ?c + 10 * ?d + ?e AS ?n) }} LIMIT 20000 }}"
    )
    reply = target.ask(query, "application/n-triples, text/turtle;q=0.5")
    seen = visible(reply)
    if seen:
        return seen
    try:
        found = len(set(graph(reply.kind, reply.body, target.url)))
    except Unreadable as error:
        return passed(str(error))
    return whole(reply, found, 20_000)


@GROUP.check(
    "data",
    MUST,
    specs.HONESTY,
    fr="Les triplets du graphe par défaut sont autant que COUNT en dit.",
    en="The triples of the default graph are as many as COUNT says.",
)
def _data(target: Target) -> Outcome:
    if target.triples <= 0:
        return absent("le graphe par défaut est vide", "the default graph is empty")
    if target.triples > _MOST:
        return absent(
            f"{target.triples} triplets, plus de {_MOST}", f"{target.triples} triples, over {_MOST}"
        )
    reply = target.ask("SELECT ?s ?p ?o { ?s ?p ?o }", JSON)
    return visible(reply) or _counted(reply, target.triples)


@GROUP.check(
    "time",
    MUST,
    specs.HONESTY,
    fr="Une requête plus longue que le délai du service reçoit une erreur, pas une réponse coupée.",
    en="A query that runs longer than the service allows gets an error, not an answer that is cut.",
)
def _time(target: Target) -> Outcome:
    # Two rows, one found at once, the other after a billion others were looked at.
    total = " + ".join(f"?{name}" for name in "abcdefghi")
    query = f"SELECT ?a {{ {digits('abcdefghi')} FILTER({total} = 0 || {total} = 81) }}"
    reply = target.ask(query, JSON)
    return visible(reply) or _counted(reply, 2)


@GROUP.check(
    "count",
    MUST,
    specs.HONESTY,
    fr="Un compte trop long à faire est juste, ou une erreur.",
    en="A count that takes too long is right, or an error.",
)
def _count_(target: Target) -> Outcome:
    reply = target.ask(f"SELECT (COUNT(*) AS ?v) {{ {digits('abcdefghijk')} }}", JSON)
    seen = visible(reply)
    if seen:
        return seen
    found = read(reply).table.values()
    return judged(found == [str(10**11)] or bool(mark(reply)), f"COUNT = {' '.join(found)}")


@GROUP.check(
    "long-text",
    SHOULD,
    specs.HONESTY,
    fr="Un texte d'un million de caractères revient entier, ou la requête échoue.",
    en="A text of a million characters comes back whole, or the query fails.",
)
def _long_text(target: Target) -> Outcome:
    steps = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(17))
    reply = target.ask(f"SELECT ?x17 {{ BIND('12345678' AS ?x0) {steps} }}", JSON)
    seen = visible(reply)
    if seen:
        return seen
    answer = read(reply)
    text = "".join(answer.table.values("x17"))
    fr, en = f"{len(text)} caractères", f"{len(text)} characters"
    return judged(
        text == "12345678" * (1 << 17) or bool(answer.problem), answer.problem or fr, answer.problem or en
    )
