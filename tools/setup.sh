#!/usr/bin/env bash
# Make the virtual environment with the locked libraries and the program itself in it.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted="${1:-python3}" venv="${2:-.venv}"

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

if [ ! -x "$venv/bin/python" ] || ! fits "$venv/bin/python"; then
  python=""
  for name in "$wanted" python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && fits "$name"; then python="$name"; break; fi
  done
  if [ -z "$python" ]; then
    echo "Cần Python 3.11, 3.12 hoặc 3.13 (hiện có: $("$wanted" --version 2>&1 || echo 'không có'))." >&2
    echo "Python 3.11, 3.12 or 3.13 is needed; name one with: make setup PYTHON=/path/to/python3.13" >&2
    exit 3
  fi
  rm -rf "$venv"
  if ! "$python" -m venv "$venv"; then
    echo "Không tạo được môi trường Python: hãy cài gói python3-venv." >&2
    echo "The virtual environment could not be made: install the package python3-venv." >&2
    exit 3
  fi
fi

echo "Đang cài thư viện theo requirements.lock / installing the locked libraries"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
  --no-deps --require-hashes --requirement requirements.lock
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
  --no-deps --no-build-isolation --no-index --editable .
touch "$venv/.ready"
echo "Xong: $("$venv/bin/python" --version) / ready"
