"""Builds a release folder: graph, Turtle, tables, manifest. All or nothing; same input, same bytes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from cls_graph import __version__
from cls_graph.corpus import Corpus
from cls_graph.errors import ChecksFailed, OutputError
from cls_graph.findings import Finding, at_least
from cls_graph.namespaces import CLS, ORG, TIME, prefixes
from cls_graph.progress import Progress, silent, steps
from cls_graph.publication.files import write_files
from cls_graph.rdf import RDF_TYPE, nquads_lines, write_quads
from cls_graph.records.registry import Dataset
from cls_graph.release.compose import compose, dataset_of
from cls_graph.release.findings import FINDINGS, findings_text
from cls_graph.release.folder import check_replaceable, replaced

if TYPE_CHECKING:
    from cls_graph.checking.run import Checked

MANIFEST = "manifest.json"
NQUADS = "graph.nq"
QUOTES = "quotes"
"""What the manifest says of a release without quoted words: ``false``; with them, nothing."""

COUNTED = {
    "contracts": CLS + "LocalHealthContract",
    "engagements": CLS + "Engagement",
    "programme_elements": CLS + "ProgrammeElement",
    "milestones": CLS + "Milestone",
    "funding_commitments": CLS + "FundingCommitment",
    "stated_counts": CLS + "StatedCount",
    "evidence": CLS + "Evidence",
    "documents": CLS + "SourceDocument",
    "organisations": ORG + "Organization",
}
FACTS = (
    *(COUNTED[name] for name in ("engagements", "programme_elements", "milestones", "funding_commitments")),
    COUNTED["stated_counts"],
    CLS + "FrameworkReference",
    CLS + "QualifiedStatement",
    TIME + "ProperInterval",
)
"""The sorts of facts, each with its status: those of the question ``statements-by-status``."""


def build(
    corpus: Corpus,
    out: Path,
    *,
    quotes: bool = True,
    since: Callable[[Corpus, Sequence[Quad]], Changes] | None = None,
    engine: str = "pyshacl",
    workers: int = 1,
    force: bool = True,
    progress: Progress = silent,
) -> tuple[dict[str, Any], Checked]:
    """Check the corpus and write its release to ``out``; the manifest and what the checks found.

    ``since`` finds what changed since the release before (``changes.releasing.since``): the release
    carries that, and its version is held against it.
    ``engine`` and ``workers`` are those of ``check``; the release does not depend on them.

    An existing release in ``out`` is replaced in one step, at the end; without ``force`` not by other data
    under its version. Raises ``ChecksFailed`` on violations and ``OutputError`` where ``out`` is something
    else or cannot be written; in both cases nothing has changed.
    """
    from cls_graph.checking.run import check  # takes a while to load, and releases are read more than built

    check_replaceable(out, MANIFEST)
    checked = check(corpus, progress=progress, engine=engine, workers=workers, quotes=quotes)
    _stop_at_violations(checked.findings)
    quads = compose(corpus, checked.graphs, quotes=quotes, progress=progress)
    changes = None
    if since is not None:
        progress({"fr": "Comparaison", "en": "Comparing"})
        changes = since(corpus, quads)
        checked.findings.extend(changes.findings)
        _stop_at_violations(checked.findings)
    manifest = write_release(
        corpus, quads, out, checked.findings, changes, progress, quotes=quotes, force=force
    )
    return manifest, checked


def _stop_at_violations(findings: Sequence[Finding]) -> None:
    if at_least(findings, "violation"):
        raise ChecksFailed(
            "La publication n'a pas été construite ; la précédente, s'il y en a une, est intacte.",
            "The release was not built; the previous one, if any, is untouched.",
            findings=findings,
        )


class Changes(Protocol):
    """What changed since the release before: files to write, what the manifest says of it, findings."""

    @property
    def findings(self) -> Sequence[Finding]: ...

    @property
    def previous(self) -> Mapping[str, Any]: ...

    def write(self, folder: Path) -> None: ...


def repeats_quotes(manifest: Mapping[str, Any]) -> bool:
    """Whether the files of a release may repeat quoted words, by its manifest."""
    return manifest.get(QUOTES) is not False


def write_release(
    corpus: Corpus,
    quads: list[Quad],
    out: Path,
    findings: Sequence[Finding] | None = None,
    changes: Changes | None = None,
    progress: Progress = silent,
    *,
    quotes: bool = True,
    force: bool = True,
) -> dict[str, Any]:
    """Write the files of a release beside ``out``, then swap them in.

    ``findings`` are what the checks found, where they were run; the release carries them, and
    the ``changes`` since the release before. ``quotes=False``: the manifest says that none of these
    has quoted words. Raises ``OutputError``, without ``force`` where ``out`` has other data of this version.
    """
    with replaced(out, MANIFEST) as folder:
        if findings is not None:
            text = findings_text(findings, corpus.root)
            (folder / FINDINGS).write_text(text, encoding="utf-8", newline="\n")
        manifest = _write_files(corpus, quads, folder, changes, progress, quotes)
        if not force:
            _stop_at_a_version_that_is_there(manifest, out)
        return manifest


def _stop_at_a_version_that_is_there(manifest: Mapping[str, Any], out: Path) -> None:
    """What was published, and may be cited, is not replaced by other data under the same version."""
    if not (out / MANIFEST).is_file():
        return
    there = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    if there.get("version") == manifest["version"] and there.get("digest") != manifest["digest"]:
        version = manifest["version"]
        raise OutputError(
            f"« {out} » contient déjà la version {version} avec d'autres données : elle est intacte. Une"
            " version publiée ne change plus. Augmentez « version » dans data/dataset.yaml ; ou, si personne"
            " ne l'a encore reçue, remplacez-la avec --force.",
            f"'{out}' already holds version {version} with other data: it is untouched. A published version"
            " does not change. Raise 'version' in data/dataset.yaml; or, where nobody has it yet, replace it"
            " with --force.",
        )


def _write_files(
    corpus: Corpus,
    quads: list[Quad],
    folder: Path,
    changes: Changes | None,
    progress: Progress,
    quotes: bool,
) -> dict[str, Any]:
    names = prefixes(corpus.iris.base)
    progress({"fr": "Écriture : N-Quads", "en": "Writing N-Quads"})
    with (folder / NQUADS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(nquads_lines(quads))
    progress({"fr": "Écriture : TriG", "en": "Writing TriG"})
    write_quads(quads, folder / "graph.trig", ox.RdfFormat.TRIG, names)
    progress({"fr": "Écriture : JSON-LD", "en": "Writing JSON-LD"})
    write_quads(quads, folder / "graph.jsonld", ox.RdfFormat.JSON_LD, names)
    write_files(dataset_of(corpus), corpus.iris, quads, folder, progress)
    if changes is not None:
        changes.write(folder)
    manifest = _manifest(corpus, quads, folder, progress) | ({} if quotes else {QUOTES: False})
    if changes is not None:
        manifest["previous"] = dict(changes.previous)
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return manifest


def _manifest(corpus: Corpus, quads: list[Quad], folder: Path, progress: Progress) -> dict[str, Any]:
    dataset = dataset_of(corpus)
    told = steps(progress, {"fr": "Écriture : empreintes", "en": "Writing digests"})
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {}
    for done, path in enumerate(paths):
        told(done, len(paths))
        name = path.relative_to(folder).as_posix()
        files[name] = {"sha256": _sha256(path), "bytes": path.stat().st_size}
    graphs = Counter(q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode))
    inferred = corpus.iris.graph("inferred/")
    typed = {
        (q.subject, q.object.value)
        for q in quads
        if q.predicate == RDF_TYPE
        and isinstance(q.object, NamedNode)
        and not getattr(q.graph_name, "value", "").startswith(inferred)
    }
    per_class = Counter(name for _, name in typed)
    return {
        "title": {"fr": dataset.title.fr, "en": dataset.title.en},
        "version": dataset.version,
        "date": dataset.date,
        "licence": dataset.licence,
        "base_iri": dataset.base_iri,
        "generator": f"cls-graph {__version__}",
        "corpus": corpus.digest,
        "digest": files[NQUADS]["sha256"],
        "files": files,
        "graphs": dict(sorted(graphs.items())),
        "counts": {
            "quads": len(quads),
            "inferred": sum(size for name, size in graphs.items() if name.startswith(inferred)),
            "shortcuts": graphs[corpus.iris.graph("shortcuts")],
            "facts": sum(per_class[iri] for iri in FACTS),
        }
        | {name: per_class[iri] for name, iri in COUNTED.items()},
        "withdrawn": sorted(dataset.withdrawn),
    } | _named(dataset)


def _named(dataset: Dataset) -> dict[str, Any]:
    """What the contracts are called, where it is said."""
    if dataset.contract_kind is None:
        return {}
    named: dict[str, dict[str, Any]] = {}
    for lang, words in dataset.kind.names.items():
        named[lang] = {"singular": words.singular, "plural": words.plural}
        if words.feminine:
            named[lang]["feminine"] = True
    return {"contract_kind": named}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
