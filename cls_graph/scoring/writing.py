"""Checks that write, made with ``--erase`` only: updates and the Graph Store Protocol.

Graphs of a name that nobody else has are written, and dropped after each check, whatever happens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MUST, SHOULD, Outcome, absent, failed, judged, passed
from cls_graph.scoring.protocol import told
from cls_graph.scoring.target import Target
from cls_graph.scoring.updates import GROUP
from cls_graph.scoring.wire import Reply

_UPDATE = "application/sparql-update"
_NT = "application/n-triples"


def own(target: Target, name: str = "a") -> str:
    """The name of a graph of this run."""
    return f"urn:x-cls-graph:score:{target.token}:{name}"


def send(target: Target, text: str) -> Reply:
    """An update with the credentials, at the address for updates."""
    url = target.updates[0]
    headers = {"Content-Type": _UPDATE}
    return target.wire.send("POST", url, content=text.encode(), headers=headers, auth=target.auth)


def inside(target: Target, name: str = "a") -> list[str]:
    """The values that a graph of this run holds."""
    return target.values(f"SELECT ?v {{ GRAPH <{own(target, name)}> {{ ?s ?p ?v }} }}")


def _steps(target: Target, steps: list[tuple[str, str, list[str]]]) -> Outcome:
    """Updates one after the other, each with the graph that is looked at after it and what must be in it."""
    for text, name, expected in steps:
        reply = send(target, text)
        if not reply.ok:
            return failed(f"{text[:60]}: {reply.told('fr')}", f"{text[:60]}: {reply.told('en')}")
        found = inside(target, name)
        if found != expected:
            return failed(f"{text[:60]} → {' '.join(found) or '∅'}")
    return passed(f"{len(steps)} mises à jour", f"{len(steps)} updates")


def written(check: Callable[[Target], Outcome]) -> Callable[[Target], Outcome]:
    """A check that starts from graphs that are not there, and leaves none behind."""

    def run(target: Target) -> Outcome:
        graphs = [own(target, name) for name in ("a", "b")]
        drop = " ; ".join(f"DROP SILENT GRAPH <{name}>" for name in graphs)
        if not send(target, drop).ok:
            return absent("aucune mise à jour n'est acceptée", "no update is taken")
        try:
            return check(target)
        finally:
            send(target, drop)

    return run


@GROUP.check(
    "insert",
    MUST,
    specs.LANGUAGE,
    fr="INSERT DATA et DELETE DATA écrivent dans leur graphe, et se voient aussitôt.",
    en="INSERT DATA and DELETE DATA write in their graph, and are seen at once.",
    erases=True,
)
@written
def _insert(target: Target) -> Outcome:
    a = own(target)
    return _steps(
        target,
        [
            (f'INSERT DATA {{ GRAPH <{a}> {{ <urn:s> <urn:p> "1", "é🎉" }} }}', "a", ["1", "é🎉"]),
            (f'INSERT DATA {{ GRAPH <{a}> {{ <urn:s> <urn:p> "1" }} }}', "a", ["1", "é🎉"]),
            (f'DELETE DATA {{ GRAPH <{a}> {{ <urn:s> <urn:p> "1" }} }}', "a", ["é🎉"]),
        ],
    )


@GROUP.check(
    "modify",
    MUST,
    specs.LANGUAGE,
    fr="DELETE/INSERT WHERE, WITH et USING font ce qu'ils disent.",
    en="DELETE/INSERT WHERE, WITH and USING do what they say.",
    erases=True,
)
@written
def _modify(target: Target) -> Outcome:
    a, b = own(target), own(target, "b")
    return _steps(
        target,
        [
            (f'INSERT DATA {{ GRAPH <{a}> {{ <urn:s> <urn:p> "1", "2" }} }}', "a", ["1", "2"]),
            (
                f'WITH <{a}> DELETE {{ ?s ?p "1" }} INSERT {{ ?s ?p "3" }} WHERE {{ ?s ?p "1" }}',
                "a",
                ["2", "3"],
            ),
            (f"INSERT {{ GRAPH <{b}> {{ ?s ?p ?o }} }} USING <{a}> WHERE {{ ?s ?p ?o }}", "b", ["2", "3"]),
            (f'DELETE WHERE {{ GRAPH <{b}> {{ ?s ?p "2" }} }}', "b", ["3"]),
        ],
    )


@GROUP.check(
    "graphs",
    MUST,
    specs.LANGUAGE,
    fr="COPY, MOVE, ADD, CLEAR et DROP font ce qu'ils disent.",
    en="COPY, MOVE, ADD, CLEAR and DROP do what they say.",
    erases=True,
)
@written
def _graphs(target: Target) -> Outcome:
    a, b = own(target), own(target, "b")
    return _steps(
        target,
        [
            (f'INSERT DATA {{ GRAPH <{a}> {{ <urn:s> <urn:p> "1" }} }}', "a", ["1"]),
            (f"COPY GRAPH <{a}> TO GRAPH <{b}>", "b", ["1"]),
            (f'INSERT DATA {{ GRAPH <{a}> {{ <urn:s> <urn:p> "2" }} }}', "a", ["1", "2"]),
            (f"ADD GRAPH <{a}> TO GRAPH <{b}>", "b", ["1", "2"]),
            (f"CLEAR GRAPH <{a}>", "a", []),
            (f"MOVE GRAPH <{b}> TO GRAPH <{a}>", "a", ["1", "2"]),
            (f"DROP GRAPH <{a}>", "a", []),
        ],
    )


@GROUP.check(
    "atomic",
    SHOULD,
    specs.LANGUAGE,
    fr="Une demande dont une partie échoue ne change rien.",
    en="A request of which one part fails changes nothing.",
    erases=True,
)
@written
def _atomic(target: Target) -> Outcome:
    a = own(target)
    first = send(target, f'INSERT DATA {{ GRAPH <{a}> {{ <urn:s> <urn:p> "1" }} }} ; CREATE GRAPH <{a}>')
    found = inside(target)
    # Both are consistent: refused with nothing done, or done.
    fr = f"{first.told('fr')} → {' '.join(found) or '∅'}"
    return judged(first.ok or not found, fr, f"{first.told('en')} → {' '.join(found) or '∅'}")


@GROUP.check(
    "malformed",
    MUST,
    specs.UPDATE,
    fr="Une mise à jour mal formée reçoit 400 et ne change rien.",
    en="A malformed update gets 400 and changes nothing.",
    erases=True,
)
@written
def _malformed(target: Target) -> Outcome:
    reply = send(
        target, f'INSERT DATA {{ GRAPH <{own(target)}> {{ <urn:s> <urn:p> "1" }} }} ; INSERT DATA {{'
    )
    found = inside(target)
    seen = f"{reply.told('fr')} → {' '.join(found) or '∅'}"
    return judged(reply.status == 400 and not found, seen, f"{reply.told('en')} → {' '.join(found) or '∅'}")


@GROUP.check(
    "graph-store",
    MUST,
    specs.STORE,
    fr="Le Graph Store Protocol met, donne, complète et retire un graphe.",
    en="The Graph Store Protocol puts, gives, adds to and removes a graph.",
    erases=True,
)
@written
def _graph_store(target: Target) -> Outcome:
    if not target.graphs:
        return absent("pas d'adresse (--graphs)", "no address (--graphs)")
    where = {"graph": own(target)}

    def ask(method: str, body: str = "") -> Reply:
        headers = {"Content-Type": _NT} if body else {"Accept": _NT}
        content: dict[str, Any] = {"content": body.encode()} if body else {}
        return target.wire.send(
            method, target.graphs, params=where, headers=headers, auth=target.auth, **content
        )

    steps: tuple[tuple[str, str, tuple[int, ...], list[str]], ...] = (
        ("PUT", '<urn:s> <urn:p> "1" .\n', (200, 201, 204), ["1"]),
        ("POST", '<urn:s> <urn:p> "2" .\n', (200, 201, 204), ["1", "2"]),
        ("PUT", '<urn:s> <urn:p> "3" .\n', (200, 201, 204), ["3"]),
        ("GET", "", (200,), ["3"]),
        ("HEAD", "", (200,), ["3"]),
        ("DELETE", "", (200, 202, 204), []),
        ("GET", "", (404,), []),
        ("DELETE", "", (404,), []),
    )
    for method, body, statuses, expected in steps:
        reply = ask(method, body)
        if reply.trouble or reply.status not in statuses:
            return failed(f"{method}: {reply.told('fr')}", f"{method}: {reply.told('en')}")
        if inside(target) != expected:
            return failed(f"{method} → {' '.join(inside(target)) or '∅'}")
    return passed(", ".join(method for method, *_ in steps))


@GROUP.check(
    "graph-store-anonymous",
    MUST,
    specs.SECURITY,
    fr="Le Graph Store Protocol n'écrit pas pour qui n'a pas d'identifiants.",
    en="The Graph Store Protocol does not write for whoever gives no credentials.",
    erases=True,
)
@written
def _graph_store_anonymous(target: Target) -> Outcome:
    if not target.graphs:
        return absent("pas d'adresse (--graphs)", "no address (--graphs)")
    headers = {"Content-Type": _NT}
    body = b'<urn:s> <urn:p> "1" .\n'
    reply = target.wire.send(
        "PUT", target.graphs, params={"graph": own(target)}, content=body, headers=headers
    )
    return told(reply, not reply.ok and not inside(target))


@GROUP.check(
    "context",
    MUST,
    specs.JSONLD,
    fr="Un graphe envoyé en JSON-LD ne fait pas chercher son contexte.",
    en="A graph that is sent as JSON-LD does not make its context be fetched.",
    erases=True,
)
@written
def _context(target: Target) -> Outcome:
    if not target.graphs:
        return absent("pas d'adresse (--graphs)", "no address (--graphs)")
    if not target.local:
        return absent("sur une autre machine", "on another machine")
    target.canaries.set()
    body = f'{{"@context": "{target.canaries.web}context.jsonld", "@id": "urn:s", "name": "x"}}'
    headers = {"Content-Type": "application/ld+json"}
    reply = target.wire.send(
        "PUT",
        target.graphs,
        params={"graph": own(target)},
        content=body.encode(),
        headers=headers,
        auth=target.auth,
    )
    return judged(not target.canaries.seen(), reply.told("fr"), reply.told("en"))


@GROUP.check(
    "cleaned",
    MUST,
    specs.LANGUAGE,
    fr="Rien de ce qui a été écrit n'est resté.",
    en="Nothing of what was written has stayed.",
    erases=True,
)
def _cleaned(target: Target) -> Outcome:
    left = [name for name in ("a", "b") if inside(target, name)]
    return judged(not left, f"{len(left)} graphes", f"{len(left)} graphs")
