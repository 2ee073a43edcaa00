"""The files of the demo: a drawing and a letter in the case of Jayden, a plan of payment in that of Tineke Wolters."""

import io
from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from PIL import Image, ImageDraw
from weasyprint import HTML

from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from cases.attachments import commands
from cases.attachments.commands import Giving
from cases.attachments.events import ADDED
from cases.attachments.models import Attachment
from cases.disclosure.reading import Reading
from cases.records.models import Case

JAYDEN, TINEKE = "MD-2026-0418", "MD-2026-0391"


@transaction.atomic
def load_demo_attachments() -> None:
    """Give the files as the personas would; nothing where it was done or the case is not there."""
    _give("ruben", JAYDEN, "police_incident", "situatieschets-kade.png", _drawing(), days_ago=6,
          caption="Schets van de kade: waar de scooter stond en waar de groep stond.")  # fmt: skip
    _give("peter", JAYDEN, "school_observation", "brief-mentor.pdf", _letter(), days_ago=4,
          caption="Brief van de mentor aan thuis, na het gesprek van november.")  # fmt: skip
    _give("marloes", JAYDEN, "child_safety_judgement", "samenvatting-gezinsgesprek.txt", _talk(), days_ago=2,
          caption="Wat in het gezinsgesprek is afgesproken.")  # fmt: skip
    _give("sanne", TINEKE, "debt_arrangement", "betalingsregeling.pdf", _plan(), days_ago=8,
          caption="Voorstel voor de huurachterstand, nog niet getekend.")  # fmt: skip


def _give(
    persona: str, number: str, field: str, name: str, data: bytes, *, caption: str, days_ago: int
) -> None:  # fmt: skip
    mark = uuid5(NAMESPACE_URL, f"verbond-demo-bijlage-{name}")
    if Attachment.objects.filter(submission=mark).exists() or not Case.objects.filter(number=number).exists():
        return
    giving = Giving(name=name, data=data, size=len(data), field=field, caption=caption, submission=mark)
    commands.add_attachment(_reading(persona, days_ago=days_ago), number, giving)


def _reading(persona: str, *, days_ago: int) -> Reading:
    """The persona at work then: the moment of what they give is that of the reading."""
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    now = Reading.begin(visit, route="load_demo", event=ADDED)
    return replace(now, at=now.at - timedelta(days=days_ago))


def _drawing() -> bytes:
    """A plan of a quay with two marks, drawn line by line."""
    paper = Image.new("RGB", (1200, 760), "#fbfaf6")
    pen = ImageDraw.Draw(paper)
    pen.rectangle((0, 520, 1200, 760), fill="#cfe3ea")
    for x in range(40, 1200, 80):
        pen.line((x, 560 + x % 60, x + 44, 560 + x % 60), fill="#8fb6c4", width=3)
    pen.rectangle((60, 60, 520, 250), outline="#33434c", width=5)
    pen.rectangle((620, 90, 1120, 250), outline="#33434c", width=5)
    pen.line((0, 520, 1200, 520), fill="#33434c", width=8)
    pen.rectangle((860, 420, 940, 452), fill="#b3261e")
    for x, y in ((300, 400), (336, 424), (372, 396), (330, 372)):
        pen.ellipse((x, y, x + 26, y + 26), fill="#00566b")
    pen.line((400, 410, 840, 434), fill="#33434c", width=3)
    for x, y, words in (
        (80, 140, "Loods A"), (640, 150, "Kantine"), (850, 462, "scooter"), (270, 460, "groep"),
        (560, 384, "ca. 25 m"), (40, 700, "water"),
    ):  # fmt: skip
        pen.text((x, y), words, fill="#12222b", font_size=34)
    out = io.BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()


def _letter() -> bytes:
    return _paper(
        "Brief van de mentor",
        "Beste ouders,",
        "Op school gaat het de laatste weken beter. Jayden was in november twee dagen afwezig, tegen zeven in oktober. "
        "In het gesprek vertelde hij dat hij 's avonds slecht slaapt.",
        "Wij spraken af dat hij op maandag en donderdag na de les blijft voor huiswerk. Lukt dat niet, bel mij dan.",
        "Met vriendelijke groet, de mentor van klas 4C",
    )


def _plan() -> bytes:
    return _paper(
        "Voorstel betalingsregeling",
        "Achterstand: vier maanden huur.",
        "Voorstel: 60 euro per maand boven op de huur, met ingang van volgende maand. De verhuurder wacht zolang met "
        "de ontruiming. Mist mevrouw een termijn, dan belt de verhuurder eerst het sociaal team.",
        "Nog te doen: handtekening van mevrouw en van de verhuurder.",
    )


def _paper(title: str, *paragraphs: str) -> bytes:
    """One page of A4."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    style = "<style>@page{size:A4;margin:28mm}body{font:12pt/1.5 sans-serif}h1{font-size:17pt}</style>"
    return bytes(HTML(string=f"{style}<h1>{title}</h1>{text}").write_pdf())


def _talk() -> bytes:
    return (
        b"Samenvatting gezinsgesprek\n\n"
        b"Aanwezig: moeder, Jayden, gezinsvoogd.\n\n"
        b"- Jayden slaapt op doordeweekse dagen thuis.\n"
        b"- Moeder belt de voogd als het 's avonds misgaat, ook in het weekend.\n"
        b"- Over twee weken kijken wij samen of dit werkt.\n"
    )
