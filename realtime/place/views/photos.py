"""Sends and shows photos of the street."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.casework.views.frame import reading_of
from foundation.errors import Invalid
from foundation.routes import Shows, route
from realtime.channels import queries
from realtime.place.photos import Taken, photo, send


@require_POST
@route("channel_photo_add", shows=Shows.NOTHING)
def channel_photo_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take in a photo with its client id and caption; answers with the uid of its message."""
    reading = reading_of(request, route="channel_photo_add", event="channel.said")
    here = queries.opened(reading, uid, session=request.session)
    file = request.FILES.get("photo")
    if file is None:
        raise Invalid(_("Kies een foto."), field="photo", remedy=_("Maak een foto, of kies er een van uw toestel."))
    try:
        client = UUID(request.POST.get("client", ""))
    except ValueError as wrong:
        raise Invalid(
            _("Dit bericht heeft geen kenmerk."), field="client", remedy=_("Laad de pagina opnieuw.")
        ) from wrong
    size = int(file.size or 0)
    data = file.read(settings.SIGNAL_PHOTO_MAX_BYTES + 1) if size <= settings.SIGNAL_PHOTO_MAX_BYTES else b""
    caption = request.POST.get("caption", "")
    made = send(
        reading, here, Taken(client=client, caption=caption, name=file.name or "foto.jpg", data=data, size=size)
    )
    return JsonResponse({"client": str(client), "event": str(made.uid)}, status=201)


@route("channel_photo", shows=Shows.CASE_DATA)
def channel_photo(request: HttpRequest, uid: UUID, event: UUID) -> HttpResponse:
    """The picture of a message that the reader may know."""
    reading = reading_of(request, route="channel_photo", event="place.photo")
    here = queries.opened(reading, uid, session=request.session, afterwards=True)
    type_, data = photo(reading, here, event)
    response = HttpResponse(data, content_type=type_)
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = "inline"
    return response
