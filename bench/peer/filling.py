"""Fills the peer's store: the case of the product's answer, and others so that no table is nearly empty."""

import uuid
from collections import defaultdict
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from guardian.models import GroupObjectPermission
from rest_framework.authtoken.models import Token

from bench.peer.models import Agency, Case, Contribution, Person

OTHERS = 300
CASE_COLUMNS = (
    "kind", "label", "district", "urgency", "phase", "phase_since", "partners", "next_step", "next_step_on",
    "purpose", "covenants", "obligations", "until",
)  # fmt: skip
SHARED = ("kind", "reliability", "observed_on", "given_at", "valid_until")


def fill(answer: dict[str, Any]) -> str:
    """The reader's token. Permissions go to the group of the reader's agency, per contribution and field."""
    reader = User.objects.create_user("wouter")
    group = Group.objects.create(name="RCL-MD professional")
    reader.groups.add(group)
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label="peer").select_related("content_type")
    }
    for number in range(OTHERS):
        _case(answer, f"OTHER-{number}", group, permissions, fresh=True)
    _case(answer, answer["number"], group, permissions, fresh=False)
    return Token.objects.create(user=reader).key


def _case(
    answer: dict[str, Any], number: str, group: Group, permissions: dict[str, Permission], *, fresh: bool
) -> None:
    case = Case.objects.create(number=number, **{name: answer[name] for name in CASE_COLUMNS})
    granted = [_grant(group, permissions["read_case"], case)]
    for described in answer["persons"]:
        person = Person.objects.create(case=case, subject=described["subject"], role=described["role"])
        by_contribution = defaultdict(list)
        for fact in described["facts"]:
            by_contribution[fact["contribution"]].append(fact)
        for uid, facts in by_contribution.items():
            given = _contribution(person, uuid.uuid4() if fresh else uuid.UUID(uid), facts)
            granted += [_grant(group, permissions[f"view_{fact['field']}"], given) for fact in facts]
    GroupObjectPermission.objects.bulk_create(granted)


def _contribution(person: Person, uid: uuid.UUID, facts: list[dict[str, Any]]) -> Contribution:
    source, _ = Agency.objects.get_or_create(code=facts[0]["source"]["code"], defaults=facts[0]["source"])
    return Contribution.objects.create(
        uid=uid,
        person=person,
        source=source,
        values={fact["field"]: fact["value"] for fact in facts},
        articles={fact["field"]: fact["article"] for fact in facts},
        **{name: facts[0][name] for name in SHARED},
    )


def _grant(group: Group, permission: Permission, thing: Any) -> GroupObjectPermission:
    return GroupObjectPermission(
        group=group, permission=permission, content_type=permission.content_type, object_pk=str(thing.pk)
    )
