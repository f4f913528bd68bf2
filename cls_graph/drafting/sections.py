"""The other parts of a draft record: programme, milestones, counts, money, frameworks."""

from __future__ import annotations

import re

from cls_graph.drafting import facts
from cls_graph.drafting.amending import Amendment
from cls_graph.drafting.axes import Axis, Programme
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.doubts import NOTES, doubt
from cls_graph.drafting.heading import Head
from cls_graph.drafting.matching import Matcher
from cls_graph.drafting.outcome import SURE_ENOUGH, Draft, Plain
from cls_graph.drafting.parties import Party
from cls_graph.drafting.steps import Event


class Sections(Head):
    """Adds what the text says beside the contract and its parties."""

    def _programme(self, made: Draft, programme: Programme) -> None:
        rows: list[Plain] = []
        self.number = 0
        for position, axis in enumerate(programme.axes, 1):
            rows.append(self._element(axis, "axis", position))
        if rows:
            made.record["programme"] = rows
        some = next((a.open for a in programme.axes if a.open), None)
        if some:
            made.record["contract"]["open_list"] = self._fact(True, some, 0.8)
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
        if axis.note:
            item["note"] = NOTES[axis.note]
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

    def _amendments(self, made: Draft, amendments: list[Amendment]) -> None:
        """Revisions of this contract, each with the milestone that brought it."""
        rows: list[Plain] = []
        steps: list[Plain] = made.record.setdefault("milestones", [])
        for number, one in enumerate(amendments, 1):
            evidence = [self.quotes.quote(one.start, one.end)]
            step: Plain = {"id": f"{len(steps) + 1:02}", "type": "amendment"}
            if one.date is not None:
                step["stated_date"] = one.date.value
                evidence = [self.quotes.quote(one.date.start, one.date.end)]
            steps.append(step | {"evidence": evidence, "confidence": 0.5 if one.planned else 0.85})
            item: Plain = {"id": f"{number:02}"}
            if one.rank:
                item["title"] = f"Avenant n° {one.rank}"
            item["milestone"] = step["id"]
            if rows:
                item["revises"] = rows[-1]["id"]
            evidence = [self.quotes.quote(one.start, one.end)]
            if one.until is not None:
                item["period"] = {"end": one.until.stop}
                evidence.append(self.quotes.quote(one.until.start, one.until.end))
            if added := self._added(made, one):
                item["added_parties"] = added
            if one.planned:
                item |= {"assertion": "unresolved", "note": NOTES["amendment"]}
            rows.append(item | {"evidence": evidence, "confidence": 0.4 if one.planned else 0.85})
        if rows:
            made.record["amendments"] = rows
        if not steps:
            del made.record["milestones"]

    def _added(self, made: Draft, one: Amendment) -> list[str]:
        """The signatories that the sentences about an amendment bring in, by their id."""
        return [
            row["id"]
            for row in made.record.get("engagements", [])
            if one.joined
            and row["role"] == "signatory"
            and any(s <= row["evidence"][0]["start"] < e for s, e in one.places)
        ]

    def _small(
        self, made: Draft, matcher: Matcher, contract: Contract, programme: Programme, parties: list[Party]
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

    def _money(self, made: Draft, matcher: Matcher, contract: Contract) -> None:
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
