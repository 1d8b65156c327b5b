# Each of these sets up what it needs by itself, and is quick the second time.
.PHONY: help run test check bench soak clean

help:
	@echo "make run    the demonstration casebook, its dossier, and the window"
	@echo "make test   check, then the suite under Xvfb and again offscreen without network"
	@echo "make check  format, lint, types, import contracts"
	@echo "make bench  the benchmarks, as ratios against a baseline of the same run"
	@echo "make soak   very many merges at random, and the merge broken on purpose in every known way"
	@echo "make clean  away with the virtual environment and the caches"

run:
	@.ci/setup run
	@.venv/bin/python -m desktop --demonstration

test: check
	@.ci/test

check:
	@.ci/setup test
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench:
	@.ci/setup test
	@.venv/bin/python -m tests.benchmarks

soak:
	@.ci/setup test
	@MERGE_EXAMPLES=$${EXAMPLES:-20000} QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -q -s --timeout=0 -o faulthandler_timeout=0 tests/db/test_merge_properties.py
	@.venv/bin/python -m tests.db.mutants

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
