"""Ways to tell the axes of a contract, made by combination: announcing nouns x shells x layouts x lists."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

NOUNS = (
    "axes",
    "priorités",
    "orientations",
    "objectifs",
    "enjeux",
    "défis",
    "ambitions",
    "thématiques",
    "volets",
    "piliers",
    "chantiers",
    "axes stratégiques",
    "axes prioritaires",
    "orientations stratégiques",
    "lignes directrices",
    "lignes de force",
    "grandes priorités",
    "champs d'intervention",
    "domaines prioritaires",
)
NAMES = (
    "la santé mentale",
    "l'accès aux soins",
    "la prévention",
    "le bien vieillir",
    "la santé environnementale",
    "l'accès aux droits",
    "la nutrition",
    "la santé des jeunes",
    "l'attractivité du territoire",
)
DEEDS = (
    "améliorer l'accès aux soins",
    "promouvoir la santé mentale",
    "prévenir les conduites addictives",
    "soutenir les aidants",
    "agir sur l'habitat",
    "accompagner le vieillissement",
    "développer la prévention",
    "lutter contre le renoncement aux soins",
)
NUMBERS = "deux trois quatre cinq six".split()

SHELLS = (
    "Il comporte {N} {nouns} : {list}.",
    "Le contrat s'articule autour de {N} {nouns} : {list}.",
    "Le contrat se décline en {N} {nouns} ({list}).",
    "Les {nouns} du contrat sont {list}.",
    "Les {N} {nouns} du contrat sont {list}.",
    "Ses {nouns} : {list}.",
    "{N} {nouns} ont été retenus : {list}.",
    "{N} {nouns} structurent le contrat : {list}.",
    "Le contrat fixe {N} {nouns}, à savoir {list}.",
    "Parmi les {nouns} du contrat : {list}.",
    "Le contrat porte sur {N} {nouns} : {semi}.",
    "Au programme, {N} {nouns} : {list}.",
    "Au cœur du contrat, {N} {nouns} : {list}.",
    "{List} : tels sont les {N} {nouns} du contrat.",
    "{List} sont les {N} {nouns} du contrat.",
    "Sur quoi porte-t-il ? {N} {nouns} : {list}.",
    "Quels sont les {nouns} ? {List}.",
    "Quels sont ses {nouns} ? Il y en a {N} : {list}.",
    "Les {nouns}\n\n{bullets}",
    "Les {N} {nouns}\n\n{bullets}",
    "Le contrat comporte {N} {nouns} :\n\n{bullets}",
    "Les {nouns} du contrat sont les suivants :\n\n{bullets}",
    "{N} {nouns} guident le contrat :\n\n{bullets}",
    "{N} {nouns} ont été définis avec les partenaires :\n{bullets}",
    "Il y a {N} {nouns}. Le premier concerne {told}.",
    "Le contrat a {N} {nouns}. Le premier, c'est {is}.",
    "{labels}",
    "Avec cela, {N} {nouns} : {list}.",
    "Concrètement, {N} {nouns}, pas un de plus : {list}.",
    "{N} {nouns} – {list} – guident le contrat.",
    "Les {N} {nouns} choisis – {list} – seront adaptés à chaque commune.",
    "Une feuille de route en {N} {nouns}\n\nLe premier, nouveau, est consacré à {first}. {rest}.",
    "Au programme des cinq prochaines années du contrat :\n{pictures}",
    "3. {Nouns}\n{dashes}\n\n4. Calendrier",
    "{N} {nouns} ({letters}) sont au cœur du contrat.",
    "Le diagnostic a permis de retenir {N} {nouns} pour le contrat : {list}.",
    "Le diagnostic a fait ressortir {N} {nouns} que le contrat reprend à son compte : {list}.",
    "Le contrat retient {N} {nouns} :\n\n{starred}",
    "{n_less} {nouns} ont été retenus : {list_less}. S'y ajoute une autre, {last}.",
    "{n_less} autres {nouns} ont été retenus : {list_less}. Avec {last}, cela fait {N} {nouns}.",
    "Accueil > Santé\n\n{Bare} > {path}",
    "Les {nouns}\n\n{hashes}",
    "{N} {nouns} guident le contrat :\n{hashes}",
    "Le contrat compte {N} {nouns}. {glued}",
    "{GLUED}",
    "Les {nouns} du contrat : {stops}",
    "{Bare} : {spaced}",
    "{N} {nouns} ont été arrêtés, {list}. Vingt actions en découlent.",
    "Le contrat propose {N} pistes {of_nouns} : {list}.",
    "Parmi les {nouns} retenus, on trouve {names}.",
    "Les {nouns} du contrat concernent {names}.",
    "Ses {nouns} portent sur {names}.",
    "{List} constituent les {nouns} de ce contrat.",
    "{List} : {N} {nouns} pour ce contrat.",
    "Le contrat compte vingt actions articulées autour de :\n\n{bullets}",
    "Les vingt actions du contrat s'articulent autour {of_names}.",
    "Le contrat rassemble vingt actions, réparties entre :\n{bullets}",
    "{in_words}",
    "Sommaire\n{contents}\nAnnexes ........ 60",
    "Table des matières\n{pages}",
    "Les {N} {nouns}\n{tallied}",
    "{TABS}",
    "Le contrat comporte {N} {nouns} :\n{asides}",
    "Les {nouns} du contrat\n\n{named_lines}",
    "Objectifs stratégiques (OS)\n{short}",
    "Les {nouns} du contrat :\n\n{headed}",
    "Au travers de {N} {nouns}, à savoir {list}, le contrat agit.",
    "Le contrat repose sur les {N} {nouns} qui suivent : {periods}",
    "Les {nouns} retenus sont au nombre de {N}. Il s'agit {of_names}.",
    "{N} {nouns} ont été retenus. Il s'agit de : {list}.",
    "{N} {nouns} ont été retenus. Ce sont {list}.",
    "{N} {nouns} ont été retenus : {firstly}.",
    "Il y a {N} {nouns}. Le premier axe, {quoted}.",
    "Les {nouns} : {ranked}.",
)
NEGATIVE = (
    "Le diagnostic a relevé {N} {aims} : {list}.",
    "L'enquête a mis en évidence {N} {aims} : {list}.",
    "{N} {aims} ont été pointés par l'étude : {list}.",
    "La CPTS poursuit {N} {aims} : {list}.",
    "L'hôpital de Pau s'est fixé {N} {nouns} : {list}.",
    "Le contrat de ville comporte {N} {nouns} : {list}.",
    "Le projet régional de santé fixe {N} {nouns} : {list}.",
    "Le projet territorial de santé mentale compte {N} {nouns} :\n\n{bullets}",
    "Les axes routiers sont nombreux : la rocade, l'avenue de Bordeaux et la route de Tarbes.",
    "Les axes rouges et les grands axes de circulation : la rocade, l'avenue de Bordeaux.",
    "Les {nouns} du projet régional de santé sont {list}.",
    "Les objectifs de la CPTS\n\n{bullets}",
    "Les {nouns} du contrat de ville\n\n{bullets}",
    "De son côté, l'association poursuit {N} {aims} : {list}.",
    "Le plan stratégique régional fixe {N} {nouns} : {list}.",
    "Le projet de territoire se donne {N} {nouns}. Ils concernent {names}.",
    "Les {nouns} du projet de territoire concernent {names}.",
    "Les {nouns} de la CPTS portent sur {names}.",
    "{List} constituent les {nouns} de la CPTS.",
    "Le PRS\n\n{Bare} du projet régional de santé > {path}",
    "Trois groupes de travail se sont réunis : {list}.",
    "Les missions de la coordinatrice : {list}.",
    "Les ateliers de la journée portaient sur {names}.",
    "Dans l'axe 1, deux actions ont commencé ; dans l'axe 2, aucune.",
    "La CPTS compte vingt actions articulées autour de :\n\n{bullets}",
    "Fiche action 1 : {first}\nFiche action 2 : {last}",
    "Rue de la Paix > {path}",
    "Les vingt actions du contrat de ville s'articulent autour {of_names}.",
    "La journée s'est articulée autour de {N} {nouns} : {list}.",
    "Les {nouns} du conseil local de santé mentale : {list}.",
    "La CPTS a retenu {N} {nouns}. Il s'agit de : {list}.",
    "Lot 1 : {first}\nLot 2 : {last}",
    "Axe de circulation\nAxe routier",
    "P1 : {first}\nP2 : {last}",
)
AIMS = ("enjeux", "défis", "objectifs")
ASIDES = (", où l'offre manque", "", ", grâce à un bus", ", par des ateliers", ", avec les écoles")
OF = re.compile(r"^(le |les |la |l')")
TELLING = ("le deuxième", "le troisième", "le quatrième", "le cinquième", "le sixième")
MARKS = ("- ", "• ", "* ", "→ ", "✔ ", "❶", "1. ", "1) ", "A. ", "1° ")


@dataclass(frozen=True)
class Told:
    """A text made by combination, and the axes it tells."""

    shell: str
    text: str
    axes: tuple[str, ...]


def bare(axis: str) -> str:
    """An axis without the article that "autour du", "autour des" swallow."""
    return re.sub(r"^(?:le |les )", "", axis.lower())


def _marked(items: list[str], mark: str, end: str) -> str:
    lines = []
    for at, item in enumerate(items):
        shown = mark.replace("1", str(at + 1)).replace("A", "ABCDEF"[at]).replace("❶", "❶❷❸❹❺❻"[at] + " ")
        lines.append(shown + item[:1].upper() + item[1:] + end)
    return "\n".join(lines)


def _of(article: re.Match[str]) -> str:
    return {"le ": "du ", "les ": "des "}.get(article.group(), f"de {article.group()}")


def _filled(shell: str, chance: random.Random) -> Told:
    told_as_names = any(
        place in shell
        for place in (
            "{told}",
            "{is}",
            "{first}",
            "{last}",
            "{names}",
            "{of_names}",
            "articulées",
            "réparties",
        )
    )
    pool = NAMES if told_as_names else chance.choice((NAMES, DEEDS))
    items = chance.sample(pool, chance.choice((3, 3, 4, 5)))
    listed = ", ".join(items[:-1]) + " et " + items[-1]
    mark, end = chance.choice(MARKS), chance.choice(("", " ;", ""))
    nouns = chance.choice(NOUNS)
    told = ", ".join(f"{w} {n}".strip() for w, n in zip(("", *TELLING), items, strict=False))
    isit = ". ".join(
        f"{w[:1].upper()}{w[1:]}, c'est {n}" if w else n for w, n in zip(("", *TELLING), items, strict=False)
    )
    word = chance.choice(("Axe", "Priorité", "Orientation", "Objectif", "Enjeu", "Axe stratégique"))
    sign = chance.choice((" : ", " - ", " – ", ". "))
    sign_apart = chance.choice((" : ", " - ", " – "))
    mark_of = chance.choice(("", ": ", "– "))
    dash = chance.choice(("", "– ", ": "))
    values = {
        "N": NUMBERS[len(items) - 2],
        "nouns": nouns,
        "list": listed,
        "List": listed[:1].upper() + listed[1:],
        "semi": " ; ".join(items),
        "bullets": _marked(items, mark, end),
        "told": told,
        "is": isit,
        "Nouns": f"Les {nouns}",
        "aims": chance.choice(AIMS),
        "first": items[0],
        "rest": ". ".join(
            f"{w[:1].upper()}{w[1:]} porte sur {n}" for w, n in zip(TELLING, items[1:], strict=False)
        ),
        "pictures": "\n".join(
            f"{mark} {n[:1].upper()}{n[1:]}" for mark, n in zip("🩺🚭🍎🏃💊", items, strict=False)
        ),
        "dashes": "\n".join(f"- {n[:1].upper()}{n[1:]}" for n in items),
        "letters": " ; ".join(f"{'abcde'[at]}) {n}" for at, n in enumerate(items)),
        "starred": "\n".join(f"- **{n[:1].upper()}{n[1:]}**" for n in items),
        "n_less": NUMBERS[len(items) - 3],
        "list_less": ", ".join(items[:-2]) + " et " + items[-2],
        "last": items[-1],
        "names": listed,
        "of_names": ", ".join(OF.sub(_of, n) for n in items[:-1]) + " et " + OF.sub(_of, items[-1]),
        "of_nouns": f"d'{nouns}" if nouns[0] in "aeo" else f"de {nouns}",
        "Bare": nouns[:1].upper() + nouns[1:],
        "path": " > ".join(n[:1].upper() + n[1:] for n in items),
        "hashes": "\n".join(f"#{at} {dash}{n[:1].upper()}{n[1:]}" for at, n in enumerate(items, 1)),
        "glued": " ".join(f"Axe {at} : {n[:1].upper()}{n[1:]}" for at, n in enumerate(items, 1)),
        "GLUED": " ".join(f"AXE {at} {n.upper()}" for at, n in enumerate(items, 1)),
        "stops": " ".join(f"{at}. {n[:1].upper()}{n[1:]}." for at, n in enumerate(items, 1)),
        "spaced": " – ".join(f"{at}. {n[:1].upper()}{n[1:]}" for at, n in enumerate(items, 1)),
        "in_words": "\n".join(
            f"{word} {w}{sign_apart}{n[:1].upper()}{n[1:]}"
            for w, n in zip(("un", *NUMBERS), items, strict=False)
        ),
        "contents": "\n".join(
            f"{word} {at}{sign}{n[:1].upper()}{n[1:]} ........ {9 * at}" for at, n in enumerate(items, 1)
        ),
        "named_lines": "\n".join(f"Axe {mark_of}{n}" for n in items),
        "short": "\n".join(f"OS{at} {dash or ': '}{n[:1].upper()}{n[1:]}" for at, n in enumerate(items, 1)),
        "headed": "\n\n".join(f"{n[:1].upper()}{n[1:]} :\n- un forum\n- un bus" for n in items),
        "periods": " ".join(f"{n[:1].upper()}{n[1:]}." for n in items),
        "firstly": f"tout d'abord {items[0]} ; "
        + " ; ".join(f"ensuite {n}" for n in items[1:-1])
        + f" ; et pour finir {items[-1]}",
        "quoted": ". ".join(
            f"{w[:1].upper()}{w[1:]}, « {n} », compte deux actions" if w else f"« {n} », compte deux actions"
            for w, n in zip(("", *TELLING), items, strict=False)
        ),
        "ranked": ", ".join(f"{n} (axe {at})" for at, n in enumerate(items, 1)),
        "pages": "\n".join(f"Axe {at} {n[:1].upper()}{n[1:]} {9 * at}" for at, n in enumerate(items, 1)),
        "tallied": "\n".join(f"{n[:1].upper()}{n[1:]}\n{at + 2} actions" for at, n in enumerate(items)),
        "TABS": "Axe stratégique\tPilote\n" + "\n".join(f"{n[:1].upper()}{n[1:]}\tARS" for n in items),
        "asides": "\n".join(
            f"- {n[:1].upper()}{n[1:]}{a} ;" for n, a in zip(items, ASIDES * 2, strict=False)
        ),
        "labels": "\n".join(
            f"{word} {at}{sign}{item[:1].upper()}{item[1:]}" for at, item in enumerate(items, 1)
        ),
    }
    said = re.sub(r"\{(\w+)\}", lambda m: values[m.group(1)], shell)
    return Told(shell, said[:1].upper() + said[1:], tuple(items))


OPENING = (
    "Contrat local de santé de Pau\n\nLe contrat local de santé a été signé le 3 mai 2024 par la Ville de "
    "Pau et l'ARS Nouvelle-Aquitaine.\n\n"
)
CLOSING = "\n\nUn comité de pilotage se réunit chaque année."


def negative(each: int, seed: int = 5) -> Iterator[str]:
    """Texts that tell aims of something else: none is an axis of the contract."""
    chance = random.Random(seed)
    for shell in NEGATIVE:
        for _ in range(each):
            yield OPENING + _filled(shell, chance).text + CLOSING


def combined(each: int, seed: int = 5) -> Iterator[Told]:
    """``each`` texts of every shell, in order; the same for the same seed."""
    chance = random.Random(seed)
    for shell in SHELLS:
        for _ in range(each):
            made = _filled(shell, chance)
            yield Told(made.shell, OPENING + made.text + CLOSING, made.axes)
