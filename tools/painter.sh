#!/bin/sh
# Installs the three system libraries that skia-python loads where they are missing, the system is Debian-like and this user may install packages.
# Never fails: without them `workprint doctor` says what is missing. The first argument is the Python to look with.
set -u
loads() { "$1" -c "import skia" >/dev/null 2>&1; }
if loads "$1"; then exit 0; fi
remedy="install libegl1, libgl1 and libexpat1 with your system's package manager"
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ]; then run=""; elif sudo -n true 2>/dev/null; then run="sudo -n"; else run="no"; fi
    remedy="run: sudo apt install libegl1 libgl1 libexpat1"
    if [ "$run" != "no" ]; then
        export DEBIAN_FRONTEND=noninteractive
        $run apt-get install -y -qq libegl1 libgl1 libexpat1 >/dev/null 2>&1 || {
            $run apt-get update -qq >/dev/null 2>&1
            $run apt-get install -y -qq libegl1 libgl1 libexpat1 >/dev/null 2>&1
        }
    fi
fi
loads "$1" || echo "painter: skia-python cannot be loaded; $remedy"
exit 0
