"""Gathers what is finished, makes what goes around it, and puts it in the place of the old."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from pipeline import build, codec, files, manifest
from pipeline import model as m
from pipeline.build import Job
from pipeline.manifest import FORMATS, Manifest, suffix
from pipeline.problems import BriefError, Problem, errors, problem
from pipeline.publish import folder, links
from pipeline.publish.archive import archive
from pipeline.publish.folder import Draft
from pipeline.publish.links import Page
from pipeline.publish.provenance import provenance
from pipeline.renderers.carried import carried
from pipeline.renderers.epub import render_epub
from pipeline.renderers.jats import render_jats
from pipeline.renderers.mail import render_mail
from pipeline.renderers.site import Entry, entry, render_site
from pipeline.stages import Workshop
from pipeline.theme import Theme, load_theme
from pipeline.verify import verify_epub, verify_jats
from pipeline.verify.mail import verify_mail

Renderer = Callable[[m.Brief, Theme], bytes]
Prover = Callable[[m.Brief, bytes, str], tuple[Problem, ...]]

STATEMENT = "provenance.json"
MOST = 8
"""How many files that are in the way are named."""
SERVED = tuple(form for form in FORMATS if form not in ("json", "html"))
"""What is published beside the page; the JSON is not, as it holds what an author wrote unseen."""
MADE_HERE: Mapping[str, tuple[Renderer, Prover]] = {
    "epub": (render_epub, verify_epub),
    "txt": (render_mail, verify_mail),
}
"""What is made and proved for publishing alone, by the ends of names."""
JATS = "jats.xml"
"""The end of the name of the article for archives."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the folder is made, and the address that it will be served at; empty if unknown."""

    target: Path
    address: str


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it: how many briefs and files it has, and how many were not there before."""

    briefs: int
    files: int
    written: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """A brief that is built: its files by the names they are published under."""

    brief: m.Brief
    manifest: Manifest
    files: dict[str, bytes]


def site(target: Path, address: str, theme: Theme) -> Site:
    """Return the site of an address that was typed, or else of the house's.

    Raises BriefError when that is no address of a site.
    """
    said = (address or theme.institute.base_url).rstrip("/")
    try:
        parts = urlsplit(said)
        is_address = not said or bool(parts.scheme in ("http", "https") and parts.hostname)
        is_address = is_address and not (parts.query or parts.fragment) and said.isprintable()
    except ValueError:
        is_address = False
    if not is_address or " " in said or set(said) & set("<>\"'"):
        raise BriefError([problem("usage-site", "SITE", site=said)])
    return Site(target.resolve(), said)


def publish(shop: Workshop, slugs: Sequence[str], place: Site) -> Published:
    """Make the folder of these briefs anew.

    Raises BriefError with every problem; then nothing has changed.
    """
    _refuse_strangers(place.target)
    theme = load_theme(shop.templates, shop.theme)
    with (
        files.only_writer(shop.output / ".make" / ".dist.lock"),
        folder.drafted(place.target) as draft,
    ):
        entries, manifests, pages, problems = [], [], dict[str, Page](), list[Problem]()
        for slug in slugs:
            try:
                done = _finished(shop, slug, theme)
            except BriefError as error:
                problems += error.problems
                continue
            entries.append(_put(draft, done))
            manifests.append(done.manifest)
            page = f"{slug}/index.html"
            pages[page] = links.read_page(done.files["index.html"])
        if errors(problems):
            raise BriefError(problems)
        _put_around(draft, entries, pages, theme, place)
        _prove_links(draft, pages, theme, place)
        _put_sums(draft, manifests, shop, place)
        known = () if place.address else (problem("dist-address", str(shown(place.target))),)
        return Published(len(entries), len(draft.sums), draft.written, known)


def shown(path: Path) -> Path:
    """Return a path as the user knows it: from here, where it is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _refuse_strangers(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise BriefError([problem("usage-dist", str(shown(target)))])
    if found := [*islice(folder.strangers(target), MOST)]:
        raise BriefError([problem("usage-dist", str(shown(target / name))) for name in found])


def _finished(shop: Workshop, slug: str, theme: Theme) -> Finished:
    """Return the files of a brief; raises BriefError where they are not those of its source."""
    source = str(shop.brief_file(slug))
    with files.no_writer(shop.lock_file(slug)):
        if not build.is_current(Job(shop, slug, FORMATS)):
            raise BriefError([problem("dist-unbuilt", source, slug=slug)])
        known = manifest.load(shop.manifest_file(slug), slug)
        data = {form: shop.output_file(slug, form).read_bytes() for form in known.outputs}
    brief = codec.load(data["json"], str(shop.output_file(slug, "json")))
    made = _made_here(brief, theme)
    beside = {f"{slug}.{suffix(form)}": data[form] for form in SERVED} | made
    day = brief.metadata.updated or brief.metadata.date
    packed = archive(slug, {f"{slug}.html": data["html"], **beside}, day)
    return Finished(brief, known, {"index.html": data["html"], **beside, f"{slug}.zip": packed})


def _made_here(brief: m.Brief, theme: Theme) -> dict[str, bytes]:
    """Return the files that only the published folder has; raises BriefError where one is amiss."""
    made = _article(brief, theme)
    for end, (render, prove) in MADE_HERE.items():
        name = f"{brief.slug}.{end}"
        made[name] = render(brief, theme)
        if found := prove(brief, made[name], name):
            raise BriefError(found)
    return made


def _article(brief: m.Brief, theme: Theme) -> dict[str, bytes]:
    """Return the article for archives and the pictures beside it, which are not within it."""
    name, text = f"{brief.slug}.{JATS}", render_jats(brief, theme)
    files = {one.path: one.data for one in carried(brief.images)}
    if found := verify_jats(brief, text, name, files):
        raise BriefError(found)
    return {name: text} | files


def _put(draft: Draft, done: Finished) -> Entry:
    for name, data in done.files.items():
        draft.add(f"{done.brief.slug}/{name}", data)
    return entry(done.brief, {name: len(data) for name, data in done.files.items()})


def _put_around(
    draft: Draft, entries: Sequence[Entry], pages: dict[str, Page], theme: Theme, place: Site
) -> None:
    """Put the pages around the briefs into the folder, and note their links."""
    for name, data in render_site(entries, theme, place.address).items():
        draft.add(name, data)
        if name.endswith(".html"):
            pages[name] = links.read_page(data)


def _prove_links(draft: Draft, pages: dict[str, Page], theme: Theme, place: Site) -> None:
    addresses = (place.address, theme.institute.base_url.rstrip("/"))
    names = frozenset((*draft.sums, STATEMENT, folder.SUMS))
    found = tuple(links.broken(pages, names, addresses, str(shown(place.target))))
    if found:
        raise BriefError(found)


def _put_sums(draft: Draft, manifests: Sequence[Manifest], shop: Workshop, place: Site) -> None:
    """Put in, last, what the files were made from, and the sums of all."""
    parameters = {"site": place.address, "theme": shop.theme, "briefs": _slugs(manifests)}
    stages = {str(form): one for form, one in shop.digests.items()}
    draft.add(STATEMENT, provenance(draft.sums, manifests, stages, parameters))
    draft.add(folder.SUMS, draft.listing())


def _slugs(manifests: Sequence[Manifest]) -> list[str]:
    return [one.slug for one in manifests]
