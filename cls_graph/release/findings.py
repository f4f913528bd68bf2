"""What the checks of a release found, as a file of it, so that whoever serves it can tell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cls_graph.findings import Finding

FINDINGS = "findings.json"


def findings_text(findings: Sequence[Finding], root: Path) -> str:
    """The findings as JSON, in the order that they were found in; files as seen from ``root``."""
    rows = [_row(finding, root) for finding in findings]
    return json.dumps({"findings": rows}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _row(finding: Finding, root: Path) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "file": _inside(finding.place.file, root),
        "line": finding.place.line,
        "subject": finding.subject,
        "node": finding.node,
        "value": finding.value,
        "title": finding.title,
        "message": finding.message,
        "why": finding.why,
        "remedy": finding.remedy,
    }


def _inside(file: str, root: Path) -> str:
    """A file as seen from the corpus, whatever folder its check was run from; what is no file as it is."""
    if not file or "://" in file:
        return file
    path, root = Path(file).resolve(), root.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file
