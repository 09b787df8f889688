# Holds every C++ source of the tree against the data files beside this one.
#   awk -f check.awk -v rules=FOLDER FILE...     (paths relative to the top of the tree)
# Prints one line per violation, "path:line: what: remedy"; exit 1 when there is any.

function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

function read_rules(    line, parts, n, i, words) {
  while ((getline line < (rules "/layers.txt")) > 0) {
    if (line ~ /^#/ || trim(line) == "") continue
    n = index(line, ":")
    layer = trim(substr(line, 1, n - 1))
    below[layer] = trim(substr(line, n + 1))
  }
  externals = read_table(rules "/externals.txt", external_word, external_where, external_why)
  names = read_table(rules "/names.txt", name_word, name_where, name_why)
  bans = read_table(rules "/bans.txt", ban_word, ban_where, ban_why)
  if (externals + names + bans == 0) { print rules ": no rules read"; exit 2 }
}

# "word | where | why"; the word may hold | itself, so the two bars that count are the last two
# that stand between blanks.
function read_table(file, word, where, why,    line, count, cut, rest) {
  count = 0
  while ((getline line < file) > 0) {
    if (line ~ /^#/ || trim(line) == "") continue
    cut = match(line, / \| /)
    word[count] = trim(substr(line, 1, cut - 1))
    rest = substr(line, cut + 3)
    cut = index(rest, "| ")
    where[count] = trim(substr(rest, 1, cut - 1))
    why[count] = trim(substr(rest, cut + 2))
    count++
  }
  return count
}

# Whether `path` is one of the blank-separated folders (trailing /) and files.
function stands_in(path, places,    list, n, i) {
  n = split(places, list, " ")
  for (i = 1; i <= n; i++) {
    if (list[i] == path) return 1
    if (list[i] ~ /\/$/ && index(path, list[i]) == 1) return 1
  }
  return 0
}

# The folder of layers.txt that holds `path`: the longest that fits; "" when there is none.
function layer_of(path,    folder) {
  folder = path
  while (sub(/\/[^\/]*$/, "", folder)) if (folder in below) return folder
  return ""
}

# Whether layer `from` may include layer `to`: itself, or what lies below it.
function may_include(from, to,    list, n, i) {
  if (from == to || below[from] == "*") return 1
  if ((from, to) in known) return known[from, to]
  known[from, to] = 0
  n = split(below[from], list, " ")
  for (i = 1; i <= n; i++) if (may_include(list[i], to)) { known[from, to] = 1; break }
  return known[from, to]
}

function report(what) { print FILENAME ":" FNR ": " what; failed = 1 }

function check_include(line,    target, to, i, prefix) {
  match(line, /[<"][^>"]+[>"]/)
  if (RSTART == 0) return
  target = substr(line, RSTART + 1, RLENGTH - 2)
  for (i = 0; i < externals; i++) {
    prefix = external_word[i]
    if (target == prefix || (prefix ~ /[\/_a-z]$/ && prefix ~ /\// && index(target, prefix) == 1)) {
      if (!stands_in(FILENAME, external_where[i]))
        report("may not include <" target ">: " external_why[i])
    }
  }
  if (line !~ /"/) return
  if (target !~ /\//) { report("include \"" target "\": write the path from the top of the tree"); return }
  to = layer_of(target)
  if (to == "") { report("include \"" target "\": no folder of .ci/rules/layers.txt holds it"); return }
  if (!may_include(layer, to)) report("forbidden include: " layer " may not include " to)
}

BEGIN { read_rules() }

FNR == 1 {
  layer = layer_of(FILENAME)
  if (layer == "") report("no folder of .ci/rules/layers.txt holds this file")
  in_comment = 0
}

FNR == 401 { report("longer than 400 lines: two ideas? split it") }

{
  code = $0
  if (in_comment) { if (sub(/^.*\*\//, "", code)) in_comment = 0; else next }
  if (code ~ /^[ \t]*#[ \t]*include/) { check_include(code); next }
  gsub(/\/\*[^*]*\*\//, " ", code)
  if (code ~ /\/\*/) { sub(/\/\*.*$/, "", code); in_comment = 1 }
  plain = code
  gsub(/"([^"\\]|\\.)*"/, "\"\"", plain)
  sub(/\/\/.*$/, "", plain)
  if (plain ~ /^[ \t]*$/) next
  plain = " " plain " "
  for (i = 0; i < names; i++)
    if (plain ~ ("[^A-Za-z0-9_]" name_word[i] "[^A-Za-z0-9_]") && !stands_in(FILENAME, name_where[i]))
      report("may not name " name_word[i] ": " name_why[i])
  for (i = 0; i < bans; i++)
    if (plain ~ ban_word[i] && !stands_in(FILENAME, ban_where[i]))
      report("banned here: " ban_word[i] "; use " ban_why[i])
}

END { exit failed }
