"""What the end page says beside the text: how to cite, the licence, and the way to the web version.

All three outputs print it from this one record.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import segno

from pipeline import addresses
from pipeline import model as m
from pipeline.citation import Part, citation, web_address
from pipeline.licences import Licence, licence
from pipeline.theme import Theme
from pipeline.words import Words

CODE = ":code"
"""Stands for the QR code among the pictures; no file of a brief has such a name."""
PIXELS = 8
"""Width of a module of the QR code."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on the end page without being written by the author, each part empty if unknown.

    `address` is where the web version is; `is_ours` says that the house and not the brief names it.
    """

    citation: tuple[Part, ...]
    licence: Licence | None
    doi: str
    address: str
    is_ours: bool
    code: m.ImageFile | None
    about: str
    """What the house says about itself, for a brief that says nothing."""
    disclaimer: str
    """The house's, for a brief that has none of its own."""

    @property
    def code_name(self) -> str:
        """The text alternative of the QR code."""
        return f"QR: {self.address}"


def imprint(brief: m.Brief, theme: Theme, words: Words) -> Imprint:
    """Return what the end page of a brief says."""
    meta = brief.metadata
    address = web_address(brief, theme)
    return Imprint(
        citation=citation(brief, theme, words),
        licence=licence(meta.license) if meta.license else None,
        doi=addresses.of_doi(meta.doi) if meta.doi else "",
        address=address,
        is_ours=meta.url is None,
        code=qr_code(address) if address else None,
        about="" if meta.about else theme.institute.about,
        disclaimer="" if meta.disclaimer else theme.institute.disclaimer,
    )


def pictures(brief: m.Brief, imprint: Imprint) -> tuple[m.ImageFile, ...]:
    """Return every picture that is printed."""
    return (*brief.images, imprint.code) if imprint.code else brief.images


@lru_cache(maxsize=8)
def qr_code(address: str) -> m.ImageFile:
    """Return the QR code of an address (ISO/IEC 18004), without the quiet zone around it.

    The page leaves that free: four modules on each side.
    """
    code = segno.make_qr(address, error="m", boost_error=False)
    stream = BytesIO()
    code.save(stream, kind="png", scale=PIXELS, border=0)
    data = stream.getvalue()
    width, height = code.symbol_size(scale=PIXELS, border=0)
    return m.ImageFile(
        file=CODE,
        media_type="image/png",
        width=int(width),
        height=int(height),
        sha256=hashlib.sha256(data).hexdigest(),
        data=base64.b64encode(data).decode(),
    )
