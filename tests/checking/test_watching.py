"""Checks while someone edits: the command itself, on a copy of a small corpus."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import IO, Any

import pytest

from cls_graph.checking.run import check
from cls_graph.checking.watching import Watch
from cls_graph.corpus import Corpus

SLIP = ("name_as_stated", "name_as_sated")


@pytest.fixture
def watching(tiny: Any) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-m", "cls_graph", "check", "--watch", "--json", "--corpus", str(tiny.root)]
    running = subprocess.Popen(
        argv,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell in the background may have had it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    yield running
    running.kill()
    running.communicate()


def said(stream: IO[str] | None) -> dict[str, Any]:
    """The next round, which must come."""
    assert stream is not None
    told: dict[str, Any] = json.loads(stream.readline())
    return told


@pytest.mark.slow
def test_each_save_is_answered(tiny: Any, watching: subprocess.Popen[str]) -> None:
    first = said(watching.stdout)
    assert (first["changed"], first["conforms"]) == ([], True)
    tiny.edit(*SLIP)
    second = said(watching.stdout)
    assert [os.path.basename(name) for name in second["changed"]] == [tiny.contract.name]
    assert second["conforms"] is False
    assert {f["rule"] for f in second["findings"]} - {f["rule"] for f in first["findings"]}
    watching.send_signal(signal.SIGINT)
    assert watching.wait(30) == 1
    assert watching.stderr is not None
    assert "Traceback" not in watching.stderr.read()


def rules(findings: Any) -> set[tuple[str, str, int]]:
    return {(f.rule, f.place.file, f.place.line) for f in findings}


@pytest.mark.slow
def test_what_is_told_of_an_edit_is_what_a_whole_check_tells(tiny: Any) -> None:
    session = Watch(Corpus.open(tiny.root), "pyshifty")
    session.whole()
    assert session.look() is None
    for old, new in (
        SLIP,
        SLIP[::-1],
        ("party: ars-84", "party: ars-85"),
        ("party: ars-85", "party: ars-84"),
    ):
        tiny.edit(old, new)
        now = session.look()
        assert now is not None
        assert rules(now.outcome.findings) == rules(check(Corpus.open(tiny.root), engine="pyshifty").findings)


def test_the_registry_is_looked_at_with_all_that_names_it(tiny: Any) -> None:
    session = Watch(Corpus.open(tiny.root), "pyshifty")
    session.whole()
    registry = tiny.root / "data" / "organisations.yaml"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("ars-84", "ars-85"), encoding="utf-8")
    now = session.look()
    assert now is not None
    assert any(f.place.file.endswith(tiny.contract.name) for f in now.outcome.findings)
    registry.unlink()
    gone = session.look()
    assert gone is not None
    assert any(f.severity == "violation" for f in gone.outcome.findings)
    registry.write_text(text, encoding="utf-8")
    back = session.look()
    assert back is not None
    assert not any(f.severity == "violation" for f in back.outcome.findings)


def test_a_record_that_is_gone_is_told_as_gone(tiny: Any) -> None:
    argv = [sys.executable, "-m", "cls_graph", "check", "--watch", "--lang", "fr", "--corpus", str(tiny.root)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        heads = (line for line in running.stdout if line.startswith("── "))
        assert next(heads).startswith("── tout le corpus (")
        tiny.contract.unlink()
        assert f"{tiny.contract.name} (n'est plus là) (" in next(heads)
        running.kill()


def test_what_a_change_breaks_in_other_files_is_told(tiny: Any) -> None:
    argv = [sys.executable, "-m", "cls_graph", "check", "--watch", "--lang", "en", "--corpus", str(tiny.root)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        next(line for line in running.stdout if line.startswith("── the whole corpus"))
        path = tiny.root / "data" / "organisations.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("key: ars-84", "key: ars-85"), "utf-8")
        lines = iter(running.stdout)
        next(line for line in lines if line.startswith("── ") and "organisations.yaml" in line)
        told = []
        for line in lines:
            told.append(line)
            if line.startswith("corpus: "):
                break
        running.kill()
    assert any(tiny.contract.name in line and "ars-84" in line for line in told), told


def test_watching_writes_no_report_file(tiny: Any, cli: Any) -> None:
    run = cli("check", "--watch", "--corpus", tiny.root, "--format", "html")
    assert run.code == 2
    assert "--watch" in run.err


@pytest.mark.slow
def test_a_half_typed_shape_does_not_end_it(tiny: Any, watching: subprocess.Popen[str]) -> None:
    assert said(watching.stdout)["conforms"] is True
    shapes = tiny.root / "shapes" / "core.ttl"
    whole = shapes.read_bytes()
    shapes.write_bytes(whole[:-20])
    error = said(watching.stdout)["error"]
    assert "core.ttl:" in error["detail"]
    shapes.write_bytes(whole)
    assert said(watching.stdout)["conforms"] is True
    shapes.write_bytes(whole[:-20])
    assert said(watching.stdout)["error"] == error
    watching.send_signal(signal.SIGINT)
    assert watching.wait(30) == 2
