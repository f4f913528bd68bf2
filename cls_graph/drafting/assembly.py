"""Puts a draft together: one record for each contract of the text, its doubts in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from cls_graph.corpus import Corpus
from cls_graph.drafting import contracts as c
from cls_graph.drafting import facts
from cls_graph.drafting.dates import find_spans
from cls_graph.drafting.doubts import NOTES, doubt
from cls_graph.drafting.events import Event, EventReader
from cls_graph.drafting.layout import Page
from cls_graph.drafting.matching import Matcher
from cls_graph.drafting.mentions import Mention, find_mentions, weak_mentions
from cls_graph.drafting.parties import Party, other_roles, signatories
from cls_graph.drafting.programme import Axis, Programme, ProgrammeReader
from cls_graph.drafting.quotes import Quoter
from cls_graph.drafting.reading import Source
from cls_graph.drafting.signing import Frame, Reader, Signer
from cls_graph.errors import Text
from cls_graph.geo import codes, fold_name
from cls_graph.records.model import Record

Plain = dict[str, Any]
SURE_ENOUGH = 0.5


@dataclass
class Draft:
    """One contract: the record (with ``confidence`` beside its statements), its doubts, new bodies."""

    record: Plain
    doubts: list[Text] = field(default_factory=list)
    organisations: list[Plain] = field(default_factory=list)

    def plain(self) -> Plain:
        """The record without what only a draft has: it reads as a record of ``data/contracts``."""
        plain: Plain = _strip(self.record)
        return plain

    def faults(self) -> list[str]:
        """What keeps the record from the schema, as paths; empty where it is valid."""
        try:
            Record.model_validate(self.plain())
        except ValidationError as error:
            return sorted(".".join(str(part) for part in problem["loc"]) for problem in error.errors())
        return []


def draft(source: Source, corpus: Corpus) -> list[Draft]:
    """The drafts of a text, one for each contract it speaks of. Never raises on what a text says."""
    return _Drafter(source, corpus).drafts()


class _Drafter:
    def __init__(self, source: Source, corpus: Corpus) -> None:
        self.corpus = corpus
        self.page = Page(source.text)
        self.mentions = find_mentions(self.page)
        self.reader = Reader(self.page, self.mentions, weak_mentions(self.page, self.mentions))
        self.frames = self.reader.frames()
        self.quotes = Quoter(source, self.page, corpus.registry)
        self.spans = find_spans(self.page)
        self.words = facts.determinant_words(corpus)

    def drafts(self) -> list[Draft]:
        if not re.search(r"\bcontrat|\bcls\b|\bsignataires?\b|\bplan d'actions?\b", self.page.folded):
            made = Draft({"contract": {"review": {"state": "drafted"}}, "source": self.quotes.source()})
            made.doubts.append(doubt("no-contract"))
            return [made]
        context = c.context_of(self.page, self.mentions)
        signers = [s.mention for f in self.frames for s in f.signers]
        places = c.territories(self.page, self.mentions, signers, context)
        subjects = [
            [s.mention for s in f.signers if s.mention.kind in c.LOCAL and s.mention.name]
            for f in self.frames
        ]
        found = c.contracts_of(self.page, places, subjects)
        return [self._contract(contract, places, context) for contract in found]

    def _contract(self, contract: c.Contract, places: list[c.Candidate], context: c.Context) -> Draft:
        made = Draft({"contract": {}})
        place = contract.territory.place if contract.territory else None
        matcher = Matcher(self.corpus.registry, context, place)
        rank = c.ordinal_of(self.page, contract)
        rough = c.Attribution(self.page, rank[0] if rank else 0, "")
        spans, _ = c.period_of(self.page, self.spans, contract, rough)
        begin = max((s.begin for s in spans if s.begin), default="")
        attribution = c.Attribution(self.page, rank[0] if rank else 0, begin)
        spans, plans = c.period_of(self.page, self.spans, contract, attribution)
        frames = [f for f in self.frames if contract.holds(f.start) and not self._earlier(f, attribution)]
        self._implied(frames, contract)
        parties = signatories(
            self.page, frames, matcher, fold_name(contract.territory.label) if contract.territory else ""
        )
        stop = next((s.stop for s in spans if s.stop), "")
        events = EventReader(self.page, contract, attribution, begin, stop)
        signature, others = events.signature(), events.others()
        programme = ProgrammeReader(self.page, contract.parts, self._skipped(attribution)).read()
        head = made.record["contract"]
        self._territory(made, contract, places, rank[0] if rank else 0, begin)
        if rank:
            head["ordinal"] = self._fact(rank[0], rank[1], 0.95)
        status = events.status(signature, others)
        if status:
            head["status"] = self._fact(status[0], status[1], 0.9 if status[0] == "signed" else 0.75)
        self._period(made, spans, plans)
        self._engagements(made, parties, matcher, contract)
        self._programme(made, programme)
        self._milestones(made, signature, others)
        self._small(made, matcher, contract, programme, parties)
        self._succeeds(made, rank[0] if rank else 0)
        head["review"] = {"state": "drafted"}
        made.record["contract"] = {key: head[key] for key in sorted(head, key=_place_of_key)}
        made.record["source"] = self.quotes.source()
        if not self.quotes.known:
            made.doubts.append(doubt("document", key=self.quotes.key, digest=self.quotes.digest))
        return made

    def _earlier(self, frame: Frame, attribution: c.Attribution) -> bool:
        """Whether a passage is of an earlier contract; a list with new partners is of the new one."""
        if not attribution.previous(frame.start, frame.end):
            return False
        if any(s.new for s in frame.signers) and re.search(
            r"\bnouveaux (?:partenaires|signataires)", self.page.folded[frame.start :]
        ):
            frame.doubt = "attachment"
            return False
        return True

    def _implied(self, frames: list[Frame], contract: c.Contract) -> None:
        """ "Le contrat est signé avec l'ARS": the authority of the territory signs, without being said to."""
        if contract.territory is None or any(s.mention.kind in c.LOCAL for f in frames for s in f.signers):
            return
        for frame in frames:
            words = self.page.folded[frame.start : frame.end]
            own = [
                m
                for m in self.mentions
                if m.kind in c.LOCAL
                and m.name
                and contract.territory.key in (fold_name(m.name), fold_name(m.text))
            ]
            if words.rstrip(" :").endswith("avec") and not frame.doubt and own and frame.signers:
                frame.signers.append(Signer(own[0], 0, doubt="implied"))
                return

    def _skipped(self, attribution: c.Attribution) -> list[tuple[int, int]]:
        """The sentences about an earlier contract, and the list that one of them announces."""
        out = []
        for block in self.page.blocks:
            sentences = self.page.sentences_of(block)
            for start, end in sentences:
                heads = list(c.NOUN.finditer(self.page.folded, start, end))
                if heads and all(attribution.previous(m.start("head"), m.end()) for m in heads):
                    out.append((start, end))
        return out

    # --- the contract

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
        self, made: Draft, contract: c.Contract, places: list[c.Candidate], rank: int, begin: str
    ) -> None:
        head, candidate, table = made.record["contract"], contract.territory, codes()
        if candidate is None:
            made.doubts.append(doubt("no-territory"))
            return
        head["territory_label"] = self.quotes.text(candidate.start, candidate.end)
        span = (candidate.start, candidate.end)
        named = f"contrat local de santé : {head['territory_label']}"
        if candidate.place is None:
            choices = candidate.choices
            code = "territory-homonyms" if choices else "territory-unknown"
            shown = ", ".join(f"{p.key} ({p.name}, {p.departement})" for p in choices[:6])
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
            suffix = str(rank) if rank else begin[:4] if begin else "a"
            head["key"] = f"{place.code}-{suffix}"
            head["carrier"] = entry.key if entry else f"{place.level}-{place.code}"
            head["territory"] = [
                self._fact(
                    place.key,
                    span,
                    0.95 if candidate.anchored else 0.85,
                    assertion="resolved-by-context",
                    note=NOTES["place"].format(vintage=table.vintage),
                )
            ]
            if entry is None:
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
        if lasting:
            value["duration"] = lasting[0].duration
            evidence.append(self.quotes.quote(lasting[0].start, lasting[0].end))
        if value:
            begin, end = value.get("begin", ""), value.get("end", "")
            if begin and end and end[: min(len(begin), len(end))] < begin[: min(len(begin), len(end))]:
                value.pop("end")
            head["period"] = {"value": value, "evidence": evidence, "confidence": 0.93 if whole else 0.8}
        elif plans:
            plan = plans[0]
            span = {
                k: v for k, v in (("begin", plan.begin), ("end", plan.stop), ("duration", plan.duration)) if v
            }
            head["action_plan_period"] = {
                "value": span,
                "evidence": [self.quotes.quote(plan.start, plan.end)],
                "confidence": 0.85,
            }

    # --- parts

    def _engagements(self, made: Draft, parties: list[Party], matcher: Matcher, contract: c.Contract) -> None:
        rows: list[Plain] = []
        ids: dict[int, str] = {}
        everyone = [*parties, *other_roles(self.page, self.reader, matcher, parties, contract.holds)]
        listed = {p.order[0] for p in parties if p.order[0] == 0 and len(parties) > 2}
        position = 0
        for number, party in enumerate(everyone, 1):
            item: Plain = {"id": f"{number:02}"}
            mention, match = party.mention, party.match
            ids[mention.start] = item["id"]
            notes = [NOTES[party.doubt]] if party.doubt else [NOTES[party.note]] if party.note else []
            assertion = (
                "unresolved"
                if party.doubt or party.sure < SURE_ENOUGH
                else {"attachment": "resolved-by-context", "implied": "inferred"}.get(party.note, "")
            )
            if match.key and not party.doubt:
                item["party"] = match.key
                if match.context:
                    assertion, notes = assertion or "resolved-by-context", [*notes, NOTES["context"]]
                if not match.known and match.proposal is not None:
                    self._new_body(
                        made,
                        match.proposal.model_dump(
                            exclude_none=True, include={"key", "label", "kind", "territory"}
                        ),
                    )
            elif not party.doubt:
                notes.append(NOTES["weak" if mention.weak else "unknown" if mention.name else "unnamed"])
                if party.role == "signatory":
                    made.doubts.append(doubt("no-party", name=self.quotes.text(mention.start, mention.end)))
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
            item["confidence"] = party.sure
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

    def _new_body(self, made: Draft, entry: Plain) -> None:
        entry = entry | {"territory": list(entry["territory"])}
        if all(o["key"] != entry["key"] for o in made.organisations):
            made.organisations.append(entry)
            made.doubts.append(doubt("not-in-registry", key=entry["key"], label=entry["label"]))

    def _programme(self, made: Draft, programme: Programme) -> None:
        rows: list[Plain] = []
        self.number = 0
        for position, axis in enumerate(programme.axes, 1):
            rows.append(self._element(axis, "axis", position))
        if rows:
            made.record["programme"] = rows
        if any(a.open for a in programme.axes):
            made.record["contract"]["open_list"] = True
        totals = [n for n in programme.counts if programme.axes and n.word == programme.axes[0].word]
        if totals and rows:
            kinds = {n.kind for n in totals}
            stated = (
                max(n.value for n in totals if n.kind == "unspecified")
                if "unspecified" in kinds
                else sum({n.kind: n.value for n in totals}.values())
            )
            if stated != len(rows):
                made.doubts.append(doubt("axes-mismatch", stated=stated, found=len(rows)))

    def _element(self, axis: Axis, kind: str, position: int) -> Plain:
        self.number += 1
        item: Plain = {"id": f"{self.number:02}", "type": kind}
        folded = self.page.folded[axis.start : axis.end]
        if kind == "axis":
            item["axis_type"] = axis.kind
        if axis.code:
            item["code"] = axis.code
        item["label"] = self.quotes.text(axis.start, axis.end)
        item["position"] = position
        for key, found in (
            ("determinants", facts.determinants_in(item["label"], self.words)),
            ("populations", facts.codes_in(folded, facts.POPULATIONS)),
            ("approaches", facts.codes_in(folded, facts.APPROACHES)),
        ):
            if found:
                item[key] = found
        if axis.sure < SURE_ENOUGH:
            item["assertion"] = "unresolved"
        item["evidence"] = [self.quotes.quote(axis.start, axis.end, title=True)]
        item["confidence"] = axis.sure
        children = [
            self._element(child, "measure" if child.word == "mesure" else "objective", at)
            for at, child in enumerate(axis.children, 1)
        ]
        if children:
            for same in ("measure", "objective"):
                for at, child in enumerate([x for x in children if x["type"] == same], 1):
                    child["position"] = at
            item["children"] = children
        return item

    def _milestones(self, made: Draft, signature: Event | None, others: list[Event]) -> None:
        rows = []
        for number, event in enumerate([e for e in (signature, *others) if e], 1):
            item: Plain = {"id": f"{number:02}", "type": event.type}
            if event.stated:
                item["stated_date"] = event.stated
            if event.inferred:
                item["inferred_date"] = event.inferred
            note = " ".join(n for n in (event.note, NOTES["planned"] if event.planned else "") if n)
            if note:
                item["note"] = note
            item["evidence"] = [self.quotes.quote(event.start, event.end)]
            item["confidence"] = event.sure
            rows.append(item)
            if event.type == "signature" and len(event.stated) < 10 and not event.inferred:
                made.doubts.append(doubt("no-date", note=event.note or "—"))
        if rows:
            made.record["milestones"] = rows

    def _small(
        self, made: Draft, matcher: Matcher, contract: c.Contract, programme: Programme, parties: list[Party]
    ) -> None:
        counts = [
            (f.value.split("=")[0], int(f.value.split("=")[1]), (f.start, f.end))
            for f in facts.counts_in(self.page, contract.holds)
        ]
        items = {
            "unspecified": "axis",
            "transversal": "transversal-axis",
            "strategic": "strategic-axis",
            "thematic": "thematic-axis",
        }
        counts += [(items[n.kind], n.value, (n.start, n.end)) for n in programme.counts if n.word == "axe"]
        rows: dict[str, Plain] = {}
        for item, value, span in counts:
            rows.setdefault(
                item,
                {"item": item, "value": value, "evidence": [self.quotes.quote(*span)], "confidence": 0.95},
            )
        if rows:
            made.record["counts"] = list(rows.values())
        stated = rows.get("signatory", {}).get("value")
        sure = sum(1 for p in parties if not p.doubt)
        if stated and sure and stated != sure:
            made.doubts.append(doubt("count-mismatch", stated=stated, found=sure))
        self._money(made, matcher, contract)
        self._frameworks(made, matcher)
        words = [
            m
            for m in re.finditer(
                r"\b(?:insiste|met l'accent|accent (?:est|sera) mis|porte une attention|"
                r"priorite est donnee|attention particuliere)\b[^.;:]{0,90}",
                self.page.folded,
            )
            if contract.holds(m.start())
        ]
        stressed = [
            (slug, m.span())
            for m in words
            for slug in facts.determinants_in(self.page.text[m.start() : m.end()], self.words)
        ]
        if stressed:
            made.record["contract"]["determinants"] = [
                self._fact(slug, span, 0.7) for slug, span in dict(reversed(stressed)).items()
            ]

    def _money(self, made: Draft, matcher: Matcher, contract: c.Contract) -> None:
        rows: list[Plain] = []
        for money in facts.money_in(self.page, self.mentions):
            match = matcher.match(money.funder)
            if not match.key or not contract.holds(money.start) or not money.currency:
                continue
            item: Plain = {
                "id": f"{len(rows) + 1:02}",
                "funder": match.key,
                "amount": money.amount,
                "currency": "EUR",
            }
            if money.yearly:
                item["frequency"] = "annual"
            if money.duration:
                item["period"] = {"duration": money.duration}
            item |= {"evidence": [self.quotes.quote(money.start, money.end)], "confidence": 0.75}
            rows.append(item)
        if rows:
            made.record["funding"] = rows

    def _frameworks(self, made: Draft, matcher: Matcher) -> None:
        found = facts.frameworks_in(self.page)
        if not found or not matcher.region:
            return
        first = found[0]
        entries = [
            k
            for k, f in self.corpus.registry.frameworks.items()
            if f.type == "regional-health-project"
            and any(t.value == f"region/{matcher.region}" for t in f.territory)
        ]
        key = next(
            (k for k in entries if not first.value or k.endswith(first.value)),
            f"prs-{matcher.region}-{first.value}" if first.value else "",
        )
        name = self.quotes.text(first.start, first.end)
        if not key or key not in self.corpus.registry.frameworks:
            made.doubts.append(doubt("framework", name=name))
        if key:
            made.record["frameworks"] = [
                {
                    "framework": key,
                    "relation": "implements",
                    "name_as_stated": name,
                    "assertion": "inferred",
                    "note": "Cadre cité par le texte ; la mise en œuvre par ce contrat est à vérifier.",
                    "evidence": [self.quotes.quote(first.start, first.end)],
                    "confidence": 0.6,
                }
            ]

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


def _place_of_key(key: str) -> int:
    """Where a key of the contract stands in a record: as in the model."""
    names = ("territory_label", *Record.model_fields["contract"].annotation.model_fields)  # type: ignore[union-attr]
    return names.index(key)


def _strip(node: Any) -> Any:
    if isinstance(node, list):
        return [_strip(x) for x in node]
    if isinstance(node, dict):
        return {
            k: _strip(v)
            for k, v in node.items()
            if k not in ("confidence", "candidates", "territory_label", "source", "organisations", "doubts")
        }
    return node
