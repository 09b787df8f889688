#!/usr/bin/env bash
# unit_file_test.sh BIN: the unit file as systemd reads it, with the program of this build in its
# place. Skipped (77) where systemd-analyze is absent.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
command -v systemd-analyze >/dev/null || { echo "systemd-analyze (Debian: systemd) is not installed"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
sed "s#^ExecStart=/usr/bin/#ExecStart=$1/#" "$top/ops/systemd/regiond.service" >"$scratch/regiond.service"

# What the file says must be understood: an unknown key or value is a warning, and no warning passes.
said=$(systemd-analyze verify "$scratch/regiond.service" 2>&1) || { echo "$said"; exit 1; }
[ -z "$said" ] || { echo "$said"; exit 1; }
sed 's/^WatchdogSec=.*/WatchdogSeconds=60/' "$scratch/regiond.service" >"$scratch/wrong.service"
systemd-analyze verify "$scratch/wrong.service" 2>&1 | grep -q WatchdogSeconds || {
  echo "an unknown key was not noticed"
  exit 1
}

# Exposure of 0 (none) to 10, in tenths: 1.5 at the most.
systemd-analyze security --offline=yes --threshold=15 "$scratch/regiond.service" >"$scratch/score" || {
  cat "$scratch/score"
  exit 1
}
tail -1 "$scratch/score"
