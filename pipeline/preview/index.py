"""The list of briefs, and what is said where there is nothing."""

from collections.abc import Sequence
from html import escape

from pipeline.preview.board import State
from pipeline.problems import errors

FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/-/index.css">
{head}</head>
<body>
<main id="main">
{body}</main>
</body>
</html>
"""

TABLE = """<table>
<caption>What is in the folder of sources now; the list keeps itself up to date.</caption>
<thead>
<tr><th scope="col">Brief</th><th scope="col">State</th><th scope="col">Files</th></tr>
</thead>
<tbody>
{rows}</tbody>
</table>
"""

ROW = """<tr id="brief-{slug}">
<th scope="row"><a id="open-{slug}" href="/{slug}/">{title}</a><br><code>{slug}</code></th>
<td class="{kind}">{word}{places}</td>
<td>{files}</td>
</tr>
"""

EMPTY = "<p>There is no brief yet. Write one as <code>source/&lt;slug&gt;/brief.md</code>.</p>\n"


def index(states: Sequence[State]) -> str:
    """Return the page with all briefs and how each stands."""
    rows = "".join(map(_row, states))
    body = "<h1>Briefs</h1>\n" + (TABLE.format(rows=rows) if rows else EMPTY)
    script = '<script src="/-/index.js" defer></script>\n'
    return FRAME.format(title="Briefs", head=script, body=body)


def _row(state: State) -> str:
    found = errors(state.problems)
    slug = escape(state.slug)
    links = (
        f'<a id="{form}-{slug}" href="/{slug}/{slug}.{form}">{form.upper()}'
        f'<span class="unseen"> of {slug}</span></a>'
        for form in ("pdf", "docx")
    )
    places = "".join(f"<br><code>{escape(one.place)}</code>" for one in found[:3])
    return ROW.format(
        slug=slug,
        title=escape(state.title or state.slug),
        kind="wrong" if found else state.files,
        word=escape(state.word),
        places=places,
        files=" ".join(links) if state.page else "",
    )


def not_found(what: str = "There is no such page") -> str:
    """Return the page that says so."""
    body = f'<h1>{escape(what)}</h1>\n<p><a href="/">All briefs</a></p>\n'
    return FRAME.format(title=escape(what), head="", body=body)
