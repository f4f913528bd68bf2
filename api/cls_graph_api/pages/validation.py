"""``/validation``: what the checks of this release found, by rule, the gravest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.checking.html import codes
from cls_graph.findings import SEVERITY_NAMES
from cls_graph.records.emitter import with_parents
from cls_graph.release.findings import FINDINGS
from cls_graph.rules import SEVERITIES
from cls_graph_api import openapi
from cls_graph_api.i18n import language
from cls_graph_api.pages import answering
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
_SHOWN = 30
"""Findings of a rule on the page; data has all of them."""


@dataclass(frozen=True)
class Report:
    """What the checks of a release found; never changed."""

    findings: list[dict[str, Any]]

    @cached_property
    def under(self) -> dict[str, list[dict[str, Any]]]:
        """The findings of each node and of the nodes under it."""
        found: dict[str, list[dict[str, Any]]] = {}
        for finding in self.findings:
            for node in with_parents(finding["node"]):
                found.setdefault(node, []).append(finding)
        return found


def report_of(site: Site) -> Report | None:
    """What the checks found, or ``None`` where the release, or the remote store, carries no report."""
    folder = site.release
    if folder is None or FINDINGS not in site.manifest.get("files", {}):
        return None
    path = folder / FINDINGS
    try:
        told = path.stat()
    except OSError:
        return None
    return _read(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> Report | None:
    """Read once as long as the file is the same: every page of a thing asks for it."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["findings"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Report(found) if isinstance(found, list) else None


def tally(report: Report | None) -> dict[str, int] | None:
    """How many findings of each severity there are; ``None`` where it is not known."""
    if report is None:
        return None
    return {severity: sum(f["severity"] == severity for f in report.findings) for severity in SEVERITIES}


@router.read(
    "/validation",
    "/validation.{suffix}",
    summary="What the checks of this release found / Ce que les contrôles ont trouvé",
    described=openapi.listing(
        openapi.parameter(
            "severity", "Only these / Celles-ci seulement", {"type": "string", "enum": list(SEVERITIES)}
        ),
        openapi.parameter("rule", "Findings of one rule / Constats d'une règle"),
    ),
)
async def validation(request: Request) -> Response:
    """Findings by rule: what, where, why, how to mend it; HTML, JSON or CSV."""
    site, lang = Site.of(request), language(request)
    form = answering.form_of(request)
    query = answering.parameters(request, ("severity", "rule"))
    severity = answering.choice(query, "severity", ("", *SEVERITIES)) if query.get("severity") else ""
    rule = next(iter(query.get("rule", ())), "")
    etag = answering.tag(request, form, {**query})
    if known := answering.unchanged(request, etag):
        return known
    report = report_of(site)
    found = [
        f
        for f in (report.findings if report else ())
        if severity in ("", f["severity"]) and rule in ("", f["rule"])
    ]
    if form == "json":
        body = answering.as_json({"known": report is not None, "counts": tally(report), "findings": found})
        return answering.respond(request, body, "application/json", etag)
    if form == "csv":
        heads = ["severity", "rule", "file", "line", "subject", "node", "message", "remedy"]
        rows = [[*(f[name] for name in heads[:6]), f["message"][lang], f["remedy"][lang]] for f in found]
        return answering.respond(request, answering.as_csv(heads, rows), "text/csv", etag)
    body = site.page(
        request,
        "validation.html",
        known=report is not None,
        counts=tally(report),
        groups=_groups(found, None if rule else _SHOWN),
        severities=SEVERITIES,
        kinds={name: words[lang] for name, words in SEVERITY_NAMES.items()},
        chosen=severity,
        total=len(found),
        codes=codes,
        formats=answering.alternates(request, "/validation", {k: v[0] for k, v in query.items()}),
    )
    return answering.respond(request, body, "text/html", etag)


def _groups(found: list[dict[str, Any]], most: int | None) -> list[dict[str, Any]]:
    """Findings by rule, the gravest first, then the most frequent."""
    by_rule: dict[str, list[dict[str, Any]]] = {}
    for finding in found:
        by_rule.setdefault(finding["rule"], []).append(finding)
    groups: list[dict[str, Any]] = [
        {"rule": rule, "first": rows[0], "rows": rows[:most], "n": len(rows)}
        for rule, rows in by_rule.items()
    ]
    groups.sort(key=lambda g: (SEVERITIES.index(g["first"]["severity"]), -g["n"], g["rule"]))
    return groups
