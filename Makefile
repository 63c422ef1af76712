# The commands of this project. `make env` makes .venv; every other one calls it first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
# What is installed: base.lock runs Semesta, test.lock adds tests, spark.lock adds Spark,
# bench.lock public sets for `make bench-peers`.
LOCK   ?= requirements/test.lock
STAMP  := $(VENV)/.ready-$(notdir $(LOCK))
WORKSPACE ?= workspace
# Tests run side by side, a file as a whole; browsers and Java after all others.
WORKERS ?= 2
BESIDE  := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
LAST    := tests/browser tests/spark
# Tests and checks never see the workspace someone works in.
test check: export SEMESTA_WORKSPACE = $(VENV)/nowhere

.PHONY: env demo serve test check fix docs bench bench-peers law-review lock clean

env: $(STAMP)

# uv when it can be had (seconds), pip otherwise (a minute or two).
$(STAMP): $(LOCK) pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 tidak ditemukan; pasang, atau sebutkan: make PYTHON=/jalan/ke/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv 2>/dev/null || true
	@if $(BIN)/python -m uv --version >/dev/null 2>&1; then \
	  $(BIN)/python -m uv pip install -q --python $(BIN)/python --require-hashes -r $(LOCK) && \
	  $(BIN)/python -m uv pip install -q --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(LOCK) && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $@

demo: env  ## build the invented city, run the whole cycle, show it
	$(BIN)/semesta demo --workspace $(WORKSPACE)

serve: env  ## show a workspace
	$(BIN)/semesta serve --workspace $(WORKSPACE)

test: env  ## all tests: SQLite first, then the database tests again on PostgreSQL
	$(BIN)/pytest $(BESIDE) $(LAST:%=--ignore=%)
	$(BIN)/pytest $(BESIDE) $(LAST)
	$(BIN)/python tests/support/with_postgresql.py $(BIN)/pytest $(BESIDE) tests/stage tests/pages -m "not once"

check: env  ## what must hold before a commit; changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/make_docs.py --check
	@mkdir -p $(SEMESTA_WORKSPACE)
	$(BIN)/python -m django makemigrations --check --dry-run --settings semesta.config.settings

fix: env  ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: env  ## write docs/reference/generated from the code
	$(BIN)/python scripts/make_docs.py

bench: env  ## measure the speed goals; results go to bench/results
	$(BIN)/python -m bench

bench-peers:  ## linkage beside Splink 5, in an environment with public sets; SETS=febrl3,heavy-100000 for some
	$(MAKE) env VENV=.venv-bench LOCK=requirements/bench.lock
	.venv-bench/bin/python -m bench peers --sets "$(SETS)"

law-review: env  ## legal values due for another look
	$(BIN)/semesta law review

lock:  ## resolve the dependencies anew
	for set in base test spark bench; do $(BIN)/python -m uv pip compile requirements/$$set.in -o requirements/$$set.lock --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --universal -q; done

clean:
	rm -rf $(VENV) .venv-bench workspace bench/out
