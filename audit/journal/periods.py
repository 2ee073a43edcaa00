"""A form with a period: `since` and `until`, each of which may be empty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PeriodForm(forms.Form):
    """Says at `until` that the period ends before it begins. whole_days: the day `until` belongs to the period."""

    whole_days = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if not since or not until:
            return data
        if self.whole_days and until < since:
            self.add_error("until", _("De einddatum ligt voor de begindatum. Kies een latere einddatum."))
        if not self.whole_days and until <= since:
            self.add_error("until", _("Het einde ligt niet na het begin. Kies een later einde."))
        return data
