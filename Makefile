.DEFAULT_GOAL := help
PY ?= python

help: ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s ':'

dev: ## install everything that work on the project needs
	$(PY) -m pip install -c constraints.txt -e ".[dev]"

check: lint types contracts lists test ## what CI runs

fmt: ## format
	ruff format src tests benchmarks scripts fixtures

lint: ## lint and check the format
	ruff check src tests
	ruff format --check src tests

types: ## check types
	mypy

contracts: ## check that imports run one way
	lint-imports

lists: ## validate the bundled lists
	preflight watchlist check brand_lists/marks

test: ## run the tests
	$(PY) -m pytest

cov: ## run the tests with the coverage floor
	$(PY) -m pytest --cov --cov-report=term

golden: ## rewrite the golden reports and show what changed
	PREFLIGHT_REWRITE_GOLDEN=1 $(PY) -m pytest tests/golden -q
	git diff --stat tests/golden

tables: ## prepare anew what starts would else make: after every change of nouns, grammars or documents of policy, packs and reports
	$(PY) scripts/build_grammar_table.py
	$(PY) scripts/build_noun_tables.py
	$(PY) scripts/build_documents.py

bench: ## measure speed
	$(PY) benchmarks/scan_speed.py

bench-registers: ## measure registers of 1 and 4 million marks beside ahocorasick_rs, on data beside the project
	$(PY) benchmarks/register_scale.py

judging-audit: ## print how often each row of the table of verdicts fires over real listings
	$(PY) benchmarks/judging_audit.py

bench-reports: ## measure every report format at 100,000 findings, and the page in a browser at 10,000
	$(PY) benchmarks/reports.py

bench-service: ## measure the service under load, overload, reloads and hostile bodies, on data beside the project
	$(PY) benchmarks/service.py

accuracy: ## measure what is found, on data beside the project
	$(PY) benchmarks/accuracy.py

endurance: ## poisoned pictures and listings, millions of rows, damaged inputs, kills, long texts; writes benchmarks/results
	$(PY) benchmarks/endurance.py
	$(PY) benchmarks/many_pictures.py
	$(PY) benchmarks/million_rows.py
	$(PY) benchmarks/report_kills.py
	$(PY) benchmarks/hostile_inputs.py
	$(PY) benchmarks/kills.py
	$(PY) benchmarks/long_texts.py
	$(PY) benchmarks/long_runs.py kills --listings 2000 --kills 300
	$(PY) benchmarks/long_runs.py poison --listings 100000 --poison 1000
	$(PY) benchmarks/long_runs.py memory --listings 1000000

spark: ## measure Spark beside the program's own workers, on data beside the project; needs the extra [spark] and Java
	$(PY) benchmarks/long_runs.py spark --listings 200000

fuzz: ## hostile bytes for every door, for MINUTES in all (10); needs .[fuzz] for coverage, else mutates; adds up in benchmarks/results
	$(PY) -m fuzz --minutes $(or $(MINUTES),10)

damage: ## compiled files damaged 11,000 times, and what opening one costs
	$(PY) benchmarks/damage.py

exports: ## read and correct real exports beside the project; speed beside the bare parsers
	$(PY) benchmarks/exports.py

pictures: ## measure words read in pictures against other engines, on data beside the project
	$(PY) benchmarks/pictures.py

known-pictures: ## measure known pictures beside imagehash, PDQ and plain SIFT; DIR is the folder of pictures
	$(PY) benchmarks/known_pictures.py $(DIR)

package: ## build the wheel and list it
	$(PY) -m build

.PHONY: help bench-service tables judging-audit dev check fmt lint types contracts lists test cov golden bench bench-registers bench-reports accuracy endurance spark fuzz damage exports pictures package
