"""Chains of bodies: those that a verb or a noun of signing joins, with nothing between them but a list.

Between two bodies of a chain there are only commas, articles, names and posts of persons; it breaks at
anything else, so that whoever is merely near is not taken for a signatory.
"""

from __future__ import annotations

import re

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.layout import fold
from cls_graph.drafting.lexicon import family
from cls_graph.drafting.masks import Masks, masked
from cls_graph.drafting.naming import CAP
from cls_graph.drafting.phrases import ALLOWED, OPENERS, PHRASES, RELATIVE, STOP

DATIVE = re.compile(r"(?:,| et|, et|) ?(?:a la |a l'|aux? |a )")
ANEW = re.compile(r", (?:le|ce|un) (?:\w+ ){0,2}(?:contrat|cls|document)\b")
"""A new clause: "signé par A et B, le contrat couvre 46 communes"."""
PLACED = re.compile(rf" (?:dans (?:le |la |les |l[’'])|en |sur |à ){CAP}(?:[ -]{CAP})*(?=,|;| et )")
"""Where a body of a list is at work: "l'ARS dans le Val-d'Oise, la CPAM et la CAF"."""
PARTING = re.compile(
    r"[.!?](?=\s)|\n\s*\n|:[^:]*\b(?:axes?|actions?|priorites|objectifs|fiches)\b"
    r"|(?<!ainsi)(?<!meme) que (?=l'|la |le |les )"
)
"""Where a list ends: a stop, another list, "et que la CPTS sera invitée"."""
LEADING = re.compile(
    r"^ ?(?:qui (?:preside|dirige|represente|conduit|administre) |(?:a la tete|aux commandes) d)"
    r"(?:e |u |es |')?(?:l[ae]s? |l')?$"
)
"""A post told by a verb or a figure of speech: "qui préside la", "à la tête de l'"."""
TITLES = re.compile(r"\b(mm|m|mr|dr|pr)\.")


class Chains(Masks):
    """Follows bodies from a passage on or back. ``weak`` are names that only a list may show to be bodies."""

    def chain(self, at: int, end: int, frame: Frame, *, dative: bool = False) -> list[Signer]:
        """The bodies named from a place on, as long as nothing but a list joins them.

        ``dative``: each has its "à" ("la lie à A et à B").
        """
        spans = self._masked(at, end)
        chosen: list[Mention] = []
        edge = at
        for mention in self.between(at, end):
            if mention.start < edge:
                continue
            if masked(mention, spans):
                continue
            repeats = dative and DATIVE.fullmatch(self.page.folded, edge, mention.start)
            if not repeats and not self._bridge(edge, mention.start, spans, closing=False, strict=not chosen):
                if not (chosen and self._spells_out(chosen[-1], mention)):
                    break
                chosen.pop()
            elif chosen and self._initials_of(chosen[-1], mention):
                chosen.pop()
            chosen.append(mention)
            edge = mention.end
        return self._signers(chosen, frame)

    def _initials_of(self, short: Mention, full: Mention) -> bool:
        """ "CHBA – Centre hospitalier Bretagne Atlantique": one body, by its initials and in full."""
        gap = self.page.folded[short.end : full.start]
        return short.kind == full.kind and short.text.isupper() and gap.strip() == "-"

    def _spells_out(self, whole: Mention, part: Mention) -> bool:
        """ "les quatre communautés de communes qui le composent : A, B, C et D": the names are the bodies."""
        gap = self.page.folded[whole.end : part.start]
        return (
            whole.plural
            and not whole.name
            and whole.kind == part.kind
            and bool(re.fullmatch(r"[^.;:()]{0,60} ?: ?(?:l'|la |le |les |celles? de |celles? du )?", gap))
        )

    def _bridge(
        self, left: int, right: int, spans: list[tuple[int, int]], *, closing: bool, strict: bool = False
    ) -> bool:
        """Whether the words between two bodies of a list (or the last and the verb) keep them together."""
        gap = self.page.text[left:right]
        for begin, stop in spans:
            if begin < right and stop > left:
                cut, upto = max(begin - left, 0), min(stop - left, len(gap))
                gap = gap[:cut] + " " * (upto - cut) + gap[upto:]
        folded = TITLES.sub(r"\1 ", fold(gap))
        for aside in (
            *([place] if (place := PLACED.match(gap)) else ()),
            *RELATIVE.finditer(folded),
            *PHRASES.finditer(folded),
        ):
            folded = folded[: aside.start()] + " " * (aside.end() - aside.start()) + folded[aside.end() :]
        if PARTING.search(folded) or (not closing and ANEW.search(folded)):
            return False
        for piece in re.split(r"[,;:|]", folded):
            if not self._plain(piece, gap, folded):
                if closing and re.fullmatch(
                    r"\s*(?:(?:officiellement|conjointement|ensemble|egalement|solennellement|"
                    r"tous|toutes|ainsi|enfin|reunis?|ce|cet|cette|hier|jour|soir|matin|"
                    r"apres-midi|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|se|a|qui|"
                    r"y|le|la|\d+|1er|janvier|fevrier|mars|avril|mai|juin|juillet|aout|"
                    r"septembre|octobre|novembre|decembre|dernier|en|se|s'|[ld]'|autour|d'une|"
                    r"meme|table)\s*)+",
                    piece,
                ):
                    continue
                words = piece.split()
                other = re.search(r" et (?:l'|la |le |les )(?P<rest>[^,;]+)$", piece) if closing else None
                if (
                    other
                    and len(other.group("rest").split()) <= 9
                    and not STOP & set(other.group("rest").split())
                    and self._plain(piece[: other.start()], gap, folded)
                ):
                    continue  # one more subject, that nothing shows to be a body
                if (
                    not strict
                    and 0 < len(words) <= 7
                    and "," in folded
                    and words[0] not in STOP
                    and not STOP & set(words[1:])
                    and not re.search(r"\b(?:a|ont|est|sont|etait)\b", piece)
                    and not any(family(word) in "SYFfULl" for word in words)
                ):
                    continue  # an apposition: ", établissement support du groupement,"
                return False
        return True

    def _plain(self, piece: str, gap: str, folded: str) -> bool:
        offset = folded.find(piece)
        for word in re.finditer(r"[\w][\w'-]*", piece):
            token = word.group()
            shown = gap[offset + word.start() : offset + word.end()]
            if shown[:1].isupper() or token in ALLOWED:
                continue
            parts = re.split(r"['’]", shown)
            if all(part in ALLOWED or part[:1].isupper() for part in parts if part):
                continue
            return False
        return True

    def _opens(self, start: int, at: int, spans: list[tuple[int, int]]) -> bool:
        """Whether a subject may begin here: at the start, after a comma, a post; not after "lors du"."""
        lead = self.page.folded[start:at]
        clause = re.split(r"[,;:|]| - |\bet |\bque |\bqu'|\bou |\bce (?:sont|seront|furent) |\bc'est ", lead)[
            -1
        ]
        words = clause.split()
        if not words or LEADING.search(clause):
            return True
        if re.search(
            r"\b(?:president|vice-president|direct|maire|adjoint|prefet|represent|elu|deleg|"
            r"chef|secretaire|conseill|medecin|doyen|services|gouvern)\w*",
            clause,
        ):
            return not re.match(r"\s*(?:lors|a|au|dans|chez|apres|avant|pour|sous|avec) ", clause)
        shown = self.page.text[at - len(clause) : at].split() if clause else []
        if words[-1] == "en" and not clause.endswith("("):
            return False  # "en sous-préfecture, l'élu a signé"
        if words[-1] == "(" and len(shown) > 1 and all(w[0].isupper() for w in shown[:-1]):
            return True  # a person, and in brackets the body
        named = re.match(
            r"\s*(?P<who>\S+(?: \S+){1,3}) (?:pour|au nom de|pour le compte de) (?:l['’]|la |le |les )?$",
            clause,
        )
        if named and all(w[0].isupper() for w in shown[: len(named.group("who").split())]):
            return True  # "Charles Demouge pour l'agglomération"
        words = [w for w in words if w not in OPENERS and not w.isdigit()]
        return all(
            w
            in (
                "l'",
                "le",
                "la",
                "les",
                "d'une",
                "part",
                "ainsi",
                "notre",
                "nos",
                "avec",
                "outre",
                "autour",
                "aux",
                "cotes",
                "de",
                "du",
                "deux",
                "trois",
                "dont",
                "nous",
                "y",
                "rejoignons",
            )
            or w[0] in '«"*#-•–'
            for w in words
        ) and not re.search(r"\b(?:a|au) l", clause)
