"""The models of covenants to start from: complete texts in models_of_covenants/, with places that people must fill."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from foundation.errors import Invalid

FOLDER = Path(__file__).parent / "models_of_covenants"
PLACEHOLDER = "[invullen"
"""How a model marks what people must still write: "[invullen: nummer van de DPIA]"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCovenant:
    """One model: its code, what it is called, and what it is for."""

    code: str
    label: str | Promise
    about: str | Promise
    regime: str

    @property
    def text(self) -> str:
        """The YAML of the model, as it ships."""
        return _read(self.code)


MODELS: dict[str, ModelCovenant] = {
    model.code: model
    for model in (
        ModelCovenant(
            code="personal_approach",
            label=_("Persoonsgerichte aanpak"),
            about=_("Casussen over een persoon of gezin, onder de Wgs (Zorg- en Veiligheidshuis)."),
            regime="wgs_zvh",
        ),
        ModelCovenant(
            code="youth_group",
            label=_("Jeugdgroep"),
            about=_("Jongeren in een groep en hun school, met een besluit naar artikel 20 Wpg."),
            regime="general",
        ),
        ModelCovenant(
            code="area_undermining",
            label=_("Gebied en ondermijning"),
            about=_("Het beeld van een gebied, zonder personen."),
            regime="general",
        ),
        ModelCovenant(
            code="neighbourhood_pact",
            label=_("Wijkpact"),
            about=_("Wat partijen voor een wijk toezeggen. Het geeft niemand gegevens."),
            regime="general",
        ),
    )
}


def model_named(code: str) -> ModelCovenant:
    """The model with this code. Raises Invalid."""
    found = MODELS.get(code)
    if found is None:
        raise Invalid(_now("Dit model bestaat niet."), remedy=_now("Kies een model uit de lijst."), field="template")
    return found


@cache
def _read(code: str) -> str:
    return (FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
