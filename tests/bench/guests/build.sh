#!/bin/sh
# Builds the budget app in JavaScript and in Python to <target>/js.wasm and <target>/python.wasm.
# Needs node with npm, and python3 with venv; what they fetch stays under <target>.
#
#   build.sh MESINFOS [TARGET]     MESINFOS: the built command; TARGET: by default ../target/guests
set -eu

here=$(cd "$(dirname "$0")" && pwd)
mesinfos=$(realpath "$1")
target=${2:-$here/../target/guests}
mkdir -p "$target"
target=$(cd "$target" && pwd)

# Toolchains put their things beside the sources: they work on a copy, in which the contract's
# view.wit, a link in ours, is a file.
mkdir -p "$target/build"
cp -RL "$here/wit" "$here/js" "$here/python" "$target/build"

cd "$target/build/js"
npm ci --no-audit --no-fund
npm run build
"$mesinfos" build . --component component.wasm --output "$target/js.wasm"

cd "$target/build/python"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
venv/bin/componentize-py --wit-path ../wit --world budget componentize app --stub-wasi --output component.wasm
"$mesinfos" build . --component component.wasm --output "$target/python.wasm"
