"""All checks of a corpus, in order: form, references, coverage, then SHACL on what is sound so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pyoxigraph import Triple

from cls_graph.checking.engines import Engine
from cls_graph.checking.form import check_form, check_quotes
from cls_graph.checking.references import References
from cls_graph.corpus import RULES_FILE, Corpus
from cls_graph.entailment.loading import rules_of, stale
from cls_graph.errors import Text, UsageError
from cls_graph.findings import Finding, Place, finding, set_by_content, sort
from cls_graph.graphs import Graphs, data_graphs
from cls_graph.namespaces import CLS, VOCAB
from cls_graph.progress import Progress, silent, steps
from cls_graph.rdf import RDF_TYPE, iri
from cls_graph.records.lexical import CONTRACT_KEY
from cls_graph.records.model import Record
from cls_graph.records.reader import Read

_READ: Text = {"fr": "Lecture des fiches", "en": "Reading records"}
_FORM: Text = {"fr": "Forme et renvois des fiches", "en": "Form and references of records"}
_EACH: Text = {"fr": "Validation SHACL des fiches", "en": "SHACL validation of records"}
_REST: Text = {"fr": "Validation SHACL du registre", "en": "SHACL validation of the registry"}


@dataclass
class Checked:
    """The outcome: findings, the graphs that were validated, and how many records were looked at."""

    findings: list[Finding]
    graphs: Graphs
    records: int
    engine: str = ""
    """The SHACL engine that ran, with its version; empty where none could."""
    files: tuple[str, ...] = ()
    """The records that were looked at."""


def check(
    corpus: Corpus,
    files: Sequence[Path] = (),
    progress: Progress = silent,
    engine: str | Engine = "pyshacl",
    workers: int = 1,
    quotes: bool = True,
) -> Checked:
    """Check a corpus, or some of its files; records may stand elsewhere.

    Some files are validated slice by slice (``checking.slices``), and so is a large corpus, by ``workers``
    processes; a small one whole. ``engine`` is one of ``checking.engines.ENGINES``, or an engine itself. A
    record that is not sound by itself is reported and kept out of the SHACL run, so that one mistake gives
    one finding. ``quotes=False``: what shapes and rules find is told without the words that are quoted.
    Raises ``UsageError`` for a file that is not there, or that is neither a record nor of the corpus.
    """
    if not all(map(corpus.may_be_record, files)):
        again = partial(check, corpus, progress=progress, engine=engine, workers=workers, quotes=quotes)
        return _among(corpus, files, again)
    reads = _chosen(corpus, files) if files else corpus.told_records(steps(progress, _READ))
    references = References(corpus)
    findings, sound = _formed(reads, references, steps(progress, _FORM))
    if not files:
        findings += _whole(corpus, references)
    graphs = data_graphs(corpus, sound, quotes=quotes)
    findings += corpus.findings
    others = _others(graphs, references)
    # Loaded where something is checked: the service, which only reads releases, starts without.
    from cls_graph.checking.engines import choose

    chosen, results = choose(engine) if isinstance(engine, str) else engine, []
    # Without the whole registry the shapes would tell of every thing that is missing from it.
    if not corpus.registry.unsound:
        results = _validated(graphs, others, chosen, progress, workers=None if files else workers)
    known = references.unsound | others
    results = [f for f in results if not any(f"{f.node}/".startswith(f"{node}/") for node in known)]
    shown = tuple(read.file for read in reads)
    if files:
        results = [f for f in results if f.place.file in shown]
    if not (corpus.root / "ontology").is_dir():
        # What may be added to the words that all corpora share is for who keeps those.
        results = [f for f in results if f.severity != "info" or not f.node.startswith(VOCAB)]
    told_of = [settled(f) for f in sort(set_by_content([*findings, *results]))]
    return Checked(told_of, graphs, len(reads), "" if corpus.registry.unsound else str(chosen), shown)


def _formed(
    reads: Sequence[Read[Record]], references: References, told: Callable[[int, int], None]
) -> tuple[list[Finding], list[Read[Record]]]:
    """What is wrong with each record by itself, and the records that are sound."""
    findings = [f for read in reads for f in read.findings]
    sound = []
    for done, read in enumerate(reads):
        told(done, len(reads))
        if read.value is None:
            continue
        own = [*check_form(read), *references.record(read)]
        findings += own
        if not any(f.severity == "violation" for f in own):
            sound.append(read)
    return findings, sound


def _validated(
    graphs: Graphs, others: set[str], engine: Engine, progress: Progress, workers: int | None
) -> list[Finding]:
    """What the shapes find, by so many processes (``None``: contract by contract, in this one)."""
    from cls_graph.checking.consistency import check_consistency
    from cls_graph.checking.shacl import validate, validate_contracts

    size = f"{len(graphs.stated):,}".replace(",", "\u202f")
    progress(
        {
            "fr": f"Validation SHACL de {size} triplets avec {engine}",
            "en": f"SHACL validation of {size} triples with {engine}",
        }
    )

    def so_far(done: int, of: int) -> None:
        if done < of:
            progress(_EACH, done, of)
        else:
            progress(_REST)

    named = _named(graphs.corpus, others)
    if workers is not None:
        results = validate(graphs, named, engine, so_far, workers)
    else:
        results = validate_contracts(graphs, named, engine)
    progress({"fr": "Recherche de contradictions", "en": "Looking for contradictions"})
    return results + _new(check_consistency(graphs, rules_of(graphs.corpus)), results)


def _new(found: list[Finding], known: list[Finding]) -> list[Finding]:
    """Those about a value of a thing that no shape has told of: one mistake, one finding."""
    told = {(f.node, f.value) for f in known if f.value}
    return [f for f in found if (f.node, f.value) not in told]


def _others(graphs: Graphs, references: References) -> set[str]:
    """The contracts that there are but that are not validated now: others may succeed them."""
    validated = {read.value.contract.key for read, _ in graphs.mapped if read.value is not None}
    keys = (key for key in references.contracts - validated if re.match(CONTRACT_KEY, key))
    return {graphs.corpus.iris.thing("contract", key) for key in keys}


def _named(corpus: Corpus, others: set[str]) -> list[Triple]:
    """What must be known of contracts that are not validated now: that they are, and what they succeed."""
    triples = [Triple(iri(node), RDF_TYPE, iri(CLS + "LocalHealthContract")) for node in sorted(others)]
    for read in corpus.records:
        if read.value is None:
            continue
        contract = corpus.iris.thing("contract", read.value.contract.key)
        for fact in read.value.contract.succeeds if contract in others else ():
            older = iri(corpus.iris.thing("contract", fact.value))
            triples.append(Triple(iri(contract), iri(CLS + "succeeds"), older))
    return triples


def settled(found: Finding) -> Finding:
    """The finding, its edit kept only if what it replaces stands at its place."""
    if found.edit is None:
        return found
    try:
        line = Path(found.place.file).read_text(encoding="utf-8").splitlines()[found.place.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return replace(found, edit=None)
    at = found.place.column - 1
    if line[at : at + 1] in ("'", '"'):
        at += 1
    if not line[at:].startswith(found.edit.old):
        return replace(found, edit=None)
    return replace(found, place=replace(found.place, column=at + 1))


def _whole(corpus: Corpus, references: References) -> list[Finding]:
    """What concerns the corpus and not one record."""
    findings = list(references.registry())
    if stale(corpus):
        path = corpus.folder("ontology") / RULES_FILE
        findings.append(finding("rules-stale", Place(corpus.shown(path))))
    seen: dict[str, Read[Record]] = {}
    for read in corpus.records:
        if read.value is None:
            continue
        key = read.value.contract.key
        if key in seen:
            other = str(seen[key].place(("contract", "key")))
            findings.append(finding("key-taken", read.place(("contract", "key")), value=key, other=other))
        seen.setdefault(key, read)
    for kind in ("person", "framework"):
        registry_file = corpus.registry.reads.get(kind)
        if registry_file is not None and registry_file.value is not None:
            findings += check_quotes(registry_file.value, registry_file)
    return findings


def _among(corpus: Corpus, files: Sequence[Path], again: Callable[[Sequence[Path]], Checked]) -> Checked:
    """What concerns some files, not all of them records: what they say is checked with all the rest."""
    inside = corpus.all_files()
    for path in files:
        if not path.is_file():
            raise _missing(path)
        if path.resolve() not in inside and not corpus.may_be_record(path):
            raise UsageError(
                f"« {path} » n'est ni une fiche, ni de ce corpus : le RDF et le registre se contrôlent avec "
                "tout leur corpus (cls-graph check --corpus DOSSIER).",
                f"'{path}' is neither a record nor of this corpus: RDF and the registry are checked with "
                "all of their corpus (cls-graph check --corpus DIR).",
            )
    whole, shown = again(()), {corpus.shown(path) for path in files}
    findings = [f for f in whole.findings if f.place.file in shown]
    alone = [path for path in files if path.resolve() not in inside]
    if alone:
        findings = sort([*findings, *again(alone).findings])
    records = sum(map(corpus.may_be_record, files))
    return replace(whole, findings=findings, records=records, files=tuple(sorted(shown)))


def _missing(path: Path) -> UsageError:
    return UsageError(f"Fichier introuvable : {path}.", f"No such file: {path}.")


def _chosen(corpus: Corpus, files: Sequence[Path]) -> list[Read[Record]]:
    reads = []
    for path in files:
        if not path.is_file():
            raise _missing(path)
        data = corpus.read_bytes(path)
        if data is not None:
            reads.append(corpus.read_record(path, data))
    return reads
