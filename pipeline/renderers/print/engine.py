"""WeasyPrint, loaded the one way this project uses it.

Three things must hold before anything is printed: Fontconfig reads our configuration, which knows
no font of the system; libraries are found without asking a compiler for them; and the code that the
rooms beside this one replace or build upon is exactly the code they were written for.
"""

import ctypes.util
import hashlib
import os
import sys
import warnings
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from pipeline.problems import BriefError, problem

VERSION = "70.0"
"""The only WeasyPrint whose footnotes are known well enough to be guarded."""

GUARDED = {
    "anchors.py": "c9778a69d84f23b2a40592563d24e3497e808f57c82584b99a398512988fc558",
    "document.py": "f08f91af64563f5fb27596828891fb326262511a56e4ace714e5a960898024c8",
    "draw/__init__.py": "fb6fcee79a80059c72a3142ef941d4968e3aeeddc8fbbcac2e8519e8be55e348",
    "draw/text.py": "c9a450aa209277e760227e1fed2da492647bd28e5a5ebc4c9d8aaedecc400d77",
    "formatting_structure/boxes.py": (
        "8ffd28ab74a149f0097208fcba6a80df0c8bb01e8fd4f9ced95d11b7e9807e23"
    ),
    "formatting_structure/build.py": (
        "335ad8b541295d6b9c5b71830d5184cd692f730d7b83ba5bac39fdb5aea23c87"
    ),
    "layout/__init__.py": "f226ba97ad21e44772b571aa64bfd446ecf3080d236c4861dcab25407a04d66a",
    "layout/block.py": "9457dca0528c378f3ff6dd2ca5126d04ca017542de2fb77b1db48c3073401085",
    "layout/column.py": "83ae1a3e83596293e5ae66b81759f2ad6eff8e2e43058a1a980f7662b6c51d93",
    "layout/inline.py": "0e7c1569330f54734ed61b568789c4f279ba103c0385115efa6444f3c43b96b4",
    "layout/page.py": "d99c5aceb36d458619a9cecb466a09df8827b9160fafacab7b4972a0d354dcca",
    "layout/table.py": "3a5b6442410f18e6c59c1be299c9de916c2b09334aa65c5001594b344d6f7961",
    "pdf/__init__.py": "426e0855db0473121bf70666b3c6c5fbd9ebfe832741d31a3689e8b10a14281f",
    "pdf/anchors.py": "672f076120ae0c5e843454a29adf567afdf5b9f419c777befa2c6105b6815868",
    "pdf/fonts.py": "9ad9a202a416b84585e59d758e6b5e1b35604807dc3fa4472b6829bc5c4cdcb7",
    "pdf/metadata.py": "04b4b31083b352cbd7fb9c478e72ccfe4d86ef53648337098d6b3076f14d6741",
    "pdf/pdfa.py": "b5bf6b9b488dbe3fca8b5edca84be49d37f0148bba6a77d7b23f261a59e656fe",
    "pdf/stream.py": "4faf9169d1970d4688b9cf41f733659ca6b1c4c098707c64f67c47a07309e81e",
    "pdf/tags.py": "fae488b773686ea7fb685967c78a5b011854b88b61377f426ffb4e9ec00d76d2",
    "text/fonts.py": "59d74d0c161349b8416f1d13466e16dd47c1161f0a397ff1e4ca70814eb36091",
    "text/line_break.py": "1f5a855ad992e0bebaf5512d2b806fd991090e0e91bf79d3d5a3a0176b22af97",
}
"""SHA-256 of each file of WeasyPrint that is replaced in part, extended or relied upon."""

FONT_CONFIGURATION = Path(__file__).with_name("fonts.conf")


def load_weasyprint() -> None:
    """Import WeasyPrint, or raise BriefError with the `setup-…` problem that stands in the way."""
    require_unchanged(GUARDED)
    os.environ["FONTCONFIG_FILE"] = str(FONT_CONFIGURATION)
    find_library = ctypes.util.find_library
    if sys.platform == "linux":
        # WeasyPrint asks for names such as "pango-1.0" before "libpango-1.0.so.0". Each of them
        # would start ldconfig, gcc and ld, only to be found nowhere.
        ctypes.util.find_library = lambda name: None
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
            import weasyprint  # noqa: F401
    except OSError as error:
        command = "run `make`, which provides them or says how"
        fault = problem("setup-library", "weasyprint", names=error, command=command)
        raise BriefError([fault]) from None
    finally:
        ctypes.util.find_library = find_library


def require_unchanged(guarded: dict[str, str]) -> None:
    """Raise BriefError unless the guarded files of WeasyPrint are as they were released."""
    try:
        found = version("weasyprint")
    except PackageNotFoundError:
        found = "no WeasyPrint"
    if found != VERSION:
        raise _not_the_one(f"the guards are made for WeasyPrint {VERSION}; this is {found}")
    spec = find_spec("weasyprint")
    folder = Path(spec.origin or "").parent if spec else Path()
    for name, digest in guarded.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise _not_the_one(f"weasyprint/{name} is not as it was released in version {VERSION}")


def _not_the_one(what: str) -> BriefError:
    return BriefError([problem("setup-weasyprint", "weasyprint", what=what, wanted=VERSION)])
