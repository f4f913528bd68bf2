"""Puts a draft together: one record for each contract of the text, its doubts in words."""

from __future__ import annotations

import re

from cls_graph.corpus import Corpus
from cls_graph.drafting.amending import amendments_of
from cls_graph.drafting.attribution import NOUN, Attribution, ordinal_of
from cls_graph.drafting.authority import point_out, take_names
from cls_graph.drafting.bounds import LONGEST, in_time
from cls_graph.drafting.contracts import Contract, contracts_of
from cls_graph.drafting.covers import whole_departement
from cls_graph.drafting.decoding import misread
from cls_graph.drafting.doubts import doubt
from cls_graph.drafting.events import EventReader
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.generations import generations_of
from cls_graph.drafting.homonyms import away
from cls_graph.drafting.matching import Matcher
from cls_graph.drafting.outcome import Draft, place_of_key
from cls_graph.drafting.parties import signatories
from cls_graph.drafting.periods import period_of
from cls_graph.drafting.phrases import GENERAL, OTHER_OBJECT
from cls_graph.drafting.places import LOCAL, Candidate, Context, context_of
from cls_graph.drafting.programme import ProgrammeReader
from cls_graph.drafting.reading import Source
from cls_graph.drafting.rolls import rolls_of
from cls_graph.drafting.sections import Sections
from cls_graph.drafting.several import listed
from cls_graph.drafting.territories import territories
from cls_graph.geo import fold_name


def draft(source: Source, corpus: Corpus) -> list[Draft]:
    """The drafts of a text, one for each contract it speaks of. Never raises on what a text says.

    Raises ``SourcesError`` where it takes far more time than a contract does (``bounds``).
    """
    with in_time(source.name):
        return _Drafter(source, corpus).drafts()


SUBJECT = re.compile(r"\bcontrats? (?:[\w']+ ){0,3}(?:de |pour la |d'acces a la )?sante\b|\bcls\b")


OF_SECURITY = re.compile(r"\bcontrats? loca(?:l|ux) de securite\b|\bconseils? loca(?:l|ux) de securite\b")
OF_HEALTH = re.compile(
    r"\bcontrats? (?:loca(?:l|ux)|communa(?:l|ux)|intercommuna(?:l|ux)|territoria(?:l|ux)) (?:de|en) sante\b"
)
OTHER_PLAN = re.compile(
    r"(?:le|la|un|une) (?:\w+ )?(?:plan (?!d'actions?\b|local de sante|se |s'|est |a |comporte)|schema|pcaet"
    r"|plui\b|plh\b"
    r"|programme local de l'habitat|projet (?:alimentaire|de territoire|territorial"
    r"|de sante|d'etablissement|medical)"
    r"|convention territoriale"
    r"|contrat de (?:ville|relance|territoire))(?![^.;:]*\b(?:contrat local|cls)\b)"
)
REFERS = re.compile(
    r"(?:il|elle|celui-ci|celle-ci|ce (?:plan|schema|projet)|cette convention|ses|trois|quatre|cinq|deux)\b"
)
"""What goes on about another plan: "Le plan vélo a été adopté. Il comporte trois axes"."""
PERHAPS = re.compile(r"\bcontrat|\bsignataires?\b|\bplan d'actions?\b")
"""Words that may speak of such a contract, where the page names no other agreement."""
GENERAL_PAGE = re.compile(
    r"\bles contrats locaux de sante\b(?! (?:de|du|des|d')\b)|\bqu'est[- ]ce qu|\bc'est quoi\b|\bguide\b"
)


def _says_something(made: Draft) -> bool:
    """Whether a draft holds more than that such contracts exist."""
    head, rows = made.record["contract"], made.record.get("engagements", [])
    return (
        bool({"territory_label", "period", "ordinal"} & set(head))
        or any(r["role"] == "signatory" for r in rows)
        or ("programme" in made.record and "milestones" in made.record)
    )


POST = re.compile(
    r"\b(?:chargee?s? (?:de mission|de projets?)|coordin(?:ateur|atrice)s?|anim(?:ateur|atrice)s?"
    r"|referente?s?) $"
)
""" "Chargées de mission contrat local de santé : …": the title of somebody, of no contract told."""
NOT_OURS = re.compile(
    r"\b(?:rien a voir|pas confondre|opportunite d'un|va-t-(?:elle|il|on)\b[^.!]*\?|aucun (?:contrat|cls)"
    r"|peu(?:t|vent) (?:\w+ ){0,3}d'un (?:contrat local|cls)\b"
    r"|n'est pas un (?:contrat|cls)|pas (?:encore )?de (?:contrat|cls)|meme chose qu)"
)
"""Said of a contract that is only thought of, or told from the one the text is about."""
PAST = re.compile(
    r"\b(?:ancien|precedent) (?:contrat|cls)\b|\bavait ete\b"
    r"|\bpremier (?:contrat|cls)\b.*\b(?:avai(?:en)?t|etai(?:en)?t|liai(?:en)?t)\b"
    r"|\b(?:avai(?:en)?t|etai(?:en)?t|liai(?:en)?t)\b.*\bpremier (?:contrat|cls)\b"
)


class _Drafter(Sections):
    """Drafts the contracts of one page."""

    def drafts(self) -> list[Draft]:
        """The contracts, with what was not read of the file among their doubts."""
        made = self._drafts()
        if pictures := self.quotes.read.pictures:
            pages = ", ".join(map(str, pictures[:10])) + ("…" if len(pictures) > 10 else "")
            for one in made:
                one.doubts.append(doubt("pictures", pages=pages))
        if wrong := misread(self.quotes.read.text):
            for one in made:
                one.doubts.insert(0, doubt("misread", word=wrong[0], meant=wrong[1]))
        return made

    def _drafts(self) -> list[Draft]:
        text = self.page.folded
        if not SUBJECT.search(text) and (OTHER_OBJECT.search(text) or not PERHAPS.search(text)):
            return [self._nothing()]
        if OF_SECURITY.search(text) and not OF_HEALTH.search(text):
            return [self._nothing()]  # "CLS" is short for another contract too
        told = [self.page.sentence_at(m.start()) for m in SUBJECT.finditer(text)]
        others = [span for span in told if NOT_OURS.search(text, *span)]
        if others and all(span in others or GENERAL.search(text, *span) for span in told):
            return [self._nothing()]  # of another agreement, or of one that there is not
        if all(
            POST.search(text, max(0, m.start() - 60), m.start()) for m in SUBJECT.finditer(text)
        ) and SUBJECT.search(text):
            return [self._nothing()]
        context = context_of(self.page, self.mentions)
        signers = [
            s.mention
            for f in self.frames
            for s in f.signers
            if not (self._past(f) or (s.post_rank and s.mention.kind == "commune"))
        ]
        places = territories(self.page, self.mentions, signers, context)
        if not (places or self.corpus.kind.usual):
            places = whole_departement(self.page)
        subjects = [
            [s.mention for s in f.signers if s.mention.kind in LOCAL and s.mention.name] for f in self.frames
        ]
        found = generations_of(self.page, places[0] if places else None)
        if not found:
            signing = [m for m in signers if m.kind in LOCAL]
            rolls = rolls_of(self.page, self.mentions, places, signing, context)
            named = listed(self.page, self.mentions, places, signing, context)
            found = contracts_of(self.page, places, subjects, context.departements, named)
            found = rolls if len(rolls) > len(found) else found
        made = [self._contract(contract, places, context) for contract in found]
        for one in made if len(self.quotes.read.text) > LONGEST else ():
            one.doubts.append(doubt("long", read=LONGEST))
        for one, contract in zip(made, found, strict=True):
            if contract.stated not in (0, contract.listed):
                one.doubts.append(doubt("contracts-mismatch", stated=contract.stated, found=contract.listed))
        if len(found) == 1 and found[0].territory is None and GENERAL_PAGE.search(text[:400]):
            return [self._nothing()]  # what such contracts are, not one of them
        return [d for d in made if _says_something(d)] or [self._nothing()]

    def _nothing(self) -> Draft:
        """The draft of a text that speaks of no contract of its own: it proposes nothing and says so."""
        made = Draft({"contract": {"review": {"state": "drafted"}}, "source": self.quotes.source()})
        said = doubt("no-contract")
        made.doubts.append({lang: self.corpus.kind.said(said[lang], lang) for lang in ("fr", "en")})
        return made

    def _past(self, frame: Frame) -> bool:
        """Whether the sentence of a passage speaks of an earlier contract only."""
        start, end = self.page.sentence_at(frame.start)
        text = self.page.folded[start:end]
        return bool(PAST.search(text))

    def _contract(self, contract: Contract, places: list[Candidate], context: Context) -> Draft:
        made = Draft({"contract": {}})
        place = contract.territory.place if contract.territory else None
        guessed = False
        if place is not None and contract.territory is not None:
            contract.territory.away = away(place, context.departements, context.regions)
            guessed = contract.territory.guessed or contract.territory.away or bool(contract.territory.hint)
        matcher = Matcher(
            self.corpus.registry, context, None if guessed else place, self.page.text, self.given
        )
        rank = ordinal_of(self.page, contract)
        rough = Attribution(self.page, contract, rank[0] if rank else 0, "")
        spans, _ = period_of(self.page, self.spans, contract, rough)
        begin = max((s.begin for s in spans if s.begin), default="")
        attribution = Attribution(self.page, contract, rank[0] if rank else 0, begin)
        spans, plans = period_of(self.page, self.spans, contract, attribution)
        frames = [f for f in self.frames if contract.holds(f.start) and not self._earlier(f, attribution)]
        frames = [contract.without_others(f) for f in frames]
        self._implied(frames, contract)
        take_names(frames, self.mentions)
        point_out(frames, self.mentions, contract.territory, context)
        parties = signatories(
            self.page, frames, matcher, fold_name(contract.territory.label) if contract.territory else ""
        )
        stop = next((s.stop for s in spans if s.stop), "")
        events = EventReader(self.page, contract, attribution, begin, stop)
        signature, others = events.signature(), events.others()
        signed = (signature.stated or signature.inferred)[:4] if signature else ""
        if signed.isdigit():
            # A period that was over when this contract was signed is that of the one before.
            spans = [s for s in spans if not s.stop or s.stop[:4] >= signed]
        reader = ProgrammeReader(self.page, contract.parts, self._skipped(attribution))
        programme = reader.read(weighed=self.corpus.kind.usual)
        head = made.record["contract"]
        self._territory(made, contract, places, rank[0] if rank else 0, begin)
        if rank:
            head["ordinal"] = self._fact(rank[0], rank[1], 0.95)
        status = events.status(signature, others)
        if status:
            head["status"] = self._fact(status[0], status[1], 0.9 if status[0] == "signed" else 0.75)
        amendments = amendments_of(self.page, self.spans, contract, attribution)
        revised = {id(a.until) for a in amendments}
        self._period(made, [s for s in spans if id(s) not in revised], plans)
        self._engagements(made, parties, matcher, contract)
        self._programme(made, programme)
        self._milestones(made, signature, others)
        self._amendments(made, amendments)
        self._small(made, matcher, contract, programme, parties)
        self._succeeds(made, rank[0] if rank else 0)
        head["review"] = {"state": "drafted"}
        made.record["contract"] = {key: head[key] for key in sorted(head, key=place_of_key)}
        made.record["source"] = self.quotes.source()
        if not self.quotes.known:
            made.doubts.append(doubt("document", key=self.quotes.key, digest=self.quotes.digest))
        return made

    def _earlier(self, frame: Frame, attribution: Attribution) -> bool:
        """Whether a passage is of an earlier contract; a list with new partners is of the new one."""
        if not attribution.previous(frame.start, frame.end):
            return False
        if any(s.new for s in frame.signers) and re.search(
            r"\bnouveaux (?:partenaires|signataires)", self.page.folded[frame.start :]
        ):
            frame.doubt = "attachment"
            return False
        return True

    def _implied(self, frames: list[Frame], contract: Contract) -> None:
        """ "Le contrat est signé avec l'ARS": the authority of the territory signs, without being said to."""
        if contract.territory is None or any(s.mention.kind in LOCAL for f in frames for s in f.signers):
            return
        place = contract.territory
        for frame in frames:
            words = self.page.folded[frame.start : frame.end]
            own = [
                m
                for m in self.mentions
                if m.kind in LOCAL
                and m.name
                and contract.territory.key in (fold_name(m.name), fold_name(m.text))
            ]
            own = (
                own
                or [
                    m
                    for m in self.mentions
                    if m.kind in LOCAL and m.kind == place.kind and not (m.post or m.plural)
                ][:1]
            )
            if words.rstrip(" :").endswith("avec") and not frame.doubt and own and frame.signers:
                frame.signers.append(Signer(own[0], 0, doubt="implied"))
                return

    def _skipped(self, attribution: Attribution) -> list[tuple[int, int]]:
        """The sentences about an earlier contract, and the list that one of them announces."""
        out = []
        for block in self.page.blocks:
            sentences, other = self.page.sentences_of(block), False
            for start, end in sentences:
                heads = list(NOUN.finditer(self.page.folded, start, end))
                if OTHER_PLAN.match(self.page.folded, start, end):
                    other = True
                elif not (other and REFERS.match(self.page.folded, start, end)):
                    other = False
                if other or (heads and all(attribution.previous(m.start("head"), m.end()) for m in heads)):
                    out.append((start, end))
        return out
