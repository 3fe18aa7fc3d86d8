# Everything starts here. `make` alone says what there is.

LOCAL := $(or $(ECOM_LOCAL),.local)
SYSTEM_PYTHON ?= python3
PYTHON := $(LOCAL)/venv/bin/python
TEST := $(PYTHON) -m tools.run_tests $(if $(ONLY),--only "$(ONLY)")

.PHONY: help setup run test test-plain test-odoo test-browser test-whole test-long lint pot bench clean

help:
	@echo "make run            a working shop to look at: gets all it needs, prints the address"
	@echo "                    SHOP=sandbox: with a Shopify beside it to buy in"
	@echo "make test           lint and all tests; ONLY=<path or words> narrows every test target"
	@echo "make test-plain     the tests that need no Odoo"
	@echo "make test-odoo      the tests inside Odoo, on a fresh database"
	@echo "make test-browser   the tours, in a headless Chromium"
	@echo "make test-whole     stories, sandboxes, installation, kills: with servers of their own"
	@echo "make test-long      all of them in their long forms"
	@echo "make lint           ruff and pylint-odoo"
	@echo "make pot            write the add-ons' translation templates anew"
	@echo "make bench          the figures; ONLY=<name> for one of them"
	@echo "make setup          only get what the others need"
	@echo "make clean          remove all that these made, but for the user's download cache"

# Quick when nothing is missing, so every target may begin with it.
setup:
	@$(SYSTEM_PYTHON) -m tools.prepare

run: setup
	@$(PYTHON) -m tools.serve

test: setup
	@$(TEST)

test-plain test-odoo test-browser test-whole: setup
	@$(TEST) $(@:test-%=%)

test-long: setup
	@$(TEST) --long

lint: setup
	@$(PYTHON) -m tools.lint

pot: setup
	@$(PYTHON) -m tools.export_pot

bench: setup
	@$(PYTHON) -m bench.run $(ONLY)

clean:
	@$(SYSTEM_PYTHON) -m tools.clean
