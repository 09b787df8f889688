# Readers of answers (regions4.answer/1) for ops/quickstart.

# Of a list of answers: "ENT-COOP 9 / 4, SME-COOP 7 / 6" for one region; nothing for an indicator
# that the region released nothing of.
def counts($region):
  map(
    .indicator as $indicator
    | [.cells[] | select(.region == $region and .release != null)]
    | select(length > 0)
    | "\($indicator) \(map(select(.value != null)) | length) / \(map(select(.value == null)) | length)")
  | if length == 0 then "nothing released" else join(", ") end;

# "tier M, 84 tables; exact 20 / 4, cell-key 610 / 0, rounded 1 / 0; 12 tables cannot be computed".
def due:
  def tally: "\(.[0].method) \(map(.published) | add) / \(map(.withheld) | add)";
  (.lines | map(select(.state == "not_computable")) | length) as $not
  | (.lines | map(select(.state == "released"))) as $out
  | "tier \(.tier), \($out | length) table\(if ($out | length) == 1 then "" else "s" end)"
    + (if ($out | length) == 0 then "" else "; " + ($out | group_by(.method) | map(tally) | join(", ")) end)
    + (if $not == 0 then "" else "; \($not) tables cannot be computed without NACE" end);

# Of a plan: what its noise does to a value. How far off the values of a region are, only the region
# can tell, and does not: that would take the noise off.
def noise:
  "Every value by cell key is within \(.cell_key.D) of the true count, by about \(.cell_key.variance | sqrt) (standard deviation); none is 1 or 2.";

# The value of every region in one period: {"PT16": 12, "RO42": null}.
def values($period): [.cells[] | select(.period == $period) | {key: .region, value}] | from_entries;

# "2014 2023": the two years in which most regions are known in both, of several such pairs the
# widest apart; nothing when no region is known in two.
def best_pair:
  . as $answer
  | ([.cells[].period] | unique) as $periods
  | [range(0; $periods | length) as $i | range($i + 1; $periods | length) as $j
     | ($answer | values($periods[$i])) as $from | ($answer | values($periods[$j])) as $to
     | {years: "\($periods[$i]) \($periods[$j])", span: ($j - $i),
        known: ([$from | keys[] | select($from[.] != null and $to[.] != null)] | length)}]
  | max_by([.known, .span])
  | select(. != null and .known > 0) | .years;
