"""The page of a case, twice: with user.has_perm for each field, and with permissions fetched beforehand."""

from typing import Any

from auditlog.signals import accessed
from django.db.models import Prefetch
from django.utils import timezone
from guardian.core import ObjectPermissionChecker
from rest_framework.exceptions import NotFound
from rest_framework.generics import RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from bench.peer.models import Case, Contribution, Person
from bench.peer.serializers import CaseSerializer


class CaseView(RetrieveAPIView):
    """GET a case by number: who may read it, which fields of it, and an access entry for each thing read."""

    lookup_field = "number"
    serializer_class = CaseSerializer
    queryset = Case.objects.prefetch_related(
        Prefetch("persons", queryset=Person.objects.order_by("id")),
        Prefetch("persons__contributions", queryset=Contribution.objects.select_related("source").order_by("id")),
    )

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Permission on the case, then per field in the serialiser, then the access log."""
        case = self.get_object()
        contributions = [given for person in case.persons.all() for given in person.contributions.all()]
        may_see = self.checks(request, case, contributions)
        if not may_see("read_case", case):
            raise NotFound
        at = timezone.now()  # noqa: TID251 - the peer is a program of its own
        data = CaseSerializer(case, context={"may_see": may_see, "at": at}).data
        for thing in (case, *contributions):
            accessed.send(thing.__class__, instance=thing)
        return Response(data)

    def checks(self, request: Request, case: Case, contributions: list[Contribution]) -> Any:
        """As guardian's handbook has it: user.has_perm with the object, which asks the database each time."""
        return lambda name, thing: request.user.has_perm(f"peer.{name}", thing)


class PrefetchedCaseView(CaseView):
    """The same with all permissions on the case and its contributions fetched in one go."""

    def checks(self, request: Request, case: Case, contributions: list[Contribution]) -> Any:
        """guardian's own way to avoid a query per check."""
        checker = ObjectPermissionChecker(request.user)
        checker.prefetch_perms([case])
        checker.prefetch_perms(contributions)
        return checker.has_perm
