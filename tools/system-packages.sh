#!/usr/bin/env bash
# See that Debian's libraries and fonts for the window and the papers are there; install what is not.
set -u

# Qt's xcb and EGL libraries, printing, faces with every Vietnamese letter, and a reader for our PDFs.
NEEDED="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0
libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0
libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0
libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libcups2
fonts-liberation2 fonts-noto-core poppler-utils"

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "Không phải Debian/Ubuntu: hãy tự cài thư viện Qt (xcb, EGL), phông Liberation 2 hoặc Tinos, poppler." >&2
  echo "Not Debian or Ubuntu: see yourself to Qt's xcb and EGL libraries, Liberation 2 or Tinos fonts, poppler." >&2
  exit 0
fi

missing_of() {
  # A name counts as there under its own name or as NAMEt64 (Debian 13, Ubuntu 24.04).
  local names=() name there
  for name in "$@"; do names+=("$name" "${name}t64"); done
  there=" $(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${names[@]}" 2>/dev/null |
    awk '$2 == "installed" {printf "%s ", $1}')"
  for name in "$@"; do
    case "$there" in *" $name "* | *" ${name}t64 "*) ;; *) printf '%s ' "$name" ;; esac
  done
}

# shellcheck disable=SC2086
missing=$(missing_of $NEEDED)
[ -z "$missing" ] && exit 0

say_and_stop() {
  echo "Máy này còn thiếu gói: $missing" >&2
  echo "This computer lacks the packages: $missing" >&2
  echo "    sudo apt-get update && sudo apt-get install -y $missing" >&2
  exit 3
}

if [ "$(id -u)" = 0 ]; then
  become=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  become="sudo"
elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then
  become="sudo" # it asks for the password itself
else
  say_and_stop
fi

echo "Đang cài gói còn thiếu / installing: $missing"
install() {
  # shellcheck disable=SC2086
  $become env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install </dev/null >"$log" 2>&1; then
  # A fresh machine has no package lists, an old one has stale ones.
  $become apt-get update </dev/null >>"$log" 2>&1 || true
  install </dev/null >>"$log" 2>&1 || { tail -n 15 "$log" >&2; say_and_stop; }
fi
# shellcheck disable=SC2086
missing=$(missing_of $NEEDED)
[ -z "$missing" ] || say_and_stop
