# Readings: rows, name, wall s, CPU s, peak MB, count; tabs between. What all reports begin with.
function median(list, n,    i, j, t) {
  for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j] < list[j - 1]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
  return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
function middle(column, key,    list, i) {
  for (i = 1; i <= n[key]; i++) list[i] = value[key, i, column]
  return median(list, n[key])
}
function has(key) { return key in n }
BEGIN { FS = "\t" }
{
  key = $1 SUBSEP $2
  if (!($1 in seen)) { seen[$1] = 1; size[++sizes] = $1 }
  n[key]++
  for (i = 3; i <= 6; i++) value[key, n[key], i] = $i
}
