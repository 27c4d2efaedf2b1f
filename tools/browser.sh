#!/bin/sh
# Installs Chromium, in which the tests play a joined film, where the system is Debian-like and this user may install packages.
# Never fails: without a browser those tests are skipped and say so.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "browser: no apt-get here; to try films in a browser install Chromium with your system's package manager"
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then run=""; elif sudo -n true 2>/dev/null; then run="sudo -n"; else
    echo "browser: to try films in a browser run: sudo apt install chromium"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
install="$run apt-get install -y -qq --no-install-recommends chromium"
if $install >/dev/null 2>&1; then exit 0; fi
$run apt-get update -qq >/dev/null 2>&1
$install >/dev/null 2>&1 || echo "browser: could not install it; run: sudo apt install chromium"
exit 0
