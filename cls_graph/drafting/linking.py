"""Who signs by the grammar of a sentence: runs of bodies, held against the shells of signing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.announcer import announces
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.naming import NAME
from cls_graph.drafting.phrases import (
    ANOTHER,
    AUTHORISING,
    BESIDE,
    CLAUSE,
    DATED,
    ELSEWHERE,
    FUTURE,
    LATER,
    NEGATED,
    OTHER_OBJECT,
    OURS,
    PREPARING,
    SIGNATORIES,
    SIGNING,
    SOMETHING_ELSE,
    THE_ONE,
    THEY,
    THIS,
)
from cls_graph.drafting.places import LOCAL
from cls_graph.drafting.shells import OBJECTS, SUBJECTS, TOLD, TURNED, WEAKLY
from cls_graph.drafting.spelling import Run
from cls_graph.drafting.unmarked import Unmarked

ANYTHING = re.compile("[fUignspJLlGVrBT]|yE|^SdAt")
LEAD = re.compile("[cedwCmz,]{0,4}")
"""What may stand between a colon and the first body: articles, the name of a person, "celles de"."""
CONTRACT_WORD = re.compile(r"\bcontrats?\b|\bcls\b")
REST = re.compile("[dmcwzEFSjYe&,]{0,8}|dz,?[hdw]{0,4}")
"""What points back to those who sign: "Les sept autres :", "Il s'agit de :", "Voici lesquels :"."""
BACK = re.compile(
    r"\b(?:les|aux|ces|voici|voila|lesquel\w*|ceux|celles?|celui|tous|toutes|autres?|il s'agit|ce sont|ils"
    r"|elles|soit|autour|cotes?"
    r"|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+)\b"
)
"""Words that make it point back: "Contacts :" does not."""
SINCE = re.compile(
    r"\bsignature (?:a eu lieu|s'est|est intervenue|date)|\b(?:a ete|est) (?:\w+ )?(?:signe|conclu|paraphe)\b"
    r"|\b(?:signe|conclu|paraphe) le \d"
)
"""What is said after "le contrat réunit A et B": it is signed."""
SPELT_OUT = re.compile("R[dcw]{0,3}[-(]d?R")
"""A plural that dashes or brackets spell out: "les deux communautés – A et B – ont signé"."""
PARTIES = re.compile(r"\b(?:a (?:intervenir|passer|conclure)|conclu|etabli|tripartite|liant) entre\b")
"""A vote names the parties of the contract that it approves: "le contrat à intervenir entre A et B"."""
FOLLOWED = re.compile(r"\b(?:a|ont) (?:\w+ )?(?:suivi|fait de meme|emboite le pas)\b")
FOR = re.compile(r"\+?(?:[dwm]{0,3}k)?\+?I[ed]{0,2}[dwC]{0,3}R")
OF = re.compile("k[wm]{0,3}ed?[wC]")
WHOLE = re.compile("Rw?(?:,C{1,4})?,?qc?|R,c?m?p|RIw?i$")
"""Whom "qui ont signé" or "tous signataires" is said of may come after any preposition: "sur A et sur B"."""
HEADLINE = re.compile("R[^:]{0,6}:[^R]*s$")
""" "A et B main dans la main : le contrat est signé": who announces it alone need not sign."""
SAME = re.compile(r" le (?:sont|est)\b")
APPOSED = re.compile("R[,(-][cmwd]{0,3}p")
SEEN = re.compile(
    r"\b(?:vu|voi(?:t|ent)|voyai(?:t|ent)|entendu|fait|laisse\w*|regarde\w*|applaudi\w*) (?:les? |la |l')?$"
)
"""Before who does something that others watch: "ils ont vu A et B signer"."""
TIED = re.compile("(?:[^R,;:.]{1,12},)?[dwC]{0,2}R(?:jE?w{0,2}G|Aw{0,2}Z)w{0,2}[hv][dwC]{0,3}$")
""" "La Ville a travaillé avec", "s'est associée à": who has such partners for its contract signs too."""
EACH = re.compile(r"\bchacune?s?\b")
SHORT = 400
"""Words of a sentence that are read as one: what is longer is no sentence."""


class Linking(Unmarked):
    """Finds the runs of a sentence that sign."""

    def linked(self, start: int, end: int, told: bool, before: str = "") -> Iterator[Frame]:
        """The passages of one sentence. ``told``: the sentences before speak of the contract being signed."""
        runs = self.runs(start, end)
        text = self.page.folded[start:end]
        said, places = self.spelt(start, end, runs)
        plain = BESIDE.sub("", text)
        other = [m.group() for m in OTHER_OBJECT.finditer(plain)] if not OURS.search(text) else []
        if (told or self._about(start)) and THE_ONE.search(text) and set(other) == {"convention"}:
            other, said = [], said.replace("dx", "dk", 1)
        if other and not (set(other) == {"avenant"} and re.search("[Jp]", said)):
            return
        if FOLLOWED.search(text) and NEGATED.search(before):
            return  # "La Région a refusé. Le Département a suivi."
        listed = ":" in said and (told or REST.match(said, 0, said.find(":")))
        if len(said) > SHORT or not (ANYTHING.search(said) or listed):
            return
        if not (told or listed or re.search("[knp]", said) or self._about(start)):
            return
        yield from self._bare(start, said, places)
        yield from self._pointing(start, said, places, told)
        at = [i for i, letter in enumerate(said) if letter == "R"]
        for run, index in zip(
            [r for r in runs if (r.start, r.end) in {places[i] for i in at}], at, strict=True
        ):
            yield from self._subject(start, run, runs, said, index, places, told)
            yield from self._object(start, end, said, index, places, told)
            colon = said.rfind(":", 0, index)
            ahead = colon > 0 and LEAD.fullmatch(said, colon + 1, index)
            again = (
                REST.fullmatch(said, 0, colon)
                and BACK.search(self.page.folded, start, places[colon][0])
                and announces(before, 0, len(before))
            )
            if ahead and (again or announces(self.page.folded, start, places[colon][1])):
                frame = Frame("list", start, places[colon][1])
                frame.signers = self.chain(places[colon][1], end, frame)
                yield frame

    def _subject(
        self,
        start: int,
        run: Run,
        runs: list[Run],
        said: str,
        index: int,
        places: list[tuple[int, int]],
        told: bool,
    ) -> Iterator[Frame]:
        """A run before what says that it signs."""
        told = told or (bool(SAME.match(self.page.folded, run.end)) and self._who_before(start))
        match = next(
            (m for shell in (*SUBJECTS, *(TOLD if told else ())) if (m := shell.match(said, index))), None
        )
        if match and len(run.mentions) == 1 and run.mentions[0].post and FOR.match(said, match.end()):
            return  # "le sous-préfet a signé pour la préfecture"
        if match:
            frame = Frame("active", places[index + 1][0], places[match.end() - 1][1])
            if SOMETHING_ELSE.match(self.page.folded, frame.end):
                return
            if LATER.search(self.page.folded, frame.start, frame.end):
                return
            if ANOTHER.match(self.page.folded, frame.end) and OURS.search(self.page.folded, start, frame.end):
                return
            if len(run.mentions) < 2 and HEADLINE.match(match.group()):
                return
            if EACH.search(self.page.folded, frame.start, frame.end):
                return  # "A et B ont chacune signé leur contrat": not one that both sign
            spelt = SPELT_OUT.search(said, index, match.end())
            named = [r for r in runs if spelt and 0 < r.start - run.end < 60]
            chosen = [*run.mentions, *(named[0].mentions if named else ())]
            both = len(chosen) > 1 and THEY.match(self.page.folded, run.end)
            whole = both or WHOLE.match(match.group())
            if said[match.end() : match.end() + 1] == "i" and match.end() == index + 1:
                whole = SEEN.search(self.page.folded, start, chosen[0].start)
            elif APPOSED.fullmatch(match.group()) and self._one(*places[match.end() - 1]):
                chosen = chosen[-1:]
            while chosen and not whole and not self._opens(start, chosen[0].start, []):
                chosen.pop(0)
            if chosen and (town := self._town_before(start, chosen[0])):
                chosen.insert(0, town)
            frame.signers = self._signers(chosen, frame)
            if WHOLE.match(match.group()) and frame.signers and TIED.match(said[:index]):
                own = runs[runs.index(run) - 1].mentions[0] if run in runs[1:] else None
                frame.signers += [Signer(own, 0, doubt="implied")] if own and own.kind in LOCAL else []
            frame.future = bool(FUTURE.search(self.page.folded, frame.start, frame.end))
            yield frame

    def _who_before(self, start: int) -> bool:
        """Whether the sentence before speaks of those who sign: "… en sont signataires. C le sont aussi"."""
        return bool(SIGNATORIES.search(self.page.folded, max(0, start - 200), start))

    def _one(self, start: int, end: int) -> bool:
        """Whether a word for those who sign is of one alone."""
        return self.page.folded[start:end].endswith("signataire")

    def _object(
        self, start: int, end: int, said: str, index: int, places: list[tuple[int, int]], told: bool
    ) -> Iterator[Frame]:
        """A run after what says that it signs."""
        if (match := self._governor(said, index)) is not None:
            weak = WEAKLY.search(match.group()) and not told and not re.search("[snfg]", said)
            if weak and not SINCE.search(self.page.folded, end, min(end + 250, len(self.page.folded))):
                return
            last = index - 1
            while last > match.start() and said[last] in "dwC,":
                last -= 1
            frame = Frame("passive", places[min(match.start(), last)][0], places[last][1])
            before = self.page.folded[start : frame.start]
            text = self.page.folded[start:end]
            if not (told or SIGNING.search(text)):
                if match.group().startswith(("bk", "bdk")) and not THIS.search(text):
                    return  # "Par le CLS, A et B s'engagent"
                if said[match.start()] == "k" and PREPARING.search(text):
                    return
            if ELSEWHERE.search(before + self.page.folded[frame.start : frame.end]):
                return
            said_of = self.page.folded[frame.start : frame.end]
            if AUTHORISING.search(before) and not (DATED.search(said_of) or PARTIES.search(said_of)):
                frame.doubt = "authorised"
            frame.future = bool(FUTURE.search(before[-40:]))
            dative = "L" in match.group() and bool(re.match("[,&]?h", said[index + 1 :]))
            frame.signers = self.chain(places[index - 1][1], end, frame, dative=dative)
            if said[last] in "bBv":
                self._next_clause(frame)
            if frame.signers and said.startswith("SdL"):
                frame.signers += self._those_before(start)
            if frame.signers and "n" in match.group() and said[last] == "v":
                frame.signers += self._implied_by(said, places, match.start(), index)
            yield frame

    def _governor(self, said: str, index: int) -> re.Match[str] | None:
        """The shell that ends in a run, from the nearest word of signing; a contract alone where none is."""
        weaker = None
        for at in range(index - 1, max(index - 60, -1), -1):
            tried = (shell.match(said, at) for shell in (*OBJECTS, *TURNED))
            match = next((m for m in tried if m and m.end("R") - 1 == index), None)
            if match is None:
                continue
            refused = self._refused(said, at, index)
            if said[at] not in "kvhEFA:,;":
                return None if refused else match
            weaker = weaker or (None if refused else match)
        return weaker

    def _implied_by(self, said: str, places: list[tuple[int, int]], first: int, index: int) -> list[Signer]:
        """ "La signature du CLS de X, avec A et B": X signs too, which the text does not say outright."""
        at = said.find("O", first, index)
        own = [m for m in self.mentions if at > 0 and m.start == places[at][0] and m.kind in LOCAL and m.name]
        if not own and (named := OF.search(said, first, index)):
            place = places[named.end() - 1][0]
            name = NAME.match(self.page.text, place)
            own = [m for m in self.mentions if name and m.kind in LOCAL and m.name == name.group()]
        return [Signer(own[0], 0, doubt="implied")] if own else []

    def _next_clause(self, frame: Frame) -> None:
        """ "signé entre A et B, C et D organisent …": C and D are the subject of what follows."""
        if len(frame.signers) < 3:
            return
        last = frame.signers[-1].mention
        if not CLAUSE.match(self.page.folded, last.quote[1]):
            return
        for index in range(len(frame.signers) - 1, 0, -1):
            before, here = frame.signers[index - 1].mention, frame.signers[index].mention
            if "," in self.page.text[before.end : here.start]:
                frame.signers = frame.signers[:index]
                return

    def _about(self, start: int) -> bool:
        """Whether the last agreement named before a sentence is a local health contract."""
        before = self.page.folded[max(0, start - 600) : start]
        ours = max((m.end() for m in CONTRACT_WORD.finditer(before)), default=0)
        return bool(ours) and not OTHER_OBJECT.search(before, ours)

    def _refused(self, said: str, at: int, upto: int) -> bool:
        """Whether a negation, a word that takes bodies out, or another agreement rules what begins here."""
        contract = said.find("k", at, upto)
        other = re.search("(?<!k,)(?<!k,d)x[^kx;.:]{0,12}$", said[: contract + 1 if contract >= 0 else at])
        if re.match("kw?hwB", said[at:upto]):
            return bool(other)  # "est approuvé le contrat à intervenir entre A et B"
        if "1" in said[at:upto]:
            return False  # "n'a été signé que par"
        taken = "N[^R,;.:]{0,4}$" if said[at] == "p" else "[NZ][^R,;.:uqoDk]{0,9}$"
        return bool(other or (said[at] not in ",;:" and re.search(taken, said[:at])))
