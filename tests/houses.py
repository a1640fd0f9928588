"""The house as it ships, with one thing chosen otherwise."""

from pipeline.theme import Pdf, Standard, Theme, load_theme


def house_for(standard: Standard) -> Theme:
    """Return the house with another standard for its PDFs."""
    return load_theme().model_copy(update={"pdf": Pdf(standard=standard)})
