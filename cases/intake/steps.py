"""The steps that somebody takes with a signal, for pages and API alike: which form, which command, which words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cases.disclosure.reading import Reading
from cases.intake import choices, commands, pages
from cases.intake.forms import AddForm, ChoiceForm, DismissForm, Errors

Act = Callable[[Reading, str, Mapping[str, Any], UUID | None], None]
MakeForm = Callable[[Reading, str, Any], Errors]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step as a page shows it. `form` makes the form for this signal; `act` is the command."""

    title: str
    intro: str
    save: str
    done: str
    form: MakeForm
    act: Act
    warning: str = ""


def step_named(code: str) -> Step:
    """The step with this code, in the language of the page. Raises KeyError."""
    return _WORDS[code]()


def _add() -> Step:
    return Step(
        title=_("Signaal aanvullen"), intro=_("Wat u later zag of hoorde. Wie het signaal leest, leest dit ook."),
        save=_("Vul aan"), done=_("Uw aanvulling staat erbij."),
        form=lambda _reading, _number, data: AddForm(data),
        act=lambda reading, number, values, submission: commands.add_to_signal(
            reading, number, seen=values["seen"], submission=submission
        ),
    )  # fmt: skip


def _dismiss() -> Step:
    return Step(
        title=_("Signaal afsluiten"), intro=_("Er volgt niets op dit signaal."), save=_("Sluit af"),
        done=_("Het signaal is afgesloten. Het is nu afgeschermd en verdwijnt vanzelf."),
        warning=_("Vanaf nu leest niemand meer wat er stond. Na de termijn van het convenant is het weg."),
        form=lambda _reading, _number, data: DismissForm(data),
        act=lambda reading, number, values, _s: commands.dismiss_signal(reading, number, reason=values["reason"]),
    )  # fmt: skip


def _forward() -> Step:
    return Step(
        title=_("Signaal doorsturen"),
        intro=_("Een andere partij behandelt dit signaal. U leest het daarna niet meer, tenzij u het zelf meldde."),
        save=_("Stuur door"), done=_("Het signaal is doorgestuurd."),
        form=lambda reading, number, data: ChoiceForm(
            data, name="to", label=_("Naar"), choices=pages.receiver_choices(choices.receivers(reading, number))
        ),
        act=lambda reading, number, values, _s: commands.forward_signal(reading, number, to=values["to"]),
    )  # fmt: skip


def _merge() -> Step:
    return Step(
        title=_("Signalen samenvoegen"), intro=_("Dit signaal gaat verder als deel van een ander signaal bij u."),
        save=_("Voeg samen"), done=_("De signalen zijn samengevoegd."),
        form=lambda reading, number, data: ChoiceForm(
            data, name="into", label=_("Samen met"),
            choices=pages.other_choices(choices.others_to_merge(reading, number), reading.policy.catalogue),
        ),
        act=lambda reading, number, values, _s: commands.merge_signal(reading, number, into=values["into"]),
    )  # fmt: skip


def _link() -> Step:
    return Step(
        title=_("Signaal koppelen aan een casus"),
        intro=_("De deelnemers aan die casus lezen van dit signaal wat het convenant hun dan geeft."),
        save=_("Koppel"), done=_("Het signaal hoort nu bij de casus."),
        form=lambda reading, number, data: ChoiceForm(
            data, name="case", label=_("Casus"), choices=pages.case_choices(choices.cases_to_link(reading, number))
        ),
        act=lambda reading, number, values, _s: commands.link_signal(reading, number, case=values["case"]),
    )  # fmt: skip


def _reply() -> Step:
    return Step(
        title=_("De melder antwoorden"),
        intro=_("De bewoner leest deze zin als hij zijn code invult. Meer leest hij niet."),
        save=_("Antwoord"), done=_("De melder leest dit antwoord als hij zijn code invult."),
        form=lambda _reading, _number, data: ChoiceForm(
            data, name="reply", label=_("Antwoord"), choices=pages.reply_choices()
        ),
        act=lambda reading, number, values, _s: commands.reply_to_resident(reading, number, reply=values["reply"]),
    )  # fmt: skip


_WORDS: dict[str, Callable[[], Step]] = {
    "add": _add, "dismiss": _dismiss, "forward": _forward, "merge": _merge, "link": _link, "reply": _reply,
}  # fmt: skip
STEPS = tuple(_WORDS)
