"""A Word file from anybody's desk: opened within bounds, its parts read without trusting them."""

from pipeline.wordfile.names import DOCUMENT, name
from pipeline.wordfile.package import Package, open_package

__all__ = ["DOCUMENT", "Package", "name", "open_package"]
