"""Which corpus a command works on when nobody says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cls_graph.corpus import Corpus
from cls_graph.roots import bundled_root, nearest_root


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A corpus like a steward's checkout, one of its records emptied of its title."""
    shutil.copytree(bundled_root() / "data", tmp_path / "work" / "data")
    return tmp_path / "work"


def test_the_corpus_one_stands_in(edited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (edited, edited / "data", edited / "data" / "contracts"):
        monkeypatch.chdir(folder)
        assert Corpus.open().root == edited


def test_the_corpus_of_the_file_named(edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert nearest_root([edited / "data" / "contracts" / "26362-3.yaml"]) == edited


def test_the_bundled_corpus_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Corpus.open().root == bundled_root()
    assert len(Corpus.open().records) == 8


def test_its_ontology_and_shapes_are_those_of_the_bundle(edited: Path) -> None:
    assert Corpus.open(edited).folder("shapes") == bundled_root() / "shapes"
