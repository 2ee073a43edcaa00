"""Who is the wrong reader at each route of cases.attachments."""

from cases.attachments.models import Attachment
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World

_PAGE, _API = "/casus/MW-2/bijlagen/{}", "/api/v1/cases/MW-2/attachments{}"
_STRANGER = bearer("hanneke", "pga_adult")
_FORM = 'multipart/form-data; boundary="grens"'
_FILE = (
    '--grens\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhallo'
    '\r\n--grens\r\nContent-Disposition: form-data; name="field"\r\n\r\nfull_name\r\n--grens--\r\n'
)


def _file(form: str, source: str = "RCL-MD") -> Url:
    """A file of the probation service in MW-2."""

    def url(world: World) -> str:
        found = Attachment.objects.filter(case=world.cases["MW-2"], source__code=source).order_by("id").last()
        assert found is not None
        return form.format(found.uid)

    return url


DENIALS: list[Denial] = [
    Denial(route="case_attachments", url=fixed(_PAGE.format(""))),
    Denial(route="case_attachments", url=fixed(_PAGE.format("")), wrong="hanneke"),
    # A third party reads what is pushed to it, and no file of the joint case.
    Denial(route="case_attachments", url=fixed(_PAGE.format("")), wrong="joost"),
    Denial(route="attachment_add", url=fixed(_PAGE.format("nieuw/"))),
    Denial(route="attachment_add", url=fixed(_PAGE.format("nieuw/")), wrong="hanneke"),
    Denial(route="attachment_add", url=fixed(_PAGE.format("nieuw/")), wrong="joost", method="POST"),
    Denial(route="attachment", url=_file(_PAGE.format("{}/"))),
    Denial(route="attachment", url=_file(_PAGE.format("{}/")), wrong="hanneke"),
    Denial(route="attachment_page", url=_file(_PAGE.format("{}/blad/1/"))),
    Denial(route="attachment_page", url=_file(_PAGE.format("{}/blad/1/")), wrong="hanneke"),
    Denial(route="attachment_download", url=_file(_PAGE.format("{}/bestand/"))),
    Denial(route="attachment_download", url=_file(_PAGE.format("{}/bestand/")), wrong="hanneke"),
    Denial(route="attachment_withdraw", url=_file(_PAGE.format("{}/trek-in/"))),
    Denial(route="attachment_withdraw", url=_file(_PAGE.format("{}/trek-in/")), wrong="sanne"),
    Denial(route="attachment_withdraw", url=_file(_PAGE.format("{}/trek-in/")), wrong="ruben", method="POST"),
    Denial(route="api:attachment_list", url=fixed(_API.format(""))),
    Denial(route="api:attachment_list", url=fixed(_API.format("")), headers=_STRANGER),
    Denial(route="api:attachment_add", url=fixed(_API.format("")), method="POST"),
    Denial(
        route="api:attachment_add", url=fixed(_API.format("")), method="POST", headers=_STRANGER, body=_FILE,
        content_type=_FORM,
    ),
    Denial(route="api:attachment_detail", url=_file(_API.format("/{}"))),
    Denial(route="api:attachment_detail", url=_file(_API.format("/{}")), headers=_STRANGER),
    Denial(route="api:attachment_content", url=_file(_API.format("/{}/content"))),
    Denial(route="api:attachment_content", url=_file(_API.format("/{}/content")), headers=_STRANGER),
    Denial(route="api:attachment_withdraw", url=_file(_API.format("/{}/withdrawal")), method="POST"),
    Denial(
        route="api:attachment_withdraw", url=_file(_API.format("/{}/withdrawal")), method="POST",
        headers=bearer("sanne", "pga_adult"), body='{"reason": "Verkeerd bestand"}',
    ),
]  # fmt: skip
PUBLIC: dict[str, str] = {}
