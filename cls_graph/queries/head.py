"""The head of a ready question's file, held against what it may hold: a fault has its line and a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from cls_graph.computing import COMPUTATIONS
from cls_graph.errors import QuestionError, Text
from cls_graph.pictures.columns import OPTIONAL, ROLES, SEVERAL, Chosen
from cls_graph.queries.parameters import TYPES
from cls_graph.queries.typed import TYPES_OF_COLUMNS
from cls_graph.queries.words import PARAMETERS, THEMES
from cls_graph.records.tree import Document, TreeError, parse
from cls_graph.suggesting import suggest

VIEWS = ("table", "chart", "network", "tiles")
_MARK = "#+"
_KEYS = (
    "title",
    "description",
    "theme",
    "view",
    *ROLES,
    "parameters",
    "columns",
    "types",
    "programs",
    "computed",
    "empty",
)
_OF_A_PARAMETER = ("type", "scheme", "default", "min", "max", "label")


class Head:
    """The head of a file as a mapping, checked; ``fail`` raises ``QuestionError`` for a place in it."""

    def __init__(self, name: str, text: str) -> None:
        """Reads the lines of ``text`` that begin with ``#+``. Raises ``QuestionError``."""
        self.name = name
        marked = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.startswith(_MARK)]
        self._lines = [number for number, _ in marked] or [1]
        if not marked:
            self._fail_at(
                1,
                "la tête (lignes « #+ clé: valeur ») manque.",
                "the head (lines '#+ key: value') is missing.",
            )
        try:
            head = "\n".join(line.removeprefix(_MARK).removeprefix(" ") for _, line in marked)
            self._parsed: Document = parse(head)
        except TreeError as wrong:
            self._fail_at(wrong.mark.line, "la tête n'est pas du YAML.", "the head is not YAML.")
        self.said = self._mapping((), self._parsed.tree, _KEYS)
        self._check()

    def fail(self, path: Sequence[str], fr: str, en: str) -> NoReturn:
        """Raise ``QuestionError`` for a place in the head."""
        where = " → ".join(path) or "#+"
        self._fail_at(self._parsed.key_mark(tuple(path)).line, f"{where} : {fr}", f"{where}: {en}")

    def _fail_at(self, line: int, fr: str, en: str) -> NoReturn:
        number = self._lines[min(line, len(self._lines)) - 1]
        raise QuestionError(
            f"{self.name}.rq, ligne {number} : {fr}",
            f"{self.name}.rq, line {number}: {en}",
            question=self.name,
            line=number,
        )

    def _check(self) -> None:
        for key in ("title", "description"):
            self._texts((key,), self.said.get(key))
        self._word(("theme",), self.said.get("theme"), THEMES)
        self._word(("view",), self.said.get("view", "table"), VIEWS)
        if "computed" in self.said:
            self._word(("computed",), self.said["computed"], COMPUTATIONS)
        if "empty" in self.said:
            self._texts(("empty",), self.said["empty"])
        for column, words in self._mapping(("columns",), self.said.get("columns", {})).items():
            self._texts(("columns", column), words)
        for name, given in self._mapping(("parameters",), self.said.get("parameters", {})).items():
            self._parameter(("parameters", name), given)

    def pictured(self, kind: str, columns: Sequence[str]) -> Chosen:
        """The columns that the head names for a kind of picture, held against those that there are."""
        found: dict[str, tuple[str, ...]] = {}
        for role, given in self._mapping((kind,), self.said[kind], ROLES[kind]).items():
            names = given if isinstance(given, list) and kind == "chart" and role in SEVERAL else [given]
            for name in names:
                self._word((kind, role), name, columns)
            found[role] = tuple(names)
        for role in ROLES[kind]:
            if role not in found and role not in OPTIONAL[kind]:
                self.fail(
                    (kind,),
                    f"{role}, le nom d'une colonne, manque.",
                    f"{role}, the name of a column, is missing.",
                )
        return found

    def types(self, columns: Sequence[str]) -> dict[str, str]:
        """The types of columns, held against the columns and the types that there are."""
        given = self._mapping(("types",), self.said.get("types", {}), columns)
        for column, kind in given.items():
            self._word(("types", column), kind, TYPES_OF_COLUMNS)
        return dict(given)

    def programs(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The columns that are for programs only, held against those that there are."""
        given = self.said.get("programs", [])
        for name in given if isinstance(given, list) else [given]:
            self._word(("programs",), name, columns)
        return tuple(given)

    def _parameter(self, path: tuple[str, str], given: object) -> None:
        said = self._mapping(path, given, _OF_A_PARAMETER)
        self._word((*path, "type"), said.get("type"), TYPES)
        if said["type"] == "concept" and not said.get("scheme"):
            self.fail(
                path,
                "scheme, le nom de la liste de codes, manque.",
                "scheme, the name of the code list, is missing.",
            )
        for key in ("min", "max"):
            if not str(said.get(key, 0)).isdecimal():
                self.fail((*path, key), "ce n'est pas un nombre.", "this is not a number.")
        if "label" in said or path[-1] not in PARAMETERS:
            self._texts((*path, "label"), said.get("label"))

    def _mapping(self, path: Sequence[str], given: object, keys: Iterable[str] = ()) -> Mapping[str, Any]:
        """What is given as a mapping, of these keys where there are some."""
        if not isinstance(given, dict):
            self.fail(path, "il faut des clés avec leurs valeurs.", "keys with their values are needed.")
        for key in given if keys else ():
            if key not in keys:
                hint, those = suggest(key, keys), ", ".join(keys)
                self.fail(
                    (*path, key),
                    f"clé inconnue (il y a : {those}).{hint['fr']}",
                    f"unknown key (there are: {those}).{hint['en']}",
                )
        return given

    def _texts(self, path: Sequence[str], given: object) -> Text:
        """Words in both languages, and in no other."""
        if (
            not isinstance(given, dict)
            or set(given) != {"fr", "en"}
            or not all(str(t).strip() for t in given.values())
        ):
            self.fail(
                path,
                "il faut les mots en français (fr) et en anglais (en).",
                "words in French (fr) and in English (en) are needed.",
            )
        return given

    def _word(self, path: Sequence[str], given: object, words: Iterable[str]) -> None:
        """One of some words."""
        if not isinstance(given, str) or given not in tuple(words):
            those = ", ".join(words)
            self.fail(
                path,
                f"« {given or ''} » n'en est pas un mot (au choix : {those}).",
                f"'{given or ''}' is not one of: {those}.",
            )
