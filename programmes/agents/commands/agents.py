"""Notes a change agent with their consent, keeps it up to date, and erases who it was when consent is withdrawn."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.compacting import forget
from foundation.errors import Invalid
from programmes.agents import events
from programmes.agents.models import AgentCount, AgentPerson, AgentState, ChangeAgent, ConsentForm
from programmes.agents.person import Pay, Person, sealed
from programmes.agents.rights import agent_for, led_for_agents, officer_of
from programmes.agents.rules import next_steps
from programmes.pacts.rules import in_tens
from programmes.plans.acting import check_speaks, journal, words
from programmes.plans.models import Programme

TABLES = frozenset({"programmes_agentperson", "programmes_changeagent", "programmes_experiment"})
"""What is rewritten when consent is withdrawn, so that the bytes go as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What is typed about a change agent. pay: of Pay."""

    name: str
    contact: str
    languages: str
    network: str
    training: str = ""
    pay: str = Pay.NONE


def note_agent(
    visit: Visit, code: str, given: Noted, *, area: str, officer: int, consent_on: date | None, consent_form: str
) -> ChangeAgent:
    """Note a resident who agreed to that. For who leads the programme. area: code; officer: row of a membership.

    Raises NotFound, Refused; Invalid: no consent, one to come, no such area or officer, or an empty field.
    Source: AVG art. 6(1)(a) and 7.
    """
    programme = led_for_agents(visit, code, event=events.NOTED)
    where = programme.areas.filter(code=area).first()
    if where is None:
        raise Invalid(_("Deze wijk hoort niet bij het programma."), remedy=_("Kies er een uit de lijst."), field="area")
    if consent_on is None or consent_form not in ConsentForm.values:
        raise Invalid(
            _("Zonder toestemming legt u niemand vast."), remedy=_("Vraag het eerst, en noteer de dag."),
            field="consent_form" if consent_on else "consent_on",
        )  # fmt: skip
    if consent_on > clock.today():
        raise Invalid(_("Deze dag komt nog."), remedy=_("Kies de dag van de toestemming."), field="consent_on")
    person, contact = _person(given), officer_of(programme, officer)
    with transaction.atomic(), write_scope(reason=events.NOTED):
        made = ChangeAgent.objects.create(
            programme=programme, area=where, officer=contact, since=clock.today(), consent_on=consent_on,
            consent_form=consent_form,
        )  # fmt: skip
        AgentPerson.objects.create(agent=made, box=sealed(person))
        journal(visit, events.NOTED, action=Action.CREATE, subject=made.ref, programme=code, agent=str(made.uid))
    return made


def change_agent(visit: Visit, uid: UUID, given: Noted) -> None:
    """Write anew who somebody is; what stood there is not kept. For who may know them.

    Raises NotFound, Refused; Invalid: an empty field.
    """
    agent = agent_for(visit, uid, event=events.CHANGED)
    person = _person(given)
    with transaction.atomic(), write_scope(reason=events.CHANGED):
        AgentPerson.objects.filter(agent=_standing(agent)).update(box=sealed(person))
        journal(visit, events.CHANGED, subject=agent.ref, programme=agent.programme.code, agent=str(uid))
        transaction.on_commit(forget_bytes)


def move_agent(visit: Visit, uid: UUID, *, to: str) -> ChangeAgent:
    """Take somebody to another state. For who may know them. Raises NotFound, Refused; Invalid: it does not follow."""
    agent = agent_for(visit, uid, event=events.MOVED)
    with transaction.atomic(), write_scope(reason=events.MOVED):
        locked = _standing(agent)
        if to not in next_steps(locked.state, screened=locked.screened_on is not None):
            raise Invalid(_("Deze stap kan nu niet."), remedy=_("Actief wordt iemand pas na de screening."), field="to")
        locked.state, locked.since = to, clock.today()
        if to == AgentState.SCREENED:
            locked.screened_on = clock.today()
        locked.save(update_fields=["state", "since", "screened_on"])
        _tell(agent.programme)
        journal(visit, events.MOVED, subject=agent.ref, programme=agent.programme.code, agent=str(uid), to=to)
    return locked


def assign_officer(visit: Visit, uid: UUID, *, officer: int) -> None:
    """Give somebody another contact officer, who knows them from then on alone. For who leads the programme.

    Raises NotFound, Refused; Invalid: works at no partner, or at one that is kept out.
    """
    agent = agent_for(visit, uid, event=events.OFFICER)
    lead = agent.programme.lead
    check_speaks(visit, lead.pk, lead.name, event=events.OFFICER, programme=agent.programme.code)
    chosen = officer_of(agent.programme, officer)
    with transaction.atomic(), write_scope(reason=events.OFFICER):
        ChangeAgent.objects.filter(pk=_standing(agent).pk).update(officer=chosen)
        journal(visit, events.OFFICER, subject=agent.ref, programme=agent.programme.code, agent=str(uid))


def withdraw(visit: Visit, uid: UUID) -> None:
    """Consent is withdrawn: who it was is erased in this transaction, its bytes right after it. No way back.

    For who may know them, in one step, as giving it was. The journal stands: it names nobody.
    Raises NotFound, Refused. Source: AVG art. 7(3) and 17(1)(b).
    """
    agent = agent_for(visit, uid, event=events.WITHDRAWN)
    with transaction.atomic(), write_scope(reason=events.WITHDRAWN):
        locked = _standing(agent)
        AgentPerson.objects.filter(agent=locked).delete()
        locked.experiments.update(agent=None)
        locked.state, locked.officer, locked.withdrawn_on = AgentState.WITHDRAWN, None, clock.today()
        locked.save(update_fields=["state", "officer", "withdrawn_on"])
        _tell(agent.programme)
        journal(
            visit, events.WITHDRAWN, action=Action.DELETE, subject=agent.ref, programme=agent.programme.code,
            agent=str(uid),
        )  # fmt: skip
        transaction.on_commit(forget_bytes)


def forget_bytes() -> bool:
    """After the commit: what was erased leaves the store's files too; False when that waits for `erase_agents`."""
    return forget(connection, TABLES)


def _standing(agent: ChangeAgent) -> ChangeAgent:
    """The row, held to the end of the transaction. Raises Invalid when consent was withdrawn meanwhile."""
    locked = ChangeAgent.objects.select_for_update().get(pk=agent.pk)
    if locked.state == AgentState.WITHDRAWN:
        raise Invalid(_("De toestemming is net ingetrokken."), remedy=_("U hoeft niets te doen."))
    return locked


def _tell(programme: Programme) -> None:
    """What everybody is told of how many are active: in whole tens, anew only when it differs by ten."""
    active = ChangeAgent.objects.filter(programme=programme, state=AgentState.ACTIVE).count()
    row, _made = AgentCount.objects.get_or_create(programme=programme)
    standing = None if row.told is None else Decimal(row.told)
    told = in_tens(Decimal(active), threshold=settings.SMALL_NUMBER, standing=standing)
    row.told = None if told is None else int(told)
    row.save(update_fields=["told"])


def _person(given: Noted) -> Person:
    if given.pay not in Pay.values:
        raise Invalid(_("Deze vergoeding is er niet."), remedy=_("Kies er een uit de lijst."), field="pay")
    typed = asdict(given)
    limits = {"name": 120, "contact": 240, "languages": 160, "network": 400}
    found = {
        field: words(typed[field], field=field, empty=_("Vul dit in."), most=most) for field, most in limits.items()
    }
    training = typed["training"].strip()
    if training:
        training = words(training, field="training", empty="", most=400)
    return Person(**found, training=training, pay=given.pay)
