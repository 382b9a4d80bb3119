# What one does with this house; `make help` prints it. The work itself is in bin/ and in the `chatsphere` command.
PYTHON ?= python3
export PYTHON
.DEFAULT_GOAL := help
.PHONY: help run test chaos check bench bench-peers build format words views goldens lock audit demo vendor clean

help: ## print this
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: .venv/.run ## install what is needed, then serve ChatSphere at http://127.0.0.1:8000
	@.venv/bin/chatsphere serve

test: .venv/.test ## install what the tests need, then run the whole suite (ARGS= goes to pytest)
	@bin/test $(ARGS)

chaos: .venv/.test ## the storms of tests/chaos in their full form, about an hour; ARGS="-k killed" picks, MESSAGES= says how many
	@CHAOS=$(or $(MESSAGES),10000) .venv/bin/python -m pytest tests/chaos --timeout 3600 $(ARGS)

check: .venv/.test ## ruff, bandit, mypy, import contracts, Biome and tsc
	@bin/check

bench: .venv/.test ## measure, and write it into docs/ (ONLY=front, or names of scenarios)
	@bin/bench

bench-peers: .venv/.test ## measure beside ejabberd and Flask-SocketIO, which it installs into var/bench (ONLY=pairs, ROUNDS=1, QUICK=1)
	@.venv/bin/python -m bench.peers

build: .venv/.test ## bundle the front end, then make the wheel and the sdist in dist/
	@bin/with-node node tools/build.mjs
	@.venv/bin/python -m hatchling build

format: .venv/.test ## let ruff and Biome put everything into shape
	@.venv/bin/ruff check --fix --quiet; .venv/bin/ruff format
	@bin/with-node biome check --write

words: .venv/.run ## put new texts into the catalogues, and write the browser's half of them out
	@.venv/bin/python tools/words.py

views: .venv/.test ## write down anew what a screen reader finds in each main view, for the suite to compare with
	@VIEWS=anew .venv/bin/python -m pytest -n0 -q tests/browser/test_views.py

goldens: .venv/.test ## take the twelve golden screenshots anew, to be looked at before they are committed
	@GOLDENS=anew .venv/bin/python -m pytest -n0 -q tests/browser/test_goldens.py

lock: .venv/.run ## pin requirements/*.in anew, with hashes
	@bin/lock

audit: .venv/.test ## ask whether holes are known in what is pinned; needs to reach PyPI and npm
	@.venv/bin/python tools/audit.py

demo: .venv/.run ## fill an empty installation with a believable world
	@.venv/bin/chatsphere demo

vendor: .venv/.run ## fetch the front end's pinned libraries into static/vendor
	@.venv/bin/python tools/vendor.py

clean: ## remove what can be made again; never touches var/
	@rm -rf dist src/chatsphere/static/dist .venv .audit node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

.venv/.run: requirements/build.txt requirements/run.txt pyproject.toml
	@bin/bootstrap run

.venv/.test: .venv/.run requirements/test.txt package-lock.json
	@bin/bootstrap test
