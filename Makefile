# endocsea: what can be done here. `make` alone lists it.
V := .venv
PORT ?= 8000
DATA ?=
UP := $(V)/bin/endocsea up --port $(PORT) $(if $(DATA),--data "$(DATA)")

.PHONY: help run test test-postgresql coverage check benchmark lock words
help:  ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(V)/run.done  ## prepare everything and serve the site  (PORT=8000 DATA=folder)
	@$(UP)

test: $(V)/test.done $(V)/workbooks.done system  ## set up what the tests need and run them all, with the checks
	@$(MAKE) --no-print-directory check
	@echo "· tests, on $$(nproc) cores, file by file: what a file prepares, a server or a crawl, it prepares once"
	@$(V)/bin/pytest -n auto --dist loadfile -q

# What uses the database, whatever its chapter: conftest.py marks it, so that no new test is forgotten. Not pages seen
# from outside, in a browser or one by one: tests/test_orders.py walks all of them here.
test-postgresql: $(V)/test.done postgresql  ## run the tests that use the database on a PostgreSQL server of their own
	@$(V)/bin/python tools/with_postgresql.py \
	  $(V)/bin/pytest -n auto --dist loadfile -q -m "database and not browser" --ignore tests/public

coverage: $(V)/test.done system  ## which lines no test reaches; a fifth slower than the tests alone
	@$(V)/bin/pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered -q

check: $(V)/test.done  ## style, types, layers of imports
	@echo "· ruff: style and traps"; $(V)/bin/ruff check -q . && $(V)/bin/ruff format -q --check .
	@echo "· import-linter: a chapter imports only chapters above it"; $(V)/bin/lint-imports --no-cache > $(V)/layers.txt || { cat $(V)/layers.txt; exit 1; }
	@echo "· mypy: types"; $(V)/bin/mypy --no-error-summary

benchmark: $(V)/test.done  ## measure ratios side by side, in one run
	@$(V)/bin/python -m benchmarks

lock: $(V)/run.done  ## renew requirements/ from pyproject.toml
	@$(V)/bin/uv pip compile pyproject.toml --upgrade --universal --generate-hashes --no-header -q -o requirements/run.txt
	@$(V)/bin/uv pip compile pyproject.toml --upgrade --group test --universal --generate-hashes --no-header -q -c requirements/run.txt -o requirements/test.txt

words: $(V)/test.done  ## collect the interface's sentences for translation (needs Debian's gettext)
	@$(V)/bin/python -m endocsea.config.manage makemessages -l fr --no-location --no-obsolete --ignore tests --ignore benchmarks --ignore .venv
	@$(V)/bin/python -c "import polib; polib.pofile('locale/fr/LC_MESSAGES/django.po').save_as_mofile('locale/fr/LC_MESSAGES/django.mo')"

# What is installed is what requirements/ says, by hash. uv is quick; plain pip serves where uv cannot be had.
$(V)/bin/python:
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed: install it (Debian: apt install python3 python3-venv)."; exit 1; }
	@echo "· making an environment of our own in $(V)"
	@python3 -m venv $(V) || { echo "Python's venv module is missing: apt install python3-venv, then run this again."; exit 1; }
	@$(V)/bin/pip install -q --disable-pip-version-check uv 2>/dev/null || echo "· uv could not be had: plain pip does it, a little slower"

define install
	@if [ -x $(V)/bin/uv ]; then $(V)/bin/uv pip install -q --python $(V)/bin/python --require-hashes -r $(1); \
	 else $(V)/bin/pip install -q --disable-pip-version-check --require-hashes -r $(1); fi
endef

$(V)/run.done: requirements/run.txt pyproject.toml | $(V)/bin/python
	@echo "· installing what the site needs"
	$(call install,requirements/run.txt)
	@if [ -x $(V)/bin/uv ]; then $(V)/bin/uv pip install -q --python $(V)/bin/python --no-deps -e .; \
	 else $(V)/bin/pip install -q --disable-pip-version-check --no-deps -e .; fi
	@touch $@

$(V)/test.done: requirements/test.txt $(V)/run.done
	@echo "· installing what the tests need"
	$(call install,requirements/test.txt)
	@touch $@

# pyxform's public test workbooks: the source package of an older release carries them.
$(V)/workbooks.done: requirements/workbooks.txt | $(V)/bin/python
	@echo "· fetching pyxform's public test workbooks"
	@if $(V)/bin/pip download -q --disable-pip-version-check --no-deps --no-binary pyxform --require-hashes -r $< -d $(V)/workbooks \
	  && tar -xzf $(V)/workbooks/pyxform-1.3.0.tar.gz -C $(V)/workbooks --strip-components=3 \
	     pyxform-1.3.0/pyxform/tests/example_xls pyxform-1.3.0/pyxform/tests/bug_example_xls; \
	 then touch $@; else echo "· they could not be had: their test is left out"; fi

# What the tests need of the system: a browser for the pages, poppler to read the documents, LibreOffice to edit them.
.PHONY: system
system:
	@missing=""; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$$missing chromium"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-writer libreoffice-calc"; \
	if [ -n "$$missing" ]; then \
	  echo "· not found, installing from Debian:$$missing"; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $$missing >/dev/null; \
	  else echo "The tests need$$missing, and this account may not install it. Ask for: apt install$$missing"; exit 1; fi; fi

.PHONY: postgresql
postgresql:
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
	  echo "· not found, installing from Debian: postgresql"; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends postgresql >/dev/null; \
	  else echo "The tests need PostgreSQL, and this account may not install it. Ask for: apt install postgresql"; exit 1; fi; fi
