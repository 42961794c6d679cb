# Two commands matter: `make demo` and `make test`. Everything they need lands in .venv and .build; nothing else is touched.

VENV := .venv
BUILD := $(or $(ZHUQI_BUILD_DIR),.build)
PY := $(VENV)/bin/python
STAMP := $(BUILD)/setup.stamp
CODE := shared_models field_app sync_server tests benchmarks docs main.py

.DEFAULT_GOAL := help
.PHONY: help setup demo app test test-without-browser test-in-browser check bench screenshots pins clean

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP) ## a virtual environment with everything pinned, and the web font; instant the second time

demo: setup ## a whole invented county in the browser: two phones, the gate, the supervisor's page
	$(PY) -m sync_server demo $(ARGS)

app: setup ## the field app as a page that installs and starts without a network (needs Node.js), for the server's /app/
	@$(PY) -m field_app.app_site $(ARGS)

test: setup ## all checks and all tests; pytest's options in ARGS="…"
	@$(MAKE) --no-print-directory -j 2 check test-in-browser test-without-browser

# Two at a time, because each half mostly waits for one core; the checks stand before the half that ends first.
# Exit code 5: ARGS named no test of this half.
test-without-browser: ## the half that needs no browser
	$(PY) -m pytest -m 'not browser' $(ARGS) || [ $$? -eq 5 ]

test-in-browser: ## the half that drives one
	ZHUQI_BROWSER=$(ZHUQI_BROWSER) $(PY) -m pytest -m browser $(ARGS) || [ $$? -eq 5 ]

check: setup ## format, lint, types, import arrows
	$(PY) -m ruff format --check $(wildcard $(CODE))
	$(PY) -m ruff check $(wildcard $(CODE))
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

bench: setup ## the measured ratios that the project promises
	$(PY) -m benchmarks $(ARGS)

screenshots: setup ## the pictures of the README and of the documents, taken from the running demo
	$(PY) -m docs.pictures.take $(ARGS)

pins: setup ## resolve pyproject.toml again into the requirements files; ARGS=--upgrade for newer releases
	$(PY) -m pip install --quiet uv
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes $(ARGS) \
		--extra web --extra server --extra dev -o requirements.txt pyproject.toml
	$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --generate-hashes $(ARGS) \
		-o requirements-phone.txt pyproject.toml
	$(PY) -m uv pip compile --quiet --universal --python-version 3.14 --no-deps --no-emit-index-url --no-header --no-annotate --generate-hashes $(ARGS) \
		-c requirements.txt -o requirements-app.txt requirements-app.in

clean: ## forget the environment and what was built; the demo's data stay
	rm -rf $(VENV) $(BUILD)

# A fresh environment each time Python is gone from it (a moved or half-made one cannot be trusted).
$(PY):
	@python=; for each in python3.13 python3.12 python3.11 python3; do \
		if $$each -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'Zhuqi needs Python 3.11 or newer with its venv module, and found none on the PATH.' >&2; \
		echo 'Debian, Ubuntu: apt-get install python3 python3-venv' >&2; exit 1; \
	fi; \
	echo "environment: $(VENV) from $$($$python --version)"; $$python -m venv --clear $(VENV)

$(STAMP): requirements.txt pyproject.toml $(PY)
	@echo 'installing the pinned packages: some hundred megabytes the first time, a minute or two'
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(PY) -m field_app.web_assets
	@mkdir -p $(BUILD) && touch $@
