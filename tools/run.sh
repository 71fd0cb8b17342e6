#!/usr/bin/env bash
# Open the program on the demonstration office, made on first run; without a display run the main job.
set -euo pipefail
cd "$(dirname "$0")/.."
venv="${1:-.venv}" people="${2:-800}"
home="${SOANSINH_DEMO_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/soansinh-demo}"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname -s)" = Linux ] &&
  [ "${QT_QPA_PLATFORM:-xcb}" = xcb ]; then
  echo "Máy này không có màn hình, nên chạy việc chính không cửa sổ (soansinh demo)."
  echo "No display here: running the main job without a window (soansinh demo)."
  exec "$venv/bin/soansinh" --text --home "$(mktemp -d -t soansinh-demo-XXXXXX)" demo --people "$people"
fi

if [ ! -e "$home/.whole" ]; then
  if [ -e "$home/.begun" ]; then # a first run was interrupted: clear only what it made
    rm -rf "$home"/{office,server,lists,papers}
  elif [ -d "$home" ] && [ -n "$(ls -A "$home")" ]; then
    echo "Thư mục $home đang có tệp khác; hãy đặt SOANSINH_DEMO_HOME sang thư mục trống." >&2
    echo "The folder $home holds other files; set SOANSINH_DEMO_HOME to an empty one." >&2
    exit 3
  fi
  mkdir -p "$home" && touch "$home/.begun"
  echo "Lần đầu: đang tạo đơn vị trình diễn với $people người GIẢ LẬP tại $home"
  echo "First run: making a demonstration office of $people invented persons in $home"
  "$venv/bin/soansinh" --home "$home" --text demo --people "$people"
  touch "$home/.whole"
fi
echo "Người dùng / users: lan (quản trị), hoa (duyệt), minh (điều tra) · mật khẩu / password: Mat-khau-1945"
exec "$venv/bin/soansinh" --home "$home/office"
