"""SIREN, SIRET and FINESS numbers of registry bodies, from an official file that the user holds."""
