"""What the system refuses is told with the file, in both languages, with exit code 2: 1 means findings."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, Tiny

Command = tuple[list[str], dict[str, str]]
NO_SPACE = {"fr": "plus de place sur le disque", "en": "no space left"}


@pytest.mark.parametrize("words", [["check"], ["build", "--out", "x"], ["rules"], ["query", "ASK {}"]])
@pytest.mark.parametrize(("lang", "said"), [("fr", "erreur d'entrée"), ("en", "input/output error")])
def test_a_file_that_cannot_be_read(
    tiny: Tiny, cli: Callable[..., Run], words: list[str], lang: str, said: str
) -> None:
    (tiny.root / "ontology" / "own.ttl").symlink_to("/proc/self/mem")
    run = cli(*words, "--corpus", tiny.root, "--lang", lang)
    assert run.code == 2
    assert said in run.err
    assert "own.ttl" in run.err
    assert "Traceback" not in run.err


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("words", [["schema"], ["check", "--json", "--corpus", "nowhere"]])
def test_a_full_disk_below_the_output(command: Command, lang: str, words: list[str]) -> None:
    argv, env = command
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*argv, *words, "--lang", lang],
            stdout=full, stderr=subprocess.PIPE, env=env, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert NO_SPACE[lang] in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.slow
def test_in_a_folder_that_is_gone(command: Command, tmp_path: Path) -> None:
    argv, env = command
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f'cd "{gone}" && rmdir "{gone}" && exec "$@"'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *argv, "check", "--lang", "fr"],
        capture_output=True, env=env, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "n'existe plus" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_nobody_foresaw_is_no_finding(
    cli: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, tiny: Tiny
) -> None:
    monkeypatch.setattr("cls_graph.commands.check.check", lambda *_: 1 / 0)
    run = cli("check", "--corpus", tiny.root, "--lang", "en")
    assert run.code == 2
    assert "ZeroDivisionError" in run.err
    assert "please report" in run.err


@pytest.mark.parametrize(("lang", "said"), [("fr", "c'est un dossier"), ("en", "is a directory")])
def test_the_reason_is_said_in_the_language_of_the_rest(
    cli: Callable[..., Run], tmp_path: Path, lang: str, said: str
) -> None:
    run = cli("draft", tmp_path, "--lang", lang)
    assert (run.code, said in run.err) == (2, True)


def test_the_reason_that_a_port_is_not_free(cli: Callable[..., Run], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = cli("serve", "--port", str(taken.getsockname()[1]), "--store", tmp_path, "--lang", "fr")
    assert run.code == 2
    assert "déjà prise" in run.err
