"""A corpus to start from: another region, or another kind of territorial contract, under a base of its own.

The ontology, the code lists and the shapes stay those of the package; identifiers, graphs and the dataset
are at the new base. Everything is written beside its place, read back as a corpus, then moved in.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template

from pydantic import ValidationError

from cls_graph.corpus import Corpus
from cls_graph.errors import OutputError, Text, UsageError
from cls_graph.files import cannot_write
from cls_graph.kind import Kind, english, french
from cls_graph.namespaces import DEFAULT_BASE
from cls_graph.records.registry import Dataset
from cls_graph.records.schema import RECORD, SCHEMAS, file_of, header, schema_text
from cls_graph.records.territories import COLUMNS
from cls_graph.unfinished import unfinished

SCHEMA_FOLDER = "docs/schema"
LICENCE = "https://spdx.org/licenses/etalab-2.0"
DESCRIPTION: Text = {
    "fr": "Ce que des textes publics disent de contrats, chaque fait avec sa citation.",
    "en": "What public texts say of contracts, each fact with the quote that carries it.",
}
EMPTY: dict[str, Text] = {
    "organisations": {
        "fr": "Les organismes que les fiches nomment. Une clé : la sorte et le code du territoire (ars-53).",
        "en": "The bodies that records name. A key: the kind and the code of the territory (ars-53).",
    },
    "persons": {
        "fr": "Les personnes nommées dans un rôle public. Une clé qui ne dit rien : p-0001.",
        "en": "Persons named in a public role. A key that tells nothing: p-0001.",
    },
    "frameworks": {
        "fr": "Les cadres que les contrats mettent en œuvre : projets, plans, programmes publics.",
        "en": "The frameworks that contracts implement: public projects, plans, programmes.",
    },
    "documents": {
        "fr": "Les textes cités : titre, adresse, type, empreinte SHA-256. Le texte lui-même n'est pas ici.",
        "en": "The texts quoted: title, address, type, SHA-256 digest. The text itself is not here.",
    },
}


@dataclass(frozen=True)
class Identity:
    """What the new dataset says of itself."""

    base: str
    title: str
    publisher: str
    date: str
    title_en: str = ""
    description: str = ""
    licence: str = LICENCE
    language: str = "fr"
    kind: str = ""
    """What a contract is called, where it is no local health contract; the other words may be guessed."""
    kind_plural: str = ""
    kind_en: str = ""
    kind_en_plural: str = ""

    def words(self) -> Kind:
        """The kind of contract."""
        if not self.kind:
            return Kind()
        named = french(self.kind, self.kind_plural)
        plural = self.kind_en_plural or ("" if self.kind_en else named.plural)
        return Kind({"fr": named, "en": english(self.kind_en or self.kind, plural)})

    def dataset(self) -> dict[str, object]:
        """The content of ``dataset.yaml``. A text that was given in one language stands for both."""
        kind = self.words()
        described = {lang: self.description or kind.noun(DESCRIPTION[lang], lang) for lang in ("fr", "en")}
        found: dict[str, object] = {
            "title": {"fr": self.title, "en": self.title_en or self.title},
            "description": described,
            "publisher": self.publisher,
            "version": "0.1.0",
            "date": self.date,
            "licence": self.licence,
            "base_iri": self.base,
        }
        if self.kind:
            found["contract_kind"] = self._named()
        return found

    def _named(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        for lang, words in self.words().names.items():
            found[lang] = {"singular": words.singular, "plural": words.plural}
            if words.feminine:
                found[lang]["feminine"] = True
        return found


OPTIONS = {
    "base_iri": "base",
    "contract_kind": "kind",
    "title": "title",
    "publisher": "publisher",
    "licence": "licence",
    "date": "date",
}
"""The option that a key of ``dataset.yaml`` comes from."""


def faults(identity: Identity) -> Iterator[tuple[str, Text]]:
    """What is wrong with what was given: the option and a sentence."""
    if identity.base.startswith(DEFAULT_BASE):
        yield (
            "base",
            {
                "fr": f"« {DEFAULT_BASE} » est la base de cls-graph : prenez une adresse à vous.",
                "en": f"'{DEFAULT_BASE}' is the base of cls-graph: take an address of your own.",
            },
        )
    try:
        Dataset.model_validate(identity.dataset())
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False):
            key, context = str(problem["loc"][0]), problem.get("ctx", {})
            yield (
                OPTIONS.get(key, key),
                {lang: str(context.get(lang, problem["msg"])) for lang in ("fr", "en")},
            )


def create(folder: Path, identity: Identity) -> list[str]:
    """Write the corpus into ``folder``; the names of its files, sorted.

    Raises ``UsageError`` for a value that does not do, ``OutputError`` for a folder that is not empty or
    that cannot be written; nothing is left behind then.
    """
    for option, text in faults(identity):
        raise UsageError(
            f"--{option} : {text['fr']}.".replace("..", "."), f"--{option}: {text['en']}.".replace("..", ".")
        )
    target = free(folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = unfinished(target)
        work.mkdir(0o700)
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        for name, content in sorted(_files(identity).items()):
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        schemas, schemes = work / SCHEMA_FOLDER, Corpus.open(work).schemes
        schemas.mkdir(parents=True)
        for name in SCHEMAS:
            (schemas / file_of(name)).write_text(schema_text(name, schemes), encoding="utf-8")
        work.chmod(0o755)
        _move_in(work, target)
    except OSError as error:
        raise cannot_write(folder, error) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return sorted(p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file())


def _move_in(work: Path, target: Path) -> None:
    """Put what was made at its place. A folder that is there stays the same one: people stand in it."""
    if not target.exists():
        work.rename(target)
        return
    moved: list[Path] = []
    try:
        for path in sorted(work.iterdir()):
            moved.append(path.rename(target / path.name))
    except OSError:
        for path in moved:
            path.rename(work / path.name)
        raise


def free(folder: Path) -> Path:
    """The folder as a whole path. Raises ``OutputError`` where something is in it, or it is a file."""
    target = folder.resolve()
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(
                f"« {folder} » n'est pas vide : donnez un dossier nouveau, rien n'a été touché.",
                f"'{folder}' is not empty: give a new folder, nothing was touched.",
            )
    except PermissionError as error:
        raise cannot_write(folder, error) from None
    return target


def _files(identity: Identity) -> dict[str, str]:
    lang = identity.language
    kind = identity.words()
    name = kind.names["fr"].singular  # the titles of records are in French, as their texts
    values = {**identity.__dict__, "header": header(RECORD).rstrip(), "contract": name[:1].upper() + name[1:]}
    readme = "".join(kind.noun(line, lang) for line in _read(f"README.{lang}.md").splitlines(keepends=True))
    files = {
        "README.md": Template(readme).substitute(values),
        "docs/modele/fiche.yaml": _template(f"record.{lang}.yaml", values),
        "data/dataset.yaml": _dataset(identity),
        "data/territories.csv": ",".join(COLUMNS) + "\n",
        "data/contracts/.gitkeep": "",
        ".gitignore": "/release/\n/sources/\n",
        ".vscode/settings.json": json.dumps({"yaml.schemas": _edited()}, indent=2) + "\n",
    }
    for name, comment in EMPTY.items():
        files[f"data/{name}.yaml"] = f"{header(name)}# {kind.noun(comment[lang], lang)}\n{name}: []\n"
    return files


def _edited() -> dict[str, str]:
    """The files that each schema is for."""
    return {
        f"{SCHEMA_FOLDER}/{file_of(name)}": f"data/{'contracts/*' if name == RECORD else name}.yaml"
        for name in SCHEMAS
    }


def _dataset(identity: Identity) -> str:
    """``dataset.yaml``: strings as JSON writes them, which YAML reads the same."""
    lines = [header("dataset").rstrip()]
    for key, value in identity.dataset().items():
        if isinstance(value, dict):
            lines.append(f"{key}:")
            lines += [f"  {lang}: {json.dumps(text, ensure_ascii=False)}" for lang, text in value.items()]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _template(name: str, values: dict[str, str]) -> str:
    return Template(_read(name)).substitute(values)


def _read(name: str) -> str:
    return resources.files("cls_graph").joinpath("starter", name).read_text(encoding="utf-8")
