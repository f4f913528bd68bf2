"""Checks with queries that would take a server down: after each, it has to answer as before.

What is answered to the query itself is no matter, but whether the service stops what runs away.
"""

from __future__ import annotations

from functools import partial

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MUST, SHOULD, Group, Outcome, failed, judged, passed, unsure
from cls_graph.scoring.honesty import digits
from cls_graph.scoring.target import Target

GROUP = Group("hostile", {"fr": "Requêtes hostiles", "en": "Hostile queries"}, hostile=True)
_DOUBLING = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
_DEEP = 20_000

QUERIES: dict[str, tuple[str, str, str]] = {
    "long": (
        f"ASK {{ VALUES ?x {{ '{'x' * 900_000}' }} }}",
        "un texte de 900 000 caractères",
        "a text of 900,000 characters",
    ),
    "regex": (
        "ASK { BIND('" + "a" * 5000 + "!' AS ?x) FILTER(REGEX(?x, '^(a+)+$')) }",
        "une expression régulière qui explose",
        "a regular expression that explodes",
    ),
    "doubling": (
        f"SELECT (STRLEN(?x40) AS ?v) {{ BIND('xxxxxxxx' AS ?x0) {_DOUBLING} }}",
        "un texte doublé quarante fois",
        "a text doubled forty times",
    ),
    "cross": (
        f"SELECT (COUNT(*) AS ?v) {{ {digits('abcdefghijklm')} }}",
        "un produit de dix mille milliards de lignes",
        "a product of ten trillion rows",
    ),
    "sort": (
        f"SELECT * {{ {digits('abcdefghi')} }} ORDER BY DESC(?i) ?a LIMIT 1",
        "un milliard de lignes à trier",
        "a billion rows to sort",
    ),
    "nested-groups": (
        "ASK " + "{" * _DEEP + "}" * _DEEP,
        f"{_DEEP} accolades imbriquées",
        f"{_DEEP} nested braces",
    ),
    "nested-expressions": (
        "SELECT (" + "(" * _DEEP + "1" + ")" * _DEEP + " AS ?v) { }",
        f"{_DEEP} parenthèses imbriquées",
        f"{_DEEP} nested parentheses",
    ),
    "many-unions": (
        "ASK { {} " + "UNION {} " * 5000 + "}",
        "cinq mille UNION",
        "five thousand UNIONs",
    ),
}


def _hostile(target: Target, name: str, query: str) -> Outcome:
    dead = target.memory.get("dead")
    if dead:
        return unsure(f"ne répond plus depuis {dead}", f"has not answered since {dead}")
    reply = target.ask(query)
    if reply.trouble == "late":
        return unsure(reply.told("fr"), reply.told("en"))
    target.memory.setdefault("stopped", []).append((name, reply))
    if target.alive():
        return passed(reply.told("fr"), reply.told("en"))
    if target.wire.late:
        return unsure(reply.told("fr"), reply.told("en"))
    target.memory["dead"] = f"hostile.{name}"
    return failed(f"ne répond plus ({reply.told('fr')})", f"does not answer any more ({reply.told('en')})")


for _name, (_query, _fr, _en) in QUERIES.items():
    _text = {"fr": f"Répond encore après {_fr}.", "en": f"Still answers after {_en}."}
    GROUP.add(_name, MUST, specs.EXHAUSTION, _text, partial(_hostile, name=_name, query=_query))


@GROUP.check(
    "stops",
    SHOULD,
    specs.EXHAUSTION,
    fr="Ce qui court trop longtemps est arrêté par le service, avant le délai de cette commande.",
    en="What runs for too long is stopped by the service, before the time limit of this command.",
)
def _stops(target: Target) -> Outcome:
    asked = target.memory.get("stopped", [])
    running = [name for name, reply in asked if reply.trouble == "timeout"]
    if not asked:
        return unsure("rien n'a pu être demandé", "nothing could be asked")
    if target.memory.get("dead"):
        return failed(
            f"ne répond plus depuis {target.memory['dead']}",
            f"has not answered since {target.memory['dead']}",
        )
    return judged(
        not running,
        f"courent encore : {', '.join(running)}" if running else f"{len(asked)} requêtes",
        f"still run: {', '.join(running)}" if running else f"{len(asked)} queries",
    )
