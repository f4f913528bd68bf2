"""A scorecard: the checks made of one endpoint, in order, in bounded time."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cls_graph import __version__
from cls_graph.errors import EndpointFailed, UsageError
from cls_graph.progress import Progress, silent
from cls_graph.scoring import canaries
from cls_graph.scoring.checks import FAIL, LEVELS, MUST, VERDICTS, Check, Outcome, absent, short, unsure
from cls_graph.scoring.table import GROUPS
from cls_graph.scoring.target import Target, read
from cls_graph.scoring.wire import Wire
from cls_graph.store.address import Address, Credentials
from cls_graph.store.wire import Auth

TOTAL = 30
"""The total time, in limits of one request."""


@dataclass(frozen=True)
class Options:
    """What was asked for. ``timeout`` is in seconds, for one request."""

    url: str
    update: str = ""
    graphs: str = ""
    base: str = ""
    only: Collection[str] = ()
    timeout: float = 15.0
    erase: bool = False
    hostile: bool = False


@dataclass(frozen=True)
class Result:
    """A check with its outcome."""

    check: Check
    outcome: Outcome


@dataclass(frozen=True)
class Scorecard:
    """All results of one endpoint. ``server`` is what it calls itself."""

    url: str
    server: str
    requests: int
    results: tuple[Result, ...]
    version: str = field(default=__version__)

    @property
    def passed(self) -> bool:
        """Whether nothing that must hold does not."""
        return not any(r.outcome.verdict == FAIL and r.check.level == MUST for r in self.results)

    def counts(self, group: str = "") -> dict[str, dict[str, int]]:
        """How many verdicts of each kind, by level; of one group, or of all."""
        counted = Counter(
            (r.check.level, r.outcome.verdict) for r in self.results if group in ("", r.check.group)
        )
        return {level: {v: counted[level, v] for v in VERDICTS} for level in LEVELS}

    def as_json(self, lang: str) -> dict[str, Any]:
        """The scorecard for a program, with its sentences in one language."""
        rows = [
            {
                "id": r.check.id,
                "group": r.check.group,
                "level": r.check.level,
                "verdict": r.outcome.verdict,
                "check": r.check.text[lang],
                "seen": r.outcome.seen[lang],
                "specification": {"title": r.check.spec.title, "url": r.check.spec.url},
            }
            for r in self.results
        ]
        return {
            "endpoint": self.url,
            "server": self.server,
            "scored_by": f"cls-graph {self.version}",
            "requests": self.requests,
            "passed": self.passed,
            "counts": self.counts(),
            "checks": rows,
        }


def score(
    options: Options,
    env: Mapping[str, str] | None = None,
    before: Callable[[Target], None] = lambda _: None,
    progress: Progress = silent,
) -> Scorecard:
    """Make the checks of an endpoint. ``before`` is told the target before anything but ``ASK {}`` is sent.

    Raises ``UsageError`` for an address that is none, and ``EndpointFailed`` where there is no endpoint.
    """
    address = _address(options)
    wire = Wire((address.query, address.update, address.graphs), options.timeout, TOTAL * options.timeout)
    credentials = Credentials.of(os.environ if env is None else env)
    try:
        with canaries.opened() as cages:
            target = Target(
                url=address.query,
                wire=wire,
                canaries=cages,
                updates=_updates(options, address),
                graphs=options.graphs,
                base=options.base,
                auth=Auth(credentials),
                token=secrets.token_hex(8),
            )
            target.server = _greet(target)
            before(target)
            results = tuple(_results(target, options, progress))
            return Scorecard(target.url, target.server, wire.requests, results)
    finally:
        wire.close()


def _results(target: Target, options: Options, progress: Progress) -> list[Result]:
    results = []
    for group in GROUPS:
        if options.only and group.name not in options.only:
            continue
        progress(group.title)
        for check in group.checks:
            results.append(Result(check, _outcome(check, group.hostile, target, options)))
    return results


def _outcome(check: Check, hostile: bool, target: Target, options: Options) -> Outcome:
    if check.erases and not options.erase:
        return absent("demande --erase", "needs --erase")
    if hostile and not (target.local or options.hostile):
        return absent("sur une autre machine : demande --hostile", "on another machine: needs --hostile")
    if target.wire.late:
        return unsure("temps total épuisé", "total time used up")
    outcome = check.run(target)
    # What was cut short by the total time says nothing of the endpoint.
    late = target.wire.late and outcome.verdict == FAIL
    return unsure("temps total épuisé", "total time used up") if late else outcome


def _address(options: Options) -> Address:
    address = Address.of(options.url, options.update, options.graphs)
    if options.base and urlsplit(options.base).scheme not in ("http", "https"):
        raise UsageError(
            f"« {options.base} » n'est pas le début d'IRI en http(s).",
            f"'{options.base}' is not the beginning of http(s) IRIs.",
        )
    if set(options.base) & set('<>"{}|^`\\ '):
        raise UsageError(f"« {options.base} » n'est pas un IRI.", f"'{options.base}' is no IRI.")
    return address


def _updates(options: Options, address: Address) -> list[str]:
    """Where updates are tried: the address given, or else those that are usual for the endpoint."""
    if options.update:
        return [options.update]
    return [address.update] if address.update != address.query else [address.query]


def _greet(target: Target) -> str:
    """What the endpoint calls itself. Raises ``EndpointFailed`` where it answers no query."""
    reply = target.ask("ASK { }")
    if not reply.ok:
        reply = target.send("POST", data={"query": "ASK { }"}, headers={"Accept": "*/*"})
    problem = read(reply).problem if reply.ok else reply.told("en")
    if problem:
        where = reply.headers.get("location", "")
        fr = problem if reply.ok else reply.told("fr")
        fr += f", renvoie à {short(where)}, qui n'est pas suivi" if where else ""
        problem += f", redirects to {short(where)}, which is not followed" if where else ""
        raise EndpointFailed(
            f"{target.url} ne répond pas à « ASK {{ }} » : {short(fr)}.",
            f"{target.url} does not answer 'ASK {{ }}': {short(problem)}.",
        )
    return short(reply.headers.get("server", ""), 80)
