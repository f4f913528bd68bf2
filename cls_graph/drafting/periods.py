"""Which period is the contract's own, and which that of its plan, of a neighbour or of something else."""

from __future__ import annotations

import re

from cls_graph.drafting.attribution import Attribution
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.layout import Page
from cls_graph.drafting.spans import Span

OTHER = re.compile(
    r"\b(?:projets? regiona(?:l|ux) de sante|prs ?\d?\b|contrats? de ville|schema\w*|programme "
    r"national|programme regional|programme (?=\w+ $)|leader|feder|projets? territoria(?:l|ux)|ptsm"
    r"|conventions?|feuille de route|strategie|projet de territoire|mandat|crte"
    r"|plan (?!d'actions?)\w+|plan$|evaluation|diagnostic|enquete|etude|cooper\w+|financ\w+|"
    r"subvention\w*|budgets?|saison|scolaire|expositions?|inscriptions?|festival|vacances|euros?|€"
    r"|action cœur de ville|petites villes de demain|territoires? d'industrie"
    r"|poste|contrat de projet|cdd|recrut\w+|crise|covid|depuis|il y a|loi\b"
    r"|decret|code de la sante|contrat local de sante mentale|cpom|pacte|pcaet|plh|siecle|travail|"
    r"(?:sera|seront|ete|est|sont) (?:re)?construite?s?|batiments?|concertation|elaboration|"
    r"reflexion|preparation|gestation|apres)\b"
)
ASKED = re.compile(
    r"\b(?:combien de temps|quelle duree|jusqu'a quand|pour quelle|duree|dure)\b[^.?!]{0,50}\?$"
    r"|(?:^|\n)(?:article \d{1,2} ?[-:.] ?|\d{1,2}[.)] ?)?duree"
    r"(?: (?:du|de ce) (?:contrat local de sante|contrat|cls))?\s*:?$"
    r"|\bde quoi s'agit-il ?\?$"
)
"""A question that the period after it answers."""
OVER = re.compile(r"\b(?:a|ont|avai(?:en)?t) dure\b")
TO_COME = re.compile(
    r",? (?:(?:la|le|les|l'|ses|leurs|nos) ?(?:[\w'-]+ ){0,6}?|on |nous |elles? )(?!sera\b|seront\b)"
    r"[\w'-]*r(?:a|ont|ons) (?!ete\b)(?!lieu\b)"
)
""" "Pendant quatre ans, la commune s'attaquera à …": what the contract will do while it lasts."""
ITS_COURSE = re.compile(
    r"(?:^|, |: )(?:il|celui-ci|ce (?:nouveau )?(?:contrat|document|texte)) (?!y )(?!n'|ne )[^,;.:]{0,40}$"
)
HAD = re.compile(r"(?:il|celui-ci) (?:a|ont|avait|etait|fut)\b")
DO = re.compile(r"\b(?:actions?|mesures|partenaires|signataires|fiches)\b")
PROMISED = re.compile(r"\b(?:seront|sont (?:prevue?s|programmee?s|planifiee?s)|(?!seront)\w{3,}ront)\b")
""" "Entre 2025 et 2029, trente actions seront menées"."""
COMING_YEARS = re.compile(r"^(?:les|ces) .*\b(?:prochaines annees|annees a venir|ans a venir)$")
SERVE = re.compile(r" (?:seront|verront|permettront|serviront|doivent|devront|vont)\b")
""" "Les cinq années à venir seront consacrées à …"."""
ROADMAP = re.compile(
    r"(?:la|cette|sa|leur) (?:nouvelle |presente )?(?:feuille de route|convention) (?:commune |partagee )?"
    r"(?:couvre|court|vaut|porte|s'etend|est etablie)\b"
    r"|(?:elle|il) (?:ouvre|inaugure) une? (?:nouveau |nouvelle )?(?:cycle|periode)\b"
    r"|le (?:nouveau|second|deuxieme|troisieme|quatrieme) (?:est |a |court|courra|doit |$)"
)
BOUND = re.compile(r"\b(?:contrat local|cls)\b[^;]{0,60}\b(?:unit|lie|reunit|engage)\b[^;]*$")
""" "Le contrat unit A, B et C pour cinq ans"."""
RUNS = re.compile(
    r"\b(?:contrat(?: local de sante)?|cls|il|celui-ci|document)\b(?: \(cls\))? "
    r"(?:se deroule\w*|cour\w+|s'etend\w*|s'etale\w*|vaut|(?:est|a ete|sera) (?:conclu|prevu|valable"
    r"|mis en œuvre|execute|deploye|applique)) entre $"
)
""" "Le contrat se déroule entre 2022 et 2026"."""
LASTED = re.compile(
    r"\bcelui (?:qui|qu'elle)\b[^,.;]{0,20}\b(?:dure|couru|courait|couvrait|allait|porte|portait)\b"
    r"[^,.;]{0,12}$"
)
""" "Celui qui a duré de 2014 à 2018"."""
IN_PREPARATION = re.compile(
    r"\b(?:preparation|elaboration|construction|ecriture|demarche|reflexion|lancement|projet) "
    r"(?:d'un|de son|du|de ce|de leur)(?: \w+)? (?:contrat local de sante|contrat|cls)(?: \(cls\))?"
    r"[^.;,]{0,30}$"
)
""" "Il s'est engagé dans la préparation d'un contrat à partir de 2016"."""
FRUIT = re.compile(r"\b(?:fruit|bout|issue|terme|resultat|aboutissement|apres|entre) $")
WORK = re.compile(
    r" de (?:travail|concertation|discussions?|negociations?|reflexion|preparation|diagnostic|dialogue)\b"
)
""" "Fruit de deux ans de travail", "entre 2015 et 2020"."""
NEIGHBOUR = re.compile(r"\bvoisine?s?\b[^.;:]{0,60}$|\b(?:le sien|la leur|le leur|les leurs)\b[^.;:]{0,30}$")
""" "Le Gard rhodanien, voisin, en est à son deuxième contrat (2022-2027)"."""
WAS_DONE = re.compile(
    r",? (?!(?:le|ce|ces|un) (?:\w+ )?(?:contrat|cls))(?!il )(?:(?!\b(?:contrat|cls|il)\b)[^.;:]){0,60}?"
    r"\b(?:a|ont) (?:\w+ )?(?:ete|permis|pu|beneficie)\b"
)
""" "De 2022 à 2024, 169 projets ont été aidés": what was done in some of its years."""
TERM = re.compile(
    r".{0,12}?(?:\b(?:il|celui-ci) (?:prend|arriv|s'achev|expire|se termin|cess)|(?:nous|se) donn)"
)


def period_of(
    page: Page, spans: list[Span], contract: Contract, attribution: Attribution
) -> tuple[list[Span], list[Span]]:
    """The spans that say the period of the contract, best first; and those of its action plan."""
    scored: list[tuple[float, Span]] = []
    plans: list[Span] = []
    for span in spans:
        if not contract.holds(span.start):
            continue
        verdict = _governor(page, span)
        if verdict == "plan":
            plans.append(span)
        inside = span.start - page.sentence_at(span.start)[0] > 12
        if not verdict and inside and page.folded.startswith("depuis", span.start):
            continue  # "le bus sillonne le territoire depuis 2019 et jusqu'en 2025"
        if not verdict and span.stop and span.begin and int(span.stop[:4]) - int(span.begin[:4]) < 2:
            continue  # a season, an exhibition: no contract is so short
        if span.duration and OVER.search(page.folded, max(0, span.start - 8), span.start + 5):
            continue  # "Celui de 2020 avait duré cinq ans": of a contract that is over
        if verdict in ("other", "plan") or attribution.previous(span.start, span.end):
            continue
        score = {"contract": 3.0, "near": 2.0, "": 0.6}[verdict]
        if span.duration:
            score -= 0.7
        if span.begin and span.stop:
            score += 1
        block = page.blocks[max(page.block_at(span.start), 0)]
        if block.kind == "heading":
            score += 0.8
        scored.append((score, span))
    scored.sort(key=lambda s: (-s[0], s[1].start))
    if scored and scored[0][0] < 1.2 and len(scored) == 1 and scored[0][1].stop and not scored[0][1].begin:
        return [scored[0][1]], plans  # "jusqu'en 2028": the only end that the text gives
    return [span for score, span in scored if score >= 1.2], plans


def _governor(page: Page, span: Span) -> str:
    """What a period belongs to: the contract, its plan of action, or something else."""
    start, end = page.sentence_at(span.start)
    before, after = page.folded[start : span.start], page.folded[span.end : min(end, span.end + 45)]
    nouns = [(m.end(), "other") for m in OTHER.finditer(before)]
    nouns += [
        (m.end(), "contract")
        for m in re.finditer(
            r"\b(?:contrats? local(?: de sante)?(?! mentale)|contrat(?! de ville| local)|cls|"
            r"il (?:court|couvre|est (?:conclu|signe|valable))|document|programmee? |prevue? |"
            r"conclue? |valable|duree|s'etend|renouvele|programmation|calendrier|echeance|"
            r"(?:les|ces) (?:deux|trois|quatre|cinq|six) contrats|la "
            r"periode|engag\w+|contract\w+|partenariat|accord|signee?s?|texte|vaut|valent|embarqu\w+"
            r"|repar\w+|rempil\w+|c'est parti|voila (?:re)?(?:lance|parti)e?s?"
            r"|au (?:menu|programme))\b",
            before,
        )
    ]
    nouns += [
        (m.end(), "plan") for m in re.finditer(r"\bplans? d'actions?\b|\bprogramme d'actions?\b", before)
    ]
    if span.begin and not before.strip() and WAS_DONE.match(page.folded, span.end, end):
        return "other"
    asked = page.folded[max(0, start - 90) : start].rstrip()
    if ASKED.search(asked) or TERM.match(page.folded[max(start, span.start - 12) : span.end]):
        return "contract"
    nouns = [n for n in nouns if len(before) - n[0] < (160 if span.duration else 95)]
    if page.folded.startswith("d'ici", span.start):
        return "contract" if _promised(before, page.folded[span.end : end]) else "other"
    if re.match(
        r"\)? (?:du (?:present |nouveau )?(?:contrat|cls)|de ce (?:contrat|cls))\b(?! de ville)", after
    ):
        return "contract"
    if (
        ROADMAP.match(before)
        or (before == "feuille de route " and span.stop)
        or (span.duration and not after.strip(" .") and BOUND.search(before))
    ):
        return "contract"
    if span.begin and span.stop and _promised(before, page.folded[span.end : end]):
        return "contract"
    if LASTED.search(before) or RUNS.search(before):
        return "contract"
    if span.begin and not span.stop and IN_PREPARATION.search(before):
        return "other"
    if NEIGHBOUR.search(before) or FRUIT.search(before) or (span.duration and WORK.match(after)):
        return "other"
    opens = span.duration and not before.strip()
    told = re.match(r"(?:(?!\b(?:ont|avai\w+|etai\w+)\b).)*", page.folded[span.end : min(end, span.end + 80)])
    if opens and told and re.match(r", (?:il|celui-ci|ce contrat|le contrat|les (?:\w+ )?\w+ )", after):
        return (
            "contract" if told.end() == len(told.string) else ""
        )  # "Pour cinq ans, il lie treize signataires"
    if opens and TO_COME.match(page.folded, span.end, end):
        return "contract"
    words = page.folded[span.start : span.end]
    if COMING_YEARS.search(before + words) and SERVE.match(page.folded, span.end, end):
        return "contract"
    if words.startswith("contrat ") and span.duration:
        return "contract"
    if (
        words.startswith(("echeance", "jusqu'a quand", "date d"))
        or re.search(r" (?:contrat|cls)$", words)
        or words.endswith("de plus")
    ):
        return "contract"
    if re.search(r"\bduree\b|\b(?:valable|valide|validite|conclu)\b", words) and all(
        n[1] != "other" for n in nouns
    ):
        return "contract"
    if (
        not nouns
        and (span.stop or span.duration)
        and re.match(
            r"(?:il|celui-ci|ce (?:nouveau )?(?:contrat|document)|programme|prevu|conclu|valable|signe)\b",
            page.folded[start:end],
        )
    ):
        return "near"
    if (course := ITS_COURSE.search(before)) and not any(
        n[1] == "other" and n[0] > course.start() - _reach(course) for n in nouns
    ):
        return "contract"
    if nouns:
        nearest = max(nouns)
        if nearest[1] == "contract" and re.search(r"(?:la periode|duree|valable)$", before[: nearest[0]]):
            others = [n for n in nouns if n[1] != "contract" and nearest[0] - n[0] < 30]
            return others[-1][1] if others else "contract"
        if (
            nearest[1] == "other"
            and span.duration
            and re.search(r"\bcontrat|\bcls", before[nearest[0] :] or "")
        ):
            return "contract"
        return nearest[1]
    if span.stop and not span.begin and page.folded[span.end : end].strip() in ("", ":"):
        return "near" if page.text[page.blocks[max(page.block_at(span.start), 0)].end - 1] == ":" else ""
    follows = re.search(r"\b(?:contrat|cls|le document)\b", after)
    if follows and not OTHER.search(after[: follows.start()]):
        return "near"
    block = page.blocks[max(page.block_at(span.start), 0)]
    if (
        block.kind == "heading"
        and span.start < 600
        and span.begin
        and span.stop
        and not OTHER.search(page.folded[block.start : block.end])
    ):
        return "near"
    return ""


def _reach(course: re.Match[str]) -> int:
    """How far before "il" a noun may be what it stands for: in "Fruit d'une concertation, il …" none."""
    plain = course.group().startswith(", ") and not HAD.match(course.group()[2:])
    return 0 if plain else 40


def _promised(before: str, after: str) -> bool:
    """Whether a sentence says what will be done from one year to another, and of nothing else."""
    whole = f"{before} {after}"
    return bool(DO.search(whole) and PROMISED.search(whole)) and not OTHER.search(whole)
