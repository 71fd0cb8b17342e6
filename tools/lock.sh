#!/usr/bin/env bash
# Renew both lock files from requirements*.in and prove that they serve every system we support.
set -euo pipefail
cd "$(dirname "$0")/.."
VENV="${1:-.venv}"
COMPILE=("$VENV/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras
         --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header
         --resolver=backtracking)
"${COMPILE[@]}" --output-file=requirements.lock requirements-dev.in
"${COMPILE[@]}" --constraint=requirements.lock --output-file=requirements-run.lock requirements.in

# A wheel for each system and Python; nothing is compiled on an office PC.
for python in 3.11 3.12 3.13; do
  for platform in win_amd64 "manylinux_2_28_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 --platform manylinux1_x86_64 --platform manylinux_2_34_x86_64"; do
    # shellcheck disable=SC2086
    "$VENV/bin/pip" download -qqq --no-deps --require-hashes --only-binary=:all: \
      --platform $platform --python-version "$python" --implementation cp --abi "cp${python/./}" \
      --abi abi3 --abi none --dest "build/lock-check" --requirement requirements-run.lock
    echo "Python $python on ${platform%% *}: every wheel is there"
  done
done
