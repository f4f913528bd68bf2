"""Finds where a text names bodies, in order, none inside another; and those it names again in short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.ends import own_end
from cls_graph.drafting.gazetteer import UP, coined_names, group_at
from cls_graph.drafting.heads import of_head
from cls_graph.drafting.hospitals import with_psychiatry
from cls_graph.drafting.kinds import HEADS, LATE, PAYS, SUFFIXES
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import NAME, name_at
from cls_graph.drafting.places import LOCAL
from cls_graph.drafting.together import named_together
from cls_graph.geo import codes, fold_name


def find_mentions(page: Page) -> list[Mention]:
    """Every body that the text names, in order, none inside another."""
    taken = bytearray(len(page.text))
    found: list[Mention] = []
    groups = list(_groups(page))
    inner = bytearray(len(page.text))
    for group in groups:
        # "Région de Guebwiller", "Villes Sœurs": the first word is no head of its own either.
        own = page.folded.startswith(("region", "ville"), group.start)
        begin = group.start if own else group.start + 1
        inner[begin : group.end] = b"\x01" * (group.end - begin)
    for head in HEADS:
        found += of_head(page, head, taken, inner)
    found += _free(groups, taken)
    found += _initialled(page, taken)
    found += _branded(page, taken)
    found += _coined(page, taken)
    found += _suffixed(page, taken)
    for head in (*LATE, PAYS):
        found += of_head(page, head, taken)
    found = named_together(page, found, taken)
    found += _known_again(page, found, taken)
    found += _heads(page, taken)
    acting = [m for m in _outermost(found) if not (m.kind in WHERE and m.generic and _where(page, m))]
    return with_psychiatry(page, _shared(page, acting))


WHERE = ("departement", "region")


def _where(page: Page, mention: Mention) -> bool:
    """Whether a body is only a place where somebody acts: "dans le département"."""
    return bool(
        re.search(r"\bdans (?:tout )?(?:le |la )$", page.folded[max(0, mention.start - 15) : mention.start])
    )


def _outermost(found: list[Mention]) -> list[Mention]:
    """The mentions in order, none inside a body that is no place: "la fédération des maisons de santé"."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or kept[-1].kind in LOCAL or mention.end > kept[-1].end:
            kept.append(mention)
    return kept


def _groups(page: Page) -> Iterator[Mention]:
    """Groups of communes named without their type: "Pays Voironnais"."""
    for match in re.finditer(rf"(?<![\w-])[{UP}\d]", page.text):
        start = match.start()
        if group_at(page, start) is None or (end := name_at(page, start)) is None:
            continue
        end = own_end(page, start, end, dashed=True)
        words = page.text[start:end]
        if SUFFIXES.get(fold_name(words.split()[-1]), "epci") == "epci":
            yield Mention(start, end, "epci", words, words)
        # else "Lyon Métropole Habitat": the last word says another kind


def _free(groups: Iterable[Mention], taken: bytearray) -> Iterator[Mention]:
    """Those that are no part of what is found already."""
    for mention in groups:
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            yield mention


def _initialled(page: Page, taken: bytearray) -> Iterator[Mention]:
    """Groups of communes known by their initials: "la CARENE"."""
    names = codes().names
    for match in re.finditer(rf"(?<![\w-])[{UP}]{{4,}}(?![\w-])", page.text):
        form = fold_name(match.group())
        if ("epci", form) not in names or ("commune", form) in names or any(taken[slice(*match.span())]):
            continue
        taken[slice(*match.span())] = b"\x01" * (match.end() - match.start())
        yield Mention(*match.span(), "epci", match.group(), match.group())


def _branded(page: Page, taken: bytearray) -> Iterator[Mention]:
    """Agglomerations by a brand of one word: "Agglo2B", "DLVAgglo"."""
    for match in re.finditer(rf"(?<![\w-])(?:Agglo[{UP}\d]\w*|[{UP}]\w+Agglo)(?![\w-])", page.text):
        if any(taken[slice(*match.span())]):
            continue
        taken[slice(*match.span())] = b"\x01" * (match.end() - match.start())
        yield Mention(*match.span(), "epci", match.group(), match.group())


LED = re.compile(r"(?:^|[\s(«])(?:(?:signe|conclu|passe|paraphe)\w* (?:par|entre|avec)|entre|avec|par) $")
STANDS = re.compile(r"(?:^|\n\W*|[.!?:;,–—•-] |\bet )$")
ACTS = re.compile(
    r"(?:,? et |, )(?:l'|la |le |les |ses )\w| (?:a|ont|vient|viennent|signe|signent|s'engage|s'engagent"
    r"|renouvelle|se dote|lance|porte|pilote)\b"
)

LAST = re.compile(r"[.;)]|\s*$| [–—-] ")
"""What follows the last name of a list."""


def _coined(page: Page, taken: bytearray) -> Iterator[Mention]:
    """Groups of communes by a name of one word, where it acts without an article: "Arlysère a signé"."""
    for match in re.finditer(rf"(?<![\w’'-])[{UP}][\wà-ÿ]{{4,}}(?![\w-])", page.text):
        start, end = match.span()
        if fold_name(match.group()) not in coined_names() or any(taken[start:end]):
            continue
        block = page.blocks[max(page.block_at(start), 0)]
        alone = block.kind == "item" and not page.text[end : block.end].strip(" ;,.")
        before = page.folded[max(block.start, start - 30) : start]
        acts = bool(STANDS.search(before)) and bool(ACTS.match(page.folded, end))
        acts = acts or (before.endswith(" et ") and bool(LAST.match(page.text[end : block.end])))
        if LED.search(before) or acts or (alone and not before.strip(" -•–*")):
            taken[start:end] = b"\x01" * (end - start)
            yield Mention(start, end, "epci", match.group(), match.group())


WHOLE = re.compile(rf"(?<!\w){NAME.pattern}")
"""A name, and no end of a word: "ET"."""


def _suffixed(page: Page, taken: bytearray) -> Iterator[Mention]:
    """Names whose last word says the kind: "Valence Romans Mobilités"."""
    for match in WHOLE.finditer(page.text):
        words = list(re.finditer(r"\S+", match.group()))
        first = 1 if fold_name(words[0].group()) in ("la", "le", "les", "l") else 0
        for index in range(first + 1, len(words)):
            kind = SUFFIXES.get(fold_name(words[index].group()))
            if index + 1 < len(words) and SUFFIXES.get(fold_name(words[index + 1].group())):
                continue  # "Est Métropole Habitat": the last word says the kind
            start, end = match.start() + words[first].start(), match.start() + words[index].end()
            if kind and not any(taken[start:end]) and not codes().find(page.text[start:end], "commune"):
                taken[start:end] = b"\x01" * (end - start)
                yield Mention(start, end, kind, page.text[start:end], page.text[start:end])
                break


def _known_again(page: Page, found: Iterable[Mention], taken: bytearray) -> Iterator[Mention]:
    """Bodies named again by their initials, or groups by their name alone."""
    known: dict[str, Mention] = {}
    for mention in found:
        if mention.kind in ("petr", "epci") and re.search(r"\bPays\b", mention.text):
            known.setdefault("Pays", mention)
        if mention.kind == "autre" and mention.text.startswith("Parc naturel"):
            known.setdefault("Parc", mention)
        if mention.acronym and 2 < len(mention.acronym) < 40 and not _lands(mention.acronym):
            known.setdefault(mention.acronym, mention)
        if mention.kind in ("epci", "petr") and mention.name and not mention.parts and len(mention.name) > 4:
            bare = mention.name
            if not codes().find(bare, "commune") and not codes().find(bare, "departement"):
                known.setdefault(bare, mention)
        for short in (*_initials(mention), *_beginning(mention)):
            known.setdefault(short, mention)
    for name, first in sorted(known.items(), key=lambda item: -len(item[0])):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page.text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            yield replace(first, start=start, end=end, text=name, post=False, parts=(), through="")


def _lands(inner: str) -> bool:
    """Whether brackets tell where a body is: "la Ville d'Évry (Essonne)"."""
    return any(codes().find(inner, level) for level in ("departement", "region"))


SMALL = frozenset("de du des la le les l d et".split())
SPELT = {"cc": "communaute communes", "ca": "communaute agglomeration", "cu": "communaute urbaine"}


def _initials(mention: Mention) -> list[str]:
    """The initials that a text may call a group of communes by, once it is named: "CARO", "COR"."""
    if mention.kind != "epci" or mention.parts:
        return []
    capitals = re.findall(rf"\b[{UP}]", mention.name)
    found = ["".join(capitals)] if len(capitals) > 2 else []
    words = [w for w in fold_name(mention.text).split() if w not in SMALL]
    words = [*SPELT.get(words[0], words[0]).split(), *words[1:]] if words else []
    if words and words[0] in ("communaute", "metropole", "agglomeration"):
        # "CA Rochefort Océan" is "CARO"; "communauté d'agglomération du Pays de X" is "CAPX".
        found.append("".join(w[0] for w in words).upper())
    if found and re.search(r"(?i)\bagglom[ée]ration$", mention.text):
        found.append(f"{found[0].removesuffix('A')}a")  # "Dracénie Provence Verdon agglomération": "DPVa"
    return [letters for letters in found if len(letters) > 2]


def _beginning(mention: Mention) -> list[str]:
    """The first words of the name of a group of communes, by which a text may go on: "l'Espace Sud"."""
    if mention.kind != "epci" or mention.parts:
        return []
    short = re.match(rf"[{UP}][\w'’-]+ [{UP}][\w'’-]+(?= (?:de|du|des|et)\b)", mention.name)
    return [short.group()] if short and not codes().find(short.group(), "commune") else []


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
            and _could_bear(mention.kind, after)
        ):
            mention = replace(mention, name=after.name)
        out.append(mention)
    return out


def _could_bear(kind: str, other: Mention) -> bool:
    """Whether a name may be that of a local authority: "la communauté de communes et la MSA Sud" has not."""
    level = {"commune": "commune", "ccas": "commune", "epci": "epci", "cias": "epci"}
    if kind not in level or other.kind in level:
        return True
    return any(codes().find(other.name, one) for one in (level[kind], "commune"))


def _owns_name(mention: Mention) -> bool:
    return mention.kind == "epci" and fold_name(mention.text) == fold_name(mention.name)
