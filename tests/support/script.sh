# What a test of a script begins with; sourced by tests/*/*_test.sh, which end with `exit $failed`.
# Scratch is $work; the script under test has a TMPDIR of its own in it, so that what it leaves shows.
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work/tmp
mkdir "$TMPDIR"
failed=0

# fact NAME COMMAND...: the command must succeed; what it printed is shown when it does not.
fact() {
  local name=$1; shift
  if "$@" >"$work/fact" 2>&1; then echo "ok: $name"; else echo "FAILED: $name"; cat "$work/fact"; failed=1; fi
}
# exits STATUS COMMAND...: what it printed goes to $work/last.
exits() { local want=$1 got=0; shift; "$@" >"$work/last" 2>&1 || got=$?; [ "$got" = "$want" ] || { cat "$work/last"; return 1; }; }
# says REGEX: a line of $work/last.
says() { grep -qE -- "$1" "$work/last" || { cat "$work/last"; return 1; }; }
