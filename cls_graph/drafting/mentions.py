"""Finds where a text names bodies: the words for a kind, the name that follows, who stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from cls_graph.drafting.gazetteer import UP, group_at
from cls_graph.drafting.kinds import HEADS, LATE, PAYS, SUFFIXES, Head
from cls_graph.drafting.layout import Page
from cls_graph.drafting.persons import FIRST_NAMES, is_person
from cls_graph.geo import codes, fold_name

_NOT = (
    r"(?!(?:M\.|MM\b|Mme|Mr\b|Mlle|Monsieur|Madame|Docteur|Dr\b|Pr\b|[Pp]résident|PRÉSIDENT|"
    r"Maire\b|Direct(?:eur|rice)"
    r"|[PS][a-z-]*[Pp]réf[eè]t|Préf[eè]t|Vice|[Rr]eprésent|CLS\b|CONTRAT|Contrat|Axes?\b|AXE|"
    r"ET\b|DE\b|DU\b|DES\b|LA\b|LE\b|LES\b|AU\b|AUX\b"
    r"|SIGNE|ONT\b|EST\b|Une?\b|Ils?\b|Elles?\b|Ces?\b|Cette\b|Ont\b|Signe|Vu\b|Délégu|Adjoint|Secrétaire))"
)
CAP = rf"{_NOT}[{UP}][\w’'&]*(?:[-‑–][\w’']+)*(?:\.(?=[{UP}]\.?))?"
_LINK = (
    r"(?:(?:de la|de|du|des|DE LA|DE|DU|DES|sur|SUR|sous|en|lès|les|la|le|LA|LE|LES|à|au|aux|&|-|"
    r"de l[’']|d[’']|l[’']|L[’']|D[’']|DE L[’'])(?: |(?<=[’'])))"
)
_FOLK = r"[a-zà-ÿ-]{3,}(?:ois|oise|ais|aise|ien|ienne|ain|aine|in|ine|ard|on|onne|ot|éen)\b"
_LAND = (
    r"(?:Pays|Bassin|Bocage|Grand|Ouest|Est|Nord|Sud|Haut|Bas|Plaine|Plateau|Centre|Vallée|Littoral|Perche)"
)
NAME = re.compile(
    rf"(?:(?:La|Le|Les|LA|LE|LES) (?=[{UP}])|L[’'](?=[{UP}]))?"
    rf"(?:{_LAND} {_FOLK}|{CAP})(?: {_LINK}{{0,2}}(?:{_LAND} {_FOLK}|{CAP})| (?=\d{{2}}\b(?! ?h))\d{{2}})*"
)
ISLANDS = re.compile(
    r"(?:la )?Guadeloupe(?:(?:,| –| -| et|,? et)? (?:et )?(?:de |des |à )?"
    r"(?:Saint[- ]Martin|Saint[- ]Barth[ée]lemy|[IÎ]les du Nord))+|(?:La |la )?Réunion et (?:de )?Mayotte"
)
"""Names of the overseas agencies that join several islands."""
PREPOSITION = re.compile(
    r" (?:de la |de l[’']|du |des |de |d[’']|DE LA |DE L[’']|DU |DES |DE |D[’']|en "
    r"|à )"
)
ACRONYM = re.compile(r" ?\(\s*(?:(?:l[’']|la |le |les )?[«\"]?\s*)?([^(),;:]{2,60}?)\s*[»\"]?\s*\)")
NUMBER = re.compile(
    r" (?:du |de la |de l[’']|de )?(2[AB]|97\d|\d{2})\b(?! ?(?:%|€|ans|fiches|actions|membres|communes|-))"
)
ADJECTIVE = re.compile(
    r" (?:locale?s?|publique?s?|publics?|mutualiste|privee?s?|departementale?s?|"
    r"departementaux|regionale?s?|territoriale?s?|interdepartementale?s?)\b"
)
FOLK = re.compile(
    r" (?!signe|prive|voisine|riveraine|urbaine)[a-zà-ÿ-]{4,}(?:ienne|onne|oise|aise|aine|ine|ane|arde|ote)\b"
)
"""What a body may be called after: "Mutualité française bourguignonne", "Communauté bergeracoise"."""
QUOTED = re.compile(r" [«“\"]\s*[^»”\"]{2,60}\s*[»”\"]")
FREE_END = re.compile(
    r"[,;:.()\n»]| - | et (?:de )?(?:l[ae]s? |l'|son |sa |ses )| ainsi que | mais aussi |"
    r" (?:a|ont|avait|est|sont|se|s'est|signe\w*|qui|dont|pour|afin|en presence|au[xv]? cotes|"
    r"dans|lors|represente\w*)\b|$"
)


@dataclass(frozen=True)
class Mention:
    """A body as a text names it.

    ``start`` and ``end`` hold the name without article; ``name`` what follows the words of the kind
    ("Drôme"); ``weak``: no word says what it is, only its place in a list may show it is a body.
    """

    start: int
    end: int
    kind: str
    text: str
    name: str = ""
    acronym: str = ""
    post: bool = False
    plural: bool = False
    weak: bool = False
    through: str = ""
    parts: tuple[Mention, ...] = field(default=(), compare=False)
    shown: tuple[int, int] = (0, 0)

    @property
    def generic(self) -> bool:
        """Whether only the kind is said: "la CPAM"."""
        return not self.name

    @property
    def quote(self) -> tuple[int, int]:
        """The span to quote: that of the words that two bodies may share."""
        return self.shown if self.shown != (0, 0) else (self.start, self.end)


def find_mentions(page: Page) -> list[Mention]:
    """Every body that the text names, in order, none inside another."""
    taken = bytearray(len(page.text))
    found: list[Mention] = []
    for head in HEADS:
        found += _of_head(page, head, taken)
    found += _groups(page, taken)
    found += _suffixed(page, taken)
    for head in (*LATE, PAYS):
        found += _of_head(page, head, taken)
    found += _known_again(page, found, taken)
    found += _heads(page, taken)
    found.sort(key=lambda m: m.start)
    return _shared(page, found)


def head_at(page: Page, position: int) -> bool:
    """Whether words that name a kind of body, or a known group of communes, begin here."""
    if any(h.pattern.match(page.folded, position) for h in (*HEADS, *LATE)):
        return True
    return bool(group_at(page, position))


def _of_head(page: Page, head: Head, taken: bytearray) -> Iterator[Mention]:
    for match in head.pattern.finditer(page.folded):
        start, end = match.span()
        if any(taken[start:end]):
            continue
        words = page.text[start:end]
        if head.mode == "none" and head.kind == "etat" and not words[0].isupper():
            continue
        if head.mode == "acronym" and not words.isupper():
            continue
        if head is PAYS and not words[0].isupper():
            continue
        if (
            len(words) <= 4
            and not words[:2].isupper()
            and head.kind not in ("commune", "petr")
            and words.islower()
        ):
            continue  # "ch", "ars", "cc" in lower case are parts of other things
        made = _complete(page, head, start, end)
        if made is None:
            continue
        taken[made.start : made.end] = b"\x01" * (made.end - made.start)
        yield made


def _complete(page: Page, head: Head, start: int, end: int) -> Mention | None:
    """The mention whose first words are these: with acronym, name, département."""
    acronym, name = "", ""
    parts: list[Mention] = []
    plural = bool(re.match(r"\w+[sx]\b|[A-Z]+$", page.text[start:end])) and _plural_before(page, start, end)
    through = ""
    if head.kind == "ars" and page.folded.startswith(("delegation", "dd", "dt"), start):
        through = page.text[start:end]
        start += re.search(r"(?:agence regionale de sante|ars)$", page.folded[start:end]).start()  # type: ignore[union-attr]
    if head.mode == "none":
        return Mention(start, end, head.kind, page.text[start:end], page.text[start:end])
    if head.mode == "free":
        stop = FREE_END.search(page.folded, end)
        last = stop.start() if stop else end
        commas = _inner_commas(page, last)
        last = commas or last
        if not page.text[end:last].strip() or len(page.text[end:last].split()) > 12:
            return None
        start2, last = page.trim(start, last)
        bracket = ACRONYM.match(page.text, last)
        acronym = bracket.group(1) if bracket else ""
        last = bracket.end() if bracket else last
        return Mention(
            start2,
            last,
            head.kind,
            page.text[start2:last],
            page.text[end:last].strip(),
            acronym,
            plural=plural,
        )
    at = end
    for _ in range(2):
        if adjective := ADJECTIVE.match(page.folded, at):
            at = adjective.end()
        if (bracket := ACRONYM.match(page.text, at)) and _is_acronym(bracket.group(1), page.text[start:at]):
            acronym, at = bracket.group(1), bracket.end()
    folks = head.kind == "mutuelle" or page.folded.startswith("communaute d", start)
    if folks and (folk := FOLK.match(page.text, at)):
        name, at = folk.group().strip(), folk.end()
    number = NUMBER.match(page.text, at)
    if name:
        pass
    elif number and head.kind not in ("etat",):
        name, at = number.group(1), number.end()
        more = re.compile(r" et (2[AB]|97\d|\d{2})\b").match(page.text, at) if plural else None
        if more:
            name, at = page.text[number.start(1) : more.end()], more.end()
            for one in (number.group(1), more.group(1)):
                text = f"{page.text[start:end]} {one}"
                parts.append(Mention(start, at, head.kind, text, one, shown=(start, at)))
    else:
        name, at, parts = _name(page, head, start, at, plural)
    if (
        name
        and (bracket := ACRONYM.match(page.text, at))
        and _is_acronym(bracket.group(1), page.text[start:at])
    ):
        acronym, at = bracket.group(1), bracket.end()
    quoted = QUOTED.match(page.text, at)
    if quoted and not name and head.kind in ("epci", "petr", "cpts", "reseau-association", "autre"):
        name, at = quoted.group().strip(' «»“”"'), quoted.end()
    if head.mode == "name" and not name:
        return None
    if page.folded.startswith("collectivite europeenne d'alsace", start):
        name = "Alsace"
    return Mention(
        start,
        at,
        head.kind,
        page.text[start:at],
        name,
        acronym,
        head.post,
        plural,
        False,
        through,
        tuple(parts),
    )


def _plural_before(page: Page, start: int, end: int) -> bool:
    return (
        bool(
            re.search(
                r"(?:\bles|\bdes|\bleurs|\bses|\bnos|\d|deux|trois|quatre|cinq|six|plusieurs|"
                r"aux) ?$|(?:[•\-:,\n]|^) ?$",
                page.folded[max(0, start - 10) : start],
            )
        )
        if page.text[start:end].isupper() is False
        else bool(re.search(r"\b(?:les|des|aux|deux|trois) $", page.folded[max(0, start - 10) : start]))
    )


def _is_acronym(inner: str, before: str) -> bool:
    """Whether words in parentheses say the same body again: its initials, or what they stand for."""
    letters = [c for c in inner if c.isalpha()]
    if len(letters) > 1 and sum(c.isupper() for c in letters) * 2 >= len(letters):
        return True
    initials = "".join(
        w[0]
        for w in re.findall(r"\w+", fold_name(inner))
        if w not in ("de", "la", "du", "des", "l", "d", "et")
    )
    return fold_name(before).replace(" ", "").endswith(initials) or (
        len(inner.split()) == 1 and inner[0].isupper()
    )


def _name(page: Page, head: Head, start: int, at: int, plural: bool) -> tuple[str, int, list[Mention]]:
    """The name after the words of a kind, and the bodies it names where the words are plural."""
    preposition = PREPOSITION.match(page.text, at)
    begin = preposition.end() if preposition else at + 1
    if not preposition and page.text[at : at + 1] not in (" ", "/"):
        return "", at, []
    first = _name_at(page, begin)
    if first is None or (
        preposition and preposition.group() in (" à ", " en ") and head.kind not in ("autre",)
    ):
        return "", at, []
    ends, parts = first, [(begin, first)]
    while True:
        more = re.compile(r"( et |, | & |/)((?:de la |de l[’']|du |des |de |d[’']|DE LA |DU |DE )?)").match(
            page.text, ends
        )
        if not more:
            break
        nxt = _name_at(page, more.end())
        if nxt is None or head_at(page, more.end()) or (more.group(1) == ", " and not plural):
            break
        if not more.group(2) and is_person(page, more.end(), nxt):
            break
        if (
            more.group(1) == ", "
            and not more.group(2)
            and not re.match(r"[^;.:\n]*?,? et ", page.text[nxt : nxt + 60])
        ):
            break
        parts.append((more.end(), nxt))
        ends = nxt
    name = page.text[begin:ends]
    members = []
    if plural and len(parts) > 1:
        for index, (left, right) in enumerate(parts):
            edge = start if index == 0 else left
            members.append(
                Mention(
                    edge,
                    right,
                    head.kind,
                    page.text[edge:right],
                    page.text[left:right],
                    post=head.post,
                    shown=(start, ends),
                )
            )
    return name, ends, members


def _name_at(page: Page, position: int) -> int | None:
    """The end of the proper name that begins here."""
    if (islands := ISLANDS.match(page.text, position)) is not None:
        return islands.end()
    group, match = group_at(page, position), NAME.match(page.text, position)
    whole = position + _before_person(match.group()) if match else None
    if group is not None and (whole is None or whole < group or page.text[group : group + 1] != " "):
        return group
    # "Grand Paris Sud" is more than "Grand Paris".
    return whole


def _before_person(name: str) -> int:
    """The length of a name without the person named right after it: "Ajaccio Laurent Marcangeli"."""
    words = list(re.finditer(r"\S+", name))
    for before, word in pairwise(words[:-1]):
        plain = fold_name(word.group()).replace(" ", "-")
        if plain in FIRST_NAMES and before.group()[0].isupper() and before.group() not in ("Saint", "Sainte"):
            return before.end()
    return len(name)


def _groups(page: Page, taken: bytearray) -> Iterator[Mention]:
    """Groups of communes named without their type: "Pays Voironnais"."""
    for match in re.finditer(rf"(?<![\w-])[{UP}]", page.text):
        start = match.start()
        if taken[start] or group_at(page, start) is None or (end := _name_at(page, start)) is None:
            continue
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        words = page.text[start:end]
        yield Mention(start, end, "epci", words, words)


def _suffixed(page: Page, taken: bytearray) -> Iterator[Mention]:
    """Names whose last word says the kind: "Valence Romans Mobilités"."""
    for match in NAME.finditer(page.text):
        words = list(re.finditer(r"\S+", match.group()))
        first = 1 if fold_name(words[0].group()) in ("la", "le", "les", "l") else 0
        for index in range(first + 1, len(words)):
            kind = SUFFIXES.get(fold_name(words[index].group()))
            start, end = match.start() + words[first].start(), match.start() + words[index].end()
            if kind and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                yield Mention(start, end, kind, page.text[start:end], page.text[start:end])
                break


def _known_again(page: Page, found: Iterable[Mention], taken: bytearray) -> Iterator[Mention]:
    """Bodies named again by their initials, or groups by their name alone."""
    known: dict[str, Mention] = {}
    for mention in found:
        if mention.kind in ("petr", "epci") and re.search(r"\bPays\b", mention.text):
            known.setdefault("Pays", mention)
        if mention.acronym and 2 < len(mention.acronym) < 40:
            known.setdefault(mention.acronym, mention)
        if mention.kind in ("epci", "petr") and mention.name and not mention.parts and len(mention.name) > 4:
            bare = mention.name
            if not codes().find(bare, "commune") and not codes().find(bare, "departement"):
                known.setdefault(bare, mention)
        words = re.findall(rf"\b[{UP}]", mention.name)
        if mention.kind == "epci" and len(words) > 2 and not mention.parts:
            known.setdefault("".join(words), mention)
        if mention.kind == "epci" and re.match(r"communaute", fold_name(mention.text)):
            letters = "".join(
                w[0]
                for w in fold_name(mention.text).split()
                if w not in ("de", "du", "des", "la", "le", "les", "l", "d", "et")
            )
            known.setdefault(letters.upper(), mention)
    for name, first in sorted(known.items(), key=lambda item: -len(item[0])):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page.text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            yield replace(first, start=start, end=end, text=name, post=False, parts=(), through="")


CHAIR = re.compile(
    r"(?<![\w-])(?:(?:son|sa|notre|leur|le|la) (?:president|presidente)|president de la collectivite|l'elue?|"
    r"l'edile|le premier magistrat|la premiere magistrate)(?![\w-])"
    r"(?! (?:de|du|des|delegue\w*|directeur\w*|general\w*)\b| d')"
)


def _heads(page: Page, taken: bytearray) -> Iterator[Mention]:
    """ "son président", "le président Jean Valadier": whoever heads the authority that the text is "
    r"about."""
    for match in CHAIR.finditer(page.folded):
        start, end = match.span()
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            yield Mention(start, end, "epci", page.text[start:end], post=True)


SHARING = {"commune", "ccas", "epci", "cias", "cpam", "caf", "msa", "carsat", "prefecture", "departement"}


def _shared(page: Page, found: list[Mention]) -> list[Mention]:
    """ "La Ville et le CCAS d'Aubagne": the name belongs to both."""
    out: list[Mention] = []
    for index, mention in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        if (
            after
            and mention.generic
            and not mention.acronym
            and after.name
            and not after.parts
            and mention.kind in SHARING
            and after.kind in SHARING
            and mention.kind != after.kind
            and not (
                mention.kind in ("prefecture", "departement") and after.kind in ("commune", "epci", "ccas")
            )
            and re.fullmatch(r"(?: et |/|-| & )(?:l[ae] |l')?", page.folded[mention.end : after.start])
            and not _owns_name(after)
        ):
            mention = replace(mention, name=after.name)
        out.append(mention)
    return out


def _owns_name(mention: Mention) -> bool:
    return mention.kind == "epci" and fold_name(mention.text) == fold_name(mention.name)


WEAK = re.compile(
    rf"(?:(?<=[,;:(] )|(?<=\bet )|(?<=\bque )|(?<=\bpar )|(?<=\bavec ))(?:l[’']|la |le |les "
    rf")({CAP}(?: {_LINK}{{0,2}}{CAP})*)"
)
LOUD = re.compile(rf"(?:(?<=, )|(?<=; )|(?<=\bet ))([{UP}]{{3,}}(?: [{UP}\d][\w’'-]*)*)(?=[,;.]| et )")


def weak_mentions(page: Page, found: list[Mention]) -> list[Mention]:
    """Proper names that no word shows to be bodies: with an article, or in capitals."""
    taken = bytearray(len(page.text))
    for mention in found:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    out = []
    for pattern in (WEAK, LOUD):
        for match in pattern.finditer(page.text):
            start, end = match.span(1)
            words = page.text[start:end]
            if any(taken[start:end]) or re.match(
                r"(?:Dr|Docteur|CLS|PRS|Maire|Président|Plan|Projet|Conseil|Loi)\b", words
            ):
                continue
            taken[start:end] = b"\x01" * (end - start)
            out.append(Mention(start, end, kind_of_name(words), words, words, weak=True))
    return out


def kind_of_name(words: str) -> str:
    """The kind that a name without words of a kind suggests by its end, else ``autre``."""
    parts = fold_name(words).split()
    return SUFFIXES.get(parts[-1], "autre") if len(parts) > 1 else "autre"


def _inner_commas(page: Page, comma: int) -> int | None:
    """The end of a name with commas inside: "Collectif Santé, Solidarité et Territoires"."""
    if page.text[comma : comma + 1] != ",":
        return None
    match = re.compile(rf", ({CAP})((?:, {CAP})*) et ({CAP})(?=[,;.\n]|$| et l)").match(page.text, comma)
    if not match or head_at(page, match.start(1)) or head_at(page, match.start(3)) or len(match.group(3)) < 4:
        return None
    if any(len(w) < 4 or w.isupper() for w in re.findall(CAP, match.group())):
        return None
    return match.end()
