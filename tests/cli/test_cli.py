"""The command as a person meets it: help, languages, mistakes, pipes, exit codes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cls_graph import __version__
from cls_graph.cli import COMMANDS, commands, language

HELP = {
    "fr": ("usage : ", "exemple : ", "affiche cette aide"),
    "en": ("usage: ", "example: ", "show this help"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_command_has_help_with_an_example(cli: Callable[..., Any], name: str, lang: str) -> None:
    run = cli(name, "--help", "--lang", lang)
    assert run.code == 0
    for words in HELP[lang]:
        assert words in run.out
    module = commands()[name]
    flat = " ".join(run.out.split())
    assert module.EXAMPLE in flat
    assert " ".join(module.HELP[lang].split()) in flat
    other = "en" if lang == "fr" else "fr"
    assert not any(words in run.out for words in HELP[other][:2])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_command_alone_lists_its_commands(cli: Callable[..., Any], lang: str) -> None:
    run = cli("--lang", lang)
    assert run.code == 2
    for name in COMMANDS:
        assert name in run.out
    assert cli("--help", "--lang", lang).code == 0


def test_version(cli: Callable[..., Any]) -> None:
    run = cli("--version")
    assert (run.code, run.out.strip()) == (0, f"cls-graph {__version__}")


@pytest.mark.parametrize(
    ("words", "env", "lang"),
    [
        ([], {}, "fr"),
        ([], {"LANG": "C"}, "fr"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "de_DE.UTF-8"}, "fr"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "en_US", "LANG": "fr_FR"}, "en"),
        ([], {"CLS_LANG": "en", "LC_ALL": "fr_FR"}, "en"),
        (["--lang", "fr"], {"LANG": "en_GB.UTF-8"}, "fr"),
        (["--lang=en"], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["--lang", "de"], {"LANG": "en_GB"}, "en"),
    ],
)
def test_the_language_is_the_flag_then_the_environment_then_french(
    words: list[str], env: dict[str, str], lang: str
) -> None:
    assert language(["check", *words], env) == lang


def test_the_environment_of_a_process_decides(run_cli: Callable[..., Any]) -> None:
    assert "usage : " in run_cli("check", "--help").out
    assert "usage: " in run_cli("check", "--help", env={"LANG": "en_GB.UTF-8"}).out
    assert "usage : " in run_cli("check", "--help", "--lang", "fr", env={"LANG": "en_GB.UTF-8"}).out


def test_the_flag_may_stand_before_or_behind_the_command(cli: Callable[..., Any]) -> None:
    assert (
        cli("--lang", "en", "check", "--corpus", "nowhere").err
        == cli("check", "--corpus", "nowhere", "--lang", "en").err
    )
    assert "is not a corpus" in cli("--lang=en", "check", "--corpus", "nowhere").err


@pytest.mark.parametrize(
    "words",
    [
        ["chek"],
        ["check", "--formatt", "json"],
        ["check", "--format", "yaml"],
        ["check", "--fail-on"],
        ["verify"],
        ["--lang", "de", "check"],
        ["query", "--format"],
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_mistake_on_the_command_line_is_exit_code_2(
    cli: Callable[..., Any], words: list[str], lang: str
) -> None:
    run = cli(*words) if "--lang" in words else cli(*words, "--lang", lang)
    assert run.code == 2
    assert run.out == ""
    assert "usage" in run.err
    assert "Traceback" not in run.err
    assert "%(" not in run.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek", "--lang", "fr"], "choix « chek » inconnu"),
        (["check", "--nothing", "--lang", "fr"], "arguments inconnus : --nothing"),
        (["verify", "--lang", "fr"], "arguments manquants : --sources"),
        (["check", "--lang", "fr", "--format"], "une valeur est attendue"),
    ],
)
def test_mistakes_are_told_in_french(cli: Callable[..., Any], words: list[str], said: str) -> None:
    assert said in cli(*words).err


def test_a_missing_corpus_in_json(cli: Callable[..., Any]) -> None:
    run = cli("check", "--corpus", "nowhere", "--json")
    problem = run.json()
    assert run.code == 2
    assert problem["type"].endswith("/corpus")
    assert problem["findings"] == []


@pytest.mark.parametrize(
    "words",
    [["schema"], ["query", "SELECT * WHERE { ?a ?b ?c }", "--format", "csv"], ["check", "--format", "json"]],
)
def test_a_reader_that_leaves_is_no_error(
    tiny: Any, command: tuple[list[str], dict[str, str]], words: list[str]
) -> None:
    argv, env = command
    process = subprocess.Popen(
        [*argv, *words, "--corpus", str(tiny.root)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err.decode().strip() == ""


def test_a_terminal_without_accents_is_no_error(tiny: Any, run_cli: Callable[..., Any]) -> None:
    tiny.edit("party: ars-84", "party: ars-85")
    run = run_cli("check", "--corpus", tiny.root, env={"PYTHONIOENCODING": "ascii"})
    assert run.code == 1
    assert "[unknown-reference]" in run.out
    assert "Traceback" not in run.err


def test_nothing_but_the_answer_is_on_standard_output(
    tiny: Any, run_cli: Callable[..., Any], tmp_path: Path
) -> None:
    run = run_cli("check", "--corpus", tiny.root, "--json")
    assert run.json()["conforms"] is True
    assert run.err == ""
    assert (
        run_cli("build", "--corpus", tiny.root, "--out", tmp_path / "out", "--json").json()["version"]
        == "1.2.3"
    )


def test_a_corpus_of_its_own_uses_the_bundled_ontology(tiny: Any, run_cli: Callable[..., Any]) -> None:
    shutil.rmtree(tiny.root / "ontology")
    run = run_cli("check", "--corpus", ".", cwd=tiny.root)
    assert run.code == 0
    assert "1 fiche : 0 erreur" in run.out
