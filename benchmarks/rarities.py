"""What few contracts have: co-pilots, new partners, open lists, gaps, other periods, communes, persons.

Which contract has what depends on the rank of its territory alone; words and places of quotes come from a
chance of their own. So the rest of a contract is the same with them and without them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.faults import Found, one
from benchmarks.quoting import Draft, document_key
from benchmarks.world import COMMUNES_LISTED, RIVERS, STEMS, VINTAGE, Country, Territory, listed_commune
from cls_graph.records.iris import Iris

Record = dict[str, Any]
Give = Callable[[Draft, Territory, Record], None]


@dataclass(frozen=True)
class Rarity:
    """Something that one territory in ``every`` has, from rank ``first`` on."""

    every: int
    first: int
    give: Give


RARITIES: list[Rarity] = []


def _one_in(every: int, first: int) -> Callable[[Give], Give]:
    def register(give: Give) -> Give:
        RARITIES.append(Rarity(every, first, give))
        return give

    return register


def add_rarities(country: Country, territory: Territory, generation: int, record: Record, after: int) -> None:
    """Give a record what its territory has beyond the others; its quotes begin at ``after``."""
    rng = country.rng("rarities", territory.rank, generation)
    draft = Draft(rng, document_key(territory, generation), after)
    for rarity in RARITIES:
        if territory.rank % rarity.every == rarity.first:
            rarity.give(draft, territory, record)


def _engaged(draft: Draft, record: Record, name: str, **more: Any) -> None:
    """One engagement more."""
    engagements = record["engagements"]
    key = f"{len(engagements) + 1:02d}"
    evidence = draft.evidence(name)
    engagements.append({"id": key, "name_as_stated": name, **more, "evidence": evidence})


@_one_in(13, 7)
def _without_agency(draft: Draft, territory: Territory, record: Record) -> None:
    # Numbered again: that no number is missing is what other faults are put on.
    kept = [e for e in record["engagements"] if e["kind"] != "ars"]
    record["engagements"] = [e | {"id": f"{n:02d}", "position": n} for n, e in enumerate(kept, start=1)]


@_one_in(3, 0)
def _co_pilot(draft: Draft, territory: Territory, record: Record) -> None:
    second = record["engagements"][1]
    _engaged(draft, record, "en copilotage", party=second["party"], kind=second["kind"], role="co-pilot")


@_one_in(5, 1)
def _coordinator(draft: Draft, territory: Territory, record: Record) -> None:
    first = record["engagements"][0]
    name = "la coordination du contrat"
    _engaged(draft, record, name, party=first["party"], kind=first["kind"], role="coordinator")


@_one_in(6, 2)
def _acts_through(draft: Draft, territory: Territory, record: Record) -> None:
    centre = f"{'ccas' if territory.level == 'commune' else 'cias'}-{territory.code}"
    record["engagements"][0]["acts_through"] = draft.fact(centre, "par son centre d’action sociale")


@_one_in(3, 1)
def _unresolved(draft: Draft, territory: Territory, record: Record) -> None:
    more: Record = {"open_list": draft.fact(True, "notamment")} if territory.rank % 2 else {}
    note = "Pluriel sans nom ni nombre."
    words = {"kind": "reseau-association", "role": "mobilised-partner", "collective": True}
    _engaged(draft, record, "des associations", **words, **more, assertion="unresolved", note=note)


@_one_in(6, 4)
def _open_list(draft: Draft, territory: Territory, record: Record) -> None:
    note = {"note": "Les axes cités ne sont pas dits être tous ceux du contrat."}
    record["contract"]["open_list"] = draft.fact(True, "parmi lesquels") | note


@_one_in(11, 5)
def _other_period(draft: Draft, territory: Territory, record: Record) -> None:
    begin, end = (int(year) + 1 for year in record["contract"]["period"]["value"].values())
    span = {
        "id": "01",
        "begin": str(begin),
        "end": str(end),
        "note": "Le titre du texte donne d’autres années.",
    }
    evidence = draft.evidence(f"{begin}-{end}")
    record["contract"]["alternative_periods"] = [span | {"evidence": evidence}]


@_one_in(2, 1)
def _new_partner(draft: Draft, territory: Territory, record: Record) -> None:
    if "succeeds" in record["contract"]:
        last = [e for e in record["engagements"] if "party" in e and "position" in e][-1]
        last["new_partner"] = draft.fact(True, "de nouveaux partenaires")
        if territory.rank % 4 == 1:
            _announced(draft, record, "new-partner", "nouveaux partenaires")


@_one_in(4, 3)
def _more_action_sheets(draft: Draft, territory: Territory, record: Record) -> None:
    _announced(draft, record, "action-sheet", "fiches actions")


def _announced(draft: Draft, record: Record, item: str, words: str) -> None:
    """A number above what the record holds."""
    value = recorded(record, item) + draft.rng.randrange(1, 9)
    record["counts"].append({"item": item, "value": value, "evidence": draft.evidence(f"{value} {words}")})


@_one_in(2, 0)
def _communes(draft: Draft, territory: Territory, record: Record) -> None:
    if territory.level == "epci":
        # All contracts of a territory cover the same communes.
        number = 3 + territory.rank % 10
        ranks = sorted((territory.rank * 7 + 3 * n) % COMMUNES_LISTED for n in range(number))
        keys = [listed_commune(territory, rank).key for rank in ranks]
        evidence = draft.evidence(f"{number} communes")
        record["contract"]["communes"] = {"list": keys, "vintage": VINTAGE, "evidence": evidence}


@_one_in(3, 2)
def _person(draft: Draft, territory: Territory, record: Record) -> None:
    name = f"{STEMS[territory.rank % len(STEMS)]} {RIVERS[territory.rank % len(RIVERS)]}"
    record["engagements"][0]["represented_by"] = [draft.fact(f"p-{territory.rank:05d}", name)]


# --- what follows from them


def persons(records: list[Record]) -> Iterator[Record]:
    """The registry's entries for those who represent a body in the contracts of a territory."""
    posts: dict[str, Record] = {}
    for record in records:
        for engagement in record["engagements"]:
            for fact in engagement.get("represented_by", ()):
                evidence = fact["evidence"]
                entry = {"key": fact["value"], "name": evidence[0]["quote"], "posts": []}
                held = posts.setdefault(fact["value"], entry)["posts"]
                post = {
                    "id": f"{len(held) + 1:02d}",
                    "title": "présidence",
                    "organisation": engagement["party"],
                }
                held.append(post | {"document": evidence[0]["document"], "evidence": evidence})
    yield from posts.values()


def recorded(record: Record, item: str) -> int:
    """How many things of a kind that texts announce the record holds."""
    if item == "new-partner":
        return sum("new_partner" in e for e in record["engagements"])
    if item == "axis":
        return len(record["programme"])
    assert item == "action-sheet", item
    return sum(len(axis.get("children", ())) for axis in record["programme"])


def gaps(record: Record) -> Iterator[str]:
    """What the record announces and does not hold."""
    return (c["item"] for c in record["counts"] if c["value"] != recorded(record, c["item"]))


def natural(record: Record, iris: Iris) -> Iterator[Found]:
    """What is found of a record without a fault."""
    contract = iris.thing("contract", record["contract"]["key"])
    for item in gaps(record):
        yield from one(f"{contract}/count/{item}", "StatedCount-recordedNumber", "SPARQL", "Info")
    if not _has_agency(record):
        yield from one(contract, "LocalHealthContract-agency", "HasValue", "Warning")


def _has_agency(record: Record) -> bool:
    return any(e["kind"] == "ars" for e in record["engagements"])


def rows(records: list[Record]) -> Counter[str]:
    """The rows that the contracts of a territory give to ready questions, by construction."""
    found: Counter[str] = Counter(persons=sum(len(p["posts"]) for p in persons(records)))
    for record in records:
        contract, engagements = record["contract"], record["engagements"]
        coordinating = sum(e["role"] in ("carrier", "co-pilot", "coordinator") for e in engagements)
        found["contracts"] += 1
        found["announced"] += len(record["counts"])
        found["coordinators"] += coordinating + sum("acts_through" in e for e in engagements)
        found["new-partners"] += sum(_roles(e) for e in engagements if "new_partner" in e)
        found["open-lists"] += ("open_list" in contract) + sum("open_list" in e for e in engagements)
        found["period-conflicts"] += len(contract.get("alternative_periods", ()))
        found["unresolved"] += sum("party" not in e for e in engagements)
        found["without-agency"] += not _has_agency(record)
    return found


def _roles(engagement: Record) -> int:
    """Lead and associated signatories are signatories too, and questions have a row for each role."""
    return 2 if engagement["role"].endswith("-signatory") else 1
