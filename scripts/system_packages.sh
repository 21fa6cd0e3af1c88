#!/usr/bin/env bash
# Installs the Debian packages that the tests use, when it may; otherwise says what is missing.
# A missing package never stops the tests here: the tests that need it say that they are left out.
set -uo pipefail
missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium chromium-driver)
ls /usr/lib/libreoffice/program/libswlo.so >/dev/null 2>&1 || missing+=(libreoffice-writer-nogui)
ls /usr/lib/libreoffice/program/libsclo.so >/dev/null 2>&1 || missing+=(libreoffice-calc-nogui)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
PATH="$PATH:/usr/sbin" command -v mosquitto >/dev/null 2>&1 || missing+=(mosquitto)
{ command -v java && java -version; } >/dev/null 2>&1 || missing+=(openjdk-17-jre-headless)
fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk fontconfig)
[ "${#missing[@]}" = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "test: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "test: not installed: ${missing[*]} (Debian: apt-get install ${missing[*]}); tests that need them are left out"
