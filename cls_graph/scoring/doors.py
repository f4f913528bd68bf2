"""Checks of the doors: whether a query can make the endpoint fetch an address or read a file.

The canaries are on loopback of this machine, so the verdict is sure for an endpoint of this machine. An
endpoint elsewhere is given a name that nobody has (``.invalid``) and is only believed where it refuses.
"""

from __future__ import annotations

from functools import partial

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MUST, Group, Outcome, Spec, failed, passed, unsure
from cls_graph.scoring.target import Target
from cls_graph.scoring.wire import Reply

GROUP = Group("doors", {"fr": "Portes", "en": "Doors"})
_NOBODY = "http://canary.invalid/"
_NO_FILE = "file:///canary.invalid"
_UPDATES = "application/sparql-update"


def verdict(target: Target, replies: list[Reply]) -> Outcome:
    """What the canaries saw, and what the endpoint said."""
    said = "".join(reply.text for reply in replies)
    told = {lang: ", ".join(dict.fromkeys(r.told(lang) for r in replies)) for lang in ("fr", "en")}
    if target.local:
        found = target.canaries.seen(said)
        if found:
            fr = f"le canari a été visité : {', '.join(found)} ({told['fr']})"
            return failed(fr, f"the canary was visited: {', '.join(found)} ({told['en']})")
        if any(reply.trouble in ("timeout", "unreachable", "late") for reply in replies):
            return unsure(told["fr"], told["en"])
        return passed(told["fr"], told["en"])
    if all(reply.refused for reply in replies):
        return passed(told["fr"], told["en"])
    return unsure(
        f"l'instance est sur une autre machine, hors de portée du canari ({told['fr']})",
        f"the endpoint is on another machine, out of reach of the canary ({told['en']})",
    )


def web(target: Target, name: str) -> str:
    """The address of the web canary for one check."""
    return (target.canaries.web if target.local else _NOBODY) + name


def file(target: Target) -> str:
    """The address of the file."""
    return target.canaries.file_iri if target.local else _NO_FILE


QUERIES: dict[str, tuple[str, str, Spec, str, str]] = {
    "service": (
        "SELECT * {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}",
        "web",
        specs.OWASP,
        "SERVICE n'atteint pas la machine du service.",
        "SERVICE does not reach the machine of the service.",
    ),
    "service-silent": (
        "SELECT * {{ SERVICE SILENT <{iri}> {{ ?s ?p ?o }} }}",
        "web",
        specs.OWASP,
        "SERVICE SILENT non plus.",
        "Nor does SERVICE SILENT.",
    ),
    "service-variable": (
        "SELECT * {{ VALUES ?g {{ <{iri}> }} SERVICE SILENT ?g {{ ?s ?p ?o }} }}",
        "web",
        specs.OWASP,
        "SERVICE n'atteint pas une adresse donnée par une variable.",
        "SERVICE does not reach an address that is given by a variable.",
    ),
    "from": (
        "SELECT * FROM <{iri}> {{ ?s ?p ?o }} LIMIT 5",
        "web",
        specs.SECURITY,
        "FROM ne va pas chercher une adresse.",
        "FROM does not fetch an address.",
    ),
    "from-named": (
        "SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT 5",
        "web",
        specs.SECURITY,
        "FROM NAMED ne va pas chercher une adresse.",
        "FROM NAMED does not fetch an address.",
    ),
    "from-file": (
        "SELECT * FROM <{iri}> {{ ?s ?p ?o }} LIMIT 5",
        "file",
        specs.SECURITY,
        "FROM ne lit pas de fichier.",
        "FROM reads no file.",
    ),
    "graph": (
        "SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} LIMIT 5",
        "web",
        specs.SECURITY,
        "GRAPH ne va pas chercher une adresse.",
        "GRAPH does not fetch an address.",
    ),
    "describe": (
        "DESCRIBE <{iri}>",
        "web",
        specs.SECURITY,
        "DESCRIBE ne va pas chercher une adresse.",
        "DESCRIBE does not fetch an address.",
    ),
    "function": (
        "SELECT (<{iri}>(1) AS ?v) {{ }}",
        "web",
        specs.SECURITY,
        "Une fonction inconnue n'est pas cherchée à son adresse.",
        "A function that is not known is not looked for at its address.",
    ),
}
"""By name: query, which canary, specification, sentence in French and in English."""


def _query(target: Target, name: str, query: str, canary: str) -> Outcome:
    target.canaries.set()
    iri = file(target) if canary == "file" else web(target, f"{name}.ttl")
    accept = "text/turtle" if query.startswith("DESCRIBE") else "application/sparql-results+json"
    return verdict(target, [target.ask(query.format(iri=iri), accept)])


for _name, (_text, _canary, _spec, _fr, _en) in QUERIES.items():
    _run = partial(_query, name=_name, query=_text, canary=_canary)
    GROUP.add(_name, MUST, _spec, {"fr": _fr, "en": _en}, _run)


def _parameter(target: Target, name: str, canary: str) -> Outcome:
    target.canaries.set()
    iri = file(target) if canary == "file" else web(target, f"{name}.ttl")
    inside = "?s ?p ?o" if name.startswith("default") else "GRAPH ?g { ?s ?p ?o }"
    return verdict(target, [target.ask(f"SELECT * {{ {inside} }} LIMIT 5", also=[(name, iri)])])


for _name in ("default-graph-uri", "named-graph-uri"):
    for _canary, _fr, _en in (
        ("web", "ne va pas chercher une adresse", "does not fetch an address"),
        ("file", "ne lit pas de fichier", "reads no file"),
    ):
        GROUP.add(
            _name + ("-file" if _canary == "file" else ""),
            MUST,
            specs.SECURITY,
            {"fr": f"{_name} {_fr}.", "en": f"{_name} {_en}."},
            partial(_parameter, name=_name, canary=_canary),
        )


def updated(target: Target, text: str) -> list[Reply]:
    """What every address that may take updates says to one, without credentials."""
    replies = []
    for url in dict.fromkeys((target.url, *target.updates)):
        replies.append(target.wire.send("POST", url, data={"update": text}))
        replies.append(
            target.wire.send("POST", url, content=text.encode(), headers={"Content-Type": _UPDATES})
        )
    return replies


@GROUP.check(
    "load",
    MUST,
    specs.OWASP,
    fr="LOAD ne va pas chercher une adresse.",
    en="LOAD does not fetch an address.",
)
def _load(target: Target) -> Outcome:
    target.canaries.set()
    # Of no statement: where it is loaded after all, nothing is written.
    return verdict(target, updated(target, f"LOAD <{web(target, 'load.empty')}>"))


@GROUP.check("load-file", MUST, specs.OWASP, fr="LOAD ne lit pas de fichier.", en="LOAD reads no file.")
def _load_file(target: Target) -> Outcome:
    target.canaries.set()
    replies = updated(target, f"LOAD <{target.canaries.empty_iri if target.local else _NO_FILE}>")
    outcome = verdict(target, replies)
    if target.local and any(reply.ok for reply in replies):
        return failed("LOAD d'un fichier a réussi", "LOAD of a file succeeded")
    return outcome


BODIES = {
    "json-ld-context": (
        "application/ld+json",
        '{{"@context": "{iri}context.jsonld", "@id": "urn:x-cls-graph:x", "name": "x"}}',
        specs.JSONLD,
        "Un contexte JSON-LD n'est pas cherché à son adresse.",
        "A JSON-LD context is not fetched from its address.",
    ),
    "xml-entity": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY x SYSTEM "{iri}entity.dtd">]><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&x;</rdf:RDF>',
        specs.ENTITIES,
        "Une entité XML n'est pas cherchée à son adresse.",
        "An XML entity is not fetched from its address.",
    ),
}


def _body(target: Target, kind: str, body: str) -> Outcome:
    target.canaries.set()
    content = body.format(iri=web(target, "")).encode()
    return verdict(target, [target.send("POST", content=content, headers={"Content-Type": kind})])


for _name, (_kind, _text, _spec, _fr, _en) in BODIES.items():
    GROUP.add(_name, MUST, _spec, {"fr": _fr, "en": _en}, partial(_body, kind=_kind, body=_text))
