"""Records made by chance, over the whole model: every field plain or annotated, every precision of date."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from cls_graph.records import Record

Plain = dict[str, Any]

_TEXT = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t'\"\\é😀{}<>"),
    min_size=1,
    max_size=30,
).filter(lambda text: text == text.strip() and not set(text) & {"\x7f", "\ufffe", "\uffff"})

_DAYS = st.dates().filter(lambda d: 1000 <= d.year < 3000).map(lambda d: d.isoformat())
_YEARS = st.integers(1000, 2999).map(str)
_PARTIAL = st.one_of(_YEARS, _DAYS.map(lambda d: d[:7]), _DAYS, _DAYS.map(lambda d: f"-{d[4:]}"))
_DATED = st.one_of(_YEARS, _DAYS.map(lambda d: d[:7]), _DAYS)
_DURATION = st.sampled_from(["P5Y", "P1Y6M", "P10D", "P11M", "P2Y3M4D"])
_NUMBER = st.integers(1, 999_999_999)
_FLAG = st.booleans()
_CODES = {
    "status": ["signed", "launched", "proposed"],
    "determinants": ["logement", "acces-aux-soins", "eau"],
    "populations": ["residents", "patients", "carers"],
    "approaches": ["inform", "prevent"],
    "kind": ["ars", "commune", "cpam"],
    "role": ["signatory", "lead-signatory", "associated-signatory", "carrier", "funder"],
    "axis_type": ["strategic", "transversal"],
    "milestone": ["launch", "signature"],
    "relation": ["implements", "coordinated-with"],
}
_BODY = st.sampled_from(["ars-84", "commune-26362", "cpam-26", "hopital-public-2A004"])
_PERSON = st.sampled_from(["p-0001", "p-0002"])
_PLACE = st.sampled_from(["commune/26362", "epci/200071199", "departement/2A"])
_COMMUNES = ["commune/26362", "commune/2A004", "commune/38001", "commune/97101"]
_MEASURE = st.sampled_from(["0", "80", "12.5", "-3", "0.25"])
_IDS = [f"{n:02d}" for n in range(1, 8)]


def _code(name: str) -> SearchStrategy[str]:
    return st.sampled_from(_CODES[name])


# One position of a document has one quote and one context: evidence is drawn from a pool made once a record.
def _pool(draw: Any) -> list[Plain]:
    pool = []
    for start in draw(st.lists(st.integers(0, 10**6), unique=True, min_size=1, max_size=5)):
        one = {"document": draw(st.sampled_from(["valence", "other-text"])), "quote": draw(_TEXT)}
        if draw(st.integers(0, 9)):
            one |= {"start": start, "end": start + len(one["quote"])}
        for side in ("prefix", "suffix"):
            if draw(_FLAG):
                one[side] = draw(st.text(alphabet="aé \n’😀", min_size=1, max_size=16))
        pool.append(one)
    return list(
        {(e["document"], e.get("start"), e["quote"] if "start" not in e else ""): e for e in pool}.values()
    )


@st.composite
def _qualifiers(draw: Any, pool: list[Plain]) -> Plain:
    found: Plain = {}
    if draw(_FLAG):
        found["assertion"] = draw(
            st.sampled_from(["stated", "inferred", "resolved-by-context", "unresolved"])
        )
    if draw(_FLAG):
        found["note"] = draw(_TEXT)
    if draw(_FLAG):
        found["evidence"] = draw(st.lists(st.sampled_from(pool), max_size=3, unique_by=id))
    return found


@st.composite
def records(draw: Any) -> Record:
    """A record of the model, with its sections in any order and any size."""
    pool = _pool(draw)

    def fact(values: SearchStrategy[Any]) -> Any:
        value = draw(values)
        return {"value": value, **draw(_qualifiers(pool))} if draw(_FLAG) else value

    def some(**fields: SearchStrategy[Any]) -> Plain:
        return {key: fact(values) for key, values in fields.items() if draw(_FLAG)}

    def many(**fields: SearchStrategy[Any]) -> Plain:
        found: Plain = {}
        for key, values in fields.items():
            if draw(_FLAG):
                found[key] = [fact(st.just(v)) for v in draw(st.lists(values, unique=True, max_size=3))]
        return found

    def period() -> Plain:
        ends = sorted(draw(st.lists(_DATED, min_size=2, max_size=2)), key=lambda d: d[:4])
        if ends[0][:4] == ends[1][:4]:
            ends = [ends[0]] * 2
        found = {key: end for key, end in zip(("begin", "end"), ends, strict=True) if draw(_FLAG)}
        return found if found and draw(_FLAG) else {**found, "duration": draw(_DURATION)}

    def coded() -> Plain:
        return many(**{key: _code(key) for key in ("determinants", "populations", "approaches")})

    def ids(limit: int = 3) -> list[str]:
        return draw(st.lists(st.sampled_from(_IDS), unique=True, max_size=limit))

    def amount() -> Plain:
        if not draw(_FLAG):
            return {}
        value = draw(st.one_of(_NUMBER.map(str), _NUMBER.map(lambda n: f"{n}.{n % 9 + 1}")))
        return {"amount": fact(st.just(value)), "currency": fact(st.just("EUR"))}

    def money(key: str, funder: Any) -> Plain:
        return {
            "id": key,
            **({} if funder is None else {"funder": funder}),
            **amount(),
            **some(frequency=st.sampled_from(["annual", "monthly"]), year=_YEARS, purpose=_TEXT),
            **some(period=st.just(period())),
            **draw(_qualifiers(pool)),
        }

    def amendments() -> list[Plain]:
        made: list[Plain] = []
        for key in ids():
            one = {"id": key, "milestone": fact(st.sampled_from(_IDS)), **draw(_qualifiers(pool))}
            one |= some(title=_TEXT, in_force=_DATED, description=_TEXT, period=st.just(period()))
            one |= some(revises=st.just(made[-1]["id"])) if made else {}
            part = st.sampled_from(_IDS)
            one |= many(added_parties=part, ended_parties=part, added_elements=part, removed_elements=part)
            made.append(one)
        return made

    def elements(free: list[str], depth: int) -> list[Plain]:
        made = []
        while free and draw(_FLAG):
            one = {
                "id": free.pop(),
                "type": draw(st.sampled_from(["axis", "objective", "action-sheet", "measure"])),
                "label": fact(_TEXT),
                **some(
                    axis_type=_code("axis_type"),
                    code=_TEXT,
                    position=_NUMBER,
                    horizon=_YEARS,
                    open_list=_FLAG,
                ),
                **many(actors=_BODY, pilot=_BODY, partners=_BODY, milestones=st.sampled_from(_IDS)),
                **some(period=st.just(period())),
                **coded(),
                "indicators": [
                    {
                        "id": i,
                        "label": fact(_TEXT),
                        **some(unit=_TEXT, target=_MEASURE, value=_MEASURE, year=_YEARS, target_year=_YEARS),
                        **draw(_qualifiers(pool)),
                    }
                    for i in ids(2)
                ],
                "budget": [money(i, fact(_BODY) if draw(_FLAG) else None) for i in ids(2)],
                **draw(_qualifiers(pool)),
            }
            if depth:
                one["children"] = elements(free, depth - 1)
            made.append(one)
        return made

    contract = {
        "key": draw(st.sampled_from(["26362-3", "26362-a", "26362-2025"])),
        "carrier": "commune-26362",
        **some(title=_TEXT, ordinal=_NUMBER, status=_code("status"), open_list=_FLAG),
        **many(territory=_PLACE, succeeds=st.sampled_from(["26362-1", "26362-2"])),
        **coded(),
        "alternative_periods": [{"id": i, **period(), **draw(_qualifiers(pool))} for i in ids()],
    }
    for key in ("period", "action_plan_period"):
        if draw(_FLAG):
            contract[key] = fact(st.just(period()))
    if draw(_FLAG):
        contract["review"] = {"state": "reviewed", "by": draw(_TEXT), "on": draw(_DAYS)}
        contract["review"]["earlier"] = [{"id": i, "by": draw(_TEXT), "on": draw(_DAYS)} for i in ids()]
    if draw(_FLAG):
        listed = draw(st.lists(st.sampled_from(_COMMUNES), unique=True, max_size=3))
        contract["communes"] = {"list": listed, **draw(_qualifiers(pool))}
        contract["communes"] |= {"vintage": "2026"} if draw(_FLAG) else {}
    engagements = ids()
    return Record.model_validate(
        {
            "contract": contract,
            "engagements": [
                {
                    "id": i,
                    "role": fact(_code("role")),
                    **some(party=_BODY, kind=_code("kind"), name_as_stated=_TEXT, position=_NUMBER),
                    **some(new_partner=_FLAG, collective=_FLAG, open_list=_FLAG, acts_through=_BODY),
                    **some(within=st.sampled_from(engagements)),
                    **many(represented_by=_PERSON),
                    **draw(_qualifiers(pool)),
                }
                for i in engagements
            ],
            "programme": elements(list(_IDS), 2),
            "milestones": [
                {
                    "id": i,
                    "type": fact(_code("milestone")),
                    **some(stated_date=_PARTIAL, inferred_date=_DAYS, duration=_DURATION),
                    **some(place=_PLACE, description=_TEXT),
                    **many(agents=st.one_of(_BODY, _PERSON)),
                    **draw(_qualifiers(pool)),
                }
                for i in ids()
            ],
            "funding": [{**money(i, fact(_BODY)), **some(cofunded=_FLAG)} for i in ids()],
            "amendments": amendments(),
            "counts": [
                {"item": i, "value": fact(_NUMBER), **draw(_qualifiers(pool))}
                for i in draw(st.lists(st.sampled_from(["axis", "signatory"]), unique=True))
            ],
            "frameworks": [
                {
                    "framework": i,
                    "relation": fact(_code("relation")),
                    **some(name_as_stated=_TEXT),
                    **draw(_qualifiers(pool)),
                }
                for i in draw(st.lists(st.sampled_from(["prs-84-2018", "plan-x"]), unique=True))
            ],
        }
    )


@pytest.fixture(scope="session")
def any_record() -> SearchStrategy[Record]:
    """The strategy; a test draws from it with ``data.draw``."""
    return records()
