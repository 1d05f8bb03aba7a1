#!/bin/sh
# Makes a virtual environment with the first fitting Python found, or says in one line what is missing.
set -u
target=${1:-.venv}
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
found=
lacking=
for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
    command -v "$name" >/dev/null 2>&1 && "$name" -c "$fits" >/dev/null 2>&1 || continue
    if "$name" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        found=$name
        break
    fi
    lacking=$name
done
if [ -z "$found" ] && [ -n "$lacking" ]; then
    echo "$lacking lacks the venv module; install it (Debian: apt-get install python3-venv) or name another: make PYTHON=/path/to/python3.12" >&2
    exit 2
fi
if [ -z "$found" ]; then
    echo "No Python 3.11 to 3.13 found; install one (Debian: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3.12" >&2
    exit 2
fi
"$found" -m venv "$target" || { rm -rf "$target"; exit 2; }
