"""Authors as JATS has them: name, record, role, affiliation, biography."""

from collections.abc import Iterator, Sequence

from pipeline import model as m
from pipeline.citation import name_of
from pipeline.renderers.jats.inlines import fill, picture
from pipeline.renderers.jats.scope import Scope
from pipeline.renderers.jats.xml import Content, Element, make
from pipeline.renderers.nodes import is_unnamed


def contributors(authors: Sequence[m.Author], scope: Scope) -> Iterator[Element]:
    """Yield the group of authors, in their order; nothing where there are none."""
    if authors:
        yield make("contrib-group", *(_contributor(author, scope) for author in authors))


def _contributor(author: m.Author, scope: Scope) -> Element:
    record = f"https://orcid.org/{author.orcid}" if author.orcid else ""
    has_life = bool(author.bio or author.portrait)
    return make(
        "contrib",
        make("contrib-id", record, contrib_id_type="orcid") if record else None,
        _name(author),
        make("role", author.role) if author.role else None,
        make("aff", make("institution", author.affiliation)) if author.affiliation else None,
        make("bio", *_life(author, scope)) if has_life else None,
        contrib_type="author",
    )


def _name(author: m.Author) -> Element:
    """Return the name as it is printed, its parts marked; that of an organisation as one."""
    parts = name_of(author)
    family, given = parts.get("family"), parts.get("given")
    if not family or not given or author.family == author.name:
        return make("collab" if author.family == author.name else "string-name", author.name)
    return make("string-name", *_marked(author.name, family, given))


def _marked(name: str, family: str, given: str) -> Iterator[Content]:
    """Yield a name with its parts marked, whichever comes first."""
    before, found, after = name.rpartition(family)
    if not found:
        yield name
        return
    for text in (before, None, after):
        if text is None:
            yield make("surname", family)
        elif text.strip() == given:
            start = text.index(given)
            yield text[:start]
            yield make("given-names", given)
            yield text[start + len(given) :]
        else:
            yield text


def _life(author: m.Author, scope: Scope) -> Iterator[Element]:
    if author.portrait:
        yield make("p", picture(author.portrait, scope, "inline-graphic"))
    if is_unnamed(author):
        yield make("p", author.name, content_type="fields")
    if author.bio:
        yield fill(make("p"), author.bio, scope)
