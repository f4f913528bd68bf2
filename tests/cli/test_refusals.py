"""What the system refuses is told with the file, in both languages, with exit code 2: 1 means findings."""

from __future__ import annotations

import errno
import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cls_graph.analysis.places import source_of
from cls_graph.errors import CorpusError
from cls_graph.reasons import reason
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


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that one stands in and that is no more."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    return folder


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize(("lang", "said"), [("fr", "--corpus DOSSIER"), ("en", "--corpus DIR")])
def test_what_to_do_in_a_folder_that_is_gone(cli: Callable[..., Run], lang: str, said: str) -> None:
    run = cli("check", "--lang", lang)
    assert (run.code, said in run.err) == (2, True), run.err


@pytest.mark.usefixtures("gone")
def test_a_whole_path_is_checked_from_a_folder_that_is_gone(cli: Callable[..., Run], tiny: Tiny) -> None:
    run = cli("check", tiny.contract, "--lang", "en")
    assert run.code == 0, run.err


@pytest.mark.parametrize(("lang", "said"), [("fr", "la connexion est refusée"), ("en", "connection refused")])
def test_the_reason_that_an_endpoint_does_not_answer(cli: Callable[..., Run], lang: str, said: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        run = cli("query", "ASK {}", "--endpoint", address, "--lang", lang)
    assert (run.code, f"({said})" in run.err) == (2, True), run.err


@pytest.mark.parametrize(
    ("error", "fr", "en"),
    [
        (TimeoutError("timed out"), "pas de réponse à temps", "timed out"),
        (socket.gaierror(-2, "Name or service not known"), "ce nom de machine n'est pas connu", "name or"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "ce réseau est hors d'atteinte", "network is"),
        (ssl.SSLError(1, "wrong version number"), "wrong version number", "wrong version number"),
    ],
)
def test_the_reasons_of_a_network(error: OSError, fr: str, en: str) -> None:
    assert reason(error)["fr"] == fr
    assert reason(error)["en"].startswith(en)


def test_a_file_of_triples_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").symlink_to("/proc/self/mem")
    with pytest.raises(CorpusError) as raised:
        source_of(tmp_path / "own.ttl")
    assert "erreur d'entrée" in raised.value.detail["fr"]


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
