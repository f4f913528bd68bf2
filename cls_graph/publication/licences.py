"""The names of licences, as the portals that harvest a catalogue know them.

data.gouv.fr knows a licence by its title, by a few other names or by an address of its own list, and not by
the addresses of SPDX or Creative Commons: what is said of a licence there is its name (``rdfs:label``). These
are the titles of its list.
"""

from __future__ import annotations

import re

_OPEN_LICENCE = "Licence Ouverte / Open Licence version 2.0"
_ODBL = "Open Data Commons Open Database License (ODbL)"
_NAMES = {
    "spdx.org/licenses/etalab-2.0": _OPEN_LICENCE,
    "etalab.gouv.fr/licence-ouverte-open-licence": _OPEN_LICENCE,
    "spdx.org/licenses/odbl-1.0": _ODBL,
    "opendatacommons.org/licenses/odbl/1-0": _ODBL,
    "spdx.org/licenses/cc-by-4.0": "Creative Commons Attribution",
    "creativecommons.org/licenses/by/4.0": "Creative Commons Attribution",
    "spdx.org/licenses/cc-by-sa-4.0": "Creative Commons Attribution Share-Alike",
    "creativecommons.org/licenses/by-sa/4.0": "Creative Commons Attribution Share-Alike",
    "spdx.org/licenses/cc0-1.0": "Creative Commons CCZero",
    "creativecommons.org/publicdomain/zero/1.0": "Creative Commons CCZero",
}


def licence_name(address: str) -> str:
    """The name of the licence at an address; nothing where it is not known.

    >>> licence_name("https://spdx.org/licenses/etalab-2.0.html")
    'Licence Ouverte / Open Licence version 2.0'
    """
    plain = re.sub(r"^https?://(www\.)?", "", address.lower())
    return _NAMES.get(plain.removesuffix(".html").rstrip("/"), "")
