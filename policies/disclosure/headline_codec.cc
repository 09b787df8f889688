// The stored form of a decision: "regions4/fixed-headlines/v1" and fields (fields.h): number of
// tables (1: ENT-COOP alone; 2: then SME-COOP), and per table indicator, definition, period, table,
// method, method version, minimum, dimensions, categories of its one cell, and its value as u64
// big-endian or an empty field when withheld.
#include "policies/disclosure/headline.h"
#include "protocol/base/limits.h"
#include "protocol/base/tagged.h"

namespace regions {
namespace {

constexpr std::string_view kWhat = "fixed-headlines";

Bytes value_field(const std::optional<std::int64_t>& value) {
  Bytes out;
  if (value) append_u64(out, static_cast<std::uint64_t>(*value));
  return out;
}

Result<std::optional<std::int64_t>> read_value(TaggedReader& in) {
  TRY(const ByteView bytes, in.field(kWhat, kCodeBytesMax));
  if (bytes.empty()) return std::optional<std::int64_t>();
  if (bytes.size() != 8) return fail(Errc::malformed, "value: not eight bytes");
  const std::uint64_t value = read_u64(bytes);
  if (value > INT64_MAX) return fail(Errc::malformed, "value: out of range");
  return std::optional(static_cast<std::int64_t>(value));
}

}  // namespace

void FixedHeadlines::append(TaggedWriter& out, const SafeTable& table) {
  const SafeTable::Cell& cell = table.cells_.front();
  out.field(table.indicator_);
  out.field(table.definition_.view());
  out.field(table.period_);
  out.field(table.table_);
  out.field(table.method_);
  out.number(table.method_version_);
  out.number(table.minimum_);
  out.fields(table.dimensions_);
  out.fields(cell.categories);
  out.field(value_field(cell.value));
}

Result<SafeTable> FixedHeadlines::read(TaggedReader& in) {
  SafeTable table;
  TRY(table.indicator_, in.field(kWhat, kCodeBytesMax));
  TRY(const ByteView definition, in.field(kWhat, kCodeBytesMax));
  TRY(table.definition_, Digest::from_bytes(definition, "definition"));
  TRY(table.period_, in.field(kWhat, kCodeBytesMax));
  TRY(table.table_, in.field(kWhat, kCodeBytesMax));
  TRY(table.method_, in.field(kWhat, kCodeBytesMax));
  TRY(table.method_version_, in.number(kWhat, UINT32_MAX));
  TRY(table.minimum_, in.number(kWhat, UINT32_MAX));
  TRY(table.dimensions_, in.fields(kWhat, kDimensionsMax, kCodeBytesMax));
  SafeTable::Cell cell;
  TRY(cell.categories, in.fields(kWhat, kDimensionsMax, kCodeBytesMax));
  TRY(cell.value, read_value(in));
  table.cells_.push_back(std::move(cell));
  return table;
}

Bytes FixedHeadlines::encode() const {
  TaggedWriter out(kWhat);
  out.number(sme_ ? 2 : 1);
  append(out, ent_);
  if (sme_) append(out, *sme_);
  return out.take();
}

Result<FixedHeadlines> FixedHeadlines::decode(ByteView bytes) {
  TRY(TaggedReader in, TaggedReader::open(bytes, kWhat));
  TRY(const std::uint32_t tables, in.number(kWhat, UINT32_MAX));
  if (tables != 1 && tables != 2) return fail(Errc::malformed, "one or two tables expected");
  TRY(SafeTable ent, read(in));
  FixedHeadlines fixed(std::move(ent), std::nullopt);
  if (tables == 2) {
    TRY(fixed.sme_, read(in));
  }
  TRY_VOID(in.end());
  if (!fixed.could_be_decided()) return fail(Errc::malformed, "not what the headline rule makes");
  return fixed;
}

Result<FixedHeadlines> FixedHeadlines::restore(ByteView bytes) {
  auto fixed = decode(bytes);
  // The bytes came from the node's own disk: whatever is wrong with them is damage.
  if (!fixed) {
    return fail(Errc::corrupt, "stored headline decision: " + fixed.error().context +
                                   "; restore the home from a backup");
  }
  return fixed;
}

}  // namespace regions
