#!/bin/sh
# Installs festival with the Russian voice and espeak-ng where the system is Debian-like and this user may install packages.
# Never fails: without them workprint says what is missing as soon as a storyboard needs it.
set -u
if command -v festival >/dev/null 2>&1 && command -v espeak-ng >/dev/null 2>&1 \
    && [ -d /usr/share/festival/voices/russian ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "voices: no apt-get here; for Russian voices install festival and festvox-ru with your system's package manager"
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then run=""; elif sudo -n true 2>/dev/null; then run="sudo -n"; else
    echo "voices: for Russian voices run: sudo apt install festival festvox-ru espeak-ng"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
if $run apt-get install -y -qq festival festvox-ru espeak-ng >/dev/null 2>&1; then exit 0; fi
$run apt-get update -qq >/dev/null 2>&1
$run apt-get install -y -qq festival festvox-ru espeak-ng >/dev/null 2>&1 \
    || echo "voices: could not install them; run: sudo apt install festival festvox-ru espeak-ng"
exit 0
