"""What the API of drafts takes. The operations are the functions of editing.py, each with its arguments."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

Number = Annotated[str, Field(max_length=20)]
Named = dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=40)]]


class VersionIn(Schema):
    code: Annotated[str, Field(max_length=40)]
    number: Annotated[int, Field(ge=1, le=999_999)]


class StartIn(Schema):
    """Exactly one of template, from_version and text. parties: agency code to capacity."""

    template: Annotated[str, Field(max_length=40)] = ""
    from_version: VersionIn | None = None
    text: str = ""
    code: Annotated[str, Field(max_length=40)] = ""
    title: Annotated[str, Field(max_length=200)] = ""
    parties: Named = {}


class TextIn(Schema):
    """base_revision: the revision that was opened and changed."""

    text: str
    base_revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    note: Annotated[str, Field(max_length=240)] = ""


class SetHead(Schema):
    """Keys of the head; a mapping changes those keys of the part, null removes one."""

    operation: Literal["set_head"]
    changes: dict[str, Any]


class AddArticle(Schema):
    """number "": the next free one; after "": last."""

    operation: Literal["add_article"]
    title: str
    body: str = ""
    number: Number = ""
    after: Number = ""


class SetArticle(Schema):
    """more: other keys of the article (basis, case_kinds, retention, …); null removes one."""

    operation: Literal["set_article"]
    number: Number
    title: str
    body: str
    more: dict[str, Any] = {}


class RemoveArticle(Schema):
    operation: Literal["remove_article"]
    number: Number


class PutRule(Schema):
    """rule: the keys of the document; without "id" it gets the next free number, or keeps that of `replaces`."""

    operation: Literal["put_rule"]
    article: Number
    kind: Literal["grants", "announcements", "prohibitions", "break_glass"]
    rule: dict[str, Any]
    replaces: Number = ""


class RemoveRule(Schema):
    operation: Literal["remove_rule"]
    number: Number


class PutSet(Schema):
    """No fields: the set is taken out."""

    operation: Literal["put_set"]
    name: str
    fields: list[str]


class PutPurpose(Schema):
    """code "": the purpose is taken out; number "": the next free one."""

    operation: Literal["put_purpose"]
    code: str
    number: Number = ""


class SetParties(Schema):
    """Parties that the text names, by capacity. bureau: null leaves it, {} takes it out."""

    operation: Literal["set_parties"]
    parties: dict[str, list[str]]
    bureau: dict[str, str] | None = None


Operation = Annotated[
    SetHead | AddArticle | SetArticle | RemoveArticle | PutRule | RemoveRule | PutSet | PutPurpose | SetParties,
    Field(discriminator="operation"),
]


class EditIn(Schema):
    """One editing operation on the text of `base_revision`; comments, order and style of the rest stay."""

    base_revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    edit: Operation


class PartiesIn(Schema):
    """Agency code to capacity: these would sign, and no others."""

    parties: Named


class RemarkIn(Schema):
    article: Number = ""
    text: str


class AnswerIn(Schema):
    answer: str


class FindingAnswerIn(Schema):
    """The finding by its code, article and sentence, and why it is left so."""

    code: Annotated[str, Field(max_length=40)]
    article: Number = ""
    message: str
    text: str


class StepIn(Schema):
    step: Literal["open_consultation", "back_to_draft", "put_up_for_signature", "take_back", "drop"]
    reason: str = ""
