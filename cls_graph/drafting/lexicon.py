"""The words by which texts say who is bound by a contract, in families: each word has one letter.

A form is looked up by its stem and its ending, so that one line of the table stands for all forms of a verb.
The shells of ``shells.py`` are patterns over these letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

FOLK = (
    r"[a-z-]{3,}(?:ois|oise|ais|aise|ien|ienne|ain|aine|in|ine|ard|arde|ot|ote|on|onne|een|eenne|ol|at|ate|eux"
    r"|euse)s?\b"
)
"""How a land or its people are called after a place, folded: "blésoise", "lédonien", "Samaritains"."""
SIGN = "sign|co-?sign|contresign|paraph|ratifi|contractualis|officialis|scell|formalis|contract"
"""Stems of the verbs in -er that say that somebody signs."""

_FORMS: tuple[tuple[str, str], ...] = (
    # --- signing: finite, infinitive, participles
    ("f", rf"(?:{SIGN})(?:ent|aient|ait|erent|a|ons|ions|ez|iez)|conclu(?:t|ent|aient|ait|rent)"),
    ("U", rf"(?:{SIGN}|appos)(?:era|eront)|conclur(?:a|ont)"),
    ("i", rf"(?:{SIGN})er|conclure"),
    ("g", rf"(?:{SIGN})ant|concluant"),
    ("s", rf"(?:{SIGN})ee?s?|conclue?s?"),
    ("n", r"(?:co-?)?signatures?|parapheurs?|contresignatures?|paraphes?|griffes?|ratification"),
    ("H", r"(?:reuni|retrouve|rassemble)e?s"),
    ("p", r"(?:co-?)?signataires?|(?:co-?)?contractante?s?"),
    # --- joining a contract, binding by one
    ("r", r"renouvel(?:e|ee|es|ees|er)|reconduite?s?|prolonge(?:e?s?|r)|etablie?s?|passee?s?|nouee?s?"),
    ("J", r"complet(?:e|ent|er|ant)|adher(?:e|ent|aient|er|ant)|souscri(?:t|s|re|vent|vant)|rejoi(?:nt|ns"
          r"|nte|nts|ntes|ndre|gnent|gnant)"
          r"|rallie(?:e?s?|r|nt)|integre(?:e?s?|r|nt)"),
    ("L", r"lie(?:nt|ra|ront)?|liait|liaient|uni(?:t|ssent|ssait|ra|ront)|engage(?:ra|ait)?|oblige(?:ra)?"
          r"|liant|unissant|engageant"),
    ("l", r"reuni(?:|t|ssait|ra|ssant)|rassemble(?:ra)?|associe(?:ra)?|federe(?:ra)?|rassemblant|associant"),
    ("G", r"engage(?:e|s|es|ent|aient|ont|nt|r|ant)|engageront|lie(?:e|s|es|r)|uni(?:e|s|es)|allie(?:e?s?|nt)"
          r"|associe(?:e|s|es)|joint(?:e|s|es)?|joignent|associent"),
    ("V", r"appos(?:e|ee?s?|er|ent|ant|aient|erent)|pos(?:e|er|ent|ant)|met(?:tre|tent|tant)|mis(?:es?)?"
          r"|don(?:ne|nent|ner|nant)|ajoute(?:e|r)?|inscri(?:t|re|vent|vant)|couch(?:e|er|ent)|porte(?:nt|r)|proced(?:e"
          r"|ent|er)"
          r"|pris|prennent|prendre|tenu|concreti(?:se|sent)|recueilli[ert]?|acte|confirme(?:nt)?"),
    # --- what is signed
    ("k", r"contrats?|cls|documents?|accords?|textes?|partenariats?|parchemin|feuillets?|pages?"
          r"|engagements?"),
    ("x", r"chartes?|conventions?|protocoles?|bail|baux|avenants?|petitions?|pactes?|accord-cadre"
          r"|convention-cadre|lettres?|emprunts?"),
    # --- bodies in general
    ("c", r"institutions?|partenaires?|acteurs?|actrices?|organismes?|structures?|administrations?|entites?"
          r"|collectivites?|etablissements?|membres?|porteurs?|instances|autorites?|mains"
          r"|plumes?|ils|elles|tous|toutes|ceux|celles?|celui|ceux-ci|celles-ci|chacune?|autres?"),
    # --- what takes a body out: present, consulted, thanked, voting, wishing, refusing, putting into practice
    ("Z", r"presen(?:ce|ts?|tes?)|assist(?!anc)\w+|invit\w+|temoins?|accueil\w*|honor\w+|salu(?:e|er|ent"
          r"|ait|aient|ee?s?)"
          r"|remerci\w+|felicit\w+|applaud\w+|convi(?:e|ee?s?|ent|er)|consult\w+|concert\w+|entendu\w*"
          r"|audition\w*"
          r"|interrog\w+|rencontr\w+|contribu\w+|particip\w+|elabor\w+|prepar\w+|travaill\w+|reflechi\w*"
          r"|vot(?:e|ee?s?|er|ent|aient)"
          r"|approuv\w+|adopt\w+|deliber\w+|autoris\w+|habilit\w+|mandat\w+|valid\w+|avis|pilot\w+"
          r"|anime\w*|animation"
          r"|coordonn\w+|coordination|financ\w+|cofinanc\w+|subvention\w*|souten\w*|soutien\w*|appui\w*"
          r"|accompagn\w+"
          r"|propos\w+|sollicit\w+|appel(?:e|ee?s?|le|lent)|charge(?:e?s?)"
          r"|refus\w+|report\w+|attend\w*|prete?s?|sans|hormis|sauf"
          r"|comites?|copil|cotech|groupes?|equipes?|absente?s?|excusee?s?"
          r"|(?:mise?s?|mettre|mettent|mettra) en œuvre|œuvre|declin(?:e|ent|er)|action|actions|fiches?"
          r"|mesures?"
          r"|manqu\w+|beneficiair\w+|destine\w*|adresse\w*|public|observat\w+"),
    ("W", r"pourr\w+|devrai\w+|souhait\w+|envisag\w+|esper\w+|future?s?|eventuel\w*|pressenti\w*"
          r"|potentiel\w*"),
    ("N", r"ne|n'|pas|jamais|non|aucune?|ni"),
    # --- persons and their posts
    ("P", r"(?:vice-)?president(?:e|s|es)?(?:-directrice|-directeur)?|direct(?:eur|rice)s?|maires?"
          r"|adjointe?s?|general(?:e|es)?"
          r"|generaux|representante?s?|deleguee?s?|conseill(?:er|ere)s?|secretaire|doyenn?e?|chef(?:fe)?"
          r"|elue?s?|prefete?s?"
          r"|sous-prefete?s?|medecin|depute|deputee|senateur|senatrice|gouverneur|referente?"
          r"|departementale?|territoriale?"
          r"|regionale?|interim|administrat(?:eur|rice)"),
    ("C", r"(?:mm?|dr|pr|mr)\.|mm?|mme|mmes|mlle|dr|docteur|professeur|monsieur|madame|messieurs"
          r"|mesdames|maitre"),
    # --- grammar
    ("A", r"a|ont|avai(?:t|ent)|aura|auront|avons|avez|ayant|eut|eurent"),
    ("E", r"est|sont|etai(?:t|ent)|sera|seront|fut|furent|etant|soient|deviennent|devient|demeurent|restent"
          r"|constituent|composent|forment"),
    ("F", r"figure(?:nt|ra|ront)?|comptent|font|fait|apparaissent|vien(?:t|nent)|venaient|vont|va"
          r"|doi(?:t|vent)"
          r"|s'appret\w+|tiennent|ajoutent"),
    ("Y", r"prevoi(?:t|ent|ra)|comporte|vise|permet(?:tra)?|comprend|articule|couvre|court|concerne|definit"
          r"|fixe|retient|compte|repose|favorise|renforce|facilite|developpe|poursuit|remplace|propose|reste|ouvre"
          r"|fera|sert|organise|mobilise|agit|donne|cree|constitue|represente|marque|illustre|traduit|confirme|dit"),
    ("S", r"il|elle|on|nous|vous|je|j'"),
    ("Q", r"etre|avoir"),
    ("q", r"qui|lesquels|lesquelles|laquelle|lequel"),
    ("u", r"que|qu'"),
    ("o", r"auquel|auxquels|a laquelle|par lequel"),
    ("D", r"dont"),
    ("b", r"par"),
    ("B", r"entre"),
    ("v", r"avec|outre"),
    ("e", r"de|du|des|d'"),
    ("h", r"a|au|aux|dans|lors|sur|sous|chez|en|parmi|comme|vers|apres|avant|depuis|pendant"
          r"|contre|selon"),
    ("I", r"pour|afin"),
    ("j", r"se|s'"),
    ("y", r"y"),
    ("d", r"l[ea]s?|l'|une?|ce|cet|cette|ces|son|sa|ses|leurs?|notre|nos|chaque"),
    ("m", r"\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
          r"|vingt|plusieurs"),
    ("t", r"ete"),
    ("&", r"et|ou|ainsi"),
    ("z", r"tels?|telles?|voila|voici|soit|savoir|suivante?s?|notamment"),
)  # fmt: skip
_TABLE = tuple((letter, re.compile(pattern)) for letter, pattern in _FORMS)
TOKEN = re.compile(
    r"(?:\b(?:mm?|dr|pr|mr)\.|aujourd'|[ldsnj]'|qu'|\d+(?:[.,/]\d+)*|[\w]+(?:-[\w]+)*'?)|[^\w\s]"
)
FINITE = re.compile(
    r"(?!(?:ag|pati|cli|acc|rec|frequ|differ|urg|cont|arg|tal|v|adolesc|par|refer|excell|perman|innoc|souv|dix-v)ent)"
    r"\w{3,}(?<!m)ent|\w{2,}(?:aient|eront|iront|issait)"
)
"""Verbs of other families by their endings: in the plural, the future or the imperfect."""
MARKS = {"–": "-", "—": "-", "/": ","}
TURNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (letter, re.compile(pattern))
    for letter, pattern in (
        (
            "w",
            r"contrats? d(?:e |')(?:ville|objectifs|relance|territoire|sejour|travail)|contrat territorial",
        ),
        (
            "x",
            r"contrats? d(?:e |')(?:ville|objectifs|relance|territoire)|contrats? territoria(?:l|ux)"
            r"|contrats? loca(?:l|ux) de sante mentale|projets? territoria(?:l|ux)"
            r"|contrats? (?:distinct|separe|a part)s?\b",
        ),
        (
            "x",
            r"(?:charte|convention|protocole|lettre|accord)s? (?:\w+ )?d(?:e |')"
            r"(?!contrat|cls|sante|partenariat|trois|quatre|cinq|six|\d)\w+",
        ),
        (
            "k",
            r"contrats? loca(?:l|ux) de sante(?: \(cls\))?|feuille de route commune"
            r"|(?:premiere|deuxieme|seconde|troisieme|quatrieme|cinquieme|nouvelle|2e|3e"
            r"|4e) (?:edition|generation|mouture|version)",
        ),
        # "les contrats passés avec l'État": others, all together; the one that came before family agreements
        ("x", r"(?<=les )contrats (?=(?:\w+ )?passes\b)|contrats? enfance(?: et |[ /-])?jeunesse|cej\b"),
        (
            "x",
            r"contrats? (?:loca(?:l|ux) )?d(?:e |')(?:securite|prevention|transition|reussite|quartier"
            r"|riviere"
            r"|projet|plan|developpement|cohesion|mobilites?|logement|redynamisation|mixite)\b"
            r"|contrats? loca(?:l|ux) d(?:e |')(?!sante\b)\w+",
        ),
        (
            "w",
            r"(?:eux|elles|lui|elle)(?:-memes?| aussi| egalement| encore)"
            r"|apres (?:lui|elle|eux|elles)|(?:a|dans) (?:sa|leur) suite|dans la foulee|de gauche a droite",
        ),
        (
            "P",
            r"qui (?:preside|dirige|represente|conduit|administre)(?= (?:l[ae]s? |l'))"
            r"|a la tete|aux commandes",
        ),
        ("T", r"(?:on |l'on )?y (?:re)?trouv(?:e|ent|ons)|on y (?:compte|croise|lit les noms de)"),
        ("z", r"autour d(?:e la|e l'|u|es|e|')"),
        ("w", r"un signe|le signe|bon signe|ce signe|sous le signe"),
        (
            "n",
            r"conclusion (?=d(?:u|e ce|e cet|'un) (?:\w+ )?(?:contrat|cls|accord|document))"
            r"|adhesion (?=au (?:contrat|cls))",
        ),
        (
            "p",
            r"parties (?=(?:au|a ce|a cet|du) (?:\w+ ){0,2}(?:contrat|cls|accord|document))"
            r"|parties? (?:prenantes? )?(?=(?:au|a ce|du|de ce) (?:\w+ ){0,2}(?:contrat|cls))"
            r"|parties (?=(?:signataires|contractantes|engagees))"
            r"|(?<=les )parties\b|(?<=deux )parties\b|(?<=trois )parties\b|(?<=quatre )parties\b"
            r"|(?<=cinq )parties\b"
            r"|(?<=sont )parties prenantes(?! (?:de|du|des|d'|a|au)\b)|(?<=six )parties\b"
            r"|(?<=y sont )parties\b|(?<=egalement )parties\b"
            r"|engages (?=(?:dans|par) (?:le|ce) (?:contrat|cls))",
        ),
        ("w", r"(?:le |du |au )?present (?=contrat|cls|document)|la presente"),
        (
            "v",
            r"(?:suivi|rejoint|imite)(?:e?s?) (?:de la |de l'|du |des |de |d'|par )"
            r"|aux? cotes? d(?:e la |e l'|u |es |'|e )?|(?:avec )?(?:a|au) (?:leurs?|ses|son|nos) cotes?"
            r"|conjointement avec|en compagnie de|de concert avec"
            r"|de meme que|tout comme|ainsi que",
        ),
        (
            "f",
            r"(?:renouvelle|reconduise?|passe)(?:nt|t)? "
            r"(?=(?:un|son|leur|le|ce) (?:\w+ ){0,2}?(?:contrat|cls)\b)",
        ),
        ("c", r"(?<=par )(?:(?:eux|elles)(?!-)|ces derni(?:ers|eres)|ceux-ci|celles-ci)\b"),
        ("1", r"que par"),
        ("w", r"(?:le|leur|un|premier) pas\b"),
        ("I", r"au nom de"),
        ("s", r"appos(?:e|es) (?:leurs?|son) (?:noms?|griffes?|tampons?)|pris (?:la plume|le stylo)"),
        ("w", r"repondu presente?s?"),
        ("v", r"en meme temps que"),
        ("F", r"(?<=signataires )(?:comprend|compte|inclut|regroupe|reunit)"),
        ("+", r"(?:a|chacun a) (?:son|leur) tour"),
        ("z", r"a savoir|soit|ci-apres|en comptant|y compris"),
        (
            "f",
            r"(?:a|ont) (?:aussitot |ensuite |egalement )?(?:suivi(?= ?[.;])|fait de meme|emboite le pas)",
        ),
        (
            "Z",
            r"en (?:lien|concertation|partenariat|association|collaboration|cooperation) (?:\w+ )?avec"
            r"|avec (?:le|l')(?: )?(?:soutien|appui|concours|aide|accompagnement)|mises? en œuvre"
            r"|represente(?:e?s?) (?:a|lors|au|aux)\b",
        ),
    )
)
"""Turns of several words, looked for first. A letter that comes first for the same words wins."""


@lru_cache(maxsize=4096)
def family(token: str) -> str:
    """The letter of a folded word: "w" where it is of no family; a mark is its own letter.

    >>> family("cosignent"), family("signataires"), family("contrat"), family("maison"), family(",")
    ('f', 'p', 'k', 'w', ',')
    """
    if not token[0].isalnum():
        return {"–": "-", "—": "-", "«": "w", "»": "w", '"': "w", "/": ","}.get(
            token, token if token in ",:;().!?-" else "w"
        )
    known = next((letter for letter, pattern in _TABLE if pattern.fullmatch(token)), "")
    return known or ("Y" if FINITE.fullmatch(token) else "w")


def letters(folded: str, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
    """The words between two places as letters, and the place of each."""
    out: list[str] = []
    places: list[tuple[int, int]] = []
    at = start
    while (token := TOKEN.search(folded, at, end)) is not None:
        at = token.start()
        letter, stop = _turn(folded, at, end) or (family(token.group()), token.end())
        out.append(letter)
        places.append((at, stop))
        at = stop
    return "".join(out), places


def _turn(folded: str, at: int, end: int) -> tuple[str, int] | None:
    """The turn of several words that begins at a place, and where it ends."""
    if at and folded[at - 1].isalnum():
        return None
    for letter, pattern in TURNS:
        turn = pattern.match(folded, at, end)
        if turn and not (folded[turn.end() - 1].isalnum() and folded[turn.end() : turn.end() + 1].isalnum()):
            return letter, turn.end()
    return None
