# Everything a newcomer needs is `make demo` and `make test`; each target installs what it lacks.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
ROOT := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
APT := $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get
BROWSER_PORT ?= 8765

.PHONY: demo test tour-npm check format bench docs lock clean

demo: $(VENV)/.run                      ## the whole round on this machine, ending on a page in the browser
	$(BIN)/senplans demo --port $(BROWSER_PORT)

test: $(VENV)/.dev $(VENV)/.chromium    ## lint, types, import contracts and every test
	$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 --dist loadfile

tour-npm: $(VENV)/.run tests/npm/node_modules/.done ## the npm package googleapis against the sandbox; needs Node 20 and npm
	cd tests/npm && SENPLANS=$(abspath $(BIN))/senplans npm test

check: $(VENV)/.dev                     ## lint, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev                    ## put the code into the project's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev                     ## timings of the round and of a card
	$(BIN)/python -m tests.benchmarks

docs: $(VENV)/.dev                      ## the reference pages, made from the code
	$(BIN)/python -m docs.generate

lock: $(VENV)/.dev                      ## renew both lock files from pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate \
		--allow-unsafe --upgrade -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate \
		--allow-unsafe --upgrade --extra dev -o requirements-dev.lock pyproject.toml

$(VENV)/bin/pip:
	@command -v $(PYTHON) >/dev/null || { $(APT) update && $(APT) install -y python3.11; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(APT) update && $(APT) install -y python3.11-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/pip requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/bin/pip requirements-dev.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.chromium: $(VENV)/bin/pip
	@command -v chromium >/dev/null || { $(APT) update && $(APT) install -y --no-install-recommends chromium fonts-dejavu-core; }
	touch $@

tests/npm/node_modules/.done: tests/npm/package-lock.json
	cd tests/npm && npm ci --no-audit --no-fund
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info tests/npm/node_modules
