"""Serialisers as the DRF handbook shows them; a field of a contribution appears if its permission is held."""

from typing import Any

from rest_framework import serializers

from bench.peer.models import Agency, Case, Contribution, Person


class SourceSerializer(serializers.ModelSerializer):
    """Who gave it."""

    class Meta:
        model = Agency
        fields = ["code", "type", "name"]


class ContributionSerializer(serializers.ModelSerializer):
    """What all facts of a contribution share."""

    source = SourceSerializer()
    contribution = serializers.CharField(source="uid")

    class Meta:
        model = Contribution
        fields = ["source", "observed_on", "given_at", "kind", "reliability", "contribution", "valid_until"]

    def to_representation(self, instance: Contribution) -> list[dict[str, Any]]:
        """One item for each fact that the reader may see."""
        shared = super().to_representation(instance)
        may_see = self.context["may_see"]
        return [
            {
                "field": code,
                "value": value,
                "article": instance.articles[code],
                "contested": "",
                "is_new": False,
                **shared,
            }
            for code, value in instance.values.items()
            if may_see(f"view_{code}", instance)
        ]


class PersonSerializer(serializers.ModelSerializer):
    """A person with the facts of all contributions on them."""

    facts = serializers.SerializerMethodField()
    announced = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = ["subject", "role", "facts", "announced"]

    def get_facts(self, person: Person) -> list[dict[str, Any]]:
        lists = ContributionSerializer(person.contributions.all(), many=True, context=self.context).data
        return [fact for facts in lists for fact in facts]

    def get_announced(self, person: Person) -> list[Any]:
        return []


class CaseSerializer(serializers.ModelSerializer):
    """The whole case."""

    persons = PersonSerializer(many=True)
    at = serializers.SerializerMethodField()
    n_new = serializers.SerializerMethodField()
    n_visible = serializers.SerializerMethodField()
    n_announced = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "number", "kind", "label", "district", "urgency", "phase", "phase_since", "partners", "next_step",
            "next_step_on", "purpose", "persons", "n_new", "covenants", "obligations", "at", "until", "n_visible",
            "n_announced",
        ]  # fmt: skip

    def to_representation(self, instance: Case) -> dict[str, Any]:
        """The counts follow from what is in it."""
        data = super().to_representation(instance)
        return data | {"n_visible": sum(len(person["facts"]) for person in data["persons"])}

    def get_at(self, case: Case) -> Any:
        return self.context["at"]

    def get_n_new(self, case: Case) -> int:
        return 0

    def get_n_visible(self, case: Case) -> int:
        return 0

    def get_n_announced(self, case: Case) -> int:
        return 0
