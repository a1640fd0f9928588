"""Pictures: each there, in order, the right one, and with its text alternative."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.model import ImageFile
from pipeline.problems import Problem, problem
from pipeline.verify import samples
from pipeline.verify.found import Picture, Sample, shown

PROPORTIONS = 0.02
"""Share by which the proportions of a drawing may change when it is turned into points."""


def compare_pictures(
    expected: Sequence[Picture], found: Sequence[Picture], path: str
) -> Iterator[Problem]:
    """Name every difference between the pictures of a brief and those of an output."""
    known: dict[str, tuple[Sample, ...]] = {}
    for number, (wanted, picture) in enumerate(zip_longest(expected, found), start=1):
        if wanted is None or picture is None:
            what = "is missing" if picture is None else "is not in the brief"
            alt = (wanted or picture).alt
            yield problem("verify-picture", path, number=number, alt=alt, what=what)
            continue
        if picture.alt != wanted.alt:
            what = f"has the text alternative “{shown(picture.alt)}”"
            yield problem("verify-picture", path, number=number, alt=wanted.alt, what=what)
        if wanted.file is not None and not _is(wanted.file, picture, known):
            what = "is not the picture of the brief"
            yield problem("verify-picture", path, number=number, alt=wanted.alt, what=what)


def _is(file: ImageFile, picture: Picture, known: dict[str, tuple[Sample, ...]]) -> bool:
    """Tell whether a picture is made of a file of the brief."""
    if file.sha256 in picture.digests:
        return True
    if picture.data and file.media_type == "image/svg+xml":
        return _has_proportions(file, samples.of_bytes(picture.data))
    if file.file not in known:
        known[file.file] = samples.of_file(file)
    shows = samples.of_bytes(picture.data) if picture.data else picture.sample
    return any(samples.alike(one, shows) for one in known[file.file])


def _has_proportions(file: ImageFile, sample: Sample) -> bool:
    """Tell whether points have the proportions of the drawing they were made from."""
    if len(sample) < 2:
        return False
    share = sample[0] * file.height / (sample[1] * file.width)
    return abs(share - 1) <= PROPORTIONS
