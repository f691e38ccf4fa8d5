#!/bin/sh
# Builds the budget app in JavaScript and in Python to <target>/js.wasm and <target>/python.wasm.
# Needs node with npm, and python3 with venv; what they fetch stays under <target>.
#
#   build.sh MESINFOS [TARGET]     MESINFOS: the built command; TARGET: by default ../target/guests
set -eu

here=$(cd "$(dirname "$0")" && pwd)
sdk=$(cd "$here/../../../sdk" && pwd)
mesinfos=$(realpath "$1")
target=${2:-$here/../target/guests}
mkdir -p "$target"
target=$(cd "$target" && pwd)

# Toolchains put their things beside the sources: they work on a copy. The SDKs are inside the apps' folders, as in
# an app that stands alone.
mkdir -p "$target/build"
rm -rf "$target/build/js/sdk" "$target/build/python/sdk"
cp -R "$here/js" "$here/python" "$target/build"
cp -R "$sdk/js" "$target/build/js/sdk"
cp -R "$sdk/python" "$target/build/python/sdk"

cd "$target/build/js"
npm ci --no-audit --no-fund
npm run build
"$mesinfos" build . --component component.wasm --output "$target/js.wasm"

cd "$target/build/python"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
PYTHONPATH=sdk venv/bin/python -m mesinfos build
"$mesinfos" build . --component component.wasm --output "$target/python.wasm"
