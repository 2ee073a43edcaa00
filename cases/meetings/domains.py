"""The life domains in which a meeting makes its picture, with their labels from the catalogue."""

from agreements.policy.catalogue import Catalogue
from cases.plans.rules import LIFE_DOMAINS


def life_domains(catalogue: Catalogue, *, english: bool = False) -> dict[str, str]:
    """Code → label, in the order of the plan (domain 5.4)."""
    labels = {code: en if english else nl for code, nl, en in catalogue.by_code["effect_score"].choices}
    return {code: labels[code] for code in LIFE_DOMAINS}
