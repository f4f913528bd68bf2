"""Pages of web sites around texts: menus, consent, breadcrumbs, shares, news, feet, what a click unfolds."""

from __future__ import annotations

import re

from benchmarks.forms.html import body

NEWS = (
    "Le marché de Noël revient sur la place", "Enquête publique : le plan de déplacements",
    "La CAF signe une convention avec les crèches", "Travaux : la rue des Lilas fermée jusqu'au 12 mars",
)  # fmt: skip
MENU = "".join(
    f'<li><a href="/{n}">{words}</a><ul><li><a href="/{n}/1">Présentation</a></li></ul></li>'
    for n, words in enumerate(
        ("Accueil", "Santé", "Les axes du projet", "Signataires et partenaires", "Agenda")
    )
)
SHARE = (
    '<div class="share-buttons"><span>Partager</span><ul><li><a href="#">Facebook</a></li>'
    '<li><a href="#">Twitter</a></li><li><a href="#">Envoyer par mail</a></li></ul></div>'
)
FOOT = (
    "<footer><div><h2>Nous contacter</h2><p>Hôtel de Ville, 1 place de la République</p><ul><li>Mentions"
    " légales</li>"
    "<li>Accessibilité : non conforme</li></ul></div></footer>"
)
CONSENT = (
    '<div id="tarteaucitronRoot" role="dialog"><p>Ce site utilise des cookies. Nos 12 partenaires et nous'
    " signons"
    " votre accord.</p><button>Tout accepter</button></div>"
)
HEAD = (
    '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Page</title><script>var a ='
    ' "<p>";</script>'
    "<style>p{margin:0}</style></head>"
)
RELATED = "".join(f'<li class="card"><a href="#"><h3>{words}</h3></a></li>' for words in NEWS)


def _town(text: str) -> str:
    """The page of a town, in the manner of sites of administrations."""
    return (
        f'{HEAD}<body>{CONSENT}<a class="skip-link" href="#contenu">Aller au contenu</a>'
        f'<header role="banner"><div class="header__body"><nav role="navigation"><ul>{MENU}</ul></nav>'
        '<div class="search-bar"><form'
        ' action="/search"><label>Rechercher</label><input></form></div></div></header>'
        '<nav class="fr-breadcrumb"><ol><li>Accueil</li><li>Santé</li></ol></nav>'
        f'<main id="contenu"><article>{body(text)}{SHARE}</article>'
        f'<section class="others"><h2>À lire'
        f" aussi</h2><ul>{RELATED}</ul></section></main>{FOOT}</body></html>"
    )


def _blog(text: str) -> str:
    """The page of a blog: no main part, a side with news, headings that are bold paragraphs."""
    told = re.sub(r"<h[23]>(.*?)</h[23]>", r"<p><strong>\1</strong></p>", body(text))
    return (
        f'{HEAD}<body class="post has-sidebar"><div id="page"><header class="site-header"><p>Notre blog</p>'
        f'<ul class="main-menu">{MENU}</ul></header><div class="breadcrumbs">Accueil &gt; Actualités</div>'
        f'<div id="content"><article class="post hentry">{told}<div class="post-tags">Étiquettes :'
        f" santé</div>"
        f'{SHARE}</article><div id="secondary" class="sidebar"><h3>Articles'
        f" récents</h3><ul>{RELATED}</ul></div></div>"
        f'<div class="site-footer">Fièrement propulsé</div></div></body></html>'
    )


def _form(text: str) -> str:
    """A page of an old engine: all in one form, in a table, lines broken by hand, marks as letters."""
    told = re.sub(r"</li>(?=<li>)|<li>|</li>", lambda m: "<br>• " if m.group() == "<li>" else "", body(text))
    told = re.sub(r"</?[uo]l[^>]*>", "", told)
    return (
        f'{HEAD}<body><form id="aspnetForm" method="post"><input type="hidden" name="__VIEWSTATE" value="x">'
        f'<table width="100%"><tr><td width="20%"><div class="menu"><ul>{MENU}</ul></div></td><td>{told}</td>'
        f"</tr></table>{SHARE}{FOOT}</form></body></html>"
    )


def _folded(text: str) -> str:
    """A page whose parts unfold at a click, with headings in buttons."""
    told = re.sub(
        r"<h[23]>(.*?)</h[23]>(.*?)(?=<h[123]>|$)",
        r'<h3><button aria-expanded="false" aria-controls="p">\1</button></h3>'
        r'<div id="p" class="collapse" hidden>\2</div>',
        body(text, inline=lambda words: f"<span>{words}</span>"),
        flags=re.DOTALL,
    )
    return (
        f'{HEAD}<body><div class="cookie-banner">Nous utilisons des cookies <button>Refuser</button></div>'
        f'<header><nav><ul>{MENU}</ul></nav></header><div role="main">{told}<p class="sr-only">Ouvre un'
        f" onglet</p>"
        f"{SHARE}</div>{FOOT}</body></html>"
    )


def _details(text: str) -> str:
    """A page without a main part, with details, links in its words, a figure, and unclosed paragraphs."""
    told = body(text, inline=lambda words: re.sub(r"(\w+ santé)", r'<a href="/s">\1</a>', words))
    folded = r"<details open><summary>\1</summary>\2</details>"
    told = re.sub(r"<h3>(.*?)</h3>(.*?)(?=<h[123]>|$)", folded, told, flags=re.DOTALL)
    told = told.replace("</p>", "").replace("</li><li>", "<li>")
    return (
        f'{HEAD}<body><div class="nav-wrapper"><ul>{MENU}</ul></div><div class="content">{told}'
        '<figure><img src="a.jpg" alt=""><figcaption>Crédit photo : service'
        " communication</figcaption></figure>"
        f'<h2>Actualités récentes</h2><ul>{RELATED}</ul></div><div id="footer">Tous droits'
        f" réservés</div></body></html>"
    )


SITES = (_town, _blog, _form, _folded, _details)


def site(text: str, number: int) -> str:
    """The text as a page of one of the sites, in turn."""
    return SITES[number % len(SITES)](text)
