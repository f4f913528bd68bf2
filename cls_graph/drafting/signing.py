"""Who signs: the passages that say so, and the bodies each of them names.

A passage (``Frame``) is a verb, a noun or a heading of signing. The bodies it names form a chain from it,
with nothing between them but commas, articles, names and posts of persons; the chain breaks at anything
else, so that whoever is merely near is not taken for a signatory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cls_graph.drafting.layout import Block, Page, fold
from cls_graph.drafting.mentions import CAP, NAME, UP, Mention, kind_of_name

CONTRACT = r"(?:contrats? loca(?:l|ux) de sante|cls|contrats?|document)"
OTHER_OBJECT = re.compile(
    r"\b(?:charte|contrat de ville|contrat territorial|convention territoriale|bail|avenant|"
    r"petition|pacte|accord-cadre"
    r"|contrat de territoire|contrat d'objectifs|contrat de relance|convention-cadre|contrat "
    r"local de sante mentale|projet territorial)\b"
)
DONE = r"(?:co-?sign|sign|paraph|conclu|scell|ratifi|contractualis|officialis)"
SIGNED = r"(?:(?:co-?)?sign|paraph|ratifi|contractualis|officialis|scell)ee?s?\b|conclue?s?\b"
ACTIVE = re.compile(
    rf"\b(?:(?:l')?(?:ont|a|avait|avaient|auront) (?:(?!pas\b)[\w']+ ){{0,3}}?(?:(?:choisi|"
    rf"prevu|decide) (?:ce jour |\w+ ){{0,5}}(?:pour|de) )?"
    rf"(?:{SIGNED}|appose (?:sa|leurs?) (?:signatures?|paraphes?)|procede(?:e|s)? a la "
    rf"signature|formalise|entrepris de signer)"
    rf"|(?:viennent|vient|venaient) (?:tout juste )?de (?:{DONE}\w*|conclure)"
    rf"|(?:s'etaient|s'est|se sont|etaient|sont|se) (?:tous )?(?:reuni\w*|retrouve\w*|"
    rf"rassemble\w*|donne rendez-vous)(?:(?! et | qui )[^.;]){{0,110}}? pour (?:\w+ "
    rf"){{0,2}}?(?:{DONE}\w*|conclure|apposer|la signature)"
    rf"|(?:vont|va|doivent|doit|s'appretent a|s'apprete a) (?:\w+ ){{0,2}}?(?:co-?signer|"
    rf"signer|parapher|conclure|ratifier)"
    rf"|(?:co-?)?sign(?:ent|eront|era|aient|ait|erent|e)(?= (?:\w+[ -]){{0,6}}?(?:{CONTRACT}|"
    rf"\d))|paraphent|concluent|(?:conclu|parap)h?ai(?:t|ent)|contractualisent)\b"
)
PASSIVE = re.compile(
    r"\b(?:(?:co-?|contre)?signee?s?|renouvelee?s?|reconduit\w*|paraphee?s?|conclue?s?|"
    r"ratifiee?s?|contractualisee?s?|scellee?s?|passee?s?|etablie?s?|"
    r"nouee?s?)\b(?P<gap>[^.;:]{0,110}?)"
    r"\b(?P<by>par|entre|avec)\b(?! un[e]? | des | an\b| ailleurs| voie| mois)"
)
NOUN = re.compile(
    rf"\bsignatures?\b(?P<gap>[^.;:()]{{0,120}}?)\b(?P<by>par|entre|avec)\b(?! un[e]? | des )"
    rf"|\bsignatures? (?=(?:de la|de l'|du|des|d'|de) )(?!(?:du|de ce|de son|d'un|des|de leur|"
    rf"de la|officielle du) (?:\w+ )?{CONTRACT})"
    rf"|\bcontrats?(?: local de sante| locaux de sante)?(?: "
    rf"\([^)]*\))?(?P<gap2>[^.;:]{{0,70}}?)\b(?:entre|liant|lie|liait|unissant|unit)\b"
    rf"|\b(?:engage|lie|unit|reunit|liera|engageait|liait) (?=(?:l'|la |le |les )(?:ville|ars|"
    rf"agence|communaute|etat))"
)
SIGNATORIES = re.compile(r"\b(?:co-?)?signataires?\b")
LIST_AFTER = re.compile(
    r"(?: (?:du|de ce|de ce nouveau|de cette|de notre|de la|des|initiaux|officiels|"
    r"institutionnels|associes|suivants|[a-z'-]+)){0,9}?"
    r"(?: \([^)]*\))?,? ?(?:(?:sont|etaient|seront|figurent|comprend|comptent|incluent|on "
    r"(?:compte|retrouve|trouve|peut citer)|citons|a savoir|notamment"
    r"|il y a)(?: (?:ainsi|donc|egalement|aussi|notamment|entre autres|outre|a ce jour|les suivants))*"
    r"(?: (?:les? )?(?:\d+ |\w+ )?(?:partenaires|institutions|organismes|acteurs|structures) "
    r"suivante?s)? ?[:,]?|:|\(|=)"
)
SIGNED_LIST = re.compile(
    r"\b(?:ont|a) (?:\w+ ){0,2}(?:co-?)?signe(?: (?:ce|le|ledit) (?:\w+ )?(?:contrat|cls|"
    r"document)[^.:;]{0,60})? ?: ?"
)
HEADER_END = re.compile(
    r"(?:vu\b|considerant|preambule|expose|il (?:est|a ete) (?:expose|convenu|arrete)|article|titre|sommaire"
    r"|contexte|les parties (?:conviennent|ont)|1[. ])"
)
UNITES = re.compile(
    r"(?:il|celui-ci|ce (?:contrat|cls|document)) (?:reunit|lie|unit|engage|rassemble) (?=l'|la |le |les )"
)
"""After a sentence about the signature, the contract "reunit" those who signed it."""

HEADING = re.compile(
    r"^(?:\W*)(?:qui (?:sont (?:les )?(?:\w+ )?signataires|signe\w*|a signe)|(?:la )?liste "
    r"des |(?:les |nos |ses |leurs )?(?:\w+ )?(?:partenaires )?(?:co-?)?signataires|(?:les "
    r")?partenaires signataires|(?:les )?parties(?: signataires| prenantes signataires)?$|"
    r"(?:ils|elles|qui) (?:ont|a) sign|ont sign|sign\w+ par|signatures?$|les partenaires "
    r"engages par)"
)
BACKWARD = re.compile(
    r"\b(?:complet\w+|rejoign\w+|rejoint|integr\w+) (?:egalement |aussi )?(?:la liste des|le "
    r"cercle des|les) (?:\w+ )?(?:co-?)?signataires?\b|\b(?:sont|est|seront|sera|etaient|"
    r"etait|deviennent|devient|figurent|compte\w*)(?: (?:egalement|aussi|tous|toutes|ainsi|"
    r"donc|desormais))* "
    r"(?:parmi |au nombre d|dans |les |le |la |des |l'une? d|co-?)*(?:premiers? |nouveaux? |"
    r"principaux )?(?:partenaires )?(?:co-?)?signataires?\b"
)
PRESENCE = re.compile(
    r"\b(?:en (?:la )?presence|presence d|assist\w+|etai(?:en)?t (?:aussi |egalement |"
    r"notamment )?presents?|invite\w*|temoins?\b|sous le regard|sous l'egide"
    r"|sous le haut patronage|remerci\w+|salu\w+|accueilli\w*|devant (?:l|un|plus|de)|"
    r"honor\w+ de (?:sa|leur) presence|a leurs cotes, dans|applaud\w+|apres avis|sans\b"
    r"|n'(?:a|ont|est|sont|etai\w+) (?:pas|jamais)|ne (?:signe|sont|figure\w*|participe\w*) "
    r"pas|avec (?:le|l') (?:soutien|appui|concours|aide|accompagnement)|avec l'(?:appui|aide|"
    r"accompagnement)|avec le (?:soutien|concours)"
    r"|soutenu\w*|accompagne\w* (?:par|de)|anime\w* par|pilote\w* par|coordonne\w* par|en "
    r"(?:lien|partenariat|concertation|association|collaboration|cooperation) avec|finance\w*|"
    r"co-?finance\w*|elabore\w*|prepare\w*|travaill\w+|associ\w+ a l'elaboration)"
)
GROUPING = re.compile(
    r",? ?\b(?:qui|lequel|laquelle|lesquels)? ?(?:regroup|rassembl|reuni(?:t|ssant)|feder|"
    r"compos|constitu|form|compren|englob|compt|associ|couvr)(?:e|ent|ant|ee?s?|s|t|d|ue?s?)\b"
    r"(?!nt sign)[^.;]*?(?=, (?:a|ont|signe\w*|vien\w+|vient|s')\b|, et (?:l'|la |le |les )|[.;]|$)"
    r"|,? (?:toutes |tous )?membres? (?:de la |de l'|du |d'|des |de )[^,;.]*|,? dont "
    r"[^.;]*?(?=, (?:a|ont|signe\w*|vien\w+)\b|[.;]|$)|,? ses membres[^,;.]*"
)
REPRESENTED = re.compile(
    r",? ?(?:dument |valablement )?represente(?:e|s|es)?s? (?:aux presentes |a la ceremonie "
    r")?par [^;\n]*?(?=, (?:l'|la |le |les |et )|;| et (?:l'|la |le |les )(?!maire|president|"
    r"prefet|direct)|[.]|\n|$)"
)
NEGATED = re.compile(
    r"\bn'(?:a|ont|est|avait)\b|\bne \w+ pas\b|\bpas (?:encore )?(?:ete )?sign|refus\w+|"
    r"\bsans (?:avoir )?sign"
)
NOT_SIGNING = re.compile(
    r"\b(?:autoris\w+|habilit\w+|mandat\w+|donne pouvoir|invit\w+|appel\w+|propos\w+|"
    r"sollicit\w+|charg\w+|souhait\w+|decid\w+|projet\w+ de|envisag\w+|pourr\w+|permet\w*|"
    r"avant de|afin de|en vue de)\b[^.;]{0,90}$"
)
PREVIOUS_TENSE = re.compile(
    r"\bavai(?:en)?t (?:deja )?(?:ete )?(?:co-?)?(?:sign|conclu|paraph)|\b(?:l(?:iait|iaient)|"
    r"etaient signataires|engageait)\b"
)
FUTURE = re.compile(
    r"\b(?:ser(?:a|ont)|doi(?:t|vent) etre|va etre|vont|signer(?:a|ont)|prochainement|auront)\b"
)

GENERAL = re.compile(
    r"\b(?:les (?:contrats locaux de sante|cls)\b(?! (?:de|du|des|d')\b)[^.;]{0,60}\b(?:sont|"
    r"visent|ont|permettent|peuvent|associent|lient)"
    r"|un (?:contrat local de sante|cls)(?: \(cls\))? (?:est|peut|permet|associe|vise|lie|reunit|se signe)"
    r"|\ben (?:general|principe)\b|generalement|habituellement|a minima|au minimum"
    r"|le (?:contrat local de sante|cls)(?: \(cls\))?,? (?:est|constitue|se veut|reste) (?:un|"
    r"une|l'|ainsi un)|outil \w+ (?:entre|liant))"
)
"""What is said of such contracts in general is not said of this one."""

ALLOWED = frozenset(
    """le la les l d de du des et ainsi que mais aussi egalement enfin puis avec aux cotes cote son sa ses
    leur leurs notre m mm mme mmes mr dr docteur professeur pr monsieur madame messieurs mesdames
    president presidente presidents vice-president vice-presidente vice-presidents
    presidente-directrice directeur directrice directeurs directrices general generale generaux
    adjoint adjointe adjoints departemental departementale territorial territoriale regional
    regionale delegue deleguee delegues interim par maire maires representant representante
    representants representantes represente representee representes representees au nom secretaire
    premier premiere 1er 1re elus elu elues services service chef cheffe medecin doyen doyenne
    administrateur administratrice conseiller conseillere conseillers departementaux regionaux en
    charge sante solidarites solidarite affaires sociales deux trois quatre cinq six plusieurs
    chacun ensemble tous toutes d'autres outre pour part autre une d'une d'un un cosignataires
    associes partenaires partenaire suivants dont notamment local locale locaux territoire donc soit
    nationale national colonel senateur senatrice depute deputee prefigurateur prefiguratrice
    nouveau nouveaux nouvelle nouvelles representation gouverneur coordinateur coordinatrice rejoint
    rejointe rejoints rejointes desormais maintenant equipe actuel actuelle honoraire executif
    delegation collectivites ci-apres denommee denomme porteur porteuse pilote""".split()
)
PHRASES = re.compile(
    r"\([^()]*\)|\b(?:deleguee?s?|chargee?s?|en charge|referente?s?) (?:a la|a l'|aux?|de la|"
    r"de l'|du|des|de) [^,;()]*?(?=,|;| (?:de|du|des|a|pour) |$)"
    r"|\badjointe?s? (?:au|a la) maire\b"
    r"|\b(?:et )?(?:\d+|de nombreux|de nombreuses|plusieurs|une \w+aine d[e']?|d'autres|deux|"
    r"trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingt)\s*(?:autres )?(?:acteurs|partenaires|signataires|institutions|structures|"
    r"organismes|collectivites)[^,;.]*"
    r"|\b(?:l'ensemble des|tous les|ses|les|leurs|des|avec les) (?:\w+ )?(?:partenaires|"
    r"acteurs|signataires|institutions)(?: [a-z-]+){0,3}(?= ?[(:])"
    r"|\baux? cotes? (?:de la|de l'|du|des|d'|de)|\bainsi que (?:par |avec |de |d')?|\bmais "
    r"(?:aussi|egalement)(?: par| avec)?|\bd'(?:une|autre) part|\bd'autre part"
    r"|«[^»]*»|\b(?:de|pour) la (?:delegation|direction) (?:departementale|territoriale)"
)
OPENERS = frozenset(
    """c'est pourquoi ainsi aussi desormais enfin aujourd'hui hier ce cet cette matin soir jour semaine
    mois annee dernier derniere lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier
    mars avril mai juin juillet aout septembre octobre novembre decembre 1er en apres-midi officiel
    effet alors bilan resultat donc or communique sante cls signature actualite info pour part cote
    leur leurs de""".split()
)
STOP = frozenset(
    "lors dans sous afin pour qui que dont ou quand comme puis apres avant devant selon chez "
    "vers sur grace visant a au lorsque car mais sera seront ont est sont".split()
)
PERSON = re.compile(
    rf"^(?:M\.|MM\.|Mme|Mmes|Monsieur|Madame|Dr|Docteur|Pr|Professeur)\b|^(?:{CAP})(?: {CAP}){{1,3}}$"
)


@dataclass
class Signer:
    """A body that a passage says signs."""

    mention: Mention
    frame: int
    listed: bool = False
    doubt: str = ""
    """Why the claim is not sure, empty where it is: a key of ``words.DOUBTS``."""

    within: Mention | None = None
    post_rank: int = 0
    """0: the first post of a person, 1: one more post of the same person."""

    new: bool = False


@dataclass
class Frame:
    """A passage that says who signs. ``kind``: active, passive, noun, list, header, backward."""

    kind: str
    start: int
    end: int
    previous: bool = False
    future: bool = False
    doubt: str = ""
    signers: list[Signer] = field(default_factory=list)


class Reader:
    """Reads the passages of a page. ``weak`` are names that only a list may show to be bodies."""

    def __init__(self, page: Page, mentions: list[Mention], weak: list[Mention]) -> None:
        self.page, self.mentions, self.weak = page, mentions, weak
        self.all = sorted([*mentions, *weak], key=lambda m: m.start)

    def frames(self) -> list[Frame]:
        """Every passage that says who signs, in the order of the text."""
        found: list[Frame] = []
        used: set[int] = set()
        found += self._headers(used)
        found += self._lists(used)
        general = signed = -1
        for start, end in self.page.sentences:
            at, text = self.page.block_at(start), self.page.folded[start:end]
            if GENERAL.search(text) or (
                general == at
                and re.match(r"(?:il|ils|celui-ci|ce dispositif|cet outil|ces contrats)\b", text)
            ):
                general = at
            elif at not in used:
                general = -1
                found += self._sentence(start, end)
                if signed == at and (match := UNITES.match(text)):
                    found += self._forward("noun", start, match, start + match.end(), end, text)
            signed = (
                at if re.search(r"\b(?:signee?s?|signature)\b", text) and not NEGATED.search(text) else -1
            )
        found.sort(key=lambda f: f.start)
        return [f for f in found if f.signers]

    # --- sentences

    def _sentence(self, start: int, end: int) -> Iterator[Frame]:
        text = self.page.folded[start:end]
        if not re.search(r"sign|paraph|conclu|contrat|ratifi|scell|cls|officialis", text):
            return
        if OTHER_OBJECT.search(text) and not re.search(
            r"contrats? loca(?:l|ux) de sante(?! mentale)|\bcls\b", text
        ):
            return
        for match in ACTIVE.finditer(text):
            yield from self._active(start, end, match, text)
        for match in PASSIVE.finditer(text):
            yield from self._passive(start, end, match, text)
        for match in NOUN.finditer(text):
            if match.group().startswith(("engage", "lie", "unit", "reunit")) and not re.search(
                r"\bcontrat|\bcls\b", text[: match.start()]
            ):
                continue
            yield from self._forward("noun", start, match, start + match.end(), end, text)
        for match in SIGNATORIES.finditer(text):
            after = LIST_AFTER.match(text, match.end())
            if (after and text[after.end() - 1] != " ") or (after and after.end() > match.end() + 1):
                yield from self._forward("list", start, match, start + after.end(), end, text)
        for match in SIGNED_LIST.finditer(text):
            yield from self._forward("list", start, match, start + match.end(), end, text)
        for match in BACKWARD.finditer(text):
            frame = Frame("backward", start + match.start(), start + match.end())
            if not NEGATED.search(text[max(0, match.start() - 12) : match.end() + 5]):
                frame.signers = self._backward(start, start + match.start(), frame)
                yield frame
            rest = re.compile(
                r"(?: (?:a|au) (?:leurs|ses) cotes?)?,? ?(?:outre (?P<outre>[^:]*):|:|(?:egalement|aussi|notamment)?)"
            ).match(text, match.end())
            if rest and (not frame.signers or re.search(r"parmi|nombre", match.group())):
                yield from self._forward("list", start, match, start + rest.end(), end, text)

    def _active(self, start: int, end: int, match: re.Match[str], text: str) -> Iterator[Frame]:
        before, after = text[: match.start()], text[match.end() :]
        if NEGATED.search(before[-25:] + match.group()) or re.search(r"\bn'$|\bne $", before):
            return
        if not re.search(CONTRACT, after) and not re.search(
            rf"{CONTRACT}|l'ont|l'a |\by a ", before[-60:] + match.group()
        ):
            return
        if self.page.text[start + match.start()] == "à":
            return
        if NOT_SIGNING.search(before) and re.search(r"\bsigner\b|conclure", match.group()):
            return
        kind = Frame(
            "active", start + match.start(), start + match.end(), future=bool(FUTURE.search(match.group()))
        )
        kind.signers = self._backward(start, kind.start, kind)
        yield kind
        if not kind.signers and (
            turned := re.match(
                r"(?: (?:a (?:ses|leurs) cotes|egalement|aussi|ce document|(?:ce|le) "
                r"contrat))*[ :,]+(?=(?:l'|la |le |les )(?!contrat|cls))",
                after,
            )
        ):
            # "Ont également signé la CPAM et la CAF."
            at = start + match.end() + turned.end()
            if any(at <= m.start <= at + 4 for m in self.mentions):
                kind.signers = self.chain(at, end, kind)
        # "a signé avec l'ARS et la CPAM un contrat", "aux côtés de": those sign too.
        for along in re.finditer(
            r"\b(?:avec|aux cotes|au cote|ainsi que|et avec|conjointement avec|accompagnee?s? "
            r"de)\b(?! succes)",
            after,
        ):
            between = after[: along.start()]
            if PRESENCE.search(between) or re.search(r"\b(?:qui|que|dont|afin|pour que|visant)\b", between):
                break
            more = Frame("active", kind.start, kind.end, future=kind.future)
            at = start + match.end() + along.end()
            more.signers = self.chain(at, end, more)
            yield more

    def _passive(self, start: int, end: int, match: re.Match[str], text: str) -> Iterator[Frame]:
        gap = match.group("gap")
        verb = match.group()[: len(match.group()) - len(gap)]
        if verb.startswith(("pass", "etabli", "noue")) and match.group("by") != "entre":
            return
        if re.search(
            r"\b(?:qui|que|dont|afin|visant|prevoit|vise|permet|porte|approuve|adopte|elabore|"
            r"finance|coordonne|anime|pilote|soutenu|accompagne)",
            gap,
        ):
            return
        if PRESENCE.search(gap) or NEGATED.search(text[max(0, match.start() - 30) : match.start() + 12]):
            return
        yield from self._forward("passive", start, match, start + match.end(), end, text)

    def _forward(
        self, kind: str, start: int, match: re.Match[str], at: int, end: int, text: str
    ) -> Iterator[Frame]:
        frame = Frame(kind, start + match.start(), start + match.end())
        before = text[: match.start()]
        if NEGATED.search(before[-20:]):
            return
        if PRESENCE.search(match.group()[: len(match.group())]):
            return
        if re.search(
            r"\b(?:autoris\w+|habilit\w+|approuv\w+|delibere?\b|delibere la|favorable a)\b", before
        ) and kind in ("noun", "passive"):
            frame.doubt = "authorised"
        frame.future = bool(FUTURE.search(before[-40:]))
        frame.signers = self.chain(at, end, frame, wide=kind == "list")
        if frame.signers and match.groupdict().get("by") == "avec" and kind == "noun":
            # "la signature du CLS de X, avec A et B": X signs too, which the text does not say outright.
            own = [
                m
                for m in self.mentions
                if frame.start < m.start < at and m.kind in ("commune", "epci", "petr") and m.name
            ]
            named = re.compile(r"(?:cls|contrat local de sante(?: \(cls\))?) (?:de la |de |du |d')").search(
                text, match.start(), match.end()
            )
            if named and not own and (name := NAME.match(self.page.text, start + named.end())):
                own = [
                    m
                    for m in self.mentions
                    if m.kind in ("commune", "epci", "petr") and m.name == name.group()
                ][:1]
            frame.signers += [Signer(own[0], 0, doubt="implied")] if own else []
        yield frame
        # "signé le 3 mars par A et B, ainsi que par C": the chain goes on by itself.

    # --- chains

    def _masked(self, start: int, end: int) -> list[tuple[int, int]]:
        """Spans of a sentence whose bodies do not sign: who is present, who is a member of a grouping."""
        text = self.page.folded[start:end]
        spans = []
        for match in PRESENCE.finditer(text):
            stop = re.compile(
                r"[;.]|, (?:a|ont|viennent|vient|signe\w*|se sont|s'est)\b|\b(?:a|ont) (?:\w+ "
                r"){0,2}(?:sign|paraph)|$"
            ).search(text, match.end())
            spans.append((start + match.start(), start + (stop.start() if stop else len(text))))
        for match in GROUPING.finditer(text):
            plain = re.match(r",? ?(?:compt|associ|form|reuni)", match.group())
            listing = "dont" in match.group()[:6] and re.search(
                r"(?:partenaires|signataires|acteurs|institutions|structures)(?: [a-z]+)?$",
                text[: match.start()],
            )
            if not plain and not listing:
                spans.append((start + match.start(), start + match.end()))
        for match in REPRESENTED.finditer(text):
            spans.append((start + match.start(), start + match.end()))
        return spans

    def _backward(self, start: int, at: int, frame: Frame) -> list[Signer]:
        """The subjects of a verb: the bodies before it, from the nearest back."""
        spans = self._masked(start, at)
        inside = [m for m in self.all if start <= m.start and m.end <= at and not _in(m, spans)]
        chosen: list[Mention] = []
        edge = at
        for mention in reversed(inside):
            if mention.start >= edge:
                continue
            if not self._bridge(mention.end, edge, spans, closing=not chosen):
                break
            if chosen and mention.weak and not self._separated(mention, before=True):
                break
            chosen.append(mention)
            edge = mention.start
        chosen.reverse()
        while chosen and not self._opens(start, chosen[0].start, spans):
            # "lors du conseil de la communauté, le maire a signé": the first is a complement, not a subject.
            chosen.pop(0)
        return self._signers(chosen, frame)

    def chain(self, at: int, end: int, frame: Frame, *, wide: bool = False) -> list[Signer]:
        """The bodies named from a place on, as long as nothing but a list joins them."""
        spans = self._masked(at, end)
        chosen: list[Mention] = []
        edge = at
        if wide:
            end = self._list_end(at, end)
        for mention in [m for m in self.all if at <= m.start and m.end <= end]:
            if mention.start < edge:
                continue
            if _in(mention, spans):
                continue
            if not self._bridge(edge, mention.start, spans, closing=False, strict=not chosen):
                break
            chosen.append(mention)
            edge = mention.end
        return self._signers(chosen, frame)

    def _list_end(self, at: int, end: int) -> int:
        opened = self.page.text[at - 1] == "("
        close = self.page.text.find(")", at, end) if opened else -1
        return close if close > 0 else end

    def _bridge(
        self, left: int, right: int, spans: list[tuple[int, int]], *, closing: bool, strict: bool = False
    ) -> bool:
        """Whether the words between two bodies of a list (or the last and the verb) keep them together."""
        gap = self.page.text[left:right]
        for begin, stop in spans:
            if begin < right and stop > left:
                cut, upto = max(begin - left, 0), min(stop - left, len(gap))
                gap = gap[:cut] + " " * (upto - cut) + gap[upto:]
        folded = PHRASES.sub(lambda m: " " * len(m.group()), fold(gap))
        if re.search(r"[.!?](?=\s)|\n\s*\n", folded):
            return False
        for piece in re.split(r"[,;:]", folded):
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
            if all(part in ALLOWED for part in re.split(r"'", token) if part):
                continue
            return False
        return True

    def _separated(self, mention: Mention, *, before: bool) -> bool:
        return bool(re.search(r"[,;(]|\bet\b", self.page.text[max(0, mention.start - 6) : mention.start]))

    def _opens(self, start: int, at: int, spans: list[tuple[int, int]]) -> bool:
        """Whether a subject may begin here: at the start, after a comma, a post; not after "lors du"."""
        lead = self.page.folded[start:at]
        clause = re.split(r"[,;:]|\bet |\bque |\bou ", lead)[-1]
        words = clause.split()
        if not words:
            return True
        if re.search(
            r"\b(?:president|vice-president|direct|maire|adjoint|prefet|represent|elu|deleg|"
            r"chef|secretaire|conseill|medecin|doyen|services|gouvern)\w*",
            clause,
        ):
            return not re.match(r"\s*(?:lors|a|au|dans|chez|apres|avant|pour|sous|avec) ", clause)
        shown = self.page.text[at - len(clause) : at].split() if clause else []
        if words[-1] == "(" and len(shown) > 1 and all(w[0].isupper() for w in shown[:-1]):
            return True  # a person, and in brackets the body
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
                "avec",
                "aux",
                "cotes",
                "de",
                "du",
                "deux",
                "trois",
            )
            or w[0] in '«"*#-•–'
            for w in words
        ) and not re.search(r"\b(?:a|au) l", clause)

    # --- signers

    def _signers(self, chosen: list[Mention], frame: Frame) -> list[Signer]:
        """The bodies of a chain: plural words opened, members of a grouping left out, posts told apart."""
        out: list[Signer] = []
        state: Mention | None = None
        for index, mention in enumerate(chosen):
            depth = self._within(chosen, index)
            if depth is not None:
                if depth.kind == "etat":
                    state = depth
                elif not depth.plural:
                    continue  # a member of a single body: the body signs
                else:
                    out = [s for s in out if s.mention is not depth]
            signer = Signer(mention, 0, within=state if depth is not None and depth.kind == "etat" else None)
            previous = chosen[index - 1] if index else None
            if previous and self._same_person(previous, mention):
                if previous.kind == mention.kind == "prefecture":
                    continue
                signer.post_rank = 1
            gap = self.page.folded[(previous.end if previous else mention.start) : mention.start]
            signer.new = bool(re.search(r"nouveau", gap)) or bool(
                out and out[-1].new and not re.search(r"[;.]", gap)
            )
            for part in mention.parts or (mention,):
                out.append(
                    Signer(
                        part,
                        0,
                        frame.kind == "list",
                        frame.doubt,
                        signer.within,
                        signer.post_rank,
                        signer.new,
                    )
                )
        return out

    def _within(self, chosen: list[Mention], index: int) -> Mention | None:
        """The body in whose parentheses this one stands."""
        start = self.page.text.rfind("(", 0, chosen[index].start)
        if start < 0 or ")" in self.page.text[start : chosen[index].start]:
            return None
        for other in reversed(chosen[:index]):
            if other.end <= start and not self.page.text[other.end : start].strip():
                return other
        return None

    def _same_person(self, first: Mention, second: Mention) -> bool:
        """ "maire de X et président de Y": two posts of one person, without an article or a name between."""
        gap = self.page.text[first.end : second.start]
        folded = fold(gap)
        person_before = first.post or re.search(
            r"(?:president|direct|maire|represent)\w*[^,;]*$",
            fold(self.page.text[max(0, first.start - 70) : first.start]),
        )
        joined = re.match(
            r"(?:,|et|, et)?\s*(?:(?:egalement|aussi) )?(?:vice-)?(?:president|maire|conseill|"
            r"direct|prefet)\w*",
            folded.strip() if second.post is False else folded.strip() + fold(second.text),
        )
        names = re.search(
            rf"(?<![\w])(?:M\.|Mme|Dr|[{UP}][a-zà-ÿ-]+ [{UP}][\w-]+)",
            re.sub(
                r"(?:Vice-)?[Pp]r[ée]sidente?|Maire|Conseill\w+|Directe?u?r\w*|Préf\w+|Sous-préf\w+", "", gap
            ),
        )
        return bool(person_before and joined and not names)

    # --- lists and headers

    def _lists(self, used: set[int]) -> Iterator[Frame]:
        blocks = self.page.blocks
        index = 0
        while index < len(blocks):
            block = blocks[index]
            line = self.page.folded[block.start : block.end]
            announces = self._announces(block, line)
            items = self._items(index) if announces else []
            if not items:
                index += 1
                continue
            frame = Frame("list", block.start, block.end)
            for item in items:
                for signer in self._item(blocks[item], frame):
                    signer.listed = True
                    frame.signers.append(signer)
                used.add(item)
            if frame.signers:
                yield frame
            index = items[-1] + 1

    def _announces(self, block: Block, line: str) -> bool:
        last = line[max(line.rfind(". "), 0) :] if block.kind != "heading" else line
        if re.search(r"\b(?:precedent|premier contrat|ancien)", last) and not re.search(
            "nouveau|second", last
        ):
            return False
        if re.search(r"\b(?:non[- ]signataires|futurs? signataires)\b", last) or NEGATED.search(last):
            return False
        if block.kind == "item":
            return False
        if HEADING.search(line) and (block.kind == "heading" or line.rstrip().endswith(":")):
            return True
        if line.rstrip().endswith(":"):
            if re.search(
                r"\b(?:\d+|deux|trois|quatre|cinq|six|sept|huit|les|ses|des|plusieurs) "
                r"(?:grand\w+ |principa\w+ )?(?:axes|priorites|orientations|objectifs|enjeux|"
                r"defis|ambitions|thematiques)\b",
                last[-90:],
            ):
                return False
            return bool(
                SIGNATORIES.search(last)
                or re.search(
                    r"\b(?:sign|paraph|conclu)\w* (?:\w+ ){0,12}?(?:par|entre|avec)(?: [\w' "
                    r"]{0,40})? ?:$|\bont (?:\w+ )?signe[^:]*:$|sign\w* (?:par|avec) ?:$",
                    last,
                )
            )
        return False

    def _items(self, index: int) -> list[int]:
        """The list that follows a block: its items, or short lines that each name a body."""
        blocks = self.page.blocks
        found: list[int] = []
        kind = ""
        for at in range(index + 1, len(blocks)):
            block = blocks[at]
            text = self.page.text[block.start : block.end]
            if not kind:
                kind = "item" if block.kind == "item" else "line"
            if kind == "item":
                if block.kind == "item" or (
                    found
                    and self.page.text[blocks[at - 1].end - 1] in ",;"
                    and len(text) < 120
                    and self._item(block, Frame("list", 0, 0))
                ):
                    found.append(at)
                else:
                    break
            else:
                if block.kind == "item" or len(text) > 160 or re.search(r"[a-z]{3}\.\s+[A-Z]", text):
                    break
                if re.match(r"(?:represente|ci-apres)", self.page.folded[block.start : block.end]):
                    continue
                if not any(
                    m.start < block.end and m.start >= block.start and m.start - block.start < 45
                    for m in self.all
                ):
                    if (
                        found
                        and len(text) < 70
                        and re.match(
                            r"(?:l[ae] |l'|m\.|mme|monsieur|madame|son |sa )",
                            self.page.folded[block.start : block.end],
                        )
                    ):
                        continue
                    break
                if re.search(r"\b(?:est|sont|a|ont|vise|comprend|s'articule)\b", text):
                    break
                found.append(at)
        return found

    def _item(self, block: Block, frame: Frame) -> list[Signer]:
        """The bodies of one item of a list of signatories."""
        start, end = block.start, block.end
        folded = self.page.folded[start:end]
        cut = re.search(r",? ?\b(?:represente|ci-apres|en presence|pour son|via son)\w*|(?<=\w) ?: ", folded)
        if (
            cut
            and cut.start() > 8
            and not (cut.group().endswith(": ") and re.match(r"pour\b|m\.|mme", folded))
        ):
            end = start + cut.start()
        spans = self._masked(start, end)
        inside = [m for m in self.all if start <= m.start < end and not _in(m, spans)]
        chosen: list[Mention] = []
        edge = start
        for mention in inside:
            if mention.start < edge or (mention.weak and (chosen or mention.start > start + 4)):
                continue
            gap = self.page.folded[edge : mention.start]
            if not chosen and not self._bridge(edge, mention.start, spans, closing=False):
                break
            if chosen and not re.fullmatch(
                r"(?:, |/| / | et | & | ainsi que |, et |; | \(|, dont )(?:l'|la |le |les |de "
                r"la |du |de l')?",
                gap,
            ):
                break
            chosen.append(mention)
            edge = mention.end
        if chosen:
            return self._signers(chosen, frame)
        left, right = self.page.trim(start, end, ",;.•-–*")
        words = re.sub(r"^(?:L[’']|La |Le |Les )", "", self.page.text[left:right])
        left = right - len(words)
        words = words.split(" – ")[0].split(" - ")[0].rstrip(" ,;.")
        if (
            not words
            or len(words) > 110
            or PERSON.match(words)
            or not words[0].isupper()
            or len(words.split()) > 14
        ):
            return []
        if re.match(r"(?:et|plusieurs|autres|de nombreu|tout|des )", fold(words)):
            return []
        made = Mention(left, left + len(words), kind_of_name(words), words, words, weak=True)
        return [Signer(made, 0, True)]

    def _headers(self, used: set[int]) -> Iterator[Frame]:
        """ "ENTRE … représentée par … ET …": the parties of a contract's own text."""
        blocks = self.page.blocks
        for index, block in enumerate(blocks):
            line = self.page.folded[block.start : block.end]
            opening = re.match(r"entre\b(?: les soussignes| d'une part)?[ :,]*", line)
            if not opening:
                continue
            frame = Frame("header", block.start, block.end)
            if len(line) > 60 and "represente" in line:
                frame.signers = self.chain(block.start + opening.end(), block.end, frame)
                used.add(index)
            elif (
                len(line) <= 25
                or self.page.text[block.start : block.start + 5].isupper()
                or ":" in opening.group()
            ):
                frame.signers = self._parties(index, frame, used)
            if len(frame.signers) > 1:
                for signer in frame.signers:
                    signer.listed = True
                yield frame

    def _parties(self, index: int, frame: Frame, used: set[int]) -> list[Signer]:
        """The parties of a header of several lines, down to what the contract is founded on."""
        blocks = self.page.blocks
        found: list[Signer] = []
        for at in range(index, min(index + 80, len(blocks))):
            part = self.page.folded[blocks[at].start : blocks[at].end]
            if at > index and HEADER_END.match(part):
                break
            found += self._party(blocks[at], frame)
            used.add(at)
        return found

    def _party(self, block: Block, frame: Frame) -> list[Signer]:
        """The body that a line of the header opens with; who represents it is passed over."""
        text, start = self.page.folded[block.start : block.end], block.start
        out: list[Signer] = []
        for match in re.finditer(
            r"(?:^|\bet (?=l'|la |le |les |les co)|, (?=l'|la |le |les )|(?<=part, )|(?<=part "
            r")|\bet :|: )(?:entre\b(?: les soussignes)?(?: :)?|et\b(?! de\b))?[ "
            r":,-]*(?:d'une part,? ?(?:et )?)?(?:les? (?:co-?)?signataires(?: associes)? ?:? "
            r"?)?(?:l'|la |le |les )?",
            text,
        ):
            at = start + match.end()
            lead = text[: match.start()]
            if re.search(r"represente[^;]*$", lead) and not re.match(r"\bet ", match.group()):
                continue
            for mention in self.mentions:
                if at <= mention.start <= at + 2 and not mention.post:
                    out += self._signers([mention], frame)
                    break
        seen: list[Signer] = []
        for signer in out:
            if all(s.mention.start != signer.mention.start for s in seen):
                seen.append(signer)
        return seen


def _in(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mention.start < end for start, end in spans)
