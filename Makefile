# make run   sample corpus in, service up, addresses printed
# make test  lint, types and tests
# Both make the environment in .venv from the hashed lock first.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
LOG := $(VENV)/install.log
EVAL_DIR ?= ../shared/eval

.PHONY: run test check lint types tests eval bench train readme lock clean

run: $(VENV)/.run-ready
	@$(BIN)/actorgraph ingest ingest/samples
	@exec $(BIN)/actorgraph serve --port $(PORT)

test: check

check: lint types tests

lint: $(VENV)/.test-ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test-ready
	@$(BIN)/mypy

tests: $(VENV)/.test-ready
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal

# Quality of extraction, on our own gold and on the annotated sets where they are: a table, and files in build/evaluation.
# One thread for algebra: more only wait for each other on matrices as small as a sentence.
eval: $(VENV)/.test-ready
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.evaluation.run --eval-dir $(EVAL_DIR)

# Speed and memory beside other libraries in one run; about a quarter of an hour. EDGES=1e4,1e5 takes a minute.
EDGES ?= 1e4,1e5,1e6,1e7
LONG_CHARS ?= 2000000
bench: $(VENV)/.test-ready
	@$(BIN)/python -m tests.benchmarks --edges $(EDGES) --long-chars $(LONG_CHARS)

# The relation scorer's weights anew, from annotated sets that do not ship; half an hour on two cores, and two gigabytes
# of packages in an environment of its own. ingest/model/MODEL_CARD.md says what to do with the result.
TRAINING := build/training
train: $(TRAINING)/venv/.ready
	@ONEDNN_PRIMITIVE_CACHE_CAPACITY=8192 $(TRAINING)/venv/bin/python -m ingest.training.train_scorer --signed $(EVAL_DIR)/train/dse_train.jsonl \
		--structural $(EVAL_DIR)/train/redocred_train.jsonl --out $(TRAINING)/weights
	@echo "The weights are in $(TRAINING)/weights; measure them before they take the place of those in ingest/model."

$(TRAINING)/venv/.ready: pyproject.toml
	@for set in dse_train redocred_train; do test -f $(EVAL_DIR)/train/$$set.jsonl || { \
		echo "There is no $(EVAL_DIR)/train/$$set.jsonl; name the folder above it: make train EVAL_DIR=..." >&2; exit 1; }; done
	@$(PYTHON) -m venv $(TRAINING)/venv
	@$(TRAINING)/venv/bin/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(TRAINING)/venv/bin/python -m pip install --quiet --group training
	@touch $@

# What the README's commands print now, written into it.
readme: $(VENV)/.test-ready
	@$(BIN)/python -m tests.readme_blocks

# New pins after a change to pyproject.toml; needs uv on the path.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra postgresql --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "actorgraph needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo 'not there'); name another with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		rm -rf $(VENV); \
		echo "Python's venv module is incomplete here; on Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(call install,requirements.lock)

$(VENV)/.test-ready: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(call install,requirements-dev.lock)

define install
@echo "Installing from $(1) into $(VENV), about a minute the first time..."
@{ $(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r $(1) \
	&& $(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e . ; } > $(LOG) 2>&1 || { \
	if grep -qiE 'name resolution|new connection|timed out|unreachable|ProxyError|SSLError|no matching distribution' $(LOG); then \
		echo "Could not reach the package index: connect to the network and run make again (details: $(LOG))" >&2; \
	else \
		echo "Could not install the packages: $$(grep -m1 -E '^ERROR' $(LOG) || tail -n 1 $(LOG)) (details: $(LOG))" >&2; \
	fi; exit 1; }
@touch $@
endef
