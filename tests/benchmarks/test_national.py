"""The run at national scale goes on where it was; a release repeated has things of its own in each copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.laps import Clock
from benchmarks.national import Run, growth
from benchmarks.serving import WORLD, repeated


def test_a_step_is_done_once_and_one_that_failed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[str] = []

    def fail() -> dict[str, Any]:
        calls.append("fail")
        raise RuntimeError("no room")

    def work() -> dict[str, Any]:
        calls.append("work")
        return {"processor_seconds": 2.0}

    Run(tmp_path).step("5.build", fail)
    assert "no room" in capsys.readouterr().err
    for _ in range(2):
        Run(tmp_path).step("5.build", work)
    assert calls == ["fail", "work"]
    Run(tmp_path).report(tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["steps"]["build"]["5"]["processor_seconds"] == 2.0
    assert len(report["steps"]["build"]["5"]["load"]) == 2
    assert report["machine"]["versions"]["pyoxigraph"]


def test_growth_is_from_each_size_to_the_next() -> None:
    steps = {
        "build": {
            "1500": {"processor_seconds": 90.0, "peak_mib": 600},
            "150": {"processor_seconds": 10.0, "peak_mib": 300},
            "500": {"processor_seconds": 30.0, "peak_mib": 300},
        },
        "external": {"virtuoso": {"load_seconds": 3}},
    }
    assert growth(steps) == {
        "150 to 500 (x3.3)": {"build processor_seconds": 3.0, "build peak_mib": 1.0},
        "500 to 1500 (x3.0)": {"build processor_seconds": 3.0, "build peak_mib": 2.0},
    }


def test_a_lap_ends_when_another_begins() -> None:
    clock = Clock()
    for name in ("one", "one", "two", ""):
        clock.lap(name)
    assert list(clock.laps) == ["one", "two"]
    assert all(lap["seconds"] >= 0 and lap["peak_mib"] > 0 for lap in clock.laps.values())


def test_each_copy_of_a_release_has_things_of_its_own(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    lines = [
        f"<{WORLD}id/contract/a> <urn:p> <{WORLD}id/organisation/b> <{WORLD}graph/contract/a> .\n",
        f'<{WORLD}id/organisation/b> <urn:p> "B" <{WORLD}graph/registry> .\n',
        f"<urn:class> <urn:p> <urn:other> <{WORLD}graph/ontology> .\n",
    ]
    (source / "graph.nq").write_text("".join(lines))
    (source / "manifest.json").write_text(json.dumps({"counts": {"contracts": 1, "quads": 3}}))
    said = repeated(source, target, 6)
    written = (target / "graph.nq").read_text().splitlines(keepends=True)
    assert said["quads"] == len(written) == len(set(written)) == 7
    assert written[:3] == lines
    assert written[3] == lines[0].replace("/id/", "/id/w1-").replace(
        "graph/contract/a", "graph/contract/w1-a"
    )
    manifest = json.loads((target / "manifest.json").read_text())
    assert manifest["counts"]["quads"] == 7
    assert manifest["graphs"] == {
        f"{WORLD}graph/contract/a": 1,
        f"{WORLD}graph/contract/w1-a": 1,
        f"{WORLD}graph/contract/w2-a": 1,
        f"{WORLD}graph/ontology": 1,
        f"{WORLD}graph/registry": 3,
    }
