"""Checks of linked data: things of the endpoint's own data, looked up at its own host and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MAY, SHOULD, Group, Outcome, absent, failed, judged, passed
from cls_graph.scoring.description import RDF
from cls_graph.scoring.readers import Unreadable, graph
from cls_graph.scoring.target import Target

GROUP = Group("linked-data", {"fr": "Données liées", "en": "Linked data"})
_HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_SAFE = frozenset('<>"{}|^`\\ \n\r\t')


def things(target: Target) -> list[str]:
    """Three IRIs of the data that begin with ``--base``, or else with the address of the endpoint's host."""
    if "things" not in target.memory:
        base = target.base or target.root
        fits = f'FILTER(ISIRI(?v) && STRSTARTS(STR(?v), "{base}") && !CONTAINS(STR(?v), "#"))'
        answer = target.select(f"SELECT DISTINCT ?v {{ ?v a ?c . {fits} }} LIMIT 200")
        if answer.well and not answer.table.rows:
            answer = target.select(f"SELECT DISTINCT ?v {{ GRAPH ?g {{ ?v a ?c . {fits} }} }} LIMIT 200")
        found = [iri for iri in answer.table.values() if not set(iri) & _SAFE]
        target.memory["things"] = [found[0], found[len(found) // 2], found[-1]] if found else []
    kept: list[str] = target.memory["things"]
    return list(dict.fromkeys(kept))


def place(target: Target, iri: str) -> str:
    """Where a thing is looked up: its IRI, or with ``--base`` the same path at the endpoint's host."""
    return target.root + iri.removeprefix(target.base).lstrip("/") if target.base else iri


def given_things(check: Callable[[Target], Outcome]) -> Callable[[Target], Outcome]:
    """A check that has no object where the data have no thing to look up."""

    def run(target: Target) -> Outcome:
        if things(target):
            return check(target)
        base = target.base or target.root
        return absent(f"aucun IRI sous {base} dans les données", f"no IRI under {base} in the data")

    return run


@GROUP.check(
    "rdf",
    SHOULD,
    specs.COOL,
    fr="L'adresse d'une chose mène à du RDF qui parle d'elle.",
    en="The address of a thing leads to RDF that speaks of it.",
)
@given_things
def _rdf(target: Target) -> Outcome:
    for iri in things(target):
        url, reply = target.fetch(place(target, iri), RDF)
        if not reply.ok:
            return failed(f"{iri}: {reply.told('fr')}", f"{iri}: {reply.told('en')}")
        try:
            triples = graph(reply.kind, reply.body, url)
        except Unreadable as error:
            return failed(f"{iri}: {error}")
        if not any(f"<{iri}>" in (str(t.subject), str(t.object)) for t in triples):
            return failed(f"{iri}: {len(triples)} triples, ∌")
    return passed(", ".join(things(target)))


@GROUP.check(
    "page",
    MAY,
    specs.COOL,
    fr="La même adresse donne une page à un navigateur.",
    en="The same address gives a page to a browser.",
)
@given_things
def _page(target: Target) -> Outcome:
    iri = things(target)[0]
    _, reply = target.fetch(place(target, iri), _HTML)
    return judged(
        reply.ok and reply.kind == "text/html", f"{iri}: {reply.told('fr')}", f"{iri}: {reply.told('en')}"
    )


@GROUP.check(
    "see-other",
    SHOULD,
    specs.COOL,
    fr="L'adresse d'une chose répond par 303 vers un document, ou par le document lui-même (200).",
    en="The address of a thing answers 303 to a document, or with the document itself (200).",
)
@given_things
def _see_other(target: Target) -> Outcome:
    iri = things(target)[0]
    reply = target.wire.send("GET", place(target, iri), headers={"Accept": RDF})
    where = reply.headers.get("location", "")
    return judged(reply.status in (200, 303), f"{iri}: {reply.status} {where}".rstrip())


@GROUP.check(
    "vary",
    SHOULD,
    specs.http("12.5.5"),
    fr="Vary dit que ce qui est donné d'une chose dépend d'Accept.",
    en="Vary says that what is given of a thing depends on Accept.",
)
@given_things
def _vary(target: Target) -> Outcome:
    reply = target.wire.send("GET", place(target, things(target)[0]), headers={"Accept": RDF})
    said = reply.headers.get("vary", "")
    names = {name.strip().lower() for name in said.split(",")}
    return judged(bool(names & {"accept", "*"}), f"Vary: {said or '∅'}")


@GROUP.check(
    "unknown",
    SHOULD,
    specs.http("15.5.5"),
    fr="Une chose qui n'existe pas reçoit 404 ou 410.",
    en="A thing that does not exist gets 404 or 410.",
)
@given_things
def _unknown(target: Target) -> Outcome:
    iri = things(target)[0] + "-no-such-thing"
    _, reply = target.fetch(place(target, iri), RDF)
    return judged(reply.status in (404, 410), f"{iri}: {reply.told('fr')}", f"{iri}: {reply.told('en')}")
