"""Findings as JUnit XML, which build servers show as tests that pass or fail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from cls_graph.findings import SEVERITY_NAMES, Finding

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CLEAN = {"fr": "rien à corriger", "en": "nothing to mend"}


def as_junit(findings: Sequence[Finding], lang: str, engine: str = "", files: Sequence[str] = ()) -> str:
    """A suite for each file, a case for each finding; a file without findings has one case, which passes.

    A violation fails its case. Warnings and information pass and are told in the output of theirs.
    """
    by_file: dict[str, list[Finding]] = {file: [] for file in files}
    for f in findings:
        by_file.setdefault(f.place.file, []).append(f)
    suites = ElementTree.Element("testsuites", name="cls-graph check")
    for file, found in sorted(by_file.items()):
        suite = ElementTree.SubElement(suites, "testsuite", name=_text(file))
        if engine:
            properties = ElementTree.SubElement(suite, "properties")
            ElementTree.SubElement(properties, "property", name="engine", value=engine)
        for f in found:
            _case(suite, f, lang)
        if not found:
            ElementTree.SubElement(suite, "testcase", classname=_text(file), name=CLEAN[lang])
        _count(suite, len(found) or 1, sum(f.severity == "violation" for f in found))
    _count(suites, len(suites.findall(".//testcase")), len(suites.findall(".//failure")))
    ElementTree.indent(suites)
    body = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _case(suite: ElementTree.Element, f: Finding, lang: str) -> None:
    subject = f.subject_in(lang)
    name = f"{f.title[lang] or f.rule_name}{f' – {subject}' if subject else ''}"
    if f.place.line:
        name += f" ({f.place.line}:{f.place.column})"
    case = ElementTree.SubElement(suite, "testcase", classname=_text(f.place.file), name=_text(name))
    told = "\n".join(filter(None, [f.text(lang), f.why[lang]]))
    if f.severity == "violation":
        kind = SEVERITY_NAMES[f.severity][lang]
        failure = ElementTree.SubElement(case, "failure", type=kind, message=_text(f.message[lang]))
        failure.text = _text(told)
    else:
        ElementTree.SubElement(case, "system-out").text = _text(told)


def _count(element: ElementTree.Element, tests: int, failures: int) -> None:
    element.attrib |= {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": "0"}


def _text(text: str) -> str:
    """The text without the characters that XML 1.0 has no way to write (section 2.2)."""
    return _NOT_XML.sub("\ufffd", text)
