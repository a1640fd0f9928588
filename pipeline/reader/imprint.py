"""The front matter that says how a brief is filed and who answers for it: numbers and addresses."""

from collections.abc import Callable

from pipeline.reader import yaml_tree as y
from pipeline.reader.fields import Fields
from pipeline.reader.front import ContactDraft
from pipeline.values import as_doi, as_email, as_isbn, as_issn, as_orcid, as_url

CONTACT_KEYS = ("name", "email", "phone")


def read_doi(fields: Fields, entry: y.Entry | None) -> str | None:
    """Return a DOI without its address."""
    return _formed(fields, entry, as_doi, "meta-doi")


def read_issn(fields: Fields, entry: y.Entry | None) -> str | None:
    """Return the number of the series."""
    return _formed(fields, entry, as_issn, "meta-issn")


def read_isbn(fields: Fields, entry: y.Entry | None) -> str | None:
    """Return the number of the brief as a book."""
    return _formed(fields, entry, as_isbn, "meta-isbn")


def read_orcid(fields: Fields, entry: y.Entry | None) -> str | None:
    """Return an ORCID iD without its address."""
    return _formed(fields, entry, as_orcid, "meta-orcid")


def read_url(fields: Fields, entry: y.Entry | None) -> str | None:
    """Return the address of the web version."""
    return _formed(fields, entry, as_url, "meta-url")


def read_contact(fields: Fields, entry: y.Entry | None) -> ContactDraft | None:
    """Return whom to ask: one text, or a name with its addresses."""
    if entry is None:
        return None
    if isinstance(entry.value, y.Scalar):
        return ContactDraft(text=fields.paragraph(entry, "contact"))
    mapping = fields.mapping(entry)
    if mapping is None:
        return None
    get = fields.keys(mapping, CONTACT_KEYS).get
    name, phone = fields.text(get("name")), fields.text(get("phone"))
    email = _formed(fields, get("email"), as_email, "meta-email")
    return ContactDraft(name=name, email=email, phone=phone) if name or email or phone else None


def read_family(fields: Fields, entry: y.Entry | None, name: str) -> str | None:
    """Return the family name of an author, which is a part of the name or all of it."""
    family = fields.text(entry)
    if entry and family and not _is_part(family, name):
        fields.report("meta-family", entry.value.start, family=family, name=name)
        return None
    return family


def _is_part(family: str, name: str) -> bool:
    """Tell whether a name begins or ends with the family name, or is it."""
    return name == family or name.startswith(f"{family} ") or name.endswith(f" {family}")


def _formed(
    fields: Fields, entry: y.Entry | None, form: Callable[[str], str | None], code: str
) -> str | None:
    """Return a text in the form it must have; one that has another is a problem."""
    text = fields.text(entry)
    found = form(text) if text else None
    if entry and text and not found:
        fields.report(code, entry.value.start, text=text)
    return found
