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
    file = Path(finding.place.file)
    inside = file.is_absolute() and file.is_relative_to(root)
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "file": file.relative_to(root).as_posix() if inside else finding.place.file,
        "line": finding.place.line,
        "subject": finding.subject,
        "node": finding.node,
        "value": finding.value,
        "title": finding.title,
        "message": finding.message,
        "why": finding.why,
        "remedy": finding.remedy,
    }
