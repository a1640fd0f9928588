"""The pages around the briefs: what there is, newest first and by subject; feed; map of the site.

They are made of what is told of each brief, by the house's own language and look. Addresses in them
are relative, so that the folder can be served at any place.
"""

import base64
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from markupsafe import Markup

from pipeline import languages
from pipeline import model as m
from pipeline.citation import name_of
from pipeline.files import digest
from pipeline.renderers.environment import data_uri, render
from pipeline.renderers.webfonts import VOICES, embedded, stacks
from pipeline.text import plain
from pipeline.theme import Theme, logo_file
from pipeline.words import Words, locale_of, words_for

LOOK = "site.files"
"""The folder of styles and fonts; with a dot, which the name of a brief's folder cannot have."""
IN_FEED = 50
"""How many of the newest briefs the feed has."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is told of one brief."""

    slug: str
    title: str
    deck: str
    day: date
    updated: date | None
    lang: str
    series: str
    number: str
    authors: tuple[m.Author, ...]
    topics: tuple[str, ...]
    files: Mapping[str, int]
    """The files of the brief by name, with their sizes in bytes."""

    @property
    def changed(self) -> date:
        """When the brief was last changed by its authors."""
        return self.updated or self.day

    @property
    def direction(self) -> languages.Direction:
        """In which direction its title is written."""
        return languages.direction(self.lang)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that have something in common; `key` is the anchor of the section."""

    key: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One page of the index: its file, its title, and the groups on it."""

    file: str
    title: str
    groups: tuple[Group, ...]


def entry(brief: m.Brief, files: Mapping[str, int]) -> Entry:
    """Return what is told of a brief that has these files."""
    meta = brief.metadata
    return Entry(
        slug=brief.slug,
        title=plain(meta.title),
        deck=plain(meta.deck),
        day=meta.date,
        updated=meta.updated,
        lang=meta.lang,
        series=meta.series or "",
        number=meta.number or "",
        authors=meta.authors,
        topics=meta.keywords,
        files=files,
    )


def render_site(entries: Sequence[Entry], theme: Theme, address: str) -> dict[str, bytes]:
    """Return all pages around the briefs by their paths, with styles, fonts, and what robots read.

    Feed and map name full addresses: without an `address` of the site there are none.
    """
    newest = sorted(entries, key=lambda one: (-one.day.toordinal(), one.slug))
    words = words_for(theme.institute.lang, theme.folder)
    views = _views(newest, words)
    bodies = {view.file: _body(view, views, theme, words, bool(address)) for view in views}
    missing = _missing(theme, words, address)
    look, style = _look(theme, "".join([*bodies.values(), missing]))
    made = {
        view.file: _page(view.title, bodies[view.file], theme, style, address) for view in views
    }
    home = urlsplit(address).path
    made["404.html"] = _page(
        words.texts["site_missing"], missing, theme, f"{home}/{style}", "", f"{home}/"
    )
    made["robots.txt"] = _robots(address)
    if address:
        made["feed.atom"] = _feed(newest, theme, words, address)
        made["sitemap.xml"] = _map(newest, views, theme, address)
    return made | look


# Groups ------------------------------------------------------------------------------------------


def _views(newest: Sequence[Entry], words: Words) -> tuple[View, ...]:
    """Return the pages that say something: one by series only where there are series."""
    told = words.texts
    by_lang = _groups(newest, lambda one: [_tongue(one.lang, words)])
    views = (
        View("series.html", told["site_series"], _groups(newest, lambda one: [one.series])),
        View("topics.html", told["site_topics"], _groups(newest, lambda one: one.topics)),
        View("authors.html", words.authors, _by_author(newest)),
        View("languages.html", told["site_languages"], by_lang),
    )
    years = {one.day.year: f"{one.day.year:04}" for one in newest}
    by_year = tuple(
        Group(f"y-{name}", name, tuple(one for one in newest if one.day.year == year))
        for year, name in years.items()
    )
    first = View("index.html", told["site_title"], by_year)
    return (first, *(view for view in views if view.groups))


def _groups(
    entries: Sequence[Entry], names: Callable[[Entry], Iterable[str]], order: Mapping[str, str] = {}
) -> tuple[Group, ...]:
    """Return the entries by each of their names, in the order of the alphabet.

    Names that differ in case only are one, as the newest entry writes it.
    """
    spelt: dict[str, str] = {}
    members: dict[str, list[Entry]] = {}
    for one in entries:
        for name in dict.fromkeys(filter(None, map(_squeezed, names(one)))):
            spelt.setdefault(name.casefold(), name)
            group = members.setdefault(name.casefold(), [])
            if one not in group:
                group.append(one)
    keys: set[str] = set()
    found = []
    for folded in sorted(members, key=lambda one: (_sorting(order.get(one, one)), one)):
        key = _anchor(spelt[folded], keys)
        keys.add(key)
        found.append(Group(key, spelt[folded], tuple(members[folded])))
    return tuple(found)


def _by_author(entries: Sequence[Entry]) -> tuple[Group, ...]:
    """Return the entries by author, in the order of family names."""
    people = {one.name.casefold(): one for entry in entries for one in entry.authors}
    order = {}
    for folded, author in people.items():
        parts = name_of(author)
        order[folded] = f"{parts.get('family', author.name)} {parts.get('given', '')}"
    return _groups(entries, lambda one: [author.name for author in one.authors], order)


def _tongue(lang: str, words: Words) -> str:
    """Return the name of a language in the language of the house."""
    name = locale_of(lang).get_language_name(words.lang.split("-")[0]) or lang
    return name[:1].upper() + name[1:]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _sorting(text: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", text).casefold() if not _is_mark(sign)
    )


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


def _anchor(name: str, taken: set[str]) -> str:
    """Return an anchor that stays the same as long as the name does."""
    stem = "g-" + (re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "x")
    number = 2
    key = stem
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


# Pages -------------------------------------------------------------------------------------------


def _shared(theme: Theme, words: Words) -> dict[str, object]:
    logo = logo_file(theme)
    return {
        "words": words,
        "told": words.texts,
        "lang": words.lang,
        "direction": words.direction,
        "logo": logo,
        "logo_address": data_uri(logo) if logo else "",
        "tongue": lambda lang: _tongue(lang, words),
    }


def _body(view: View, views: Sequence[View], theme: Theme, words: Words, has_feed: bool) -> str:
    return render(
        theme,
        "site/index.html.j2",
        view=view,
        views=views,
        has_feed=has_feed,
        several=len({one.lang for group in views[0].groups for one in group.entries}) > 1,
        **_shared(theme, words),
    )


def _missing(theme: Theme, words: Words, address: str) -> str:
    home = f"{urlsplit(address).path}/"
    return render(theme, "site/missing.html.j2", home=home, **_shared(theme, words))


def _page(title: str, body: str, theme: Theme, style: str, address: str, home: str = "") -> bytes:
    """Return a page; `home` is where links lead to where they cannot be relative."""
    lang = theme.institute.lang
    page = render(
        theme,
        "site/page.html.j2",
        title=title,
        body=Markup(body),
        style=style,
        lang=lang,
        direction=languages.direction(lang),
        feed="feed.atom" if address and not home else "",
        is_missing=bool(home),
    )
    return page.encode() + b"\n"


def _look(theme: Theme, bodies: str) -> tuple[dict[str, bytes], str]:
    """Return the style sheet and the fonts by their paths, and the path of the former."""
    fonts = theme.folder / "fonts"
    made: dict[str, bytes] = {}
    cuts = []
    for cut in embedded(bodies, theme.type, fonts):
        data = base64.b64decode(cut.data)
        name = f"{digest(data)[:16]}.woff2"
        made[f"{LOOK}/{name}"] = data
        cuts.append((cut, name))
    css = render(
        theme,
        "site/site.css.j2",
        cuts=cuts,
        voices=VOICES,
        families=stacks(theme.type, fonts, bodies),
    ).encode()
    path = f"{LOOK}/{digest(css)[:16]}.css"
    return made | {path: css}, path


# What machines read ------------------------------------------------------------------------------


def _feed(newest: Sequence[Entry], theme: Theme, words: Words, address: str) -> bytes:
    entries = newest[:IN_FEED]
    # The name of an entry must not change with the place it is served from (RFC 4287, 4.2.6).
    home = theme.institute.base_url.rstrip("/") or address
    updated = max(one.changed for one in entries)
    return _xml(
        theme, "site/feed.atom.j2", words, entries=entries, address=address, home=home, day=updated
    )


def _map(newest: Sequence[Entry], views: Sequence[View], theme: Theme, address: str) -> bytes:
    words = words_for(theme.institute.lang, theme.folder)
    return _xml(
        theme,
        "site/sitemap.xml.j2",
        words,
        entries=newest,
        views=views,
        address=address,
        day=max(one.changed for one in newest),
    )


def _xml(theme: Theme, template: str, words: Words, **values: object) -> bytes:
    return render(theme, template, words=words, told=words.texts, **values).encode() + b"\n"


def _robots(address: str) -> bytes:
    told = "User-agent: *\nAllow: /\n"
    return (told + (f"\nSitemap: {address}/sitemap.xml\n" if address else "")).encode()
