"""The bare noun of shared texts, "contrat", "contract", as another kind of contract is called: "convention".

In English the noun is exchanged wherever it stands. In French it is where what agrees with it can be made to
agree: a text with anything else that may agree with it ("il", "lequel", a participle further on) stays whole,
as a convention is a contract too.
"""

from __future__ import annotations

import re

_OTHER = r"(?! (?:de ville|loca(?:l|ux) de|territoria(?:l|ux) de|de relance)\b)"
_DETERMINERS = {
    # before a masculine, a feminine, a vowel (masculine; feminine)
    "un": ("un", "une", "un", "une"),
    "le": ("le", "la", "l'", "l'"),
    "du": ("du", "de la", "de l'", "de l'"),
    "au": ("au", "à la", "à l'", "à l'"),
    "ce": ("ce", "cette", "cet", "cette"),
    "tout": ("tout", "toute", "tout", "toute"),
    "aucun": ("aucun", "aucune", "aucun", "aucune"),
    "quel": ("quel", "quelle", "quel", "quelle"),
    "quels": ("quels", "quelles", "quels", "quelles"),
    "certains": ("certains", "certaines", "certains", "certaines"),
    "tous les": ("tous les", "toutes les", "tous les", "toutes les"),
    "de": ("de", "de", "d'", "d'"),
    "que": ("que", "que", "qu'", "qu'"),
}
_ADJECTIVES = {
    "nouveau": "nouvelle", "premier": "première", "dernier": "dernière", "ancien": "ancienne",
    "seul": "seule", "prochain": "prochaine", "nouveaux": "nouvelles", "premiers": "premières",
    "derniers": "dernières", "anciens": "anciennes", "seuls": "seules", "prochains": "prochaines",
}  # fmt: skip
_PLAIN = ("même", "mêmes", "autre", "autres", "deuxième", "troisième", "deux", "plusieurs", "2e", "3e")
_AFTER = (
    r"(?!(?:santé|cité|qualité|sécurité|peu)s?\b)"
    r"(?:\w{2,}(?:é|(?<!ea)u)s?|soumis|clos|(?:précédent|suivant|récent|courant|ouvert|écrit)s?"
    r"|loca(?:l|ux)|nouveaux?|(?:commun|voisin)s?)"
)
_IS = r"(?:est|sera|soit|a été|n'est pas|n'a pas été|ait été)"
_FRENCH = re.compile(
    rf"(?<![\w`/:«{{-])(?:(?P<det>{'|'.join(sorted(_DETERMINERS, key=len, reverse=True))}) )?"
    rf"(?:(?P<adj>{'|'.join((*_ADJECTIVES, *_PLAIN))}) )?(?P<noun>contrats?){_OTHER}(?![\w`/-]|:\w)"
    rf"(?: (?P<after>{_AFTER})(?!\w)| (?P<verb>{_IS} )(?P<told>dit )?(?P<said>{_AFTER})(?!\w)"
    r"| (?P<turned>(?:ne |n['’])?\w+(?:-t)?-)ils?\b)?",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:ils?|celui|ceux|lequel|lesquels|auquel|auxquels|duquel|desquels|lui|eux|tous|nul|chacun|"
    r"(?:au|du|le|un) (?:précédent|premier|second|suivant)|(?:pas|peut|doit|faut) le \w+(?:er|ir|re)|"
    r"(?:qui|on|de|à) le \w+|seuls|(?:aucun|un|certains) des?|"
    r"(?:est|sont|été|soit|soient|sera|reste|paraît) (?:\w+ )?\w+(?:és?|us?|i|is|ants?))\b"
    r"|\bl[’']un\b|, \w+é (?:ou|et) ",
    re.IGNORECASE,
)
"""What may agree with the noun from afar."""
_BEING = re.compile(
    r"\b(?:est|sont|été|soit|soient|sera|seront|était|étaient|reste|restent|paraît|paraissent|semblent?"
    r"|devient|deviennent|demeurent?) (?:(?:pas|plus|déjà|encore|aussi|donc|très|jamais|dits?) |\w+ment )*"
    r"(?P<word>[^\W\d_]+)(?![\w'’])",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:(?:grand|petit|bon|tel|certain|différent)s?|vieux|beaux?|nombreux|divers) $", re.IGNORECASE
)
"""Adjectives before the noun that stay as they are."""
_APART = re.compile(
    r"(?-i:\bQui est \w+)"
    r"|(?:^|[.,;:?] )(?-i:(?:Quel|L[ea]|Un|Chaque|Aucun)s?) (?:\w+ ){1,2}(?:est|sont) \w+\b"
    r"|\b(?:les?|chaque|cet|aucun) [^\W\d_]+ [^\W\d_]+(?:-t)?-ils?\b|\bs['’]agit-il\b|\ba-t-il\b"
    r"|(?:^|\b(?:un|le|cet|tout) |\bl['’])(?:[^\W\d_]+ ){1,4}?"
    r"(?:(?:sur|par|avec|dans|pour|pendant) lequel|auquel|duquel)\b"
    r"|\bdont (?:le|un) [^\W\d_]+ (?:est|a été|sera) \w+|\bou il y en a\b",
    re.IGNORECASE,
)
"""What agrees with another noun, that stands beside it, or with none."""
_PART = re.compile(
    r"(?:^|(?<=[.;:?!] ))(?-i:Un|Chaque|Le|Cet|Aucun|L['’]|le|l['’]) ?[^\W\d_]+ "
    r"(?:d['’]un|du|de ce|de chaque) contrat\b[^.;:?!]*",
    re.IGNORECASE,
)
"""A clause about something of the contract: what agrees in it agrees with that."""
_CLITIC = re.compile(r"\b(?:celui|lui|ceux|le \w+(?:er|ir|re))\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"[^\W\d_] qui (?:n['’])?$", re.IGNORECASE)
"""Before "est": what follows is said of the word before "qui", since the noun itself is cut out."""
_NEXT = re.compile(r" (?P<word>[^\W\d_]+)(?![\w'’])")
_JOINED = re.compile(r"(?:,| et| ou| puis| mais)(?: non| pas| déjà| encore)? (?P<word>[^\W\d_]+)(?![\w'’])")
_SAFE = frozenset(
    "a aient ait après au aura aux avait avant avec car ce ces cet chez court dans de depuis des devant "
    "dit doit doivent donc dont du durant dès en est et fait finit hors jusqu la le les leur leurs lors "
    "mais met ne ni nos on ont ou où par parmi pas pendant permet peut peuvent pour prend prévoit puis "
    "quand que qui réunit sa sans sauf selon sera seront sert ses si soient soit son sont sous suit sur "
    "tient un va vaut vers voit vont vos y à étaient était".split()
)
"""Words that stand after a noun, or after "est", and do not agree with it."""
_ENGLISH = re.compile(
    r"(?<![\w`/:.{-])(?<!health )(?:(?P<det>an?) )?(?P<noun>contracts?)(?![\w`/-]|:\w)", re.IGNORECASE
)


def french(text: str, one: str, many: str, *, feminine: bool) -> str:
    """A text with the nouns ``one``, ``many`` in the place of "contrat", "contrats".

    >>> french("Le contrat signé n'a pas de clé.", "convention", "conventions", feminine=True)
    "La convention signée n'a pas de clé."
    >>> french("Le contrat dit ce qu'il vaut.", "convention", "conventions", feminine=True)
    "Le contrat dit ce qu'il vaut."
    """
    if one.lower() == "contrat" or (feminine and _stays(text)):
        return text
    vowel = one[:1].lower() in "aeiouyéèêàâîôû"

    def put(found: re.Match[str]) -> str:
        words = []
        det, adjective = (found["det"] or "").lower(), (found["adj"] or "").lower()
        if det:
            elided = vowel and not adjective
            words.append(_DETERMINERS[det][(2 if elided else 0) + feminine])
        if adjective:
            masculine = "nouvel" if vowel and adjective == "nouveau" else found["adj"]
            words.append(_ADJECTIVES.get(adjective, adjective) if feminine else masculine)
        words.append(many if found["noun"].lower().endswith("s") else one)
        if found["after"]:
            plural = found["noun"].lower().endswith("s")
            words.append(_feminine(found["after"], plural=plural) if feminine else found["after"])
        elif found["turned"]:
            he = ("elle" if feminine else "il") + ("s" if found[0].endswith("s") else "")
            words.append(found["turned"] + he)
        elif found["verb"]:
            told = found["told"] or ""
            words.append(found["verb"].rstrip())
            words += ["dite" if feminine else "dit"] if told else []
            words.append(_feminine(found["said"]) if feminine else found["said"])
        said = " ".join(words).replace("' ", "'")
        return said[:1].upper() + said[1:] if found[0][:1].isupper() else said

    return _FRENCH.sub(put, text)


def english(text: str, one: str, many: str) -> str:
    """The same in English.

    >>> english("A contract, its contracts; data/contracts", "agreement", "agreements")
    'An agreement, its agreements; data/contracts'
    """
    if one.lower() == "contract":
        return text

    def put(found: re.Match[str]) -> str:
        article = "" if not found["det"] else "an " if one[:1].lower() in "aeio" else "a "
        said = article + (many if found["noun"].lower().endswith("s") else one)
        return said[:1].upper() + said[1:] if found[0][:1].isupper() else said

    return _ENGLISH.sub(put, text)


def _stays(text: str) -> bool:
    """Whether anything in a text may agree with the noun and is not known how to put in the feminine."""
    rest = _PART.sub(lambda part: part[0] if _CLITIC.search(part[0]) else "", text)
    left = _APART.sub("", _FRENCH.sub("", rest))
    said = (found for found in _BEING.finditer(left) if not _OF_ANOTHER.search(left[: found.start()]))
    if _AGREES.search(left) or any(_may_agree(being["word"]) for being in said):
        return True
    for found in _FRENCH.finditer(text):
        many = found["noun"].lower().endswith("s")
        beside = [_NEXT.match(text, found.end())]
        if found["after"] or found["said"]:
            beside.append(_JOINED.match(text, found.end()))
        if _BEFORE.search(text[: found.start()]) or any(
            near and _may_agree(near["word"], many=many) for near in beside
        ):
            return True
    return False


def _may_agree(word: str, *, many: bool = False) -> bool:
    """Whether a word may be an adjective of the masculine alone; ``many``: the noun before it is plural."""
    word = word.lower()
    return not (word in _SAFE or word.endswith(("e", "es", "ment")) or (many and word.endswith("ent")))


def _feminine(word: str, *, plural: bool = False) -> str:
    """A participle or adjective in the feminine: "signé", "connus", "soumis", "locaux", "nouveau".

    >>> [_feminine("soumis"), _feminine("soumis", plural=True), _feminine("locaux", plural=True)]
    ['soumise', 'soumises', 'locales']
    """
    if word.lower() in _ADJECTIVES:
        return _ADJECTIVES[word.lower()]
    if word.endswith("aux"):
        stem = word[:-3] + "al"
    else:
        stem = word[:-1] if plural and not word.endswith(("soumis", "clos")) else word
    return stem + ("es" if plural else "e")
