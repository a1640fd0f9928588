"""Rules of the machine: set-up, the command line, and our own mistakes."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "setup-pandoc": Rule(
        "pandoc is installed with the project.",
        "pandoc is missing from the project's environment",
        "remove the folder .venv and run `make`, which installs it with the other dependencies",
    ),
    "setup-venv": Rule(
        "Python can make virtual environments.",
        "this Python cannot make virtual environments: venv or ensurepip is missing",
        "{command}",
    ),
    "setup-library": Rule(
        "The system libraries for print are there.",
        "the system lacks {names}",
        "{command}",
    ),
    "setup-pango": Rule(
        "Pango is 1.44 or newer.",
        "Pango {version} is too old; print needs 1.44 or newer",
        "build on a newer system, for example Debian 12 or Ubuntu 24.04",
    ),
    "setup-weasyprint": Rule(
        "The WeasyPrint that our guards were made for is installed, unchanged.",
        "{what}",
        "run `make clean-venv` and `make`, which install WeasyPrint {wanted} as it was released",
    ),
    "setup-write": Rule(
        "Outputs can be written.",
        "cannot be written: {what}",
        "make room on the disk, or choose a folder you may write to with OUTPUT=; "
        "nothing was changed",
    ),
    "setup-watch": Rule(
        "What watches and serves is installed.",
        "the preview needs a package that is not installed: {name}",
        "run `make watch`, which installs it",
    ),
    "setup-cluster": Rule(
        "What a cluster is worked with is installed.",
        "a build over a cluster needs a package that is not installed: {name}",
        "run `make SCHEDULER=tcp://… all`, which installs it",
    ),
    "setup-scheduler": Rule(
        "The scheduler of a cluster answers.",
        "no scheduler answers at this address: {what}",
        "start one there with `make scheduler`, or leave SCHEDULER out to build on this machine",
    ),
    "setup-scheduler-lost": Rule(
        "The scheduler of a cluster stays.",
        "the scheduler was lost while briefs were built",
        "start it again, and run the same command: what is finished is kept, and it goes on behind",
    ),
    "setup-workers": Rule(
        "A cluster has workers.",
        "no worker has come to this scheduler for {seconds} seconds",
        "start some with `make worker SCHEDULER=…`, on as many machines as you like, and run the "
        "same command again",
    ),
    "setup-worker": Rule(
        "All workers of a cluster have the same program, tools and templates.",
        "this worker is not like the machine that asks it: {what}",
        "bring both to the same version of the project, run `make` there, and start the worker "
        "again; nothing was built with it",
    ),
    "internal-cluster": Rule(
        "The workers of a cluster survive a brief.",
        "no worker could build this brief by itself: {what}",
        "build it on this machine, without SCHEDULER, to see what it needs; all others are built",
    ),
    "internal-pandoc": Rule(
        "pandoc ends without an error.",
        "pandoc failed with exit code {exit}: {what}",
        "this is a fault of the program; please report it with the brief that shows it",
    ),
    "internal-pandoc-message": Rule(
        "What pandoc says about a brief is known to the program.",
        "pandoc says: {what}",
        "change this place, and please report it: the program should have a message of its own",
    ),
    "internal-print": Rule(
        "WeasyPrint prints a page without a complaint.",
        "WeasyPrint complains: {what}",
        "this is our mistake, not yours: please report it with the brief that shows it",
    ),
    "internal-worker": Rule(
        "A worker finishes its brief.",
        "the process that built this brief died, and died again at a second attempt",
        "divide the brief, or make its pictures smaller: a process has {megabytes} MB; or lower "
        "JOBS=, if the machine has less",
    ),
    "internal-schema": Rule(
        "The published schema is the model's.",
        "the published schema is not the one the model gives",
        "run `make schema` and commit the file",
    ),
    "internal-error": Rule(
        "The program does not fail.",
        "the program failed: {what}",
        "this is our mistake, not yours: please report it; BRIEFWRIGHT_DEBUG=1 shows where",
    ),
    "usage-no-briefs": Rule(
        "There is something to build.",
        "no folder here holds a brief.md",
        "write a brief as <slug>/brief.md in this folder, or name another folder with SOURCE=",
    ),
    "usage-no-brief": Rule(
        "A brief that is named exists.",
        "there is no brief '{slug}'",
        "{meant}",
    ),
    "usage-theme": Rule(
        "A theme that is named exists.",
        "there is no theme '{name}'",
        "the themes are: {known}; leave THEME out for the one of templates/house.toml",
    ),
    "usage-title": Rule(
        "A new brief has a title.",
        "a new brief needs a title",
        'give it one: make new TITLE="Water and the Border"',
    ),
    "usage-unnamed": Rule(
        "The folder of a new brief has a name.",
        "no name for a folder can be made of the title '{title}': it has no Latin letters",
        'give it one: make new SLUG=water TITLE="…"',
    ),
    "usage-slug": Rule(
        "The folder of a new brief has a plain name.",
        "'{slug}' cannot be the name of a brief: it stands in addresses",
        "use small letters, digits and single hyphens: SLUG={example}",
    ),
    "usage-taken": Rule(
        "A new brief has a name of its own.",
        "there is a brief '{slug}' already",
        "edit it, or choose another name with SLUG=",
    ),
    "usage-port": Rule(
        "The preview has a port to itself.",
        "no port from {first} to {last} is free",
        "end another program that serves there, or choose a port with PORT=",
    ),
    "usage-scheduler": Rule(
        "The address of a scheduler is one.",
        "'{address}' is not the address of a scheduler",
        "write it as the scheduler tells it, as in SCHEDULER=tcp://10.0.0.5:8786",
    ),
    "usage-site": Rule(
        "The address of a site is one.",
        "'{site}' is not the address of a site",
        "write it whole, as in SITE=https://briefs.example.org",
    ),
    "usage-dist": Rule(
        "The folder to publish holds nothing but what `make dist` made.",
        "this was not made by `make dist`, which replaces the whole folder",
        "move it elsewhere, or name another folder with DIST=; nothing was changed",
    ),
    "usage-unreadable": Rule(
        "A file that is named can be read.",
        "the file cannot be read: {what}",
        "check its name and who may read it",
    ),
}
