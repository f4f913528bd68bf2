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
    "seul": "seule", "prochain": "prochaine", "nouveaux": "nouvelles",
}  # fmt: skip
_PLAIN = ("même", "autre", "autres", "deuxième", "troisième", "deux", "plusieurs", "2e", "3e")
_ENDINGS = (
    (re.compile(r"(?:é|u|is|ant|ent)$"), "e"),
    (re.compile(r"l$"), "e"),
)
_AFTER = r"(?:\w{2,}(?:é|u)|soumis|précédent|suivant|récent|courant|local|nouveau)"
_IS = r"(?:est|sera|soit|a été|n'est pas|n'a pas été|ait été)"
_FRENCH = re.compile(
    rf"(?<![\w`/:«{{-])(?:(?P<det>{'|'.join(sorted(_DETERMINERS, key=len, reverse=True))}) )?"
    rf"(?:(?P<adj>{'|'.join((*_ADJECTIVES, *_PLAIN))}) )?(?P<noun>contrats?){_OTHER}(?![\w`/-]|:\w)"
    rf"(?: (?P<after>{_AFTER}s?)(?!\w)| (?P<verb>{_IS} )(?P<told>dit )?(?P<said>{_AFTER})(?!\w))?",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:ils?|celui|ceux|lequel|lesquels|auquel|auxquels|duquel|desquels|lui|eux|tous|nul|chacun|"
    r"(?:au|du|le|un) (?:précédent|premier|second|suivant)|(?:pas|peut|doit|faut) le \w+(?:er|ir|re)|"
    r"(?:est|sont|été|soit|soient|sera|reste|paraît) (?:\w+ )?\w+(?:és?|us?|i|is|ants?))\b"
    r"|\bl[’']un\b|, \w+é (?:ou|et) ",
    re.IGNORECASE,
)
"""What may agree with the noun from afar."""
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
    if one.lower() == "contrat" or (feminine and _AGREES.search(_FRENCH.sub("", text))):
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
            words.append(_feminine(found["after"]) if feminine else found["after"])
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


def _feminine(word: str) -> str:
    """A participle or adjective in the feminine: "signé", "connus", "précédent", "nouveau"."""
    if word.lower() in _ADJECTIVES:
        return _ADJECTIVES[word.lower()]
    plural = word.endswith("s") and not word.endswith("soumis")
    stem = word[:-1] if plural else word
    return (
        stem + next((end for pattern, end in _ENDINGS if pattern.search(stem)), "") + ("s" if plural else "")
    )
