"""Words by which manuscripts in our languages say what a line is, and how a language is told."""

import re
import unicodedata
from collections import Counter
from datetime import date

from pipeline import model as m
from pipeline.words import locale_of

TONGUES = ("en", "fr", "de", "es", "pl", "be", "ru", "uk", "lt", "ar", "he")
"""The languages whose words are known."""

NOTES = frozenset(
    (
        *("notes", "note", "endnotes", "footnotes", "references", "sources", "citations"),
        *("notes and references", "anmerkungen", "fußnoten", "fussnoten", "endnoten", "quellen"),
        *("remarques", "références", "notes et références", "notas", "referencias", "fuentes"),
        *("przypisy", "bibliografia", "źródła", "примечания", "сноски", "источники", "ссылки"),
        *("примітки", "виноски", "джерела", "посилання", "заўвагі", "зноскі", "крыніцы"),
        *("спасылкі", "pastabos", "išnašos", "šaltiniai", "nuorodos", "ملاحظات", "الهوامش"),
        *("هوامش", "المراجع", "הערות", "הערות שוליים", "מקורות"),
    )
)
"""What stands over the notes."""

PUBLISHED = (
    *("first published", "published", "posted", "date", "issued", "released"),
    *("veröffentlicht", "erschienen", "datum", "stand", "publié", "paru", "publicado"),
    *("opublikowano", "data publikacji", "data", "опубликовано", "дата", "опубліковано"),
    *("апублікавана", "paskelbta", "نشر", "פורסם"),
)
UPDATED = (
    *("last updated", "updated", "last modified", "aktualisiert", "mis à jour", "actualizado"),
    *("zaktualizowano", "aktualizacja", "обновлено", "оновлено", "абноўлена", "atnaujinta"),
)
CREDIT = (
    *("source", "photo", "photo by", "photo credit", "image", "image credit", "picture", "credit"),
    *(
        "credits",
        "foto",
        "bild",
        "quelle",
        "bildnachweis",
        "illustration",
        "crédit photo",
        "imagen",
    ),
    *("crédit", "crédits", "zdjęcie", "fot", "źródło", "фото", "источник", "джерело", "крыніца"),
    *("nuotrauka", "zdj", "photograph", "cover photo", "cover image", "©", "(c)"),
)
BY = (
    *("by", "author", "authors", "von", "autor", "autoren", "autorin", "par", "auteur", "auteurs"),
    *("por", "autores", "autorzy", "автор", "авторы", "автори", "аўтар", "аўтары", "autorius"),
    *("autoriai", "written by", "بقلم", "מאת"),
)
FILLERS = frozenset(
    (
        *("on", "of", "the", "st", "nd", "rd", "th", "am", "den", "vom", "le", "er", "el", "de"),
        *("dnia", "r", "m", "г", "р", "года", "року"),
    )
)
"""Words that a date has between and around its figures."""
JOINERS = frozenset(("and", "und", "et", "y", "e", "i", "oraz", "и", "і", "й", "ir", "و"))
"""Words between the last two names of a list."""
DISCLAIMER = re.compile(
    r"""(?xi) \b(?:
      does\ not\ (?:take|necessarily)\b | do\ not\ (?:necessarily\ )?(?:reflect|represent)
    | not\ necessarily\ (?:reflect|represent|those)
    | (?:views|opinions)\ (?:expressed|represented|are)
    | all\ rights\ reserved | disclaimer | institutional\ position | solely\ those\ of
    | geben\ nicht | nicht\ notwendigerweise | verantwortung\ (?:der|des)\ autor
    | n.engagent\ que | ne\ reflètent\ pas | no\ refleja|no\ representan
    | nie\ odzwierciedla | nie\ muszą | poglądy\ wyrażone
    | не\ обязательно | может?\ не\ совпадать | могут\ не\ совпадать | не\ обов.язково
    | не\ абавязкова | nebūtinai
    )"""
)
"""What a line at the end says that tells whose views the text has."""

COMMON = {
    "en": "the of and to in is that for on with as are by this from be it which have not",
    "fr": "le la les des et est une dans que qui pour par sur pas au aux du ce plus ne",
    "de": "der die das und ist nicht von mit den für auf ein eine dem des sich auch im zu es",
    "es": "el la los las de y que en es una por con para del se al lo su más como",
    "pl": "i w na z do nie się że jest to od o przez dla po jak oraz są za ale",
    "be": "і ў на з што не да гэта як для па яго але ад пра якія было паміж гэтым толькі",
    "ru": "и в на не что с по это как для из его но от был которые при также или года",
    "uk": "і в на не що з до та це як для від але про його які був при також між",
    "lt": "ir yra kad su iš tai į bet kaip ne per dėl nuo apie buvo jo tik jau taip arba",
    "ar": "في من على إلى أن عن مع هذا هذه التي الذي كان لا ما بين قد بعد كما أو ثم",
    "he": "של על את לא זה הוא היא עם גם או כי אל היה אשר בין יותר כל אבל רק מן",
}
"""The commonest words of each language."""
COMMON_SETS = {tag: frozenset(words.split()) for tag, words in COMMON.items()}
WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 3
"""Common words from which a language is told."""


def language_of(text: str) -> str | None:
    """Return the language whose commonest words are most frequent; None when there are too few."""
    words = Counter(WORD.findall(text.lower()))
    scores = {tag: sum(words[word] for word in common) for tag, common in COMMON_SETS.items()}
    best = max(scores, key=lambda tag: scores[tag])
    rivals = sorted(scores.values())[-2]
    return best if scores[best] >= ENOUGH and scores[best] > rivals else None


def is_notes_heading(line: str) -> bool:
    """Tell whether a line is the heading over the notes."""
    bare = line.strip(" \t#*_:.=-").casefold()
    return bare in NOTES


def folded(text: str) -> str:
    """Return a text in small letters with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def opening_of(line: str, words: tuple[str, ...]) -> str | None:
    """Return the word among `words` with which a line begins, a colon or a space behind it."""
    bare = folded(line)
    fits = [
        word
        for word in words
        if bare.startswith(word) and bare[len(word) : len(word) + 1] in ": .-"
    ]
    return max(fits, key=len, default=None)


def month_names(month: int) -> set[str]:
    """Return the names of a month, long and short, as CLDR has them for our languages."""
    names: set[str] = set()
    for tongue in TONGUES:
        months = locale_of(tongue).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names.add(folded(months[context][width][month]).strip(". "))
    return names


MONTHS = {name: month for month in range(1, 13) for name in month_names(month) if len(name) > 2}
DATE = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<name>[^\W\d_]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
    re.compile(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+|of\s+)?(?P<name>[^\W\d_]+)\.?,?\s+"
        r"(?:de\s+)?(?P<year>\d{4})"
    ),
    re.compile(r"(?P<year>\d{4})\s+m\.\s+(?P<name>[^\W\d_]+)\s+(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
)
"""Dates in words and figures; 6/7/2025 is none, as nobody knows which of the two is the month."""


def day_in(text: str) -> tuple[date, str] | None:
    """Return the only day that a text names, and the words that name it."""
    for pattern in DATE:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = groups.get("name")
            month = MONTHS.get(folded(name)) if name else int(groups["month"])
            try:
                day = date(int(groups["year"]), month or 0, int(groups["day"]))
            except ValueError:
                continue
            return day, match[0]
    return None


CAPTIONS = (
    *("figure", "fig", "table", "chart", "map", "box", "abbildung", "abb", "tabelle", "tab"),
    *("grafik", "karte", "tableau", "graphique", "carte", "figura", "tabla", "gráfico", "mapa"),
    *("rysunek", "rys", "tabela", "wykres", "малюнак", "табліца", "рисунок", "рис", "таблица"),
    *("таблиця", "графік", "paveikslas", "pav", "lentelė", "شكل", "جدول", "איור", "טבלה", "תרשים"),
)
"""Words before the number of a figure or table."""
NUMBERED = re.compile(
    rf"(?i)(?:{'|'.join(sorted(CAPTIONS, key=len, reverse=True))})\.?[ \u00a0]*\d+(?:\.\d+)*"
    r"[ \u00a0]*(?:[.:|–—-][ \u00a0]*|(?=\s|$))"
)


def numbered_part(text: str) -> str:
    """Return what a caption begins with that outputs print by themselves: a word and a number."""
    found = NUMBERED.match(text)
    return found[0] if found else ""


def without_number(caption: m.Inlines) -> m.Inlines:
    """Return a caption without the number it begins with."""
    if not caption:
        return ()
    first = caption[0]
    if isinstance(first, m.Strong | m.Emphasis) and first.content:
        inner = without_number(first.content)
        if inner == first.content:
            return caption
        rest = caption[1:]
        return (
            (first.model_copy(update={"content": inner}), *rest) if inner else without_start(rest)
        )
    if not isinstance(first, m.Text):
        return caption
    left = first.text[len(numbered_part(first.text)) :].lstrip()
    return (m.Text(text=left), *caption[1:]) if left else caption[1:]


def without_start(caption: m.Inlines) -> m.Inlines:
    """Return a caption without the sign and the spaces it begins with."""
    if caption and isinstance(caption[0], m.Text):
        left = caption[0].text.lstrip(" \u00a0.:|–—-")
        return (m.Text(text=left), *caption[1:]) if left else caption[1:]
    return caption
