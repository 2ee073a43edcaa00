"""The forms of a plan. What they let through is checked again by the commands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.plans.choices import OwnerChoice
from cases.plans.models import (
    ActionState,
    ClosingReason,
    EndEffect,
    Feedback,
    GoalState,
    Moment,
    Outcome,
)
from cases.plans.rules import COUNTS, LIFE_DOMAINS, OWN_RATING

_INPUT = {"class": "ams-text-input"}
_DAY = {"class": "ams-text-input", "type": "date"}
_SELECT = {"class": "ams-select"}
_AREA = {"class": "ams-text-area", "rows": 3}
LONGEST = 4000


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), **more)


def _choice(label: Any, choices: Any = (), **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select(attrs=_SELECT), **more)


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs=_AREA), max_length=LONGEST, **more)


class _Taking(forms.Form):
    """Takes the errors of a command: at their fields, or above the form."""

    def take(self, errors: Iterable[tuple[str, str]]) -> None:
        """Put a command's errors at their fields; what has no field stands above the form."""
        for place, sentence in errors:
            self.add_error(place if place in self.fields else None, sentence)


class QuickActionForm(_Taking):
    """One line: what, who, by when. goals: (uid, label) of the goals that the reader sees."""

    text = forms.CharField(
        label=gettext_lazy("Nieuwe actie"), max_length=LONGEST,
        widget=forms.TextInput(attrs=_INPUT | {"autocomplete": "off", "enterkeyhint": "done"}),
    )  # fmt: skip
    owner = _choice(gettext_lazy("Wie"), required=False)
    due_on = _day(gettext_lazy("Uiterlijk"), required=False)
    goal = _choice(gettext_lazy("Bij doel"), required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, owners: Iterable[OwnerChoice], goals: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Kies wie")), *_grouped(owners)]  # type: ignore[attr-defined]
        goal = self.fields["goal"]
        goal.choices = [("", _("Geen doel")), *goals]  # type: ignore[attr-defined]

    def chosen_owner(self) -> tuple[str, UUID | None]:
        """The agency's code and the person, as chosen; "" and None when nobody was."""
        agency, _sign, person = self.cleaned_data["owner"].partition(":")
        return agency, UUID(person) if person else None


def _grouped(owners: Iterable[OwnerChoice]) -> list[Any]:
    found: list[Any] = []
    for choice in owners:
        agency = choice.agency
        people = [(f"{agency.code}:{uid}", f"{name} ({agency.type})") for uid, name in choice.people]
        found += [(agency.code, agency.name), *people]
    return found


class SettleForm(_Taking):
    """What became of an action."""

    state = _choice(gettext_lazy("Uitkomst"), ActionState.choices)
    result = forms.CharField(
        label=gettext_lazy("Resultaat"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs=_AREA | {"rows": 2}),
        help_text=gettext_lazy("Wat het werd, en waarom. Mag leeg als de actie gewoon gedaan is."),
    )  # fmt: skip


class GoalForm(_Taking):
    """A new goal."""

    text = _words(gettext_lazy("Wat moet bereikt zijn?"))
    domain = _choice(gettext_lazy("Leefgebied"))
    target_on = _day(gettext_lazy("Streefdatum"), required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, domains: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # No domain stands ready: the first of the list would be chosen by whoever looks past the field.
        self.fields["domain"].choices = [("", _("Kies een leefgebied")), *domains]  # type: ignore[attr-defined]


class GoalStateForm(_Taking):
    """How a goal stands."""

    state = _choice(gettext_lazy("Stand"), GoalState.choices)
    target_on = _day(gettext_lazy("Streefdatum"), required=False)


class ReviewForm(_Taking):
    """What a review came to."""

    outcome = forms.ChoiceField(label=gettext_lazy("Uitkomst"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = _words(
        gettext_lazy("Wat gaat goed, wat niet?"),
        help_text=gettext_lazy("Een paar zinnen. De volgende evaluatie wordt vanzelf gepland."),
    )


class MeasureForm(_Taking):
    """Scores at one moment; what is left open was not measured."""

    moment = forms.ChoiceField(label=gettext_lazy("Moment"), choices=Moment.choices, widget=forms.RadioSelect)
    person = _choice(gettext_lazy("Over wie"), required=False)
    on = _day(gettext_lazy("Gemeten op"))

    def __init__(self, *args: Any, parts: dict[str, str], people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(people) > 1:
            self.fields["person"].choices = people  # type: ignore[attr-defined]
        else:
            del self.fields["person"]
        scale = [("", _("niet gemeten")), *((str(n), str(n)) for n in range(1, 6))]
        for code in LIFE_DOMAINS:
            self.fields[code] = forms.ChoiceField(
                label=parts[code], choices=scale, required=False, widget=forms.RadioSelect
            )
        for code in (*COUNTS, OWN_RATING):
            self.fields[code] = forms.IntegerField(
                label=parts[code], required=False, min_value=0, widget=forms.NumberInput(attrs=_INPUT)
            )
        self.fields[OWN_RATING].help_text = _("Een cijfer van 1 tot en met 10.")

    def scores(self) -> dict[str, int]:
        """The parts that were filled in."""
        parts = (*LIFE_DOMAINS, *COUNTS, OWN_RATING)
        return {code: int(self.cleaned_data[code]) for code in parts if self.cleaned_data.get(code) not in (None, "")}

    def domains(self) -> list[forms.BoundField]:
        """The life domains, for their group."""
        return [self[code] for code in LIFE_DOMAINS]

    def counts(self) -> list[forms.BoundField]:
        """The counts and the own rating."""
        return [self[code] for code in (*COUNTS, OWN_RATING)]


class ProgressForm(_Taking):
    """From plan to monitoring."""

    progress = _words(
        gettext_lazy("Voortgang en bijstelling"), help_text=gettext_lazy("Wat loopt, en wat is veranderd in het plan."),
    )  # fmt: skip


class StartForm(_Taking):
    """From meeting to plan: nothing to fill in."""


class AftercareForm(_Taking):
    """From monitoring to aftercare. seen: the reader looked at who loses sight, for this watcher."""

    watcher = _choice(gettext_lazy("Wie blijft kijken"))
    watched = _words(
        gettext_lazy("Waar wordt op gelet"), help_text=gettext_lazy("En wanneer er weer aan de bel wordt getrokken."),
    )  # fmt: skip
    watch_until = _day(gettext_lazy("Tot en met"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Iterable[OwnerChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["watcher"].choices = [  # type: ignore[attr-defined]
            (choice.agency.code, choice.agency.name) for choice in owners if choice.reads
        ]


class CloseForm(_Taking):
    """Closing with an evaluation."""

    reason = _choice(gettext_lazy("Waarom sluit de casus?"), ClosingReason.choices)
    evaluation = _words(
        gettext_lazy("Evaluatie"), help_text=gettext_lazy("Wat werkte, wat niet, en wie blijft kijken."),
    )  # fmt: skip
    effect = _choice(gettext_lazy("Effect aan het einde"), EndEffect.choices)
    feedback = _choice(gettext_lazy("Terugkoppeling"), Feedback.choices)


_PHASES = [("triage", gettext_lazy("Triage")), ("meeting", gettext_lazy("Overleg"))]


class ReopenForm(_Taking):
    """Opening a closed case again."""

    reason = _words(gettext_lazy("Waarom gaat de casus weer open?"))
    phase = forms.ChoiceField(
        label=gettext_lazy("Waar begint hij weer?"), choices=_PHASES,
        widget=forms.RadioSelect, initial="triage",
    )  # fmt: skip
