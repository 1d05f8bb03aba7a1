#!/bin/sh
# Pins every dependency with hashes and without addresses, one file for the base and one per extra.
set -eu
tool=.venv-lock
[ -x $tool/bin/uv ] || { python3 -m venv $tool && $tool/bin/pip install --quiet uv; }
compile() {
    $tool/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header --output-file "$@"
}
compile requirements/base.txt pyproject.toml
printf 'hatchling\neditables\n' | compile requirements/build.txt -
for extra in $(sed -n '/^\[project.optional-dependencies\]/,/^\[project.scripts\]/s/^\([a-z]*\) = \[.*/\1/p' pyproject.toml); do
    compile "requirements/$extra.txt" --constraint requirements/base.txt --extra "$extra" pyproject.toml
done
