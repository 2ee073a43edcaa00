"""Makes a screenshot smaller: the 256 colours it uses most, as a palette. Used by screenshots.py only.

The browser counts and maps the colours, since it is there anyway; the file itself is written here.
Source: PNG (third edition), colour type 3.
"""

import base64
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Page

MAP_COLOURS = """async (data) => {
  const blob = await (await fetch(`data:image/png;base64,${data}`)).blob();
  const picture = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const brush = canvas.getContext("2d");
  brush.drawImage(picture, 0, 0);
  const bytes = brush.getImageData(0, 0, picture.width, picture.height).data;
  const colours = new Uint32Array(bytes.length / 4);
  const often = new Map();
  for (let i = 0; i < colours.length; i++) {
    const colour = bytes[4 * i] << 16 | bytes[4 * i + 1] << 8 | bytes[4 * i + 2];
    colours[i] = colour;
    often.set(colour, (often.get(colour) || 0) + 1);
  }
  const palette = [...often].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
  const place = new Map(palette.map((colour, index) => [colour, index]));
  const apart = (a, b) => [16, 8, 0].reduce((sum, shift) => sum + ((a >> shift & 255) - (b >> shift & 255)) ** 2, 0);
  for (const colour of often.keys()) {
    if (place.has(colour)) continue;
    let best = 0;
    for (let i = 1; i < palette.length; i++) if (apart(colour, palette[i]) < apart(colour, palette[best])) best = i;
    place.set(colour, best);
  }
  let rows = "";
  for (let i = 0; i < colours.length; i++) rows += String.fromCharCode(place.get(colours[i]));
  return {width: picture.width, height: picture.height, palette, rows: btoa(rows)};
}"""


def lighten(file: Path, page: Page) -> None:
    """Rewrite the PNG in `file` with a palette. `page`: any page without a content policy, such as about:blank."""
    found = page.evaluate(MAP_COLOURS, base64.b64encode(file.read_bytes()).decode())
    width, height, rows = found["width"], found["height"], base64.b64decode(found["rows"])
    # Every row begins with its filter type; 0 (none) packs best for pictures with a palette.
    lines = b"".join(b"\0" + rows[y * width : (y + 1) * width] for y in range(height))
    palette = b"".join(colour.to_bytes(3, "big") for colour in found["palette"])
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
