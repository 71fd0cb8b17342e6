@echo off
rem Starts So An Sinh on Windows 10 or 11: finds Python, makes .venv, installs the locked libraries.
rem   run.cmd              opens the program
rem   run.cmd demo         opens the demonstration office (invented persons)
rem   run.cmd test         checks this PC, then does the main job with invented persons
rem   run.cmd self-test    and every other verb of the command line
setlocal EnableExtensions
chcp 65001 >nul
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "PYTHONPATH=%~dp0"
set "VENV=%~dp0.venv"

if exist "%VENV%\Scripts\python.exe" goto libraries

set "FOUND="
for %%V in (3.13 3.12 3.11) do call :try py -%%V
if not defined FOUND call :try python
if not defined FOUND call :try python3
if not defined FOUND (
  echo Chưa có Python 64 bit bản 3.11, 3.12 hoặc 3.13 trên máy này.
  echo Hãy cài từ trang python.org ^(chọn "Windows installer 64-bit"^), rồi chạy lại tệp này.
  goto failed
)
echo Đang chuẩn bị lần đầu bằng %FOUND%, mất vài phút...
%FOUND% -m venv "%VENV%"
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
if /i "%~1"=="test" if "%~2"=="" goto test
"%VENV%\Scripts\python.exe" -m ui.main %*
exit /b %errorlevel%

:window
start "" "%VENV%\Scripts\pythonw.exe" -m ui.main
exit /b 0

:demo
set "DEMO=%LOCALAPPDATA%\soansinh-demo"
if exist "%DEMO%\whole.txt" goto demo_ready
rem a first run was interrupted: clear only what it made
if exist "%DEMO%\begun.txt" for %%D in (office server lists papers) do if exist "%DEMO%\%%D" rmdir /s /q "%DEMO%\%%D"
if exist "%DEMO%\begun.txt" goto demo_make
if not exist "%DEMO%" goto demo_make
dir /b /a "%DEMO%" 2>nul | findstr . >nul
if errorlevel 1 goto demo_make
echo Thư mục "%DEMO%" đang có tệp khác; hãy dời chúng đi rồi chạy lại tệp này.
goto failed

:demo_make
if not exist "%DEMO%" mkdir "%DEMO%"
echo dang lam> "%DEMO%\begun.txt"
echo Đang tạo đơn vị trình diễn với những người GIẢ LẬP...
"%VENV%\Scripts\python.exe" -m ui.main --home "%DEMO%" demo --people 800
if errorlevel 1 goto failed
echo xong> "%DEMO%\whole.txt"

:demo_ready
echo Người dùng: lan ^(quản trị^), hoa ^(duyệt^), minh ^(điều tra^). Mật khẩu: Mat-khau-1945
start "" "%VENV%\Scripts\pythonw.exe" -m ui.main --home "%DEMO%\office"
exit /b 0

:test
"%VENV%\Scripts\python.exe" -m ui.main --text self-test
if errorlevel 1 goto failed
set "TRIAL=%TEMP%\soansinh-test-%RANDOM%%RANDOM%"
"%VENV%\Scripts\python.exe" -m ui.main --text --home "%TRIAL%" demo --people 200
set "CODE=%errorlevel%"
if exist "%TRIAL%" rmdir /s /q "%TRIAL%"
if not "%CODE%"=="0" goto failed
echo Máy này làm được mọi việc chính.
exit /b 0

:try
if defined FOUND exit /b 0
%* -c "import struct, sys; v = sys.version_info[:2]; sys.exit(struct.calcsize('P') != 8 or not (3, 11) <= v <= (3, 13))" >nul 2>nul
if not errorlevel 1 set "FOUND=%*"
exit /b 0

:failed
echo.
pause
exit /b 3
