"""Reads a corpus: the folders ``ontology/``, ``shapes/`` and ``data/`` of the folder that ``roots`` finds.

A corpus may leave ``ontology/`` and ``shapes/`` out: those of the bundle are then used.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph import __version__
from cls_graph.errors import CorpusError
from cls_graph.findings import Finding, Place, finding
from cls_graph.kind import Kind
from cls_graph.namespaces import DEFAULT_BASE, SKOS, VOCAB
from cls_graph.rdf import RdfSyntaxError, parse_graph
from cls_graph.rdf_data import RDF_SUFFIXES, RdfData
from cls_graph.reasons import reason, refused
from cls_graph.records.iris import Iris
from cls_graph.records.model import Record
from cls_graph.records.reader import Read, read_model
from cls_graph.records.registry import Registry, load_registry
from cls_graph.roots import FOLDERS, bundled_root, nearest_root

T = TypeVar("T")
YAML_SUFFIXES = (".yaml", ".yml")
RULES_FILE = "rules.ttl"
REGISTRY = (
    *(f"{name}.yaml" for name in ("organisations", "persons", "frameworks", "documents", "dataset")),
    "territories.csv",
)
"""The files of the registry, in ``data``."""
MAX_FILE = 32 * 2**20


@dataclass
class Corpus:
    """A corpus on disk, read lazily: nothing is raised for bad content, it becomes findings."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    rdf_files: dict[str, str] = field(default_factory=dict)
    """The Turtle or TriG file that describes a node."""
    before: Mapping[Hashable, Any] = field(default_factory=dict)
    """What reading some bytes gave the last time (see ``again``)."""
    _read: dict[Hashable, Any] = field(default_factory=dict)

    def again(self) -> Corpus:
        """The corpus as it is on disk now; what has not changed is not read a second time."""
        return Corpus(self.root, before=self._read)

    def _once(self, key: Hashable, read: Callable[[], T]) -> T:
        if key not in self._read:
            self._read[key] = self.before[key] if key in self.before else read()
        found: T = self._read[key]
        return found

    @classmethod
    def open(cls, folder: str | os.PathLike[str] | None = None, files: Sequence[Path] = ()) -> Corpus:
        """The corpus of ``folder``, or the nearest one to ``files`` and the user (``nearest_root``).

        Raises ``CorpusError`` for a folder without ``data/``.
        """
        root = Path(folder).resolve() if folder is not None else nearest_root(files)
        if not (root / "data").is_dir():
            raise CorpusError(
                f"« {folder} » n'est pas un corpus : il y manque le dossier « data ».",
                f"'{folder}' is not a corpus: it has no 'data' folder.",
            )
        return cls(root)

    @property
    def installed(self) -> bool:
        """Whether it is the copy that came inside an installed package, which nobody should edit."""
        return self.root.name == "_corpus" and self.root == bundled_root()

    def folder(self, name: str) -> Path:
        """``ontology``, ``shapes`` or ``data`` of this corpus, else of the bundle."""
        own = self.root / name
        return own if own.is_dir() or name == "data" else bundled_root() / name

    def shown(self, path: Path) -> str:
        """A path as the user knows it: relative to where they stand, where it can be."""
        try:
            return path.resolve().relative_to(Path.cwd()).as_posix()
        except (ValueError, OSError):
            return str(path)

    def files(self, name: str, *suffixes: str) -> list[Path]:
        """The files of a folder with these endings, sorted, hidden and temporary ones left out."""
        folder = self.folder(name)
        return sorted(
            p
            for p in folder.rglob("*")
            if p.is_file() and p.suffix in suffixes and not p.name.startswith((".", "~"))
        )

    def all_files(self) -> set[Path]:
        """Every file that is read, as a whole path."""
        suffixes = (*YAML_SUFFIXES, *RDF_SUFFIXES, ".csv")
        return {path.resolve() for name in FOLDERS for path in self.files(name, *suffixes)}

    def may_be_record(self, path: Path) -> bool:
        """Whether a file, which may stand elsewhere, is read as a record: not RDF, nor of the registry."""
        registry = path.name in REGISTRY and self.root / "data" / "contracts" not in path.resolve().parents
        return path.suffix not in (*RDF_SUFFIXES, ".csv") and not registry

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file of the corpus and the version of the code: same digest, same release."""
        total = hashlib.sha256(__version__.encode())
        for name in FOLDERS:
            folder = self.folder(name)
            for path in self.files(name, *YAML_SUFFIXES, *RDF_SUFFIXES, ".csv"):
                total.update(f"\n{name}/{path.relative_to(folder).as_posix()} ".encode())
                total.update(hashlib.sha256(self._bytes(path)).digest())
        return total.hexdigest()

    def _bytes(self, path: Path) -> bytes:
        """The bytes of a file that nothing goes on without. Raises ``SystemFailed``."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise refused(error, self.shown(path)) from None

    # --- data

    @cached_property
    def registry(self) -> Registry:
        """Organisations, persons, frameworks, territories, documents and ``dataset.yaml``."""
        paths = [self.root / "data" / name for name in REGISTRY]
        files = {
            self.shown(p): data for p in paths if p.exists() and (data := self.read_bytes(p)) is not None
        }
        registry, findings = self._once(("registry", *files.items()), lambda: load_registry(files))
        self.findings += findings
        return registry

    @cached_property
    def iris(self) -> Iris:
        """The IRIs of this corpus, at the base of ``dataset.yaml``."""
        dataset = self.registry.dataset
        return Iris(dataset.base_iri if dataset else DEFAULT_BASE)

    @cached_property
    def records(self) -> list[Read[Record]]:
        """Every contract file, read; those that do not read carry their findings."""
        return self._read_records(lambda done, total: None)

    def told_records(self, told: Callable[[int, int], None]) -> list[Read[Record]]:
        """``records``, which tell how far they have come where they are read now."""
        if "records" not in vars(self):
            self.records = self._read_records(told)
        return self.records

    def _read_records(self, told: Callable[[int, int], None]) -> list[Read[Record]]:
        folder, reads = self.root / "data" / "contracts", []
        paths = [path for path in self.files("data", *YAML_SUFFIXES) if folder in path.parents]
        for done, path in enumerate(paths):
            told(done, len(paths))
            if (data := self.read_bytes(path)) is not None:
                reads.append(self.read_record(path, data))
        return reads

    def read_record(self, path: Path, data: bytes) -> Read[Record]:
        """One contract file."""
        shown = self.shown(path)
        return self._once(("record", shown, data), lambda: read_model(Record, shown, data))

    def read_bytes(self, path: Path) -> bytes | None:
        """The bytes of a file, or a finding where it cannot be read or is far too large."""
        try:
            if path.stat().st_size > MAX_FILE:
                size = {"fr": f"plus de {MAX_FILE >> 20} Mio", "en": f"over {MAX_FILE >> 20} MiB"}
                self.findings.append(finding("unreadable-file", Place(self.shown(path)), reason=size))
                return None
            return path.read_bytes()
        except OSError as error:
            place = Place(self.shown(path))
            self.findings.append(finding("unreadable-file", place, reason=reason(error)))
            return None

    @cached_property
    def rdf_data(self) -> list[Quad]:
        """Turtle and TriG files of ``data/``, as they are (``rdf_data``)."""
        found = RdfData(files=self.rdf_files, findings=self.findings)
        for path in self.files("data", *RDF_SUFFIXES):
            if (data := self.read_bytes(path)) is not None:
                found.read(self.shown(path), path.relative_to(self.root / "data"), data, self.iris)
        return found.quads

    # --- ontology and shapes

    def turtle(self, name: str, part: str = "") -> list[Triple]:
        """What is ``written`` in a folder, as this corpus says it."""
        return self._as_ours(self.written(name, part))

    def written(self, name: str, part: str = "") -> list[Triple]:
        """The triples of the Turtle files of ``ontology`` or ``shapes``.

        ``part`` keeps to one subfolder, or to the top with ``.``; or to the file of that name.
        Raises ``CorpusError`` with file and line, and ``SystemFailed``: without them nothing can be checked.
        """
        folder = self.folder(name)
        triples: list[Triple] = []
        for path in self.files(name, ".ttl"):
            relative = path.relative_to(folder)
            if part.endswith(".ttl") != (relative.name == RULES_FILE):
                continue
            if part and part not in (relative.parent.as_posix(), relative.as_posix()):
                continue
            try:
                data, label = self._bytes(path), f"{name}-{path.stem}-"
                triples += _parsed(data, label)
            except RdfSyntaxError as error:
                where = f"{self.shown(path)}:{error.line}:{error.column}"
                raise CorpusError(f"{where} : {error.message}", f"{where}: {error.message}") from None
        return triples

    def _as_ours(self, triples: list[Triple]) -> list[Triple]:
        """Shared terms as this corpus says them: in the words of its kind of contract, without others' data.

        The ontology names the texts that it was made from and gives examples out of them; these are no part
        of a corpus with a base of its own.
        """
        if self.iris.base != DEFAULT_BASE:
            triples = [t for t in triples if not _of_bundled_data(t)]
        return self.kind.triples(triples)

    @cached_property
    def kind(self) -> Kind:
        """The kind of contract, in words."""
        dataset = self.registry.dataset
        return dataset.kind if dataset else Kind()

    @cached_property
    def ontology(self) -> list[Triple]:
        """The ontology and its alignments (rules have their own graph)."""
        return self.turtle("ontology", ".")

    @cached_property
    def rules(self) -> list[Triple]:
        """The rules of entailment, as ``ontology/rules.ttl`` has them; empty where there is no such file."""
        return self.turtle("ontology", RULES_FILE)

    @cached_property
    def vocabularies(self) -> list[Triple]:
        """The code lists."""
        return self.turtle("ontology", "vocab")

    @cached_property
    def shapes(self) -> list[Triple]:
        """The SHACL shapes."""
        return self.turtle("shapes")

    @cached_property
    def shapes_across(self) -> list[Triple]:
        """Those of them that look across contracts (``shapes/cross.ttl``): they need the whole corpus."""
        paths = [path for path in self.files("shapes", ".ttl") if path.name == "cross.ttl"]
        found = [t for path in paths for t in _parsed(self._bytes(path), "shapes-cross-")]
        return self._as_ours(found)

    @cached_property
    def schemes(self) -> dict[str, list[str]]:
        """The slugs of each code list, in order."""
        found: dict[str, set[str]] = {}
        for t in self.vocabularies:
            if t.predicate.value == SKOS + "inScheme" and isinstance(t.subject, NamedNode):
                scheme, _, slug = t.subject.value.removeprefix(VOCAB).partition("/")
                found.setdefault(scheme, set()).add(slug)
        return {scheme: sorted(slugs) for scheme, slugs in sorted(found.items())}


@lru_cache(maxsize=64)
def _parsed(data: bytes, label: str) -> tuple[Triple, ...]:
    """A Turtle file of ``ontology`` or ``shapes``: most corpora of a process have the same ones."""
    return tuple(parse_graph(data, ".ttl", label))


def _of_bundled_data(triple: Triple) -> bool:
    """Whether a statement names a thing of the bundled data, or is an example taken from it."""
    terms = [t.value for t in (triple.subject, triple.object) if isinstance(t, NamedNode)]
    named = any(
        t.startswith(f"{DEFAULT_BASE}id/") and not t.startswith(f"{DEFAULT_BASE}id/agent/") for t in terms
    )
    return named or (triple.predicate.value == SKOS + "example" and isinstance(triple.object, Literal))
