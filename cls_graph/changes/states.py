"""What is compared: a release (folder or file), or a corpus as it is in its folder or in a git revision."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cls_graph.changes.lines import Lines, by_graph, graph_of, quads
from cls_graph.corpus import Corpus
from cls_graph.errors import CorpusError
from cls_graph.graphs import background, data_graphs
from cls_graph.kind import LOCAL, Kind
from cls_graph.namespaces import DCAT, DCTERMS
from cls_graph.rdf import in_graph, nquads_lines
from cls_graph.reasons import reason
from cls_graph.records.iris import Iris
from cls_graph.release.build import MANIFEST, NQUADS, repeats_quotes
from cls_graph.release.catalogue import dataset_iri
from cls_graph.release.compose import compose
from cls_graph.roots import FOLDERS, nearest_root

FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_BASE = re.compile(r"^(.*/)graph/(?:registry|contract/.+)$")
_REVISION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/~^@{}-]*")
_GIT_SECONDS = 60
_BLOCK = 1 << 20


@dataclass
class State:
    """One side of a comparison. ``about`` is what it says of itself: version, date, title, licence, …"""

    name: str
    iris: Iris
    about: dict[str, Any]
    graphs: Lines
    digest: str = ""
    """SHA-256 of its sorted N-Quads, where they are all here."""
    whole: bool = True
    """Whether ``graphs`` has all that a release has; else only what is written by people."""
    folder: Path | None = field(default=None, compare=False)
    kind: Kind = field(default=LOCAL, compare=False)
    """What its contracts are called."""

    @property
    def version(self) -> str:
        return str(self.about.get("version", ""))

    @property
    def date(self) -> str:
        return str(self.about.get("date", ""))

    @property
    def quotes(self) -> bool:
        """Whether its files may repeat quoted words: a release says where they do not."""
        return repeats_quotes(self.about)

    def lines(self) -> list[str]:
        """All statements, as the sorted lines of ``graph.nq``."""
        return sorted(line for lines in self.graphs.values() for line in lines)


def read_state(given: str, *, whole: bool = False) -> State:
    """A release folder, a release file (``.nq .trig .jsonld``), a corpus folder, or a git revision.

    A corpus is composed to all that its release would hold only if ``whole``: working out what
    follows takes a while, and says nothing that people wrote. Raises ``CorpusError`` for what is none
    of these, is damaged, or does not read.
    """
    path = Path(given).expanduser()
    if path.is_dir():
        if (path / MANIFEST).is_file():
            return read_release(path, given)
        if (path / "data").is_dir():
            return _of_corpus(Corpus.open(path), given, whole)
        if path.name == "data" and (path / "dataset.yaml").is_file():
            return _of_corpus(Corpus.open(path.parent), given, whole)
        raise _no_release(given, f"ni {MANIFEST} ni dossier data", f"neither {MANIFEST} nor a folder data")
    if path.is_file():
        return _read_file(path, given)
    found = _revision(given, whole)
    if found is not None:
        return found
    raise _no_release(
        given,
        "ni dossier, ni fichier, ni révision git de ce corpus",
        "no folder, no file, and no git revision of this corpus",
    )


def read_release(folder: Path, name: str = "", *, data: bool = False) -> State:
    """The release in a folder; ``data``: only what is written by people, contracts and registry.

    Raises ``CorpusError`` where it is damaged or no release.
    """
    name = name or str(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        base, digest = str(manifest["base_iri"]), str(manifest["digest"])
        iris, found, fault = Iris(base), hashlib.sha256(), ""
        graphs: Lines = defaultdict(set)
        wanted = (iris.graph("contract/"), iris.graph("registry")) if data else ("",)
        with (folder / NQUADS).open("rb") as file:
            while block := file.readlines(_BLOCK):
                found.update(b"".join(block))
                fault = fault or _sort(block, graphs, wanted)
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = reason(error)
        raise _no_release(name, said["fr"], said["en"]) from None
    if found.hexdigest() != digest:
        raise _no_release(
            name,
            f"{NQUADS} n'a pas l'empreinte que donne {MANIFEST}",
            f"{NQUADS} has not the digest that {MANIFEST} gives",
        )
    if fault:
        raise _no_release(name, f"{NQUADS} : {fault}", f"{NQUADS}: {fault}")
    return State(name, iris, manifest, dict(graphs), digest, not data, folder, Kind.in_manifest(manifest))


def _sort(block: Iterable[bytes], graphs: Lines, wanted: tuple[str, ...]) -> str:
    """Put lines to their graphs; what is wrong with one of them, where something is."""
    for line in block:
        try:
            text = line.decode()
            graph = graph_of(text)
        except ValueError as error:
            return str(error)
        if graph.startswith(wanted):
            graphs[graph].add(text)
    return ""


def _read_file(path: Path, name: str) -> State:
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        kinds = ", ".join(FORMATS)
        raise _no_release(name, f"formats lus : {kinds}", f"formats that are read: {kinds}")
    try:
        lines = nquads_lines(ox.parse(path=path, format=form))
    except (SyntaxError, ValueError) as error:
        where = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise _no_release(name + where, str(error), str(error)) from None
    except OSError as error:
        said = reason(error)
        raise _no_release(name, said["fr"], said["en"]) from None
    graphs = by_graph(lines)
    bases = {match[1] for graph in graphs if (match := _BASE.match(graph))}
    if len(bases) != 1:
        raise _no_release(
            name,
            "il y faut les graphes d'un seul jeu de données (…graph/registry, …graph/contract/…)",
            "it must have the graphs of one dataset (…graph/registry, …graph/contract/…)",
        )
    iris = Iris(bases.pop())
    return State(name, iris, _said(graphs, iris), graphs, digest_of(lines))


def _said(graphs: Lines, iris: Iris) -> dict[str, Any]:
    """What a release says of itself in its graph of the catalogue."""
    about: dict[str, Any] = {}
    title: dict[str, str] = {}
    for quad in quads(graphs.get(iris.graph("catalogue"), ())):
        if getattr(quad.subject, "value", "") != dataset_iri(iris):
            continue
        for prop, key in (("version", "version"), ("issued", "date"), ("license", "licence")):
            if quad.predicate.value in (DCAT + prop, DCTERMS + prop):
                about[key] = getattr(quad.object, "value", "")
        if quad.predicate.value == DCTERMS + "title":
            title[getattr(quad.object, "language", None) or "fr"] = getattr(quad.object, "value", "")
    return about | ({"title": title} if title else {})


def _of_corpus(corpus: Corpus, name: str, whole: bool) -> State:
    data = data_graphs(corpus)
    findings = [f for read in corpus.records for f in read.findings] + corpus.findings
    broken = [f for f in findings if f.severity == "violation"]
    if broken:
        raise CorpusError(
            f"« {name} » ne se lit pas en entier : corrigez d'abord ces points (cls-graph check).",
            f"'{name}' cannot be read whole: mend these first (cls-graph check).",
            findings=broken,
        )
    dataset = corpus.registry.dataset
    about = dataset.model_dump() if dataset else {}
    if whole:
        lines = nquads_lines(compose(corpus, data))
        return State(name, corpus.iris, about, by_graph(lines), digest_of(lines), kind=corpus.kind)
    statements = list(data.stated)
    for graph, triples in background(corpus):
        statements += in_graph(triples, graph)
    return State(name, corpus.iris, about, by_graph(nquads_lines(statements)), whole=False, kind=corpus.kind)


def digest_of(lines: Iterable[str]) -> str:
    """The digest of sorted lines: that of ``graph.nq``."""
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _revision(given: str, whole: bool) -> State | None:
    """The corpus that one stands in, as it was in a git revision; ``None`` where there is no such."""
    if not _REVISION.fullmatch(given):
        return None
    try:
        root = nearest_root()
    except CorpusError:
        return None
    top = _git(root, "rev-parse", "--show-prefix")
    if top is None or _git(root, "rev-parse", "--verify", "--quiet", f"{given}^{{commit}}") is None:
        return None
    names = _git(root, "ls-tree", "--name-only", given, *(f"{name}" for name in FOLDERS))
    kept = (names or b"").decode().split()
    if "data" not in kept:
        raise _no_release(given, "cette révision n'a pas de dossier data", "this revision has no folder data")
    archive = _git(root, "archive", "--format=tar", given, *kept)
    if archive is None:
        raise _no_release(given, "git archive a échoué", "git archive failed")
    with tempfile.TemporaryDirectory(prefix="cls-graph-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        return _of_corpus(Corpus.open(folder), given, whole)


def _git(folder: Path, *words: str) -> bytes | None:
    """What git says, or ``None`` where it refuses or is not installed."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, timeout=_GIT_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _no_release(name: str, fr: str, en: str) -> CorpusError:
    return CorpusError(
        f"« {name} » n'est ni une publication ni un corpus : {fr}.",
        f"'{name}' is neither a release nor a corpus: {en}.",
    )
