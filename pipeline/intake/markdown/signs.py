"""Characters that mean something in Markdown, written so that they mean themselves."""

import re

NBSP = "\u00a0"

SIGNS = re.compile(
    r"""(?x)
      [\\`*\[\]<~^"']       # code, stress, brackets, tags, raised and lowered text, smart quotes
    | (?<!\w)_ | _(?!\w)    # stress, but not in snake_case
    | \{ | (?<=[\]\})]):    # attributes; a definition that is none
    | (?<=-)- | (?<=\.)\.   # dashes and dots
    | &(?=\#?\w+;)          # entities
    | @(?=[\w{-])           # citations; addresses of mail, read together with signs beside them
    | (?<=[A-Za-z]):(?=\S)  # addresses
    | !(?=\[|$)             # pictures
    """
)
"""What is written with a backslash wherever it stands in running text."""

OPENING = re.compile(
    r"""(?x)
      (?P<before>[#>+|:=%-])
    | (?P<first>\((?=(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+|@[\w-]*|\#)\)))
    | (?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?P<after>[.)])(?=\s|$|\\)
    | [Tt]able(?P<caption>:)
    """
)
"""What makes the beginning of a line a heading, a quotation, a list, a caption."""

SIMPLE = re.compile(r"[\w-]+%?")
"""A value of an attribute that needs no quotation marks."""


def escape(text: str) -> str:
    """Return running text as Markdown that prints exactly this."""
    return SIGNS.sub(r"\\\g<0>", text).replace(NBSP, "\\ ")


def escape_opening(markdown: str) -> str:
    """Return the Markdown of a line so that its beginning is running text."""
    match = OPENING.match(markdown)
    if match is None or match.lastgroup is None:
        return markdown
    at = match.start(match.lastgroup)
    return f"{markdown[:at]}\\{markdown[at:]}"


def code(text: str) -> str:
    """Return code between as many backticks as it needs."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def quoted(text: str) -> str:
    """Return the value of an attribute, or the title of a link, in quotation marks."""
    return '"' + re.sub(r'[\\"]', r"\\\g<0>", text) + '"'


def attributes(
    ident: str | None = None,
    classes: tuple[str, ...] = (),
    pairs: tuple[tuple[str, str | None], ...] = (),
) -> str:
    """Return attributes in braces; nothing when there are none."""
    parts = [f".{name}" for name in classes]
    parts += [f"#{ident}"] if ident else []
    parts += [f"{key}={_value(value)}" for key, value in pairs if value is not None]
    return "{" + " ".join(parts) + "}" if parts else ""


def _value(text: str) -> str:
    return text if SIMPLE.fullmatch(text) else quoted(text)
