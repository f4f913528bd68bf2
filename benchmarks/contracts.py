"""A made-up contract as a record: what a file of ``data/contracts`` holds, as plain data.

Sizes, generations and the popularity of bodies are skewed as in a real country: most contracts are short,
a few are long; an agency is in all contracts of its région, most associations in few.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from benchmarks.quoting import Draft, document_key
from benchmarks.rarities import add_rarities
from benchmarks.world import ASSOCIATIONS, DEPARTMENTAL, Country, Territory, local_kinds, pick, skewed

DETERMINANTS = (
    "sante-mentale acces-aux-soins logement prevention-promotion offre-de-soins mobilites addictions "
    "sante-environnement alimentation-durable activite-physique precarite bien-vieillir parentalite eau bruit"
).split()
POPULATIONS = "children-and-youth older-people residents disabled-people carers parents patients".split()
APPROACHES = "prevent coordinate inform train involve outreach observe support".split()
AIMS = "Renforcer Faciliter Développer Coordonner Soutenir Connaître Prévenir Adapter".split()
SUBJECTS = (
    "l’accès aux soins|la santé mentale|le logement|les mobilités|la prévention|l’offre de soins|"
    "la qualité de l’air|l’alimentation|l’activité physique|le repérage|la parentalité|le bien vieillir"
).split("|")
LIFE = 5
"""Years that a contract lasts; the next of its territory then begins."""

_DETERMINANT, _ASSOCIATION = skewed(len(DETERMINANTS), 0.9), skewed(ASSOCIATIONS, 1.0)


def series(country: Country, territory: Territory, scale: float = 1.0) -> Iterator[dict[str, Any]]:
    """The contracts of a territory, from the first generation to the last, as records.

    ``scale`` makes all of them longer or shorter.
    """
    rng = country.rng("series", territory.rank)
    generations = rng.choices((1, 2, 3), (0.6, 0.28, 0.12))[0]
    first = rng.randrange(2010, 2026 - LIFE * (generations - 1) - 3)
    previous = ""
    for generation in range(1, generations + 1):
        year, last = first + LIFE * (generation - 1), generation == generations
        record = contract(country, territory, generation, year, previous, last=last, scale=scale)
        previous = record["contract"]["key"]
        yield record


def contract(
    country: Country,
    territory: Territory,
    generation: int,
    year: int,
    previous: str,
    *,
    last: bool,
    scale: float = 1.0,
) -> dict[str, Any]:
    """One record that every rule of the project finds right."""
    rng = country.rng("contract", territory.rank, generation)
    draft = Draft(rng, document_key(territory, generation))
    size = scale * min(6.0, rng.lognormvariate(0.0, 0.55))
    head = _head(draft, territory, generation, year, previous, last)
    record = {
        "contract": head,
        "engagements": list(_engagements(draft, territory, size)),
        "programme": list(_programme(draft, size)),
        "milestones": _milestones(draft, territory, year),
    }
    if rng.random() < 0.5:
        record["funding"] = _funding(draft, territory, year)
    record["counts"] = [_count(draft, record)]
    record["frameworks"] = [
        {
            "framework": f"prs-{territory.region}",
            "relation": "implements",
            "name_as_stated": "projet régional de santé",
            "evidence": draft.evidence("projet régional de santé"),
        }
    ]
    add_rarities(country, territory, generation, record, draft.position)
    return record


REVIEWS = {
    "drafted": {"state": "drafted"},
    "reviewed": {"state": "reviewed", "by": "Relecture fictive", "on": "2026-01-15"},
}


def _head(
    draft: Draft, territory: Territory, generation: int, year: int, previous: str, last: bool
) -> dict[str, Any]:
    ranked = generation > 1 or draft.rng.random() < 0.7
    title = f"Contrat local de santé de {territory.name}"
    head: dict[str, Any] = {
        "key": f"{territory.code}-{generation if ranked else year}",
        "title": draft.fact(title, title),
        "territory": [draft.fact(territory.key, territory.name)],
        "carrier": f"{territory.level}-{territory.code}",
        "status": draft.fact("signed" if last else "ended", "ont signé le contrat"),
        "period": draft.fact({"begin": str(year), "end": str(year + LIFE)}, f"{year}-{year + LIFE}"),
        "review": REVIEWS[draft.rng.choice(["drafted", "reviewed"])],
    }
    if ranked:
        head["ordinal"] = draft.fact(generation, f"le {generation}e contrat")
    if previous:
        head["succeeds"] = [draft.fact(previous, "succède au précédent")]
    if draft.rng.random() < 0.6:
        slugs = _themes(draft.rng, draft.rng.randrange(1, 4))
        head["determinants"] = [draft.fact(slug, f"agir sur {slug}") for slug in slugs]
    return head


def _themes(rng: Random, number: int) -> list[str]:
    return list(dict.fromkeys(DETERMINANTS[pick(rng, _DETERMINANT)] for _ in range(number)))


def _engagements(draft: Draft, territory: Territory, size: float) -> Iterator[dict[str, Any]]:
    parties = [
        (f"{territory.level}-{territory.code}", territory.level, "lead-signatory"),
        (f"ars-{territory.region}", "ars", "signatory"),
    ]
    local = [(f"{kind}-{territory.code}", kind) for kind in local_kinds(territory)]
    around = [(f"{kind}-{territory.department}", kind) for kind in DEPARTMENTAL]
    draft.rng.shuffle(around)
    wanted = max(2, round(8 * size))
    others = (local + around)[:wanted]
    while len(others) < wanted:
        rank = pick(draft.rng, _ASSOCIATION)
        others.append((f"reseau-association-{rank:03d}", "reseau-association"))
    roles = ("signatory", "associated-signatory", "mobilised-partner", "implementing-actor")
    parties += [(key, kind, draft.rng.choice(roles)) for key, kind in dict.fromkeys(others)]
    draft.bodies |= {key for key, _, _ in parties}
    for position, (key, kind, role) in enumerate(parties, start=1):
        stated = f"{kind} ({position})"
        yield {
            "id": f"{position:02d}",
            "party": key,
            "kind": kind,
            "role": role,
            "name_as_stated": stated,
            "position": position,
            "evidence": draft.evidence(stated),
        }


def _programme(draft: Draft, size: float) -> Iterator[dict[str, Any]]:
    numbers = iter(range(1, 1000))
    for axis in range(1, 1 + max(1, round(3 * size))):
        children = [
            _element(draft, next(numbers), "action-sheet", position)
            for position in range(1, 1 + min(12, int(draft.rng.expovariate(1 / (2 + 2 * size)))))
        ]
        element = _element(draft, next(numbers), "axis", axis)
        yield {**element, "axis_type": "strategic", **({"children": children} if children else {})}


def _element(draft: Draft, number: int, kind: str, position: int) -> dict[str, Any]:
    rng = draft.rng
    label = f"{rng.choice(AIMS)} {rng.choice(SUBJECTS)} ({number})"
    element: dict[str, Any] = {
        "id": f"{number:03d}",
        "type": kind,
        "label": label,
        "position": position,
        "determinants": _themes(rng, rng.randrange(1, 3)),
        "evidence": draft.evidence(label),
    }
    if rng.random() < 0.3:
        element["populations"] = [rng.choice(POPULATIONS)]
    if rng.random() < 0.3:
        element["approaches"] = [rng.choice(APPROACHES)]
    if kind == "action-sheet" and draft.bodies and rng.random() < 0.3:
        element["actors"] = [rng.choice(sorted(draft.bodies))]
    return element


def _milestones(draft: Draft, territory: Territory, year: int) -> list[dict[str, Any]]:
    month, day = draft.rng.randrange(1, 13), draft.rng.randrange(1, 29)
    signature: dict[str, Any] = {
        "id": "01",
        "type": "signature",
        "place": territory.key,
        "stated_date": f"{year}-{month:02d}-{day:02d}",
        "evidence": draft.evidence("la signature du contrat"),
    }
    if draft.rng.random() < 0.4:
        signature |= {
            "stated_date": f"--{month:02d}-{day:02d}",
            "inferred_date": f"{year}-{month:02d}-{day:02d}",
            "note": "L’année est celle du contrat.",
        }
    diagnosis = {
        "id": "02",
        "type": "diagnosis",
        "stated_date": str(year - 1),
        "evidence": draft.evidence("diagnostic local de santé"),
    }
    return [signature, diagnosis] if draft.rng.random() < 0.5 else [signature]


def _funding(draft: Draft, territory: Territory, year: int) -> list[dict[str, Any]]:
    amount = draft.rng.randrange(5, 90) * 1000
    return [
        {
            "id": "01",
            "funder": f"ars-{territory.region}",
            "amount": str(amount),
            "currency": "EUR",
            "frequency": "annual",
            "year": str(year),
            "purpose": "coordination du contrat",
            "evidence": draft.evidence(f"{amount} euros par an"),
        }
    ]


def _count(draft: Draft, record: dict[str, Any]) -> dict[str, Any]:
    axes = len(record["programme"])
    return {"item": "axis", "value": axes, "evidence": draft.evidence(f"{axes} axes")}
