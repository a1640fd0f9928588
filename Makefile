# Briefwright: each brief in $(SOURCE)/<slug>/brief.md becomes $(OUTPUT)/<slug>/<slug>.{json,html,png,pdf,docx}
# and the citation files <slug>.{csl.json,bib,ris}.
#
# Make decides whether anything has to be done, by times; one warm process for each stage decides what,
# by digests of contents, and works on $(JOBS) briefs at once.

ifeq ($(filter output-sync,$(.FEATURES)),)
$(error GNU make 4 or newer is needed, this is $(MAKE_VERSION); on macOS: brew install make, then use gmake)
endif

SOURCE = source
OUTPUT = output
BRIEFS =
THEME  =
DIST   = dist
SITE   =
REDLINE = redline
BRIEF  =
SINCE  =
JOBS   = $(patsubst -j%,%,$(filter -j%,$(MAKEFLAGS)))
QUIET  =
VERBOSE =
FILE   =
SLUG   =
FIX    =
TRACK  =
APPLY  =
PYTHON = python3
TESTS  = tests
BENCH  =
COUNT  =
SEED   =
QUICK  =
PORT   =
HOST   = 127.0.0.1
SCHEDULER =

override SOURCE := $(patsubst %/,%,$(SOURCE))
override OUTPUT := $(patsubst %/,%,$(OUTPUT))
$(foreach name,SOURCE OUTPUT,$(if $(filter 1,$(words $($(name)))),,\
  $(error $(name) must name one folder, without spaces in its path; it is '$($(name))')))

# Without the built-in rules a thousand briefs are looked through in a tenth of a second.
MAKEFLAGS += --no-builtin-rules

VENV        = .venv
READY       = $(VENV)/requirements.lock
BRIEFWRIGHT = $(VENV)/bin/briefwright
PIP         = $(VENV)/bin/pip --quiet --disable-pip-version-check
CLUSTER     = $(if $(SCHEDULER),$(VENV)/requirements-cluster.lock)
STAGES      = all json html pdf docx cite

# What each stage makes, by the names that the program gives the formats.
forms_json  = json
forms_html  = html png
forms_pdf   = pdf
forms_docx  = docx
forms_cite  = csl bib ris
forms_all   = $(foreach stage,$(filter-out all,$(STAGES)),$(forms_$(stage)))
suffix_of   = $(patsubst csl,csl.json,$1)
is_on       = $(filter-out 0 no false,$($1))
manner      = $(if $(call is_on,QUIET),--quiet,$(if $(call is_on,VERBOSE),--verbose))
hush        = $(if $(call is_on,QUIET),@)
BUILD       = $(BRIEFWRIGHT) build --source $(SOURCE) --output $(OUTPUT) $(addprefix --jobs ,$(JOBS)) \
  $(addprefix --theme ,$(THEME)) $(manner)

# The briefs of a stage go to the workers of a scheduler, if there is one; a single file is made here.
over        = $(if $(SCHEDULER),--scheduler '$(SCHEDULER)')

# What there is --------------------------------------------------------------------------------------

# A name that Make cannot hold, with a space for example, stands in the list as FORCE: then the process
# is asked each time. Folders are listed too: their time tells that a file was removed. No link is followed,
# as it may lead to anything, but for that to the folder of a brief; one that leads nowhere is no file.
files_in = $(patsubst ./%,$1/%,$(shell cd '$1' 2>/dev/null && find . -mindepth 1 \
  -name '.*' -prune -o -path '*[!A-Za-z0-9._/@+,-]*' -exec sh -c 'echo FORCE' sh {} + -o \
  -type l ! -exec test -e {} \; -o -print))
linked    = $(patsubst ./%/brief.md,$(SOURCE)/%,$(shell cd '$(SOURCE)' 2>/dev/null && find . -mindepth 1 -maxdepth 1 \
  -type l -name '[a-z0-9]*' ! -path '*[!A-Za-z0-9._/@+,-]*' -exec test -f {}/brief.md \; -exec echo {}/brief.md \;))

CODE      := $(filter %.py %.lua,$(call files_in,pipeline))
TEMPLATES := templates $(call files_in,templates)
LINKED    := $(linked)
SOURCES   := $(wildcard $(SOURCE)) $(call files_in,$(SOURCE)) $(foreach one,$(LINKED),$(call files_in,$(one)/.))
goals     := $(or $(MAKECMDGOALS),all)
SLUGS     := $(or $(BRIEFS),$(patsubst $(SOURCE)/%/brief.md,%,\
               $(filter $(SOURCE)/%/brief.md,$(wildcard $(SOURCE)/*/brief.md))))
PRESENT   := $(wildcard $(OUTPUT)/*/*)

# The same table as in pipeline/stages.py; a test compares them.
within         = $(foreach name,$1,templates/$(name) templates/$(name)/%)
house          = $(if $(THEME),$(call within,themes/$(THEME)),$(addprefix templates/,house.toml logo.svg logo.png))
shared         = templates $(house) templates/words.toml $(call within,fonts)
parts_json     = templates/words.toml templates/fonts/fonts.toml
parts_html     = $(shared) $(call within,brief web card)
parts_png      = $(shared) $(call within,card)
parts_pdf      = $(shared) $(call within,brief print)
parts_docx     = $(shared) $(call within,word)
parts_cite     = $(house)
parts_all      = $(sort $(foreach stage,$(filter-out all,$(STAGES)),$(parts_$(stage))))
$(foreach part,png $(STAGES),$(eval templates_$(part) = $$(filter $$(parts_$(part)),$$(TEMPLATES))))

# The outputs of one folder belong to one theme, which this file names: another one makes it anew.
themed         = $(OUTPUT)/.make/theme.$(THEME)
themed_html    = $(themed)
themed_pdf     = $(themed)
themed_docx    = $(themed)
themed_cite    = $(themed)
themed_all     = $(themed)

# $(call folder,slug), $(call expected,stage,slugs), $(call forced,stage,slugs)
folder   = $(filter $(SOURCE)/$1 $(SOURCE)/$1/% FORCE,$(SOURCES))
expected = $(foreach slug,$2,$(patsubst %,$(OUTPUT)/$(slug)/$(slug).%,$(call suffix_of,$(forms_$1))) \
  $(OUTPUT)/$(slug)/manifest.json)
up_to_date = $(words $(SLUGS)) $(if $(filter 1,$(words $(SLUGS))),brief in $(OUTPUT)/ is,briefs in \
  $(OUTPUT)/ are) up to date
forced   = $(if $(filter-out $(PRESENT),$(call expected,$1,$2)),FORCE)

# Stages ---------------------------------------------------------------------------------------------

all: ## everything: JSON, web page, PDF and Word file of each brief, proved (the default)
json: ## only the structured documents
html: ## only the web pages, each with the picture that other sites show for a link to it
pdf: ## only the print PDFs
docx: ## only the Word files
cite: ## only the citation files: CSL-JSON, BibTeX and RIS

# A stage is done when its stamp is newer than all it was made from. The stamp gets the time at which the
# work began, so that what was edited meanwhile counts as new. With BRIEFS each brief has its own stamp.
#
# A clock that was set back, an older file put in place, and an output edited by hand have times that do
# not tell. They show in what the stamp holds, one number for names, sizes and times of files:
# $(call made_from,stage,slug) when the work began, and $(call made,stage,slug) when it was done.
made_from = $(call listed,$(SOURCE)/$2/. $(if $2,,$(LINKED:%=%/.)) pipeline $(wildcard $(filter-out templates,$(parts_$1))))
made      = $(call listed,$(OUTPUT)/$2/.,\( $(foreach form,$(call suffix_of,$(forms_$1)),-name '*.$(form)' -o) \
  -name '*.json' ! -name '*.csl.json' ! -name manifest.json \))
visible   = find $1 \( -name '.?*' -o -name __pycache__ \) -prune -o
listed    = { $(visible) ! -type d $2 -printf '%p %s %T@\n' || find . -prune -printf '' || \
  $(visible) ! -type d $2 -exec stat -L -f '%N %z %Fm' {} +; } 2>/dev/null
number    = LC_ALL=C sort | cksum
unlike    = $(shell { read -r was <$3; } 2>/dev/null; \
  [ "$$was" = "$$({ $(made_from); $(made); } | $(number))" ] || echo FORCE)

# Nothing of it is needed: where it cannot be written, the process says why, or the next make asks again.
# Two of them on one tree have files of their own, which the next one removes when they were killed.
begun  = $(@D)/$1.begun.$$PPID
begin  = @{ mkdir -p $(@D); for file in $(@D)/*.begun.*; do kill -0 $${file\#\#*.} || rm -f $$file; done; \
  $(foreach stage,$1,$(call made_from,$(stage),$2) >$(call begun,$(stage));) \
  ahead=$$($(call visible,$(SOURCE)/$2/. pipeline templates $(READY) $(themed)) \
    -newer $(call begun,$(firstword $1)) -exec ls -td {} + | head -n 1); \
  [ -z "$$ahead" ] || touch -r "$$ahead" $(call begun,*); } 2>/dev/null || :
finish = @{ $(foreach stage,$1,{ cat $(call begun,$(stage)); $(call made,$(stage),$2); } | $(number) \
    >$(call begun,$(stage).new) && touch -r $(call begun,$(stage)) $(call begun,$(stage).new) && \
  mv $(call begun,$(stage).new) $(@D)/$(stage);) rm -f $(call begun,*); } 2>/dev/null || :
to     = $(if $(filter all,$1),,$(addprefix --to ,$(forms_$1)))
$(foreach stage,$(STAGES),$(eval done_by_$(stage) = $(if $(filter all,$(stage)),$(STAGES),$(stage))))

# When `make verify` found a fault, all outputs are looked at again, whatever their times say.
doubted   = $(wildcard $(OUTPUT)/.make/doubted)

.SECONDEXPANSION:

define stage
$1: $(if $(BRIEFS),$(BRIEFS:%=$(OUTPUT)/.make/%/$1),$(OUTPUT)/.make/$1)
	$$(if $$(worked),,@$$(if $$(hush),:,echo 'Nothing to do: $(up_to_date).'))

$(OUTPUT)/.make/$1: $(SOURCES) $(call forced,$1,$(SLUGS)) $(CODE) $(templates_$1) $(themed_$1) $(READY) \
  $(doubted) $(if $(filter $1 $(OUTPUT)/.make/$1,$(goals)),$(call unlike,$1,,$(OUTPUT)/.make/$1)) \
  | $(CLUSTER)
	$$(eval worked := yes)$$(call begin,$(done_by_$1),)
	$$(hush)$$(strip $$(BUILD) $$(over) $(call to,$1))
	$$(call finish,$(done_by_$1),)

$(OUTPUT)/.make/%/$1: $$$$(call folder,$$$$*) $$$$(call forced,$1,$$$$*) $(CODE) $(templates_$1) $(themed_$1) $(READY) \
  $(doubted) $$$$(call unlike,$1,$$$$*,$$$$@) | $(CLUSTER)
	$$(eval worked := yes)$$(call begin,$(done_by_$1),$$*)
	$$(hush)$$(strip $$(BUILD) $$(over) $(call to,$1) $$*)
	$$(call finish,$(done_by_$1),$$*)
endef
$(foreach name,$(STAGES),$(eval $(call stage,$(name))))

$(themed):
	@{ mkdir -p $(@D) && rm -f $(OUTPUT)/.make/theme.* && touch $@; } 2>/dev/null || :

# Single files ---------------------------------------------------------------------------------------

# The process leaves an output alone whose content is current; the touch tells Make so.
define single
@{ mkdir -p $(OUTPUT)/.make && touch $(begun_alone); } 2>/dev/null || :
$(hush)$(strip $(BUILD) --to $1 $(*F))
@{ touch -c -r $(begun_alone) $@; rm -f $(begun_alone); } 2>/dev/null || :
endef
begun_alone = $(OUTPUT)/.make/$(@F).begun.$$PPID

# The time of an output that is yet to come, as the clock was set back, tells nothing.
yet_to_come = $(shell now=$$(mktemp) && find $1 -newer "$$now" -exec echo FORCE \; 2>/dev/null; rm -f "$$now")
looked_at   = $(doubted) $(call yet_to_come,$@)

# Files of a slug's own folder only: $(OUTPUT)/a/b.pdf is no target.
own = $(if $(filter $(*D),$(*F)),$1,$(*)-is-not-an-output-of-a-brief)

$(OUTPUT)/%.json: $$(call own,$(SOURCE)/$$(*F)/brief.md) $$(call folder,$$(*F)) $(CODE) $(templates_json) \
  $(READY) $$(looked_at)
	$(call single,json)
$(OUTPUT)/%.html: $$(call own,$(OUTPUT)/$$*.json) $(filter-out $(call within,card),$(templates_html)) $(themed) $$(looked_at)
	$(call single,html)
$(OUTPUT)/%.png: $$(call own,$(OUTPUT)/$$*.json) $(templates_png) $(themed) $$(looked_at)
	$(call single,png)
$(OUTPUT)/%.pdf: $$(call own,$(OUTPUT)/$$*.json) $(templates_pdf) $(themed) $$(looked_at)
	$(call single,pdf)
$(OUTPUT)/%.docx: $$(call own,$(OUTPUT)/$$*.json) $(templates_docx) $(themed) $$(looked_at)
	$(call single,docx)
$(OUTPUT)/%.csl.json: $$(call own,$(OUTPUT)/$$*.json) $(templates_cite) $(themed) $$(looked_at)
	$(call single,csl)
$(OUTPUT)/%.bib: $$(call own,$(OUTPUT)/$$*.json) $(templates_cite) $(themed) $$(looked_at)
	$(call single,bib)
$(OUTPUT)/%.ris: $$(call own,$(OUTPUT)/$$*.json) $(templates_cite) $(themed) $$(looked_at)
	$(call single,ris)

# Outputs are replaced whole by the process: never half written, so never to be removed.
.PRECIOUS: $(addprefix $(OUTPUT)/%.,$(call suffix_of,$(forms_all)))

# Other work -----------------------------------------------------------------------------------------

check: $(READY) ## name every problem of the briefs, build nothing
	@$(BRIEFWRIGHT) check --source $(SOURCE) $(addprefix --theme ,$(THEME)) $(manner) $(BRIEFS)

verify: $(READY) ## read the finished files back and compare them with their JSON again
	@$(BRIEFWRIGHT) verify --source $(SOURCE) --output $(OUTPUT) $(manner) $(BRIEFS) || \
	  { code=$$?; { mkdir -p $(OUTPUT)/.make && touch $(OUTPUT)/.make/doubted; } 2>/dev/null; exit $$code; }

dist: all ## the folder DIST that a web server serves at SITE=https://…: pages, index, feed, archives
	$(hush)$(strip $(BRIEFWRIGHT) dist --source $(SOURCE) --output $(OUTPUT) --to '$(DIST)' \
	  $(if $(SITE),--site '$(SITE)') $(addprefix --theme ,$(THEME)) $(manner) $(BRIEFS))

redline: $(READY) ## what changed in a brief: BRIEF=water SINCE=v1.0 (a git revision, or an older JSON); into REDLINE/
	@$(BRIEFWRIGHT) redline --source $(SOURCE) --to '$(REDLINE)' --since='$(subst ','\'',$(SINCE))' \
	  $(addprefix --theme ,$(THEME)) -- '$(subst ','\'',$(BRIEF))'

# Titles have quotes, dollars and dashes: they reach the program through the environment, unread by Make and shell.
unexport TITLE SLUG
new: export BRIEFWRIGHT_TITLE := $(value TITLE)
new: export BRIEFWRIGHT_SLUG := $(value SLUG)
new: $(READY) ## begin a brief: make new TITLE="Water and the Border" (SLUG=water)
	@$(BRIEFWRIGHT) new --source $(SOURCE) $(addprefix --theme ,$(THEME))

watch: $(VENV)/requirements-watch.lock ## show the briefs in a browser, and again at each save; PORT=8000
	@$(BRIEFWRIGHT) watch --source $(SOURCE) --output $(OUTPUT) $(addprefix --theme ,$(THEME)) \
	  $(addprefix --port ,$(PORT)) $(BRIEFS)

scheduler: $(VENV)/requirements-cluster.lock ## hand out briefs to the workers of a cluster; HOST=127.0.0.1 PORT=8786
	@$(VENV)/bin/dask scheduler --host '$(HOST)' --port $(or $(PORT),8786) --no-dashboard

# The processes of a worker that make the outputs have limits of their own.
worker: $(VENV)/requirements-cluster.lock ## work for a cluster on this machine: SCHEDULER=tcp://… JOBS=4
	$(if $(SCHEDULER),,$(error SCHEDULER is missing: make worker SCHEDULER=tcp://10.0.0.5:8786))
	@DASK_DISTRIBUTED__WORKER__DAEMON=False $(VENV)/bin/dask worker '$(SCHEDULER)' \
	  $(addprefix --nthreads ,$(JOBS)) --memory-limit 0 --no-dashboard

cluster-demo: $(VENV)/requirements-cluster.lock ## 200 briefs on a cluster of processes, one of which is killed; QUICK=1: 24
	@$(VENV)/bin/python -m bench.cluster $(if $(call is_on,QUICK),24,200)

# The manuscript is read by the process, which also says when FILE is missing.
import: $(READY) ## a brief from a manuscript: FILE=paper.txt, SLUG=its-name, FIX=1 mends slips, TRACK=keep lists changes
	@$(BRIEFWRIGHT) import --source $(SOURCE) $(if $(SLUG),--slug '$(SLUG)') $(if $(call is_on,FIX),--fix) \
	  $(if $(TRACK),--track '$(TRACK)') -- '$(subst ','\'',$(FILE))'

merge: $(READY) ## show what an edited Word file changes in its brief: FILE=edited.docx BRIEF=slug, APPLY=1 writes it
	@$(BRIEFWRIGHT) merge --source $(SOURCE) $(if $(call is_on,APPLY),--apply) -- \
	  '$(subst ','\'',$(FILE))' '$(subst ','\'',$(BRIEF))'

test: $(VENV)/requirements-dev.lock ## the tests; TESTS=tests/test_notes.py runs one file
	@$(VENV)/bin/python -m pytest $(TESTS) --outputs $(OUTPUT)

fuzz: $(VENV)/requirements-dev.lock ## build briefs that are spoiled at random: COUNT=1000 SEED=1
	@$(VENV)/bin/python -m tests.fuzz $(or $(COUNT),1000) --seed $(or $(SEED),1) \
	  $(addprefix --jobs ,$(JOBS)) --keep $(OUTPUT)/.fuzz

lint: $(VENV)/requirements-dev.lock ## style and types of the code
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/mypy

schema: pipeline/brief.schema.json ## the published JSON Schema, from the model
pipeline/brief.schema.json: pipeline/model.py pipeline/schema.py pipeline/front_schema.py | $(READY)
	@$(BRIEFWRIGHT) schema
	@touch $@

conformance: $(VENV)/requirements-conformance.lock ## ask the validators of each standard
	@$(VENV)/bin/python -m pytest tests/conformance -m conformance --outputs $(OUTPUT)

conformance-table: $(VENV)/requirements-conformance.lock ## write what they say to docs/conformance.md
	@$(VENV)/bin/python -m pytest tests/conformance/test_table.py -m conformance --outputs $(OUTPUT) --write-table

pictures: $(VENV)/requirements-conformance.lock ## compare pages with the approved pictures
	@$(VENV)/bin/python -m pytest tests/test_page_pictures.py tests/conformance/test_pictures.py -m '' \
	  --outputs $(OUTPUT)

accept: $(VENV)/requirements-dev.lock ## approve the pictures of the last `make pictures`, after looking
	@$(VENV)/bin/python -m tests.accept $(OUTPUT)/.pictures

gallery: $(VENV)/requirements-conformance.lock ## take the pictures of docs/gallery.md
	@$(VENV)/bin/python -m tests.conformance.gallery $(OUTPUT)

bench: $(VENV)/requirements-bench.lock ## how fast it is, beside others: a quarter of an hour; QUICK=1: two minutes
	@$(VENV)/bin/python -m bench $(if $(call is_on,QUICK),--quick) $(BENCH)

bench-table: $(VENV)/requirements-bench.lock ## measure all, and write it to docs/performance.md
	@$(VENV)/bin/python -m bench --write $(if $(call is_on,QUICK),--quick)

validators: $(VENV)/requirements-conformance.lock ## install the programs that `make conformance` asks
	@tests/conformance/install

clean: ## remove the outputs of the briefs (of BRIEFS only, if given), never a source
	@rm -f $(call expected,all,$(SLUGS))
	@rm -rf $(if $(BRIEFS),$(BRIEFS:%=$(OUTPUT)/.make/%) $(STAGES:%=$(OUTPUT)/.make/%),$(addprefix \
	  $(OUTPUT)/,.make .conformance .pictures .fuzz))
	@find $(wildcard $(SLUGS:%=$(OUTPUT)/%) $(OUTPUT)) -maxdepth 0 -empty -delete

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	  while IFS='|' read -r name text; do printf '  %-18s %s\n' "$$name" "$$text"; done
	@echo '  $(OUTPUT)/<slug>/<slug>.pdf (or .json .html .png .docx .csl.json .bib .ris): one file'
	@echo 'Variables: SOURCE=$(SOURCE) OUTPUT=$(OUTPUT) BRIEFS="one two" THEME=$(or $(THEME),<name>) DIST=$(DIST) SITE=https://… JOBS=4 PORT=8000 SCHEDULER=tcp://… QUIET=1 VERBOSE=1 PYTHON=$(PYTHON)'

lock: ## choose new versions of the dependencies and write their hashes down; needs uv
	$(UV) --group build pyproject.toml -o requirements.lock
	$(UV) --group dev -c requirements.lock -o requirements-dev.lock
	$(UV) --group conformance -c requirements.lock -o tests/conformance/requirements.lock
	$(UV) --group watch -c requirements.lock -o requirements-watch.lock
	$(UV) --group cluster -c requirements.lock -o requirements-cluster.lock
	$(UV) --group bench -c requirements.lock -o bench/requirements.lock

FORCE:
.PHONY: $(STAGES) check verify dist redline new import merge watch scheduler worker cluster-demo test lint schema conformance conformance-table \
  pictures accept gallery bench bench-table validators clean help lock FORCE

# Set-up: once, and again when a lock file changes -----------------------------------------------------

UV = uv --no-config pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --only-binary :all: --emit-build-options --no-header

# Older versions of Python cannot even read pipeline/system.py, which checks the rest.
define python_is_new_enough
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
  echo 'error: $(PYTHON) is not Python 3.11 or newer [setup-python]'; \
  if command -v apt-get; then how='apt-get install -y python3 python3-venv (Debian 12, Ubuntu 24.04)'; \
  elif command -v dnf; then how='dnf install -y python3.13, then make PYTHON=python3.13'; \
  else how='brew install python@3.13, then make PYTHON=python3.13'; fi >/dev/null; \
  echo "    hint: $$how"; exit 3; } >&2
endef

$(READY): requirements.lock
	@$(python_is_new_enough)
	@$(PYTHON) -m pipeline.system
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes -r $<
	$(PIP) install --no-deps --no-build-isolation --editable .
	@cp $< $@

$(VENV)/requirements-dev.lock: requirements-dev.lock $(READY)
	$(PIP) install --require-hashes -r $<
	@cp $< $@

$(VENV)/requirements-watch.lock: requirements-watch.lock $(READY)
	$(PIP) install --require-hashes -r $<
	@cp $< $@

$(VENV)/requirements-cluster.lock: requirements-cluster.lock $(READY)
	$(PIP) install --require-hashes -r $<
	@cp $< $@

$(VENV)/requirements-conformance.lock: tests/conformance/requirements.lock $(VENV)/requirements-dev.lock
	$(PIP) install --require-hashes -r $<
	@cp $< $@

$(VENV)/requirements-bench.lock: bench/requirements.lock $(READY)
	$(PIP) install --require-hashes -r $<
	@cp $< $@
