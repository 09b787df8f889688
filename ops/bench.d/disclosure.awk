# Medians and ratios of the readings about disclosure control; behind median.awk.
function known(name) { return has(0 SUBSEP name) }
function wall(name) { return middle(3, 0 SUBSEP name) }
function cpu(name) { return middle(4, 0 SUBSEP name) }
function peak(name) { return middle(5, 0 SUBSEP name) }
function count(name) { return middle(6, 0 SUBSEP name) }
# What CPU time, counted in thousandths, can be compared.
function counted(name) { return known(name) && cpu(name) >= 0.008 }
function took(name, label, what) {
  if (!known(name)) return
  printf "  %-38s %9.3f s  %9.3f s CPU  %6.0f MB  %9.0f %s\n", label, wall(name), cpu(name), peak(name), count(name), what
}
END {
  print "\nSuppression, one thread"
  for (i = 1; i <= split("162 1665", of, " "); i++) took("optimum." of[i], of[i] " cells to the optimum", "programs")
  for (i = 1; i <= split("1000 1665 3000 10000 14160 30000 100000", of, " "); i++) took("pattern." of[i], of[i] " cells, elimination", "cells")
  print "\nAttack of an outsider, one thread"
  for (i = 1; i <= split("1000 1665 3000 10000 14160 30000 100000", of, " "); i++) {
    took("intervals." of[i], of[i] " cells: intervals", "unsafe cells")
    took("levels." of[i], of[i] " cells: whether levels hold", "unsafe cells")
    took("glpk." of[i], of[i] " cells: intervals by GLPK", "unsafe cells")
    if (counted("glpk." of[i]) && counted("intervals." of[i])) {
      printf "  %-38s %9.2f times as fast for intervals", "beside GLPK", cpu("glpk." of[i]) / cpu("intervals." of[i])
      if (counted("levels." of[i])) printf ", %.2f times for levels", cpu("glpk." of[i]) / cpu("levels." of[i])
      print " (CPU time)"
    }
  }
  print "\nAttack of observers on 1665 cells, one thread"
  for (i = 1; i <= 10000; i++) took("observers." i, i " classes", "guards")
}
