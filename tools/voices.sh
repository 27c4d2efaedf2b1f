#!/bin/sh
# Installs what is heard best where the system is Debian-like and this user may install packages: festival with the
# Russian voice, espeak-ng, and fluidsynth with a General MIDI sound font for composed scores.
# Never fails: without them workprint says what is missing as soon as a storyboard needs it, and plays scores itself.
set -u
packages=""
command -v festival >/dev/null 2>&1 && [ -d /usr/share/festival/voices/russian ] || packages="festival festvox-ru"
command -v espeak-ng >/dev/null 2>&1 || packages="$packages espeak-ng"
command -v fluidsynth >/dev/null 2>&1 || packages="$packages fluidsynth"
[ -e /usr/share/sounds/sf3/MuseScore_General_Lite.sf3 ] || packages="$packages musescore-general-soundfont-small"
if [ -z "$packages" ]; then exit 0; fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "voices: no apt-get here; with your system's package manager install festival, festvox-ru, espeak-ng, fluidsynth"
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then run=""; elif sudo -n true 2>/dev/null; then run="sudo -n"; else
    echo "voices: for Russian voices and sampled instruments run: sudo apt install --no-install-recommends $packages"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# Without its recommendations: fluidsynth would bring a desktop program.
# shellcheck disable=SC2086
if $run apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1; then exit 0; fi
$run apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086
$run apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 \
    || echo "voices: could not install them; run: sudo apt install --no-install-recommends $packages"
exit 0
