"""Checks of the SPARQL 1.1 Protocol: how a query may be sent, and what is said to one that is wrong."""

from __future__ import annotations

from functools import partial

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MAY, MUST, SHOULD, Group, Outcome, failed, judged, passed
from cls_graph.scoring.target import JSON, Target, read
from cls_graph.scoring.wire import Reply

GROUP = Group("protocol", {"fr": "Protocole", "en": "Protocol"})
ONE = "SELECT (1 AS ?v) { }"
ORIGIN = "https://reader.example"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def told(reply: Reply, holds: bool) -> Outcome:
    """A verdict with the reply as what was seen."""
    return judged(holds, reply.told("fr"), reply.told("en"))


def answers_one(reply: Reply) -> Outcome:
    """Whether a reply is the row of ``ONE``."""
    answer = read(reply)
    if not answer.well:
        return failed(answer.problem)
    return told(reply, answer.table.values() == ["1"])


@GROUP.check("get", MUST, specs.GET, fr="Répond à une requête par GET.", en="Answers a query by GET.")
def _get(target: Target) -> Outcome:
    return answers_one(target.send(params={"query": ONE}, headers={"Accept": JSON}))


@GROUP.check(
    "post-form", MUST, specs.FORM, fr="Répond à un formulaire par POST.", en="Answers a form by POST."
)
def _post_form(target: Target) -> Outcome:
    return answers_one(target.send("POST", data={"query": ONE}, headers={"Accept": JSON}))


@GROUP.check(
    "post-direct",
    MUST,
    specs.DIRECT,
    fr="Répond à une requête envoyée telle quelle par POST.",
    en="Answers a query that is the body of a POST.",
)
def _post_direct(target: Target) -> Outcome:
    headers = {"Accept": JSON, "Content-Type": QUERY}
    return answers_one(target.send("POST", content=ONE.encode(), headers=headers))


@GROUP.check(
    "unicode",
    MUST,
    specs.GET,
    fr="Une lettre accentuée et un emoji reviennent comme ils sont partis, par GET et par POST.",
    en="An accented letter and an emoji come back as they were sent, by GET and by POST.",
)
def _unicode(target: Target) -> Outcome:
    query = 'SELECT ("é🎉" AS ?v) { }'
    form = target.send("POST", data={"query": query}, headers={"Accept": JSON})
    for reply in (target.ask(query), form):
        answer = read(reply)
        if answer.table.values() != ["é🎉"]:
            return failed(answer.problem or " ".join(answer.table.values()) or "∅")
    return passed("é🎉")


@GROUP.check(
    "head",
    SHOULD,
    specs.http("9.3.2"),
    fr="HEAD donne l'en-tête d'un GET, sans corps.",
    en="HEAD gives the head of a GET, without a body.",
)
def _head(target: Target) -> Outcome:
    reply = target.send("HEAD", params={"query": ONE}, headers={"Accept": JSON})
    return told(reply, reply.ok and not reply.body and reply.kind == JSON)


@GROUP.check("options", MAY, specs.http("9.3.7"), fr="OPTIONS répond.", en="OPTIONS is answered.")
def _options(target: Target) -> Outcome:
    reply = target.send("OPTIONS")
    return told(reply, reply.ok)


@GROUP.check(
    "cors",
    SHOULD,
    specs.CORS,
    fr="Une page d'un autre site peut lire les réponses.",
    en="A page of another site may read the answers.",
)
def _cors(target: Target) -> Outcome:
    reply = target.ask(ONE, headers={"Origin": ORIGIN})
    allowed = reply.headers.get("access-control-allow-origin", "")
    seen = f"Access-Control-Allow-Origin: {allowed}" if allowed else ""
    return judged(allowed in ("*", ORIGIN), seen or "aucun en-tête CORS", seen or "no CORS header")


@GROUP.check(
    "preflight",
    SHOULD,
    specs.CORS,
    fr="Une page d'un autre site peut envoyer une requête telle quelle par POST.",
    en="A page of another site may send a query as the body of a POST.",
)
def _preflight(target: Target) -> Outcome:
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    reply = target.send("OPTIONS", headers=asked)
    origin = reply.headers.get("access-control-allow-origin", "")
    names = reply.headers.get("access-control-allow-headers", "").lower()
    allowed = reply.ok and origin in ("*", ORIGIN) and ("content-type" in names or names.strip() == "*")
    seen = f"{reply.status} Access-Control-Allow-Origin: {origin or '∅'}; -Headers: {names or '∅'}"
    return judged(allowed, seen)


@GROUP.check(
    "cors-credentials",
    SHOULD,
    specs.CORS,
    fr="N'autorise pas n'importe quel site à lire avec les identifiants du visiteur.",
    en="Does not let any site read with the credentials of its visitor.",
)
def _cors_credentials(target: Target) -> Outcome:
    reply = target.ask(ONE, headers={"Origin": ORIGIN})
    origin = reply.headers.get("access-control-allow-origin", "")
    credentials = reply.headers.get("access-control-allow-credentials", "").lower()
    seen = f"Access-Control-Allow-Origin: {origin or '∅'}; -Credentials: {credentials or '∅'}"
    return judged(not (credentials == "true" and origin in (ORIGIN, "*")), seen)


WRONG = {
    "bad-query": (
        "SELECT * WHERE {",
        "Une requête mal formée reçoit 400.",
        "A malformed query gets 400.",
    ),
    "empty-query": ("", "Une requête vide reçoit 400.", "An empty query gets 400."),
    "update-as-query": (
        "DELETE DATA { <urn:x-cls-graph:a> <urn:x-cls-graph:b> <urn:x-cls-graph:c> }",
        "Une mise à jour n'est pas prise pour une requête.",
        "An update is not taken for a query.",
    ),
    "unknown-prefix": (
        "SELECT * { ?s nowhere:p ?o }",
        "Un préfixe non déclaré reçoit 400.",
        "A prefix that is not declared gets 400.",
    ),
}


def _wrong(target: Target, name: str) -> Outcome:
    reply = target.ask(WRONG[name][0])
    if name == "bad-query":
        target.memory["wrong"] = reply
    # What is no query may be refused for another reason: it is not for reading.
    return told(reply, reply.refused if name == "update-as-query" else reply.status == 400)


for _name, (_, _fr, _en) in WRONG.items():
    _level = SHOULD if _name == "unknown-prefix" else MUST
    GROUP.add(_name, _level, specs.FAILURE, {"fr": _fr, "en": _en}, partial(_wrong, name=_name))


@GROUP.check(
    "error-told",
    SHOULD,
    specs.FAILURE,
    fr="L'erreur d'une requête mal formée est expliquée, sans rien des entrailles du service.",
    en="The error of a malformed query is explained, with nothing of the insides of the service.",
)
def _error_told(target: Target) -> Outcome:
    reply = target.memory.get("wrong") or target.ask("SELECT * WHERE {")
    inside = [
        mark
        for mark in ("Traceback (most recent call last)", "\tat java.", "\tat org.")
        if mark in reply.text
    ]
    if inside:
        return failed("trace d'exécution dans la réponse", "a stack trace in the answer")
    return judged(400 <= reply.status < 600 and len(reply.text.strip()) > 10, reply.text or "∅")


@GROUP.check(
    "no-query",
    MUST,
    specs.FAILURE,
    fr="Un formulaire sans requête est refusé.",
    en="A form without a query is refused.",
)
def _no_query(target: Target) -> Outcome:
    reply = target.send("POST", data={"nothing": "1"}, headers={"Accept": JSON})
    return told(reply, reply.refused)


@GROUP.check(
    "several-queries",
    MUST,
    specs.protocol("2.1", "query-operation"),
    fr="Deux paramètres query sont refusés.",
    en="Two query parameters are refused.",
)
def _several(target: Target) -> Outcome:
    reply = target.ask(ONE, also=[("query", "SELECT (2 AS ?v) { }")])
    return told(reply, reply.refused)


@GROUP.check(
    "wrong-type",
    MUST,
    specs.protocol("2.1", "query-operation"),
    fr="Un POST d'un autre type de contenu est refusé.",
    en="A POST of another media type is refused.",
)
def _wrong_type(target: Target) -> Outcome:
    reply = target.send("POST", content=ONE.encode(), headers={"Content-Type": "text/plain", "Accept": JSON})
    return told(reply, reply.refused)


@GROUP.check(
    "not-utf-8",
    MUST,
    specs.DIRECT,
    fr="Une requête qui n'est pas en UTF-8 est refusée.",
    en="A query that is not UTF-8 is refused.",
)
def _not_utf8(target: Target) -> Outcome:
    headers = {"Content-Type": QUERY, "Accept": JSON}
    reply = target.send("POST", content='SELECT ("é" AS ?v) { }'.encode("latin-1"), headers=headers)
    return told(reply, reply.refused)


@GROUP.check(
    "wrong-method",
    MUST,
    specs.protocol("2.1", "query-operation"),
    fr="Une requête par PUT est refusée.",
    en="A query by PUT is refused.",
)
def _wrong_method(target: Target) -> Outcome:
    reply = target.send("PUT", params={"query": ONE}, headers={"Accept": JSON})
    return told(reply, reply.refused or reply.status == 501)
