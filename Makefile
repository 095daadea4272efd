# Dos órdenes bastan en una máquina con Python 3.11 o más: `make demo` y `make test`.
# Cada una prepara su propio entorno (.venv). En Windows, vea el README.
PYTHON ?= python3
ENTORNO := .venv
BIN := $(ENTORNO)/bin
LISTO := $(ENTORNO)/.listo
export PYTHONUTF8 := 1

.PHONY: demo test test-largo lint tipos rueda bench limpiar

demo: $(LISTO)
	$(BIN)/expediente demo

test: $(LISTO)
	$(BIN)/python -m pytest -n auto --dist worksteal

test-largo: $(LISTO)
	$(BIN)/python -m pytest -n auto --dist worksteal -m largo

lint: $(LISTO)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

tipos: $(LISTO)
	$(BIN)/mypy

rueda: $(LISTO)
	$(BIN)/python -m pytest -m rueda tests/test_instalacion.py

bench: $(LISTO)
	$(BIN)/python bench/arranque.py
	$(BIN)/python bench/avance.py
	$(BIN)/python bench/cartas.py
	$(BIN)/python bench/lote.py
	$(BIN)/python bench/informes.py

limpiar:
	rm -rf $(ENTORNO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(LISTO): pyproject.toml restricciones.txt
	$(PYTHON) -m venv $(ENTORNO)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c restricciones.txt -e '.[desarrollo]'
	touch $(LISTO)
