"""Asking a ready question of the service: what may be given, the rows, what the things in them are called."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.requests import Request

from cls_graph.errors import BadRequest
from cls_graph.namespaces import RDFS, SKOS, VOCAB, prefixes
from cls_graph.queries import Parameter, Question
from cls_graph.queries.asking import compute, example, prepare
from cls_graph.queries.choices import choices_of, choices_query
from cls_graph.queries.parameters import Choice, usual
from cls_graph.queries.tables import Names
from cls_graph.service import Answer
from cls_graph.store.base import Term
from cls_graph_api.charging import charged_on
from cls_graph_api.columns import COLUMNS
from cls_graph_api.evaluate import run
from cls_graph_api.i18n import language
from cls_graph_api.protocol import INFER, RELEASE, Operation, truth
from cls_graph_api.responses import CACHE, while_connected
from cls_graph_api.results import shorten
from cls_graph_api.site import Site

PATH = "/queries"
USUAL = ("lang", "theme", "format", "headers", "view", INFER, RELEASE, "network", *COLUMNS)
"""Parameters that every question takes, besides its own."""
MOST_BYTES = 96 << 20
"""Bytes of an answer that are read for a table."""
_ROWS_LIMIT = "sheet_rows"
_LABELLED = 5000
_ALL = 10_000_000
_AT_ONCE = 500

Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Asked:
    """A question with what was given for its parameters; ``text`` is the query with that in its places."""

    question: Question
    given: Mapping[str, str]
    choices: Mapping[str, list[Choice]]
    text: str
    lang: str
    infer: bool

    def value(self, parameter: Parameter) -> str:
        """What stands for a parameter, for a person: given, or what is usual."""
        return self.given.get(parameter.name) or usual(parameter, self.offered) or ""

    def offered(self, parameter: Parameter) -> Sequence[Choice] | None:
        """What the data list for a parameter."""
        return self.choices.get(parameter.name)

    def said(self) -> list[tuple[str, str]]:
        """What was asked: each parameter by its label, each value with its name."""
        found = []
        for parameter in self.question.parameters:
            value = self.value(parameter)
            names = {choice.value: choice.label for choice in self.choices.get(parameter.name, ())}
            if value and parameter.type != "language":
                name = names.get(value, "")
                found.append((parameter.label[self.lang], f"{name} ({value})" if name else value))
        return found


@dataclass(frozen=True)
class Found:
    """Rows of an answer, which may have been cut by a limit."""

    columns: tuple[str, ...]
    rows: list[Row]
    limit: str = ""
    """The limit that cut it, where there are more."""

    @property
    def cut(self) -> bool:
        """Whether there are more."""
        return bool(self.limit)


async def read(request: Request, question: Question) -> Asked:
    """The question with the parameters of the address. Raises ``BadRequest`` with the choices."""
    lang = language(request)
    given: dict[str, str] = {}
    for name in request.query_params:
        values = request.query_params.getlist(name)
        if len(values) > 1:
            raise BadRequest(
                f"Le paramètre {name} est donné plusieurs fois.",
                f"The parameter {name} is given more than once.",
                parameter=name,
            )
        if name not in USUAL:
            given[name] = values[0]
    choices = await _offered(request, question)
    text = prepare(question, given, lambda p: choices.get(p.name), lang)
    return Asked(question, given, choices, text, lang, truth(request.query_params.get(INFER)))


async def unread(request: Request, question: Question) -> Asked:
    """The question with what the address says, which cannot be asked: it has no query."""
    given = {n: v for n, v in request.query_params.items() if question.parameter(n) is not None}
    infer = request.query_params.get(INFER) == "true"
    return Asked(question, given, await _offered(request, question), "", language(request), infer)


async def _offered(request: Request, question: Question) -> dict[str, list[Choice]]:
    """What the data list for the parameters of a question."""
    site, lang = Site.of(request), language(request)
    return {p.name: await _choices(site, request, p, lang) for p in question.parameters if p.listed}


async def example_of(request: Request, question: Question, lang: str | None = None) -> str:
    """The query of a question with nothing given: things are some of these data, labels in ``lang``."""
    site, said = Site.of(request), language(request)
    listed = [p for p in question.parameters if p.listed and p.default is not None]
    choices = {p.name: await _choices(site, request, p, said) for p in listed}
    if lang is None:
        return example(question, lambda p: choices.get(p.name))
    return prepare(question, {}, lambda p: choices.get(p.name), lang)


async def _choices(site: Site, request: Request, parameter: Parameter, lang: str) -> list[Choice]:
    """What the data list for a parameter; kept while the release is the same."""
    query = choices_query(parameter, lang)
    digest = str(site.manifest["digest"])
    kept = site.desk.choices
    if digest and (digest, query) in kept:
        return kept[digest, query]
    _, rows, _ = await _rows(site, request, Operation(query), 100_000)
    found = choices_of(
        parameter, [(getattr(v, "value", ""), getattr(label, "value", "")) for v, label in rows]
    )
    if any(key[0] != digest for key in kept):
        kept.clear()
    kept[digest, query] = found
    return found


async def fetch(request: Request, asked: Asked, most: int | None) -> Found:
    """The first ``most`` rows of the answer, computed on where the question says so (then of all rows)."""
    site = Site.of(request)
    needed = _ALL if asked.question.computed or most is None else most
    operation = Operation(asked.text, infer=asked.infer)
    columns, rows, limit = await while_connected(request, _rows(site, request, operation, needed))
    if limit and not asked.question.computed:
        # What was cut is the beginning in the order of the engine, and stays so.
        return Found(columns, rows, limit)
    if limit:
        raise BadRequest("Trop de lignes pour ce calcul.", "There are too many rows for this computation.")
    made = await charged_on(request, compute, asked.question, rows)
    cut = most is not None and len(made) > most
    return Found(asked.question.columns, made[:most], _ROWS_LIMIT if cut else "")


async def rows_of(request: Request, operation: Operation, most: int) -> Found:
    """The first ``most`` rows of the answer to any SELECT query."""
    return Found(*await while_connected(request, _rows(Site.of(request), request, operation, most)))


async def _rows(
    site: Site, request: Request, operation: Operation, most: int
) -> tuple[tuple[str, ...], list[Row], str]:
    """The columns, the first ``most`` rows, and the limit that cut them or nothing."""
    answer = await run(site, request, operation, asked="tsv")
    data = await _beginning(answer, most + 1)
    # Of a long answer this takes seconds, in which others are to be answered.
    names, found, cut = await asyncio.to_thread(parsed, data, most)
    if cut:
        return names, found, _ROWS_LIMIT if len(found) >= most else "sheet_bytes"
    return names, found, answer.cut.limit if answer.cut else ""


async def _beginning(answer: Answer, most: int) -> bytes:
    """An answer up to the block that brings it over ``most`` lines, or over the bytes that are read."""
    data, count = bytearray(), 0
    try:
        async for block in answer.body:
            data += block
            count += block.count(b"\n")
            if count > most or len(data) > MOST_BYTES:
                break
    finally:
        answer.close()
    return bytes(data)


def parsed(data: bytes, most: int) -> tuple[tuple[str, ...], list[Row], bool]:
    """The columns and the first ``most`` rows of a TSV answer, and whether there are more.

    Raises ``BadRequest`` for an answer without rows.
    """
    lines = data.count(b"\n")
    cut = lines > most + 1 or len(data) > MOST_BYTES
    if cut:
        # Its last line may have broken off.
        data = b"\n".join(data.split(b"\n", most + 1)[: min(most + 1, lines)]) + b"\n"
    results = ox.parse_query_results(data, format=ox.QueryResultsFormat.TSV)
    if not isinstance(results, ox.QuerySolutions):
        raise BadRequest("Il faut ici une requête SELECT.", "A SELECT query is needed here.")
    names = tuple(v.value for v in results.variables)
    return names, [tuple(row[n] for n in names) for row in results], cut


async def names_of(request: Request, iris: Iterable[str], lang: str) -> Names:
    """What things are called in a language, and where they lead; a limited number of them is looked up."""
    site = Site.of(request)
    known = prefixes(site.base)
    wanted = [iri for iri in iris if iri.startswith((site.base, VOCAB, "https://w3id.org/cls-sante/"))]
    labels: dict[str, tuple[int, str]] = {}
    for start in range(0, min(len(wanted), _LABELLED), _AT_ONCE):
        terms = " ".join(f"<{iri}>" for iri in wanted[start : start + _AT_ONCE])
        query = (
            f"SELECT DISTINCT ?iri ?label WHERE {{ VALUES ?iri {{ {terms} }} "
            f"?iri <{SKOS}prefLabel>|<{RDFS}label> ?label }} ORDER BY ?iri ?label"
        )
        _, rows, _ = await _rows(site, request, Operation(query), 100_000)
        for iri, label in rows:
            if isinstance(label, ox.Literal) and isinstance(iri, ox.NamedNode):
                rank = [lang, "fr", None, label.language].index(label.language)
                labels[iri.value] = min(labels.get(iri.value, (9, "")), (rank, label.value))
    return Names(
        lang,
        {iri: label for iri, (_, label) in labels.items()},
        lambda iri: iri if iri.startswith(("https://", "http://")) else "",
        lambda iri: shorten(iri, known),
    )


def address(request: Request, asked: Asked, path: str) -> str:
    """The address of an answer, with what was given for the parameters."""
    urls = Site.of(request).urls(request)
    given = {name: value for name, value in asked.given.items() if value}
    given["lang"] = asked.lang
    return urls.absolute(path, **given, **({INFER: "true"} if asked.infer else {}))


def headers_of(request: Request, asked: Asked, *form: str) -> dict[str, str]:
    """The headers of an answer in a form: it may be kept until release, query or form change."""
    site = Site.of(request)
    etag = site.of_query(site.etag_of(request, "question", asked.text, str(asked.infer), *form))
    return {"ETag": etag, "Cache-Control": CACHE, "Content-Language": asked.lang}
