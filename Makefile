# SPDX-License-Identifier: Apache-2.0
# Thin words over Meson. build, run and test first install what is missing.
.PHONY: help build run test quick bench fuzz torture lint install uninstall dist clean
PREFIX ?= /usr/local
.DEFAULT_GOAL := help

help:     ## these words
	@sed -n 's/^\([a-z]*\): .*## /  make \1\t/p; s/^\([a-z]*\):  *## /  make \1\t/p' Makefile | expand -t 18

build:    ## the release program, at build/cairn
	@tools/install build
	@tools/build release

run: build ## the demonstration on this machine, at http://localhost:8080
	@build/cairn serve --demo

test:     ## everything: all builds, all tests, all checks; ends with "N passed, N failed"
	@tools/install test
	@tools/test

quick:    ## the inner loop: one debug build and its unit tests
	@tools/test quick

lint:     ## the checks of the source alone
	@tools/build release
	@tools/test lint tidy

bench:    ## how fast it is, beside the npm packages that others use; some five minutes
	@tools/install test
	@tools/build release
	@tools/bench

fuzz:     ## every fuzz target for SECONDS (600) each
	@tools/fuzz $(or $(SECONDS),600)

torture:  ## the long runs: all tests under valgrind, a million values, 100,000 documents against Node.js, then fuzzing
	@tools/build debug
	@meson test -C build-debug --no-rebuild --wrap='valgrind -q --leak-check=full --error-exitcode=99 --suppressions=$(CURDIR)/tests/valgrind.supp' -t 20
	@node tests/conformance/json_node.mjs build-debug/tests/conformance/jcs_lines 1000000 $$(date +%s)
	@node tests/differential/ld_node.mjs build-debug/tests/differential/ld_lines 100000 $$(date +%s)
	@tools/fuzz $(or $(SECONDS),600)

install: build ## the program, libcairn and their pages, to PREFIX (/usr/local); DESTDIR is for packages
	@tools/place install build '$(PREFIX)' '$(DESTDIR)'

uninstall: ## takes away what install put there
	@tools/place uninstall build '$(PREFIX)' '$(DESTDIR)'

dist:     ## build/cairn-VERSION.tar.gz of the last commit, the same bytes each time
	@tools/dist

clean:    ## removes every build; keeps node_modules and var
	@rm -rf build build-debug build-asan build-fuzz build-tidy
