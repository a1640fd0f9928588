"""Citations: keys of a bibliography in the text, rendered before anything else looks at the notes.

pandoc reads the citations with the text, so that their places are found as those of all words are;
then they are put in reading order and rendered by its citeproc. With a note style each becomes a
note like those of the author, with a label of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace

from pipeline.pandoc import Unreadable
from pipeline.problems import BriefError, Problem, problem
from pipeline.reader.citing import listing
from pipeline.reader.citing.faults import entry_faults, key_faults, told_faults
from pipeline.reader.citing.library import Library
from pipeline.reader.citing.means import Means, means_of
from pipeline.reader.citing.order import Citation, citations
from pipeline.reader.citing.places import place_of_signs
from pipeline.reader.citing.placing import Placed, place_all
from pipeline.reader.citing.render import Rendered, render
from pipeline.reader.citing.style import Style
from pipeline.reader.labels import Part, Reading
from pipeline.reader.pieces import Piece
from pipeline.reader.tree import Node, nodes
from pipeline.theme import TEMPLATES
from pipeline.words import words_for

__all__ = ["cite", "means_of"]


def cite(
    reading: Reading, order: Sequence[Piece], means: Means, lang: str
) -> tuple[Reading, list[Problem]]:
    """Render the citations of a brief; return the reading with them, and every problem.

    `order` are the pieces as they are read on the page.
    """
    if means.library is not None:
        parts = [part for piece in order for part in reading.parts if part.piece is piece]
        return _cite(reading, parts, means.library, means.style, lang)
    return (_without(reading, lang) if means.asked else reading), []


def _cite(
    reading: Reading, order: Sequence[Part], library: Library, style: Style, lang: str
) -> tuple[Reading, list[Problem]]:
    places = dict(reading.places)
    reading = replace(reading, places=places)
    cited = citations(reading, order, style.notes)
    for one in cited:
        places[id(one.node)] = place_of_signs(reading.source.text, places.get(id(one.node), 0))
    problems = [*key_faults(reading, cited, library), *_lettered(reading, cited, style)]
    known = [one for one in cited if one.repeats is None and _keys(one) <= library.aliases.keys()]
    first = _first_places(cited, library, places)
    problems += entry_faults(library, first.keys())
    try:
        rendered = render(known, library, style, lang)
    except Unreadable as error:
        told = problem("cite-style", reading.source.path, *style.place, what=error.what)
        return _without(reading, lang), [*problems, told]
    except BriefError as error:
        return _without(reading, lang), [*problems, *error.problems]
    problems += told_faults(reading, library, style, rendered.told)
    by_node = dict(_placed(cited, rendered, places))
    anchors = listing.anchors_for(list(rendered.entries))
    for placed in by_node.values():
        listing.linked(placed.inlines, anchors)
    for part in reading.parts:
        place_all(part.blocks, by_node, lang)
    labels = _labels(reading, by_node.values())
    entries = [
        listing.entry(anchors[key], inlines) for key, inlines in rendered.entries.items() if inlines
    ]
    heading = "" if style.notes else words_for(lang, TEMPLATES).references
    section = _list(reading.parts[-1].blocks, entries, heading)
    _locate([*entries, *section], first, anchors, places)
    return replace(reading, made_labels=labels, references=section), problems


def _without(reading: Reading, lang: str) -> Reading:
    """Return the reading with something in place of its citations, which cannot be rendered."""
    for part in reading.parts:
        place_all(part.blocks, {}, lang)
    return reading


def _list(blocks: Sequence[Node], entries: Sequence[Node], heading: str) -> list[Node]:
    """Fill in the list that the author asks for, or else return it under the heading, if any."""
    division = listing.asked_for(blocks)
    if division is not None:
        listing.fill(division, entries)
    return listing.section(blocks, heading, entries) if entries and heading and not division else []


def _keys(citation: Citation) -> set[str]:
    return {one["citationId"] for one in citation.node["c"][0]}


def _first_places(
    cited: Sequence[Citation], library: Library, places: dict[int, int]
) -> dict[str, int]:
    """Return for each entry the offset at which it is cited first."""
    found: dict[str, int] = {}
    for each in cited:
        for one in each.node["c"][0]:
            if key := library.aliases.get(one["citationId"]):
                found.setdefault(key, places[id(each.node)])
    return found


def _lettered(reading: Reading, cited: Sequence[Citation], style: Style) -> Iterator[Problem]:
    """A style that names earlier notes by number has no name for those with letters."""
    for one in cited if style.notes and style.numbers else ():
        if one.in_table:
            place = reading.place_of(one.node)
            what = "it names earlier notes by number, and here notes have letters"
            yield problem("cite-style", reading.source.path, *place, what=what)


def _placed(
    cited: Sequence[Citation], rendered: Rendered, places: dict[int, int]
) -> Iterator[tuple[int, Placed]]:
    """Yield what is printed for each citation; all of it has the place of the citation."""
    for one in cited:
        origin = one.node if one.repeats is None else one.repeats
        inlines = deepcopy(list(rendered.citations.get(id(origin), ())))
        for node, _ in nodes(inlines):
            places[id(node)] = places[id(origin)]
        yield id(one.node), Placed(one, inlines)


def _labels(reading: Reading, placed: Iterable[Placed]) -> dict[int, str]:
    """Return labels for the notes that were made, none of which the author uses."""
    names = reading.unused_labels("cite")
    return {
        id(node): next(names)
        for one in placed
        if not one.citation.in_note and not one.citation.in_picture
        for node in one.inlines
        if node["t"] == "Note"
    }


def _locate(
    made: Sequence[Node], first: dict[str, int], anchors: dict[str, str], places: dict[int, int]
) -> None:
    """An entry stands where it is cited first, and the section where the last of them does."""
    by_anchor = {anchors[key]: at for key, at in first.items() if key in anchors}
    last = max(first.values(), default=0)
    for node, _ in nodes(list(made)):
        places[id(node)] = last
    for node, _ in nodes(list(made)):
        if node["t"] == "Div" and node["c"][0][0] in by_anchor:
            for inner, _ in nodes(node):
                places[id(inner)] = by_anchor[node["c"][0][0]]
