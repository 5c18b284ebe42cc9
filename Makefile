# Everything sets itself up in .venv: Python 3.11, pip, venv, git and make are enough.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p) 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo run test check texts bench torture package debian windows test-windows clean

demo: $(READY)
	@$(BIN)/shelter-desk demo --data-dir demo $(ARGS)

run: $(READY)
	@$(BIN)/shelter-desk $(ARGS)

test: $(READY) libraries
	PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check shelter_desk tests packaging
	$(BIN)/ruff check shelter_desk tests packaging
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python packaging/texts.py --check

texts: $(READY)
	$(BIN)/python packaging/texts.py

bench: $(READY) libraries
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks $(ARGS)

torture: $(READY) libraries
	QT_QPA_PLATFORM=offscreen HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n 2 --dist worksteal -m long $(ARGS)

package: $(READY)
	$(BIN)/python packaging/build.py

# as root on Debian: the .deb in dist/, made on Debian 12, installed and started there and on Debian 13
debian: $(READY)
	@$(BIN)/python packaging/linux/on_debian.py

# on Debian, under Wine: dist/ has the folder and the installer for Windows, proven; then the tests that touch the system
windows: $(READY)
	@$(BIN)/python packaging/windows/on_debian.py build

test-windows: $(READY)
	@$(BIN)/python packaging/windows/on_debian.py test $(ARGS)

libraries: $(READY)
	@$(BIN)/python packaging/linux/libraries.py

$(READY): packaging/constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is missing: install the package python3.11 and python3.11-venv."; exit 1; }
	@$(PYTHON) -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))" || { echo "$(PYTHON) is not Python 3.11, 3.12 or 3.13: set PYTHON=python3.11."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The module venv is missing: install the package python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r packaging/constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

clean:
	rm -rf $(VENV) demo build dist
