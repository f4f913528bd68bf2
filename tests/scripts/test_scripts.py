"""The scripts that a newcomer runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
SHELL = ("install", "test", "check", "bench", "coverage", "mutants", "release")


def run(name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A script, with the programs of the environment of the tests and from another folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": path, "VIRTUAL_ENV": sys.prefix}
    return subprocess.run(
        [str(SCRIPTS / name), *words], cwd="/", env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", SHELL)
def test_a_script_is_a_program_that_says_what_it_does(name: str) -> None:
    file = SCRIPTS / name
    assert os.access(file, os.X_OK)
    assert re.match(r"#!/usr/bin/env bash\n# .+", file.read_text(encoding="utf-8"))
    assert subprocess.run(["bash", "-n", str(file)], check=False).returncode == 0


@pytest.mark.slow
def test_the_tests_take_the_arguments_of_pytest() -> None:
    done = run("test", "-q", "-p", "no:cacheprovider", "tests/docs/test_pages.py::test_versions_agree")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_the_benchmarks_are_listed_and_take_their_own_arguments() -> None:
    listed = run("bench").stdout.splitlines()
    names = {line.split()[0] for line in listed}
    assert {"service", "validation", "entailment"} <= names
    for line in listed:
        assert re.match(r"\w+ +\w.{20,}", line), line
    assert "usage" in run("bench", "entailment", "--help").stdout
    unknown = run("bench", "nothing")
    assert unknown.returncode == 2
    assert "scripts/bench for the list" in unknown.stderr


def test_without_an_installation_it_is_said_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    for name in ("check", "environment.sh"):
        file = tmp_path / "scripts" / name
        file.write_bytes((SCRIPTS / name).read_bytes())
        file.chmod(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "bin" / "python").chmod(0o755)
    env = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}
    script = str(tmp_path / "scripts" / "check")
    done = subprocess.run([script], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "scripts/install" in done.stderr


NEWCOMER = """# Project

## Two commands

```sh
echo installed && exec python -m http.server --bind 127.0.0.1 "$CLS_PORT"
```

builds, and

```sh
echo "$VIRTUAL_ENV" && echo '2 passed' && {end}
```

## More
"""


@pytest.mark.slow
@pytest.mark.parametrize(("end", "code"), [("true", 0), ("exit 3", 1)])
def test_a_newcomers_run_is_logged(tmp_path: Path, end: str, code: int) -> None:
    repository, log = tmp_path / "repository", tmp_path / "log.md"
    repository.mkdir()
    (repository / "README.md").write_text(NEWCOMER.replace("{end}", end), encoding="utf-8")
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *words], check=True)
    log.write_text(
        "# A run\n\nWords.\n\n<!-- Made by scripts/newcomer, from here on: do not edit. -->\nold\n"
    )
    done = run("newcomer", "--repository", str(repository), "--out", str(log))
    assert done.returncode == code, done.stderr
    said = log.read_text(encoding="utf-8")
    assert said.startswith("# A run\n\nWords.\n")
    assert "old" not in said
    assert re.search(r"Commit \w{7,} of 20\d\d-.* cores, .* GiB, .*, Python 3\..* load at the start", said)
    assert re.search(r"^installed$", said, re.MULTILINE)
    assert re.search(r"^\d+ seconds: the start page answers\.$", said, re.MULTILINE)
    # A clone and an environment of its own, which are gone afterwards.
    environment = re.search(r"^(/.+/environment)$", said, re.MULTILINE)
    assert environment
    assert not Path(environment[1]).exists()
    assert f"2 passed\n```\n\n0 seconds: exit code {3 if code else 0}." in said


def test_the_gate_runs_them() -> None:
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "scripts/check" in gate
    assert "pip install -q '.[test]'\npytest " in gate
