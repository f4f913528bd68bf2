"""Checks of writing: refused to whoever gives no credentials. What is sent here changes nothing."""

from __future__ import annotations

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MUST, Group, Outcome, judged
from cls_graph.scoring.doors import updated
from cls_graph.scoring.protocol import told
from cls_graph.scoring.target import Target

GROUP = Group("updates", {"fr": "Écriture", "en": "Writing"})
_NOTHING = "DELETE DATA { <urn:x-cls-graph:none> <urn:x-cls-graph:none> <urn:x-cls-graph:none> }"


@GROUP.check(
    "anonymous",
    MUST,
    specs.SECURITY,
    fr="Une mise à jour sans identifiants est refusée (celle qui est envoyée ne change rien).",
    en="An update without credentials is refused (the one that is sent changes nothing).",
)
def _anonymous(target: Target) -> Outcome:
    replies = updated(target, _NOTHING)
    taken = [reply for reply in replies if reply.ok]
    seen = {lang: ", ".join(dict.fromkeys(r.told(lang) for r in taken or replies)) for lang in ("fr", "en")}
    return judged(not taken, seen["fr"], seen["en"])


@GROUP.check(
    "not-by-get",
    MUST,
    specs.UPDATE,
    fr="Une mise à jour par GET est refusée.",
    en="An update by GET is refused.",
)
def _not_by_get(target: Target) -> Outcome:
    for url in dict.fromkeys((target.url, *target.updates)):
        reply = target.wire.send(
            "GET", url, params={"update": _NOTHING}, headers={"Accept": "text/plain, */*;q=0.1"}
        )
        # An address for queries may pass over the parameter, and give its description or its page.
        if reply.ok and not (
            reply.kind.startswith(("text/html", "text/turtle"))
            or "rdf" in reply.kind
            or "ld+json" in reply.kind
        ):
            return told(reply, False)
    return told(reply, True)
