@echo off
rem Starts So An Sinh on Windows 10 or 11: finds Python, makes .venv, installs the locked libraries.
rem   run.cmd              opens the program
rem   run.cmd demo         opens the demonstration office (invented persons)
rem   run.cmd self-test    and every other verb of the command line
setlocal EnableExtensions
chcp 65001 >nul
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "PYTHONPATH=%~dp0"
set "VENV=%~dp0.venv"

if exist "%VENV%\Scripts\python.exe" goto libraries

set "FOUND="
for %%V in (3.13 3.12 3.11) do call :try %%V
if not defined FOUND (
  echo Chưa có Python 64 bit bản 3.11, 3.12 hoặc 3.13 trên máy này.
  echo Hãy cài từ trang python.org ^(chọn "Windows installer 64-bit"^), rồi chạy lại tệp này.
  goto failed
)
echo Đang chuẩn bị lần đầu bằng Python %FOUND%, mất vài phút...
py -%FOUND% -m venv "%VENV%"
if errorlevel 1 (
  echo Không tạo được thư mục .venv. Hãy xem ổ đĩa còn chỗ và thư mục này có cho ghi không.
  goto failed
)

:libraries
fc /b requirements-run.lock "%VENV%\installed.lock" >nul 2>nul
if not errorlevel 1 goto start
echo Đang cài thư viện, cần có mạng...
"%VENV%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes --only-binary=:all: --requirement requirements-run.lock
if errorlevel 1 (
  echo Cài thư viện không xong. Hãy xem đường mạng rồi chạy lại; phần đã tải không mất.
  goto failed
)
copy /y requirements-run.lock "%VENV%\installed.lock" >nul
"%VENV%\Scripts\python.exe" -m ui.main self-test
if errorlevel 1 goto failed

:start
if "%~1"=="" goto window
if /i "%~1"=="demo" if "%~2"=="" goto demo
"%VENV%\Scripts\python.exe" -m ui.main %*
exit /b %errorlevel%

:window
start "" "%VENV%\Scripts\pythonw.exe" -m ui.main
exit /b 0

:demo
set "DEMO=%LOCALAPPDATA%\soansinh-demo"
if not exist "%DEMO%\whole.txt" (
  echo Đang tạo đơn vị trình diễn với những người GIẢ LẬP...
  "%VENV%\Scripts\python.exe" -m ui.main --home "%DEMO%" demo --people 800
  if errorlevel 1 goto failed
  echo xong> "%DEMO%\whole.txt"
)
echo Người dùng: lan ^(quản trị^), hoa ^(duyệt^), minh ^(điều tra^). Mật khẩu: Mat-khau-1945
start "" "%VENV%\Scripts\pythonw.exe" -m ui.main --home "%DEMO%\office"
exit /b 0

:try
if defined FOUND exit /b 0
py -%1 -c "import struct, sys; sys.exit(struct.calcsize('P') != 8)" >nul 2>nul
if not errorlevel 1 set "FOUND=%1"
exit /b 0

:failed
echo.
pause
exit /b 3
