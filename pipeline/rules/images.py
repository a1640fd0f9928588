"""Rules of pictures."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "image-missing": Rule(
        "Every picture is there.",
        "the picture '{file}' cannot be read: {what}",
        "put the file into the brief's folder, and write its name exactly as it is there",
    ),
    "image-outside": Rule(
        "Pictures stand in the brief's folder.",
        "the picture '{file}' is not in the brief's folder: {what}",
        "copy the file into the folder of the brief and name it without .. or a leading /",
    ),
    "image-remote": Rule(
        "Pictures are files, not addresses.",
        "the picture '{file}' is an address: {what}",
        "save the picture in the brief's folder and name the file",
    ),
    "image-type": Rule(
        "Pictures are PNG, JPEG, GIF, WebP or SVG.",
        "the picture '{file}' cannot be used: {what}",
        "convert it; what a file is called does not matter, only what is in it",
    ),
    "image-broken": Rule(
        "A picture file is whole.",
        "the picture '{file}' is broken: {what}",
        "export or copy the file again",
    ),
    "image-size": Rule(
        "Pictures are of a size that can be sent.",
        "the picture '{file}' is too large: {what}",
        "scale it down; 3000 pixels in width are enough for a full page",
    ),
    "image-dimensions": Rule(
        "A drawing knows its size.",
        "the picture '{file}' has no size: {what}",
        'give its <svg> element a viewBox, for example viewBox="0 0 800 400"',
    ),
    "image-empty": Rule(
        "A drawing shows something.",
        "the picture '{file}' shows nothing: {what}",
        "export it again, and look at the file in a browser",
    ),
    "image-cut": Rule(
        "The letters of a drawing stand in its frame.",
        "the picture '{file}' cuts off letters of its own: {what}",
        "move the text into the frame, or make the viewBox of the <svg> element larger",
    ),
    "image-glyph": Rule(
        "Every character in a drawing is in one of the fonts.",
        "the picture '{file}' has the character {char} ({name}), which no font of the house has",
        "turn the text of the drawing into paths, or use another character",
    ),
    "image-sideways": Rule(
        "Photographs are stored upright.",
        "the photograph '{file}' would be turned in some outputs: {what}",
        "open it in a picture program, turn it upright and save it",
    ),
    "image-unsafe": Rule(
        "A drawing only draws.",
        "the picture '{file}' does more than draw: {what}",
        "export it again as plain SVG, without scripts, links, fonts or pictures from elsewhere",
    ),
    "image-changed": Rule(
        "The pictures in a JSON document are the ones it describes.",
        "the picture '{file}' is not what its record says: {what}",
        "make the JSON again from its source",
    ),
    "image-unlisted": Rule(
        "A JSON document carries every picture it shows.",
        "the picture '{file}' is shown but not carried",
        "make the JSON again from its source",
    ),
    "image-alt": Rule(
        "Every picture says what it shows.",
        "the picture '{file}' has no alt text",
        'say what it shows: {{alt="…"}} after the picture, alt: in the front matter',
    ),
    "image-alt-caption": Rule(
        "A figure has an alt text beside its caption.",
        "the picture '{file}' has no alt text; its caption is used instead",
        'say what the picture shows, which the caption need not: {{alt="…"}} after the picture',
        severity="warning",
    ),
    "image-in-link": Rule(
        "A picture does not stand in a link.",
        "the picture '{file}' stands in a link",
        "put the link into the caption or beside the picture",
    ),
    "image-width": Rule(
        "The width of a picture is a share of the text's.",
        "'{width}' is not a width a picture can have",
        "write whole per cent from 1 to 100: {{width=60%}}",
    ),
}
