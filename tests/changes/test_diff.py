"""What changed, in words of the domain, and as a patch that a store applies."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cls_graph.changes import apply_patch, compare, read_state, write_patch
from cls_graph.changes.lines import by_graph, graph_of
from cls_graph.changes.states import State
from cls_graph.changes.words import FIELDS, PARTS
from cls_graph.corpus import Corpus
from cls_graph.errors import UsageError
from cls_graph.rdf import nquads_lines
from cls_graph.records import mapping as m
from cls_graph.records.iris import Iris
from cls_graph.release.build import write_release
from cls_graph.release.compose import compose
from tests.conftest import Run, Tiny

Cli = Callable[..., Run]


@pytest.fixture
def edited(tiny: Tiny, tmp_path: Path) -> Tiny:
    """A copy of the tiny corpus to edit, beside it."""
    root = tmp_path / "edited"
    shutil.copytree(tiny.root, root)
    return Tiny(root, tiny.text, tiny.sources, root / "data" / "contracts" / "01999-2.yaml")


def told(cli: Cli, old: Tiny, new: Tiny, lang: str = "fr") -> str:
    """What the command says of two corpora."""
    run = cli("diff", old.root, new.root, "--lang", lang)
    assert run.code == 0, run.err
    return run.out


EDITS: dict[str, tuple[tuple[str, str], str, str]] = {
    "end": (("end: 2027", "end: 2028"), "fin de période 2027 -> 2028", "period end 2027 -> 2028"),
    "party": (
        (
            '  - id: "02"\n    party: ars-84\n    kind: ars\n    role: signatory',
            '  - id: "03"\n    party: ars-84\n    kind: ars\n    role: co-pilot',
        ),
        "signataire retiré : Agence",
        "signatory withdrawn: Agence",
    ),
    "axis": (
        ('label: "agir sur le logement"', 'label: "agir sur l’habitat"'),
        "axe renommé : agir sur le logement -> agir sur l’habitat",
        "axis renamed: agir sur le logement -> agir sur l’habitat",
    ),
    "amount": (("amount: 1000", "amount: 1500"), "montant 1 000 -> 1 500", "amount 1,000 -> 1,500"),
    "date": (
        ('stated_date: "2025-04-16"', 'stated_date: "2025-04-17"'),
        "date 2025-04-16 -> 2025-04-17",
        "date 2025-04-16 -> 2025-04-17",
    ),
    "status": (("value: launched", "value: signed"), "statut lancé -> signé", "status launched -> signed"),
    "determinant": (
        ("determinants: [logement]", "determinants: [logement, qualite-de-l-air]"),
        "déterminant ajouté : Qualité de l’air",
        "determinant added: Air quality",
    ),
    "role": (
        ('role: signatory\n    name_as_stated: "la Ville', 'role: carrier\n    name_as_stated: "la Ville'),
        "rôle signataire -> ",
        "role signatory -> ",
    ),
    "assertion": (
        (
            '    name_as_stated: "l’Agence"',
            '    name_as_stated: "l’Agence"\n    assertion: resolved-by-context',
        ),
        "statut de l'énoncé ",
        "status of the statement ",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_told_in_both_languages(edit: str, tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    (old, new), french, english = EDITS[edit]
    edited.edit(old, new)
    for lang, words in (("fr", french), ("en", english)):
        text = told(cli, tiny, edited, lang)
        assert "Exemple (01999-2)" in text
        assert words.casefold() in text.casefold()


SHEET = """\
  - id: "91"
    type: action-sheet
    label: "Permanences"
    pilot: [commune-01999]
    evidence: [{document: texte, quote: "agir sur le logement", start: 99, end: 119}]
    indicators:
      - id: "01"
        label: "Personnes reçues"
        target: 200
        evidence: [{document: texte, quote: "agir sur le logement", start: 99, end: 119}]
    budget:
      - id: "01"
        funder: ars-84
        amount: 5000
        currency: EUR
        frequency: annual
        evidence: [{document: texte, quote: "1 000 euros par an", start: 160, end: 178}]
milestones:
"""
AMENDMENT = """\
amendments:
  - id: "01"
    title: "Avenant n° 1"
    milestone: "01"
    period: {end: 2029}
    ended_parties: ["02"]
    evidence: [{document: texte, quote: "2025-2027", start: 79, end: 88}]
counts:
  - item: other-actor
    value: 14
    evidence: [{document: texte, quote: "2025-2027", start: 79, end: 88}]
"""
COMMUNES = """\
  communes:
    list: [commune/01999]
    evidence: [{document: texte, quote: "la Ville d’Exemple", start: 21, end: 39}]
  review:
"""
LATER = {
    "pilot: [commune-01999]": (
        "pilot: [ars-84]",
        "fiche action Permanences : pilote Ville d’Exemple -> Agence",
        "action sheet Permanences: lead Ville d’Exemple -> Agence",
    ),
    "Personnes reçues": (
        "Personnes vues",
        "fiche action Permanences : indicateur renommé : Personnes reçues -> Personnes vues",
        "action sheet Permanences: indicator renamed: Personnes reçues -> Personnes vues",
    ),
    "target: 200": (
        "target: 250",
        "fiche action Permanences : indicateur Personnes reçues : cible 200 -> 250",
        "action sheet Permanences: indicator Personnes reçues: target 200 -> 250",
    ),
    "amount: 5000": (
        "amount: 6000.5",
        "fiche action Permanences : budget Agence (6 000,5 EUR) : montant 5 000 -> 6 000,5",
        "action sheet Permanences: budget Agence (6,000.5 EUR): amount 5,000 -> 6,000.5",
    ),
    "frequency: annual": (
        "frequency: monthly",
        "budget Agence (5 000 EUR) : périodicité annuel -> mensuel",
        "budget Agence (5,000 EUR): frequency annual -> monthly",
    ),
    "period: {end: 2029}": (
        "period: {end: 2030}",
        "avenant n° 1 : fin de période 2029 -> 2030",
        "amendment Avenant n° 1: period end 2029 -> 2030",
    ),
    'ended_parties: ["02"]': (
        "in_force: 2027-01-01",
        "avenant n° 1 : partie retirée par l'avenant retirée : Agence",
        "amendment Avenant n° 1: party that the amendment ends withdrawn: Agence",
    ),
    "value: 14": (
        "value: 15",
        "effectif annoncé autre acteur (15) : nombre 14 -> 15",
        "stated count other actor (15): number 14 -> 15",
    ),
    "list: [commune/01999]": (
        "list: [commune/01999, commune/26362]",
        "liste des communes : commune ajoutée : Valence",
        "list of communes: commune added: Valence",
    ),
}
"""What is edited, into what, and what is said of it in each language."""


def test_a_new_review_is_told_and_the_one_before_is_kept(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    again = (
        '{state: reviewed, by: Dominique, on: 2026-03-04, earlier: [{id: "01", by: Alix, on: 2026-01-02}]}'
    )
    edited.edit("{state: reviewed, by: Alix, on: 2026-01-02}", again)
    added = told(cli, tiny, edited)
    assert "relecteur Alix -> Dominique" in added
    assert "date de relecture 2026-01-02 -> 2026-03-04" in added
    assert "relecture précédente ajoutée : Alix, 2026-01-02" in added
    assert not re.search(r"énoncé ajouté|\b\w+:\w", added.partition("\n\n")[2])


def test_amendments_action_sheets_communes_and_counts_are_told_in_words(
    tiny: Tiny, edited: Tiny, cli: Cli
) -> None:
    edited.edit("milestones:\n", SHEET)
    edited.edit("  review:", COMMUNES.rstrip("\n"))
    edited.contract.write_text(edited.contract.read_text("utf-8") + AMENDMENT, encoding="utf-8")
    added = told(cli, tiny, edited)
    ends = "fin de période : 2029 ; partie retirée par l'avenant : Agence"
    assert f"avenant ajouté : Avenant n° 1 ({ends})" in added
    assert "fiche action ajoutée : Permanences" in added
    assert "fiche action Permanences : budget ajouté : Agence (5 000 EUR)" in added
    assert "fiche action Permanences : indicateur ajouté : Personnes reçues (cible : 200)" in added
    assert "liste des communes ajoutée : " in added
    assert not re.search(r"énoncé ajouté|initial\b|révision en cours|\b\w+:\w", added.partition("\n\n")[2])
    assert "Contrats : 0 ajouté, 0 retiré, 1 modifié." in added
    assert "liste des communes retirée" in told(cli, edited, tiny)
    later = Tiny(edited.root.with_name("later"), tiny.text, tiny.sources, edited.contract)
    shutil.copytree(edited.root, later.root)
    file = later.root / "data" / "contracts" / edited.contract.name
    for old, (new, french, english) in LATER.items():
        file.write_text(edited.contract.read_text("utf-8").replace(old, new), encoding="utf-8")
        for lang, words in (("fr", french), ("en", english)):
            assert words in told(cli, edited, later, lang), old


@pytest.mark.parametrize("section", [m.ELEMENT, *m.ELEMENT_SECTIONS, *m.SECTIONS])
def test_every_field_of_a_record_has_its_word(section: m.Section) -> None:
    assert section.part in PARTS
    assert [f.key for f in (*m.CONTRACT, *m.AMOUNT, *section.fields) if f.key not in FIELDS] == []


def test_a_quote_that_moved_is_no_quote_lost_and_found(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    text = edited.contract.read_text(encoding="utf-8")
    start = next(line for line in text.splitlines() if "Le 16 avril 2025" in line)
    edited.edit(start, start.replace("start: 0, end: 16", "start: 5, end: 21"))
    said = told(cli, tiny, edited)
    assert "citation déplacée : « Le 16 avril 2025 » 0-16 -> 5-21" in said
    assert "citation retirée" not in said
    assert "citation ajoutée" not in said


def test_bodies_of_the_registry_stand_apart(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    edited.edit('label: "Agence"', 'label: "Agence régionale"', "organisations.yaml")
    edited.edit('siren: "212603625"', 'siren: "212603626"', "organisations.yaml")
    said = told(cli, tiny, edited)
    assert "organisme renommé : Agence -> Agence régionale" in said
    assert "SIREN 212603625 -> 212603626" in said
    assert "Contrats : 0 ajouté, 0 retiré, 0 modifié. Registre : 2." in said
    assert told(cli, tiny, edited, "en").count("organisation renamed") == 1


def test_a_contract_that_came_went_or_has_another_key(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    other = edited.contract.with_name("01999-3.yaml")
    content = edited.contract.read_text(encoding="utf-8")
    other.write_text(content.replace("key: 01999-2", "key: 01999-3"), encoding="utf-8")
    added = json.loads(cli("diff", tiny.root, edited.root, "--json").out)
    (group,) = added["groups"]
    assert (group["action"], group["key"], group["size"]) == ("added", "01999-3", "minor")
    assert added["size"] == "minor"
    back = json.loads(cli("diff", edited.root, tiny.root, "--json").out)
    assert (back["groups"][0]["action"], back["size"]) == ("withdrawn", "major")
    edited.contract.unlink()
    rekeyed = json.loads(cli("diff", tiny.root, edited.root, "--json").out)
    (group,) = rekeyed["groups"]
    assert (group["action"], group["former_key"], group["changes"]) == ("rekeyed", "01999-2", [])
    assert rekeyed["size"] == "major"
    assert "clé 01999-2 -> 01999-3" in group["text"]["fr"]


def test_a_body_with_a_former_key_is_the_same_body(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    edited.edit("key: ars-84,", "key: ars-85, formerly: [ars-84],", "organisations.yaml")
    edited.edit("publisher: ars-84", "publisher: ars-85", "documents.yaml")
    text = edited.contract.read_text(encoding="utf-8")
    edited.contract.write_text(text.replace("ars-84", "ars-85"), encoding="utf-8")
    found = json.loads(cli("diff", tiny.root, edited.root, "--json").out)
    assert [(g["action"], g["key"], g["former_key"]) for g in found["groups"]] == [
        ("rekeyed", "ars-85", "ars-84")
    ]
    assert found["size"] == "minor"


def test_nothing_changed(tiny: Tiny, cli: Cli) -> None:
    run = cli("diff", tiny.root, tiny.root, "--exit-code", "--lang", "en")
    assert run.code == 0
    assert "Nothing changed." in run.out


def test_exit_code_as_git_has_it(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    edited.edit("end: 2027", "end: 2028")
    assert cli("diff", tiny.root, edited.root).code == 0
    assert cli("diff", tiny.root, edited.root, "--exit-code").code == 1


def test_a_release_against_the_corpus_it_is_to_be(tiny: Tiny, edited: Tiny, tmp_path: Path, cli: Cli) -> None:
    corpus = tiny.corpus()
    write_release(corpus, compose(corpus), tmp_path / "release")
    assert "Nothing changed." in cli("diff", tmp_path / "release", tiny.root, "--lang", "en").out
    edited.edit("amount: 1000", "amount: 2000")
    for state in (
        tmp_path / "release",
        tmp_path / "release" / "graph.trig",
        tmp_path / "release" / "graph.nq",
    ):
        assert "montant 1 000 -> 2 000" in cli("diff", state, edited.root, "--lang", "fr").out


def test_a_git_revision(edited: Tiny, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*words: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *words], cwd=edited.root, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    edited.edit("end: 2027", "end: 2029")
    monkeypatch.chdir(edited.root)
    assert "period end 2027 -> 2029" in cli("diff", "HEAD", "--lang", "en").out
    unknown = cli("diff", "no-such-revision", "--lang", "en")
    assert unknown.code == 2
    assert "no git revision" in unknown.err


@pytest.mark.parametrize(
    "make", ["missing", "empty", "text", "broken", "damaged", "cut", "notes.ttl", "record"]
)
def test_what_is_no_release_is_said(make: str, tiny: Tiny, tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / make
    if make == "empty":
        path.mkdir()
    elif make == "text":
        path.with_suffix(".nq").write_text("not a statement\n", encoding="utf-8")
        path = path.with_suffix(".nq")
    elif make == "broken":
        path.mkdir()
        (path / "manifest.json").write_text("{", encoding="utf-8")
    elif make == "damaged":
        write_release(tiny.corpus(), compose(tiny.corpus()), path)
        with (path / "graph.nq").open("a", encoding="utf-8") as file:
            file.write("<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    elif make == "cut":
        write_release(tiny.corpus(), compose(tiny.corpus()), path)
        with (path / "graph.nq").open("r+b") as file:
            file.truncate(file.read().rindex(b"\n<") + 40)
    elif make == "notes.ttl":
        path.write_text("<urn:s> <urn:p> <urn:o> .\n", encoding="utf-8")
    elif make == "record":
        shutil.copytree(tiny.root, path)
        (path / "data" / "contracts" / "01999-2.yaml").write_text("contract: {key: 1", encoding="utf-8")
    run = cli("diff", path, tiny.root, "--lang", "en")
    assert run.code == 2
    assert str(path.name) in run.err
    assert "Traceback" not in run.err


def test_markdown_shows_hostile_names_as_they_are(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    edited.edit('label: "Agence"', 'label: "<b>*A*</b> [x](javascript:1)"', "organisations.yaml")
    run = cli("diff", tiny.root, edited.root, "--format", "markdown")
    assert run.code == 0, run.err
    assert "\\<b>" in run.out
    assert "\\[x\\](" in run.out
    assert "### " in run.out


# --- the patch


def store_of(lines: list[str]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))
    return store


def state(lines: list[str]) -> State:
    return State("", Iris(), {}, by_graph(lines))


@pytest.mark.slow
def test_the_patch_of_two_corpora_makes_one_the_other(tiny: Tiny, edited: Tiny, cli: Cli) -> None:
    for old, new, *_ in (pair for pair, _, _ in EDITS.values()):
        if old in edited.contract.read_text(encoding="utf-8"):
            edited.edit(old, new)
    patch = cli("diff", tiny.root, edited.root, "--format", "patch")
    assert patch.code == 0, patch.err
    rows = patch.out.splitlines()
    assert all(row.endswith(" .") for row in rows)
    assert rows[0].startswith("H id <urn:uuid:")
    before, after = (nquads_lines(compose(Corpus.open(c.root))) for c in (tiny, edited))
    store = store_of(before)
    apply_patch(store, patch.out)
    assert nquads_lines(store) == after
    assert cli("diff", tiny.root, edited.root, "--format", "patch").out == patch.out
    with pytest.raises(UsageError):
        apply_patch(store, patch.out)  # it is there already
    assert nquads_lines(store) == after


@pytest.fixture(scope="module")
def bundled_lines(bundled_quads: list[ox.Quad]) -> list[str]:
    """A third of the lines of the bundled release: data, and all that has blank nodes."""
    kept = ("ontology", "shapes", "registry", "contract/26362-3")
    return [line for name in kept for line in nquads_lines(q for q in bundled_quads if in_graph(q, name))]


def in_graph(quad: ox.Quad, name: str) -> bool:
    return getattr(quad.graph_name, "value", "") == f"https://w3id.org/cls-sante/graph/{name}"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
TERMS = st.one_of(
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda t: ox.Literal(t, language="fr"), TEXTS),
    st.builds(lambda t: ox.Literal(t, datatype=ox.NamedNode("urn:type")), TEXTS),
    st.integers(0, 20).map(lambda n: ox.NamedNode(f"urn:o{n}")),
    st.integers(0, 5).map(lambda n: ox.BlankNode(f"b{n}")),
)
GRAPHS = st.sampled_from(
    [ox.DefaultGraph(), ox.NamedNode("urn:g"), ox.NamedNode("https://w3id.org/cls-sante/graph/registry")]
)


@pytest.mark.slow
@given(TERMS, GRAPHS)
def test_the_graph_of_a_line_is_told_without_parsing(term: Any, graph: Any) -> None:
    quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), term, graph)
    assert graph_of(f"{quad} .\n") == getattr(graph, "value", "") or graph == ox.DefaultGraph()
    assert (graph_of(f"{quad} .\n") == "") == (graph == ox.DefaultGraph())


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_patch_makes_exactly_the_new_release(data: st.DataObject, bundled_lines: list[str]) -> None:
    gone = data.draw(st.sets(st.sampled_from(bundled_lines), max_size=30))
    subjects = st.integers(0, 9).map(lambda n: ox.NamedNode(f"https://w3id.org/cls-sante/id/contract/{n}"))
    quads = st.builds(ox.Quad, subjects, st.just(ox.NamedNode("urn:p")), TERMS, GRAPHS)
    come = data.draw(st.lists(quads, max_size=20))
    new = sorted({*bundled_lines, *nquads_lines(come)} - gone)
    patch = "".join(write_patch(state(bundled_lines), state(new)))
    store = store_of(bundled_lines)
    apply_patch(store, patch)
    assert nquads_lines(store) == new
    comparison = compare(state(bundled_lines), state(new))
    assert sum(map(sum, comparison.graphs.values())) == len({*bundled_lines} ^ {*new})


@pytest.mark.parametrize("row", ["A nonsense .", "X <urn:s> <urn:p> <urn:o> .", "A <urn:s> <urn:p> .", "TX"])
def test_a_malformed_patch_changes_nothing(row: str) -> None:
    store = store_of(["<urn:s> <urn:p> <urn:o> .\n"])
    with pytest.raises(UsageError):
        apply_patch(store, f"TX .\nD <urn:s> <urn:p> <urn:o> .\n{row}\nTC .\n")
    with pytest.raises(UsageError):
        apply_patch(store, "TX .\nD <urn:s> <urn:p> <urn:o> .\n")
    assert len(store) == 1


def test_ends_of_lines_inside_literals_stay() -> None:
    lines = nquads_lines(
        ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(f"a{sign}b"), ox.NamedNode("urn:g"))
        for sign in "\x85\u2028\x0b\x1c\r\n"
    )
    patch = "".join(write_patch(state([]), state(lines)))
    store = store_of([])
    apply_patch(store, patch)
    assert nquads_lines(store) == lines


def test_reading_a_folder_needs_no_composition(tiny: Tiny) -> None:
    assert not read_state(str(tiny.root)).whole
    assert read_state(str(tiny.root), whole=True).digest
