"""The lists: what each holds, by what it is narrowed and sorted, and what its rows say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from cls_graph.collation import by_words
from cls_graph.namespaces import VOCAB
from cls_graph.plainly import lasting
from cls_graph_api.i18n import translator
from cls_graph_api.pages.facets import CONTRACTS, DETERMINANTS, ORGANISATIONS, TERRITORIES, Facet
from cls_graph_api.pages.model import Concept, Contract, Index, Organisation, Territory
from cls_graph_api.shown import Link

T = TypeVar("T")
Sort = Callable[[T, Index, str], Any]


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column: its word, what its cells hold (IRIs, a text or a number), and the key it is sorted by."""

    name: str
    word: str
    iris: Callable[[T], Iterable[str]] | None = None
    text: Callable[[T, str], object] | None = None
    sort: Sort[T] | None = None
    number: bool = False
    folded: bool = False
    """Whether the page shows how many there are, and only data names them."""
    open: Callable[[T], bool] = lambda _: True
    """Whether a cell that holds nothing could hold something: it then says that this is not mentioned."""
    words: str = ""
    """What the keys of the words for its text begin with, where the data have a code."""

    def said(self, thing: T, lang: str) -> str:
        """The text of a cell, in the words of a language where the data have a code for it."""
        text = str(self.text(thing, lang)) if self.text else ""
        return translator(lang)(self.words + text) if self.words and text else text


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A list at ``path``; ``things`` gives all of its things, in the order that it has by itself."""

    path: str
    word: str
    things: Callable[[Index], Sequence[T]]
    facets: Sequence[Facet[T]]
    columns: Sequence[Column[T]]
    sort: str
    aliases: Callable[[T], Iterable[str]] = field(default=lambda _: ())
    compare: bool = False
    """Whether its rows can be picked and compared."""
    places: Callable[[T], Iterable[str]] = field(default=lambda _: ())
    """The territories where a thing stands on a map."""


def period(contract: Contract, lang: str) -> str:
    """``2025–2027``, or what is known of it; empty where no period is stated.

    Where a text gives no dates, what it does say: ``5 ans, dates non mentionnées``.
    """
    begin, end = contract.begin, contract.end
    if begin is None and end is None:
        said = duration(contract, lang)
        unknown = translator(lang)("dates_unknown")
        return f"{said}, {unknown}" if said else ""
    return f"{begin if begin is not None else '…'}–{end if end is not None else '…'}"


def duration(contract: Contract, lang: str) -> str:
    """How long the period is said to last, in words."""
    return lasting(contract.duration, lang) if contract.duration else ""


def marks(contract: Contract, lang: str) -> str:
    """What tells a contract from others of its name: its period, where one is known, and its key."""
    return " · ".join(filter(None, (period(contract, lang), contract.key)))


def brief(contract: Contract, index: Index, lang: str) -> str:
    """What a contract is called where room is short: its territories, which come late in its title."""
    places = sorted(index.name(iri, lang) for iri in contract.territories)
    return ", ".join(places) or index.name(contract.iri, lang)


def _named(name: str, lang_index: Index, lang: str) -> tuple[str, str]:
    return by_words(lang_index.name(name, lang))


def _by_name(thing: Any, index: Index, lang: str) -> Any:
    return _named(thing.iri, index, lang), thing.iri


def _name(word: str) -> Column[Any]:
    """The name of the thing itself."""
    return Column("name", word, iris=lambda thing: [thing.iri], sort=_by_name)


def _counted(name: str, word: str, of: Callable[[T], Collection[str]]) -> Column[T]:
    """Things that are counted on the page, and named in data only."""
    return Column(
        name,
        word,
        iris=of,
        sort=lambda thing, index, lang: len(of(thing)),
        number=True,
        folded=True,
    )


def _years(contract: Contract) -> list[str]:
    """Every year of the period, which a contract is in force in as far as the sources say."""
    if contract.begin is None or contract.end is None:
        return [] if contract.begin is None else [str(contract.begin)]
    return [str(year) for year in range(contract.begin, min(contract.end, contract.begin + 30) + 1)]


def contract_facets(index: Index) -> list[Facet[Contract]]:
    """The facets of contracts, which the matrix, the timeline and the tile grid use too."""
    return [
        Facet("region", CONTRACTS["region"], lambda c: c.regions),
        Facet("departement", CONTRACTS["departement"], lambda c: c.departements),
        Facet("status", CONTRACTS["status"], lambda c: [c.status] if c.status else []),
        Facet("determinant", CONTRACTS["determinant"], lambda c: index.widened(c.determinants), tree=True),
        Facet("kind", CONTRACTS["kind"], lambda c: c.signing_kinds),
        Facet("year", CONTRACTS["year"], _years, pattern=r"[0-9]{4}"),
        Facet("population", CONTRACTS["population"], lambda c: c.populations),
        Facet("organisation", CONTRACTS["organisation"], lambda c: c.signatories),
    ]


def contracts(index: Index) -> Listing[Contract]:
    """The contracts."""
    return Listing(
        "/contracts",
        "contracts_title",
        lambda i: list(i.contracts.values()),
        contract_facets(index),
        [
            Column("title", "col_contract", iris=lambda c: [c.iri], sort=_by_name),
            Column("territory", "col_territory", iris=lambda c: c.territories),
            Column("status", "col_status", iris=lambda c: [c.status] if c.status else []),
            Column(
                "period",
                "col_period",
                text=period,
                sort=lambda c, i, lang: (c.begin is None, c.begin or 0, c.end or 0),
            ),
            _counted("signatories", "col_signatories", lambda c: c.signatories),
            _counted("determinants", "col_determinants", lambda c: c.determinants),
        ],
        "title",
        lambda c: [c.key],
        compare=True,
        places=lambda c: c.territories,
    )


def organisations(index: Index) -> Listing[Organisation]:
    """The bodies of the registry."""
    return Listing(
        "/organisations",
        "organisations_title",
        lambda i: list(i.organisations.values()),
        [
            Facet("kind", ORGANISATIONS["kind"], lambda o: [o.kind] if o.kind else []),
            Facet("role", ORGANISATIONS["role"], lambda o: {r for roles in o.roles.values() for r in roles}),
            Facet("territory", ORGANISATIONS["territory"], lambda o: _around(o.territories, index)),
        ],
        [
            _name("col_organisation"),
            Column("kind", "col_kind", iris=lambda o: [o.kind] if o.kind else []),
            Column("territory", "col_territory", iris=lambda o: o.territories),
            Column("siren", "SIREN", text=lambda o, lang: o.siren),
            _counted("contracts", "contracts_title", lambda o: o.roles),
        ],
        "-contracts",
        lambda o: [o.siren, o.key],
        places=lambda o: o.territories,
    )


def territories(index: Index) -> Listing[Territory]:
    """The territories that contracts, bodies and frameworks name."""
    return Listing(
        "/territories",
        "territories_title",
        lambda i: list(i.territories.values()),
        [
            Facet("level", TERRITORIES["level"], lambda t: [t.level] if t.level else [], words="level_"),
            Facet("within", TERRITORIES["within"], lambda t: t.within),
        ],
        [
            _name("col_territory"),
            Column("level", "col_level", text=lambda t, lang: t.level, words="level_"),
            Column("code", "code", text=lambda t, lang: t.code, sort=lambda t, i, lang: (t.code, t.iri)),
            Column("within", "col_within", iris=lambda t: t.within, open=lambda t: t.level != "region"),
            _counted("contracts", "contracts_title", lambda t: t.contracts),
        ],
        "-contracts",
        lambda t: [t.code],
        places=lambda t: [t.iri],
    )


def determinants(index: Index) -> Listing[Concept]:
    """The terms of the code list of determinants, with the contracts that address them."""
    direct: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}
    axes: dict[str, dict[str, set[str]]] = {}
    for contract in index.contracts.values():
        for iri, types in contract.determinants.items():
            direct.setdefault(iri, set()).add(contract.iri)
            for kind in types:
                axes.setdefault(iri, {}).setdefault(kind.rpartition("/")[2], set()).add(contract.iri)
        for iri in index.widened(contract.determinants):
            below.setdefault(iri, set()).add(contract.iri)

    return Listing(
        "/determinants",
        "determinants_title",
        lambda i: i.scheme("determinant"),
        [
            Facet(
                "theme", DETERMINANTS["theme"], lambda c: index.widened([c.iri]) & _themes(index), tree=True
            ),
            Facet("axis", DETERMINANTS["axis"], lambda c: _axis_types(axes.get(c.iri, {}))),
        ],
        [
            Column("code", "code", text=lambda c, lang: c.notation, sort=_place(index)),
            _name("col_determinant"),
            _counted("contracts", "contracts_title", lambda c: direct.get(c.iri, set())),
            _counted("below", "col_below", lambda c: below.get(c.iri, set())),
            _counted("strategic", "col_strategic", lambda c: axes.get(c.iri, {}).get("strategic", set())),
            _counted(
                "transversal", "col_transversal", lambda c: axes.get(c.iri, {}).get("transversal", set())
            ),
        ],
        "code",
        lambda c: [c.notation],
    )


def _place(index: Index) -> Sort[Concept]:
    order = {c.iri: n for n, c in enumerate(index.scheme("determinant"))}
    return lambda c, i, lang: order.get(c.iri, len(order))


def _themes(index: Index) -> set[str]:
    return {c.iri for c in index.scheme("determinant") if not c.broader}


def _axis_types(found: dict[str, set[str]]) -> list[str]:
    return [f"{VOCAB}axis-type/{slug}" for slug in found]


def _around(places: Iterable[str], index: Index) -> set[str]:
    """Territories with the départements and regions that they are in."""
    found = set(places)
    for place in places:
        if place in index.territories:
            found |= index.territories[place].within
    return found


def links(iris: Iterable[str], index: Index, lang: str, link: Callable[[str], str]) -> list[Link]:
    """Names with their addresses, in the order of the names."""
    found = [(index.named(iri, lang), iri) for iri in iris]
    found.sort(key=lambda row: (by_words(row[0][0]), row[1]))
    return [Link(text, link(iri), code, iri) for (text, code), iri in found]
