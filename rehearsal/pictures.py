"""Picture files of the rehearsal: metadata before (JPEG) or behind (WebP) filler that stands for pixels."""

from __future__ import annotations

import re
from html import escape
from struct import pack

from rehearsal.answer import TEXT, Asked, Reply
from rehearsal.photo import Photo

#: More than anybody needs to ask for.
FILLER = 100_000
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


def xmp(creator: str = "", statement: str = "", data_mining: str = "") -> bytes:
    """An XMP packet that names an author, an address of terms, and PLUS' words on data mining."""
    fields = ""
    if creator:
        fields += f"<dc:creator><rdf:Seq><rdf:li>{escape(creator)}</rdf:li></rdf:Seq></dc:creator>"
    if statement:
        fields += f"<xmpRights:WebStatement>{escape(statement)}</xmpRights:WebStatement>"
    if data_mining:
        fields += f"<plus:DataMining>http://ns.useplus.org/ldf/vocab/{data_mining}</plus:DataMining>"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        f' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">{fields}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="r"?>'
    ).encode()


def jpeg(packet: bytes | None) -> bytes:
    """A JPEG of filler whose XMP, if any, stands first (XMP part 3, section 1.1.3)."""
    head = b"\xff\xd8"
    if packet is not None:
        body = b"http://ns.adobe.com/xap/1.0/\0" + packet
        head += b"\xff\xe1" + pack(">H", len(body) + 2) + body
    return head + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x55" * FILLER + b"\xff\xd9"


def webp(packet: bytes) -> bytes:
    """A WebP of filler whose XMP stands last, as encoders write it."""
    chunks = [
        (b"VP8X", b"\x04\0\0\0" + b"\x0f\0\0" * 2),
        (b"VP8 ", b"\x55" * FILLER),
        (b"XMP ", packet),
    ]
    body = b"WEBP" + b"".join(
        name + pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + pack("<I", len(body)) + body


def of_photo(photo: Photo) -> bytes:
    """The file of a photo of the world: half of them say something, a fifth of those keeps machines out."""
    if photo.number % 2:
        return jpeg(None)
    reserved = "DMI-PROHIBITED-AIMLTRAINING" if photo.number % 10 == 0 else ""
    return jpeg(xmp(photo.owner.name, photo.first.url if photo.kind != "flickr" else "", reserved))


def served(asked: Asked, data: bytes, content_type: str = "image/jpeg") -> Reply:
    """The file, or the range asked for (RFC 9110, section 14)."""
    found = _RANGE.fullmatch(asked.headers.get("range", ""))
    if found is None:
        return Reply(data, content_type)
    first = int(found[1])
    last = min(int(found[2] or len(data)), len(data) - 1)
    if first >= len(data) or last < first:
        return Reply(b"", TEXT, 416, (("Content-Range", f"bytes */{len(data)}"),))
    return Reply(
        data[first : last + 1], content_type, 206, (("Content-Range", f"bytes {first}-{last}/{len(data)}"),)
    )
