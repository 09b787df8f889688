#!/usr/bin/env bash
# The package list and what ops/lib.sh does with it, with stand-ins for dpkg-query, id and apt-get.
. "$(dirname "$0")/../support/script.sh"

mkdir "$work/bin"
cat >"$work/bin/dpkg-query" <<'TXT'
#!/bin/sh
for last in "$@"; do :; done
grep -qx "$last" "$FAKE/installed" && echo installed || exit 1
TXT
cat >"$work/bin/id" <<'TXT'
#!/bin/sh
cat "$FAKE/uid"
TXT
cat >"$work/bin/apt-get" <<'TXT'
#!/bin/sh
echo "apt-get $*" >>"$FAKE/calls"
TXT
chmod +x "$work"/bin/*
cat >"$work/packages" <<'TXT'
# a comment about build things
alpha  build  # reason
beta   build  # reason
gamma  test   # reason
TXT
: >"$work/calls"

# need UID INSTALLED SET...: runs need_packages; output in $work/last, its status returned.
need() {
  echo "$1" >"$work/uid"
  tr ' ' '\n' <<<"$2" >"$work/installed"
  shift 2
  (export FAKE=$work PATH="$work/bin:$PATH" REGIONS_PACKAGES=$work/packages
    . "$top/ops/lib.sh"
    need_packages "$@") >"$work/last" 2>&1
}
called() { grep -qF -- "$1" "$work/calls"; }
refuses() { ! need "$@"; }
silent() { [ ! -s "$work/last" ]; }
no_calls() { [ ! -s "$work/calls" ]; }

fact 'another user is refused when a package is missing' refuses 1000 'alpha gamma' build
fact 'and reads the one line that installs what is missing' says '^sudo apt-get install --no-install-recommends beta$'
fact 'nothing was installed for them' no_calls
fact 'another user with every package goes on' need 1000 'alpha beta' build
fact 'and reads nothing' silent
fact 'a set that was not asked for is not needed' need 1000 'alpha beta' build
fact 'both sets are' refuses 1000 'alpha beta' build test
fact 'root with every package installs nothing' need 0 'alpha beta gamma' build test
fact 'and calls nobody' no_calls
fact 'root installs' need 0 'alpha' build test
fact 'after an update' called 'apt-get update'
fact 'what is missing and nothing else' called 'install -y -qq --no-install-recommends beta gamma'

list=$(grep -vE '^(#|$)' "$top/ops/packages")
fact 'every package has a set and a reason' \
  test -z "$(grep -vE '^[a-z0-9.+-]+ +(build|test|bench) +# .{10,}' <<<"$list")"
fact 'no package stands twice' test -z "$(awk '{print $1}' <<<"$list" | sort | uniq -d)"
exit $failed
