"""The head of a draft record and its engagements."""

from __future__ import annotations

import re
from typing import Any

from cls_graph.corpus import Corpus
from cls_graph.drafting import facts
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.bounds import LONGEST
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.doubts import NOTES, doubt, places_shown
from cls_graph.drafting.lands import town_of_district
from cls_graph.drafting.layout import Page
from cls_graph.drafting.matching import Matcher
from cls_graph.drafting.mentions import find_mentions
from cls_graph.drafting.outcome import SURE_ENOUGH, Draft, Plain
from cls_graph.drafting.parties import Party, other_roles
from cls_graph.drafting.places import Candidate
from cls_graph.drafting.proposing import SEATED, Given
from cls_graph.drafting.quotes import Quoter
from cls_graph.drafting.reading import Source
from cls_graph.drafting.retelling import retold
from cls_graph.drafting.signing import Reader
from cls_graph.drafting.spans import find_spans, lasts
from cls_graph.drafting.weak import weak_mentions
from cls_graph.geo import codes, fold_name

SURE = {"guess": 0.45, "address": 0.6, "departement": 0.6, "people": 0.8, "named": 0.85, "anchored": 0.95}
"""How sure a territory is, by what tells it."""


class Head:
    """What is read of a page once, and the parts of a record about the contract and its parties."""

    def __init__(self, source: Source, corpus: Corpus) -> None:
        self.corpus = corpus
        read = retold(source.text[:LONGEST], corpus.kind)
        self.page = Page(read.text, source.published)
        self.mentions = find_mentions(self.page)
        self.reader = Reader(self.page, self.mentions, weak_mentions(self.page, self.mentions))
        self.frames = self.reader.frames()
        self.quotes = Quoter(source, read, corpus.registry)
        self.spans = find_spans(self.page)
        self.words = facts.determinant_words(corpus)
        self.given = Given(corpus.registry.organisations)

    def _fact(
        self, value: Any, span: tuple[int, int], sure: float, *, assertion: str = "", note: str = ""
    ) -> Plain:
        fact: Plain = {"value": value}
        if assertion or sure < SURE_ENOUGH:
            fact["assertion"] = assertion or "unresolved"
        if note:
            fact["note"] = note
        fact["evidence"] = [self.quotes.quote(*span)]
        fact["confidence"] = sure
        return fact

    def _territory(
        self, made: Draft, contract: Contract, places: list[Candidate], rank: int, begin: str
    ) -> None:
        head, candidate, table = made.record["contract"], contract.territory, codes()
        if candidate is None:
            made.doubts.append(doubt("no-territory"))
            return
        words = self.quotes.text(candidate.start, candidate.end)
        head["territory_label"] = candidate.told_as or words
        span = (candidate.start, candidate.end)
        named = f"{self.corpus.kind.names['fr'].singular} : {head['territory_label']}"
        if candidate.place is None:
            choices, town = candidate.choices, town_of_district(head["territory_label"])
            code = ("territory-unknown", "territory-elsewhere", "territory-homonyms")[min(len(choices), 2)]
            code, choices = ("territory-district", [town]) if town else (code, choices)
            shown = places_shown(choices)
            made.doubts.append(
                doubt(code, name=head["territory_label"], choices=shown, vintage=table.vintage)
            )
        else:
            place = candidate.place
            entry = next(
                (
                    o
                    for o in self.corpus.registry.organisations.values()
                    if o.kind == place.level and place.key in o.territory
                ),
                None,
            )
            year = begin[:4] or (contract.signed.value[:4] if contract.signed else "")
            suffix = str(rank) if rank else year if year.isdigit() else "a"
            head["key"] = f"{place.code}-{suffix}"
            head["carrier"] = entry.key if entry else f"{place.level}-{place.code}"
            only = "people" if candidate.told_as else candidate.hint
            guessed = candidate.guessed or candidate.away
            if guessed:
                shown = places_shown(candidate.choices)
                told = "territory-away" if candidate.away else "territory-homonyms"
                made.doubts.append(doubt(told, name=words, choices=shown))
            head["territory"] = [
                self._fact(
                    place.key,
                    span,
                    SURE["guess" if guessed else only or ("anchored" if candidate.anchored else "named")],
                    assertion="unresolved" if guessed else "inferred" if only else "resolved-by-context",
                    note=NOTES[only or "place"].format(vintage=table.vintage),
                )
                for place in (place, *candidate.others)
            ]
            if only:
                made.doubts.append(doubt(f"territory-{only}", words=words, name=place.name))
            if candidate.others:
                made.doubts.append(doubt("common", carrier=head.pop("carrier")))
            elif entry is None:
                self._new_body(
                    made,
                    {
                        "key": head["carrier"],
                        "label": place.name,
                        "kind": place.level,
                        "territory": [place.key],
                    },
                )
        head["title"] = {
            "value": named[:1].upper() + named[1:],
            "assertion": "resolved-by-context",
            "note": "Titre composé du territoire dit par le texte.",
            "evidence": [self.quotes.quote(*span)],
            "confidence": 0.6,
        }
        second = [p for p in places if p is not candidate and p.anchored and p.place != candidate.place]
        if second and not contract.several:
            made.doubts.append(
                doubt("territory-second", names=", ".join(f"« {p.label} »" for p in second[:3]))
            )

    def _period(self, made: Draft, spans: list[Any], plans: list[Any]) -> None:
        head = made.record["contract"]
        whole = [s for s in spans if s.begin and s.stop] or [s for s in spans if s.begin or s.stop]
        lasting = [s for s in spans if s.duration]
        value: Plain = {}
        evidence = []
        if whole:
            value = {k: v for k, v in (("begin", whole[0].begin), ("end", whole[0].stop)) if v}
            evidence.append(self.quotes.quote(whole[0].start, whole[0].end))
            for other in whole[1:]:
                if not (whole[0].begin and whole[0].stop) and (
                    (other.begin and not value.get("begin")) or (other.stop and not value.get("end"))
                ):
                    value |= {k: v for k, v in (("begin", other.begin), ("end", other.stop)) if v}
                    evidence.append(self.quotes.quote(other.start, other.end))
            rivals = sorted(
                {
                    f"{s.begin}-{s.stop}"
                    for s in whole[1:]
                    if s.begin
                    and s.stop
                    and (s.begin[:4], s.stop[:4]) != (value.get("begin", "")[:4], value.get("end", "")[:4])
                }
            )
            if rivals:
                made.doubts.append(doubt("periods", other=", ".join(rivals)))
        for other in spans if value else ():
            told = (("begin", other.begin), ("end", other.stop))
            if finer := {k: v for k, v in told if len(v) > 4 and value.get(k) == v[:4]}:
                value |= finer  # "2023 – 2028", of which an article tells the days
                evidence.append(self.quotes.quote(other.start, other.end))
        fits = [s for s in lasting if lasts(s.duration, value.get("begin", ""), value.get("end", ""))]
        if fits:
            value["duration"] = fits[0].duration
            evidence.append(self.quotes.quote(fits[0].start, fits[0].end))
        elif lasting:
            # One of the two is wrong, or of another contract: which, a person sees.
            words = self.quotes.text(lasting[0].start, lasting[0].end)
            made.doubts.append(doubt("duration", words=words, period=evidence[0]["quote"]))
        if value:
            begin, end = value.get("begin", ""), value.get("end", "")
            if begin and end and end[: min(len(begin), len(end))] < begin[: min(len(begin), len(end))]:
                value.pop("end")
            head["period"] = {"value": value, "evidence": evidence, "confidence": 0.93 if whole else 0.8}
        if plans and not whole:
            plan = plans[0]
            span = {
                k: v for k, v in (("begin", plan.begin), ("end", plan.stop), ("duration", plan.duration)) if v
            }
            head["action_plan_period"] = {
                "value": span,
                "evidence": [self.quotes.quote(plan.start, plan.end)],
                "confidence": 0.85,
            }

    def _succeeds(self, made: Draft, rank: int) -> None:
        head = made.record["contract"]
        said = re.search(
            r"\b(?:precedent (?:contrat|cls)|(?:contrat|cls) precedent|premier (?:contrat|"
            r"cls)|succede|renouvel\w+|suite au precedent)",
            self.page.folded,
        )
        if rank < 2 or not said or "key" not in head:
            return
        code = head["key"].split("-")[0]
        known = sorted(
            r.value.contract.key
            for r in self.corpus.records
            if r.value and r.value.contract.key.startswith(f"{code}-") and r.value.contract.key != head["key"]
        )
        key = known[-1] if known else f"{code}-{rank - 1}"
        head["succeeds"] = [
            self._fact(
                key, said.span(), 0.6, assertion="inferred", note="Contrat antérieur supposé par le rang."
            )
        ]
        if not known:
            made.doubts.append(doubt("predecessor", key=key))

    def _new_body(self, made: Draft, entry: Plain) -> None:
        entry = entry | {"territory": list(entry["territory"])}
        if all(o["key"] != entry["key"] for o in made.organisations):
            made.organisations.append(entry)
            made.doubts.append(doubt("not-in-registry", key=entry["key"], label=entry["label"]))

    def _through(self, mention: Mention) -> str:
        """The delegation of the agency by which it acts, where the registry has it."""
        words = fold_name(mention.through)
        for key, entry in sorted(self.corpus.registry.organisations.items()):
            if words and entry.kind == "delegation-ars" and entry.territory:
                level, _, code = entry.territory[0].partition("/")
                place = codes().by_code(level, code)
                if place and f" {fold_name(place.name)} " in f" {words} ":
                    return key
        return ""

    def _engagements(self, made: Draft, parties: list[Party], matcher: Matcher, contract: Contract) -> None:
        rows: list[Plain] = []
        ids: dict[int, str] = {}
        everyone = [*parties, *other_roles(self.page, self.reader, matcher, parties, contract.holds)]
        listed = {p.order[0] for p in parties if p.order[0] == 0 and len(parties) > 2}
        position = 0
        for number, party in enumerate(everyone, 1):
            item: Plain = {"id": f"{number:02}"}
            mention, match, sure = party.mention, party.match, party.sure
            ids[mention.start] = item["id"]
            notes = [NOTES[party.doubt]] if party.doubt else [NOTES[party.note]] if party.note else []
            assertion = (
                "unresolved"
                if party.doubt or party.sure < SURE_ENOUGH
                else {
                    "attachment": "resolved-by-context",
                    "implied": "inferred",
                    "named": "resolved-by-context",
                }.get(party.note, "")
            )
            if match.key and not party.doubt:
                item["party"] = match.key
                if match.context:
                    assertion, notes = assertion or "resolved-by-context", [*notes, NOTES["context"]]
                if match.away is not None:
                    sure, notes = min(sure, 0.6), [*notes, NOTES["elsewhere"]]
                    shown = places_shown([match.away])
                    named = self.quotes.text(mention.start, mention.end)
                    made.doubts.append(doubt("party-elsewhere", name=named, choices=shown))
                if not match.known and match.proposal is not None:
                    # The registry may have a hospital under another name: a person looks.
                    sure = min(sure, 0.85) if match.kind in SEATED else sure
                    self._new_body(
                        made,
                        match.proposal.model_dump(
                            exclude_none=True, include={"key", "label", "kind", "territory"}
                        ),
                    )
            elif not party.doubt:
                known = "elsewhere" if len(match.places) == 1 else "homonyms" if match.places else ""
                alike = any(c.reason in ("spelling", "name") for c in match.candidates)
                told = "alike" if alike else "unknown" if mention.name else "unnamed"
                told = "weak" if mention.weak else told
                notes.append(NOTES[known or told])
                if known or party.role == "signatory":
                    named = self.quotes.text(mention.start, mention.end)
                    shown = places_shown(match.places)
                    made.doubts.append(
                        doubt(f"party-{known}" if known else "no-party", name=named, choices=shown)
                    )
            if through := self._through(mention):
                item["acts_through"] = through
            item["kind"] = match.kind
            item["role"] = party.role
            item["name_as_stated"] = self.quotes.text(*mention.quote)
            if mention.parts == () and mention.quote != (mention.start, mention.end):
                item["name_as_stated"] = self.quotes.text(*mention.quote)
            if party.role == "signatory" and party.order[0] in listed:
                position += 1
                item["position"] = position
            if party.new:
                item["new_partner"] = True
            if (
                mention.plural
                and not mention.parts
                and mention.quote == (mention.start, mention.end)
                and not mention.name
            ):
                item["collective"] = True
            if party.within is not None and party.within.start in ids:
                item["within"] = ids[party.within.start]
            if assertion:
                item["assertion"] = assertion
            if notes:
                item["note"] = " ".join(dict.fromkeys(notes))
            item["evidence"] = [self.quotes.quote(*mention.quote)]
            item["confidence"] = sure
            if match.candidates and not match.known:
                item["candidates"] = [
                    {"party": x.key, "label": x.label, "score": x.score, "reason": x.reason}
                    for x in match.candidates
                ]
            rows.append(item)
        if rows:
            made.record["engagements"] = rows
        if not any(r["role"] == "signatory" and r.get("assertion") != "unresolved" for r in rows):
            made.doubts.append(doubt("no-signatories"))
