"""Passages around a signature: who joins it, is apposed to it, follows a colon, comes into a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.listing import Lists
from cls_graph.drafting.phrases import CLAUSE, CONTRACT, FUTURE, NEGATED, NOT_SIGNING, PRESENCE

_THIS = (
    rf"(?:le |ce |cet |du |au |ledit |notre |son )?(?:nouveau |present |premier |second |\w+eme )?{CONTRACT}"
)
_MORE = r"(?:(?!pas\b)\w+ ){0,3}?"
JOINED = re.compile(
    # "se sont associées à cette signature", "se sont jointes au contrat"
    rf"\b(?:se sont|s'est|s'y sont) {_MORE}(?:associe|joint|rallie|uni)e?s? a(?:u)? ?(?:la |cette |leur "
    rf"|ce |le )?"
    rf"(?:\w+ )?(?:signature|{CONTRACT})\b"
    # "les ont rejoints parmi les signataires", "ont rejoint le contrat"
    rf"|(?:\b(?:les |l'|nous ))?\b(?:ont|a|auront|viennent de|vient de) {_MORE}rejoi(?:nt"
    rf"|ndre)(?:e?s?)\b[^.;,]{{0,40}}?"
    rf"(?:parmi|comme|en tant que|au rang d|au titre d|en qualite d|les rangs|le "
    rf"cercle)[^.;,]{{0,12}}(?:co-?)?signataires?\b"
    rf"|\b(?:ont|a) {_MORE}(?:rejoint|integre) (?:le|ce) (?:nouveau )?(?:contrat|cls)\b"
    # "sont parties au contrat", "font partie des signataires"
    rf"|\b(?:sont|est|etaient|seront) {_MORE}parties? (?:prenantes? )?(?=(?:du|au|a ce|de ce) (?:nouveau "
    rf")?(?:contrat|cls))"
    rf"|\b(?:font|fait) {_MORE}partie (?:des|du cercle des) (?:\w+ )?(?:co-?)?signataires\b"
    # "ont donné leur signature au contrat", "se sont engagés par ce contrat"
    rf"|\b(?:ont|a) {_MORE}(?:donne|confirme|formalise|officialise|concretise|scelle|acte) leur (?:\w+ )?"
    rf"(?:signature|adhesion|engagement|partenariat|collaboration|alliance)[^.;,]{{0,40}}?(?:contrat|cls)\b"
    rf"|\b(?:ont|a) {_MORE}(?:mis|pose|couche) leurs? (?:signatures?|paraphes?|noms?) "
    rf"[^.;,]{{0,40}}?(?:contrat|cls|document)\b"
    rf"|\b(?:se sont|s'est) {_MORE}(?:engage|lie)e?s? (?:\w+ ){{0,2}}?(?:par|via|a travers|au travers d"
    rf"|dans) ?[^.;,]{{0,14}}"
    rf"(?:contrat local de sante(?! mentale)|contrat|cls)\b"
)
"""What its subjects do: they sign too."""
APPOSED = re.compile(
    r"(?<=, )(?:tous |toutes |egalement |eux |elles |aussi |deux |trois |quatre |desormais |deja )*"
    r"(?:co-?)?signataires?(?= ?[.;,)]|$)"
    r"|,? en (?:qualite|tant) (?:de|que) (?:nouveaux? )?(?:co-?)?signataires?(?= ?[.;)]|$)"
)
"""Said after those who sign: "avec le concours de la CACEM et de la CGSS, cosignataires"."""
INVERTED = re.compile(
    r"(?:^|[,;] )(?:y |en |s'y )?(?:sont|est|etaient|figurent|participent) (?:\w+ ){0,3}?(?:parties?(?: "
    r"prenantes?)?|"
    r"signataires?|associee?s?)(?:[^.:;]{0,50}?(?:en (?:qualite|tant) (?:de|que) (?:co-?)?signataires?))?"
    r"(?: (?:du|de ce|au|a ce) (?:contrat|cls))?(?P<mark>,| :| )"
    r"|\b(?:ont|a) (?:egalement |aussi |enfin |en outre )*(?:signe|paraphe|appose leurs? (?:signatures?"
    r"|paraphes?))"
    r"(?: (?:le|ce) (?:contrat|document|cls))? ?:"
    r"|^ont (?:egalement |aussi |enfin |en outre |par ailleurs )*(?:appose leurs? (?:signatures?|paraphes?)"
    r"|rejoint le "
    r"contrat|paraphe)[^.:;,]{0,30}? ?[:,]?(?= (?:l'|la |le |les ))"
)
"""Said before those who sign: "Y sont également parties, en qualité de signataires, la CPAM et la CAF"."""
TURNED = re.compile(
    r"\b(?:ont|a) (?:(?!pas\b)[\w']+ ){0,3}?(?:co-?)?(?:signe|paraphe)(?: (?:ce|le|ledit) (?:\w+ "
    r")?(?:contrat|cls|document))?"
    r"(?= (?:l'|la |le |les |m\. |mme |madame |monsieur )(?!contrat|cls|document|convention|accord|texte|\d))"
    r"|\bse sont (?:succede|relaye|suivi)\w*\b[^.;:]{0,40}\bsign(?:atures?|er)\b(?: le (?:contrat|document"
    r"|cls))?"
)
"""A verb of signing before its subjects: "ont ainsi signé la directrice de l'ARS et le préfet"."""
BINDING = re.compile(
    r"\b(?:a|ont|vient de|viennent de) [^.;:]{0,40}?\b(?:sign|renouvel|reconduit|conclu"
    r"|paraph)[^.;:]{0,60}?\b(?:contrat|cls)\b[^.;:]"
    r"{0,50}? qui (?:la |le |les |l'|nous )(?:lie|unit|engage|associe)(?:nt)? (?:a|avec|aux cotes de"
    r"|aux?)(?= )"
)
"""Who a signed contract binds the subject to: "a renouvelé le contrat qui la lie à l'ARS"."""
AROUND = re.compile(r"^(?:autour|aux cotes|au cote|avec|outre)(?: d[eu]| des| d'| de l'| de la)? ?")
ASKED = re.compile(
    r"^(?:qui|avec qui|par qui|quel\w*|les|nos|ses|combien)\b[^.?!]{0,60}\b(?:sign\w+|parties"
    r"|engage\w*)\b[^.?!]{0,30} ?\?$"
)
ENGAGED = re.compile(
    rf"\b(?:s'est|se sont) {_MORE}(?:engage|lie|associe)e?s? (?=(?:aux cotes|avec|conjointement avec)\b)"
    rf"(?=[^.;]*\b(?:dans|par|via|autour d'|au sein d')(?: ?un| le| ce| son)? (?:\w+ "
    rf")?{CONTRACT}[^.;]*\bsign)"
    rf"|\b(?:ont|a) {_MORE}(?:renouvele|reconduit|prolonge|scelle|confirme|concretise) leur (?:engagement"
    rf"|partenariat|collaboration)"
    rf"(?=[^.;]{{0,90}}\b{CONTRACT}[^.;]{{0,30}}\bsign)"
)
ADDED = re.compile(
    r"^s'y (?:ajoutent|joignent|associent|ajoute|joint|associe)(?: (?:egalement|aussi|enfin))?"
)
ENTERING = re.compile(
    r"\b(?:(?:de )?nouveaux?|nouvelles?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d{1,2}) (?:\w+ )?"
    r"(?:partenaires? |parties? )?(?:co-?)?signataires?(?P<mark>,| :)(?= (?:l'|la |le |les |[a-z]))"
    r"|\b(?:entree|adhesion|integration|arrivee|ajout) (?=(?:de la|de l'|du|des|de|d')[^.;:]{3,160}?"
    r"(?:au (?:contrat|cls)|parmi les signataires|comme (?:nouveaux? )?signataires?|"
    r"en (?:tant que|qualite de) (?:nouveaux? )?signataires?))"
)
"""Who comes into a contract: "un nouveau signataire, la CPTS", "l'adhésion de la MSA au contrat"."""
COLLECTIVE = re.compile(
    r"\b(?:institutions?|partenaires|acteurs|organismes|structures|collectivites|parties|entites"
    r"|administrations|"
    r"etablissements|membres|mains|plumes|ils|elles|tous|toutes)\b|\b(?:par|avec|entre|suit|suivants?"
    r"|suivantes)$"
)
SIGNING = re.compile(
    r"\b(?:ont|a|viennent|vient|ete|sont|est|se sont)\b[^.;:]{0,60}\b(?:(?:co-?)?sign(?:e|er|ee|es|ees"
    r"|ature|atures)|"
    r"signant|paraph\w+|appos\w+|scell\w+|conclu\w*)\b|\b(?:co-?)?sign(?:ent|ee?s?)\b|\bparaph(?:ent|ee?s?)\b"
)
BRINGS = re.compile(
    rf"(?:{CONTRACT}|edition|generation|version|mouture|accord)\b[^.;:]{{0,70}}? (?:associe|reunit"
    rf"|rassemble|engage|lie|unit) "
    r"(?=(?:l'|la |le |les |deux |trois |quatre |cinq |six |\d ))"
)
FULFILLED = re.compile(
    r"(?:^|[-:|,] )(?:signee?|conclue?|paraphee?|scellee?)\b|\b(?:a|ont) (?:ete )?(?:signe|paraphe|conclu)"
)
ALSO = re.compile(
    r"\b(?:ont|a) (?:egalement|aussi|a leur tour|a son tour|pareillement|eux aussi|elles aussi) "
    r"(?:co-?)?(?:signe|paraphe)"
    r"(?= ?[.,;]|$)"
)
"""A verb that says no more what is signed: the sentence before does."""
ABOUT = re.compile(r"contrat|\bcls\b|sign|paraph|adhesion|entree|s'y a|s'y j")


class Clauses(Lists):
    """Reads the passages around a signature, sentence by sentence."""

    def clauses(self, start: int, end: int, told: bool, before: str) -> Iterator[Frame]:
        """The passages of one sentence.

        ``told``: the sentences before speak of the contract being signed; ``before`` is the last of them.
        """
        text = self.page.folded[start:end]
        if ASKED.match(before) and "n'" not in before:
            # "Qui l'a signé ? La Ville, l'ARS et la CPAM."
            frame = Frame("list", start, start)
            found = self.chain(start, end, frame)
            if len(found) > 1 and not CLAUSE.match(self.page.folded, found[-1].mention.quote[1]):
                frame.signers = found
                yield frame
        if not ABOUT.search(text):
            return
        yield from self._joining(start, end, text, told)
        yield from self._colon(start, end, text)
        for match in TURNED.finditer(text):
            if not self._denied(text, match) and (told or re.search(rf"{CONTRACT}|signature", text)):
                yield from self._turned(start, end, match, text)
        if bound := BINDING.search(text):
            frame = Frame("passive", start + bound.start(), start + bound.end())
            frame.signers = self.chain(frame.end, end, frame, dative=True)
            yield frame
        for match in ENGAGED.finditer(text):
            if not self._denied(text, match):
                frame = Frame("active", start + match.start(), start + match.end())
                frame.signers = self._backward(start, frame.start, frame)
                yield frame
                if along := re.match(r"(?:aux cotes|avec|conjointement avec)", text[match.end() :]):
                    more = Frame("active", frame.start, frame.end)
                    more.signers = self.chain(frame.end + along.end(), end, more)
                    yield more
        for pattern in (INVERTED, ENTERING):
            for match in pattern.finditer(text):
                if self._denied(text, match):
                    continue
                mark = match.groupdict().get("mark") or ""
                yield self._ahead(start, end, match, least=1 if mark != " " else 2)
        if told and (added := ADDED.match(text)):
            yield self._ahead(start, end, added)
        if FULFILLED.search(text) and (brought := BRINGS.search(text)) and not self._denied(text, brought):
            yield self._ahead(start, end, brought, least=2)

    def _joining(self, start: int, end: int, text: str, told: bool) -> Iterator[Frame]:
        """Subjects of verbs of joining, and bodies that "signataires" is apposed to."""
        marks = [*JOINED.finditer(text), *(ALSO.finditer(text) if told else ())]
        for match in marks:
            if self._denied(text, match) or NOT_SIGNING.search(text[: match.start()]):
                continue
            frame = Frame("backward", start + match.start(), start + match.end())
            frame.signers = self._backward(start, frame.start, frame)
            yield frame
            for along in re.finditer(
                r",? (?:de meme que|tout comme|ainsi que|aux cotes de)\b", text[match.end() :]
            ):
                more = Frame("active", frame.start, frame.end)
                more.signers = self.chain(start + match.end() + along.end(), end, more)
                yield more
        for match in APPOSED.finditer(text):
            if not self._denied(text, match):
                frame = Frame("backward", start + match.start(), start + match.end())
                frame.signers = self._apposed(start, frame)
                yield frame

    def _turned(self, start: int, end: int, match: re.Match[str], text: str) -> Iterator[Frame]:
        """Subjects after their verb, and whoever they sign around: "Aux côtés du maire de X, ont signé"."""
        frame = self._ahead(start, end, match)
        yield frame
        around = AROUND.match(text)
        if frame.signers and around and around.end() < match.start():
            first = Frame("active", frame.start, frame.end)
            first.signers = self.chain(start + around.end(), frame.start, first)
            yield first

    def _apposed(self, start: int, frame: Frame) -> list[Signer]:
        """The list right before an apposition: back to whatever is no list."""
        chosen = []
        edge = frame.start
        for mention in reversed(self.between(start, frame.start)):
            if mention.weak or not self._bridge(mention.end, edge, [], closing=False):
                break
            chosen.append(mention)
            edge = mention.start
        chosen.reverse()
        lead = self.page.folded[start : chosen[0].start] if chosen else ""
        if re.search(
            r"\b(?:lors|dans|a|chez|apres|sous|depuis|pour)(?: (?:un|une|la|le|les|l'|de|du|d')){1,4} ?$",
            lead,
        ):
            chosen = chosen[1:]
        return self._signers(chosen, frame)

    def _colon(self, start: int, end: int, text: str) -> Iterator[Frame]:
        """ "Cinq institutions ont apposé leur signature au bas du document : la Ville, l'ARS …"."""
        for colon in re.finditer(r" ?: (?!\d)", text):
            lead = text[: colon.start()]
            lead = lead[max(lead.rfind(";"), 0) :]
            if (
                SIGNING.search(lead)
                and COLLECTIVE.search(lead)
                and not PRESENCE.search(lead)
                and not NEGATED.search(lead)
                and not NOT_SIGNING.search(lead)
                and not re.search(
                    r"\b(?:axes|priorites|objectifs|enjeux|actions|orientations|thematiques)\b", lead[-60:]
                )
            ):
                yield self._ahead(start, end, colon, least=2, kind="list")
                return

    def _ahead(
        self, start: int, end: int, match: re.Match[str], *, least: int = 1, kind: str = "list"
    ) -> Frame:
        """The bodies right after a passage; none where they are the subject of what follows."""
        frame = Frame(kind, start + match.start(), start + match.end())
        frame.future = bool(FUTURE.search(match.group()))
        found = self.chain(frame.end, end, frame)
        if len(found) >= least and not (
            len(found) == 1 and CLAUSE.match(self.page.folded, found[-1].mention.quote[1])
        ):
            frame.signers = found
        return frame

    def _denied(self, text: str, match: re.Match[str]) -> bool:
        return bool(NEGATED.search(text[max(0, match.start() - 14) : match.end()]))
