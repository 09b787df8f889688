#include "node/cube/facts_copy.h"

#include <algorithm>
#include <numeric>

#include "node/base/file.h"
#include "node/cube/limits.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

// Raised with every change of the layout, or of what the facts say of the same records.
constexpr std::string_view kMagic = "regions4.facts/1\n";
constexpr std::size_t kDigestBytes = 32;
constexpr int kColumns = 10;

template <class T>
ByteView bytes_of(const std::vector<T>& column) {
  static_assert(std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>);
  return {reinterpret_cast<const char*>(column.data()), column.size() * sizeof(T)};
}

Bytes byte_order() {
  const std::uint32_t mark = 0x01020304;
  return Bytes(reinterpret_cast<const char*>(&mark), sizeof mark);
}

Digest digest_of(const Territories& territories) {
  Bytes text;
  const auto field = [&](std::string_view value) {
    append_u32(text, static_cast<std::uint32_t>(value.size()));
    text.append(value);
  };
  field(territories.self);
  for (const auto& [member, codes] : territories.members) {
    field(member);
    append_u32(text, static_cast<std::uint32_t>(codes.size()));
    for (const std::string& code : codes) field(code);
  }
  return sha256(text);
}

Error damaged() { return fail(Errc::corrupt, "the copy of the records is damaged"); }

// The columns in their order, of names the ends and the text.
struct NamesColumns {
  std::vector<std::uint64_t> ends;
  std::string text;
};

template <class T>
Result<void> read_column(FileInput& file, std::uint64_t bytes, std::vector<T>& column) {
  if (bytes % sizeof(T) != 0) return damaged();
  column.resize(bytes / sizeof(T));
  return file.read(reinterpret_cast<char*>(column.data()), bytes);
}

Result<void> read_names(FileInput& file, const records::FactsHead& head, int column,
                        NamesColumns& names) {
  TRY_VOID(read_column(file, head.columns(column), names.ends));
  names.text.resize(head.columns(column + 1));
  return file.read(names.text.data(), names.text.size());
}

// The bytes before the columns. What the file cannot hold is not made room for.
Result<Bytes> read_head(FileInput& file, records::FactsHead& head) {
  Bytes front(kMagic.size() + 4, '\0');
  if (file.size() < front.size()) return damaged();
  TRY_VOID(file.read(front.data(), front.size()));
  if (!front.starts_with(kMagic)) {
    return fail(Errc::unsupported, "a copy of the records of another version");
  }
  const std::uint32_t size = read_u32(ByteView(front).substr(kMagic.size()));
  if (size > kCopyHeadBytesMax || size > file.size()) return damaged();
  Bytes text(size, '\0');
  TRY_VOID(file.read(text.data(), size));
  TRY_VOID(parse_into(head, text, "copy of the records"));
  if (head.byte_order() != byte_order()) {
    return fail(Errc::unsupported, "a copy of the records of another machine");
  }
  std::uint64_t left = file.size() - front.size() - size;
  if (head.columns_size() != kColumns) return damaged();
  for (const std::uint64_t bytes : head.columns()) {
    if (bytes > left) return damaged();
    left -= bytes;
  }
  if (left != kDigestBytes) return damaged();
  return front.append(text);
}

}  // namespace

Result<void> FactsCopy::write(const std::filesystem::path& path, const Facts& facts,
                              const Territories& territories) {
  records::FactsHead head;
  head.set_byte_order(byte_order());
  head.set_territories(Bytes(digest_of(territories).view()));
  head.set_sequence(facts.read_at_.sequence);
  head.set_chain(Bytes(facts.read_at_.chain.view()));
  head.set_knows_nace(facts.knows_nace_);
  for (const Shape& shape : facts.shapes_) {
    auto* one = head.add_shapes();
    for (const std::string& technology : shape.technologies) one->add_technologies(technology);
    one->set_actor_kind(shape.actor_kind);
    one->set_profile(static_cast<std::uint32_t>(shape.profile));
  }
  for (const Standing& standing : facts.standings_) {
    auto* one = head.add_standings();
    one->set_nace(standing.nace);
    one->set_size(standing.size);
    one->set_home(standing.home);
  }
  std::vector<ByteView> columns = {bytes_of(facts.cooperations_), bytes_of(facts.states_),
                                   bytes_of(facts.enterprises_), bytes_of(facts.leaning_)};
  for (const Names* names : {&facts.ids_, &facts.holders_, &facts.actors_}) {
    columns.push_back(bytes_of(names->ends()));
    columns.push_back(names->text());
  }
  for (const ByteView column : columns) head.add_columns(column.size());
  const Bytes text = head.SerializeAsString();
  if (text.size() > kCopyHeadBytesMax) return fail(Errc::too_large, "the copy of the records");
  Bytes front(kMagic);
  append_u32(front, static_cast<std::uint32_t>(text.size()));
  front.append(text);
  const Digest digest = sha256({front, columns[0], columns[1], columns[2], columns[3], columns[4],
                                columns[5], columns[6], columns[7], columns[8], columns[9]});
  columns.insert(columns.begin(), front);
  columns.push_back(digest.view());
  return write_copy(path, columns, 0600);
}

Result<Facts> FactsCopy::read(const std::filesystem::path& path, const Territories& territories,
                              ByteView secret) {
  TRY(auto file, FileInput::open(path));
  records::FactsHead head;
  TRY(const Bytes front, read_head(file, head));
  Facts facts;
  TRY_VOID(read_column(file, head.columns(0), facts.cooperations_));
  TRY_VOID(read_column(file, head.columns(1), facts.states_));
  TRY_VOID(read_column(file, head.columns(2), facts.enterprises_));
  TRY_VOID(read_column(file, head.columns(3), facts.leaning_));
  NamesColumns ids, holders, actors;
  TRY_VOID(read_names(file, head, 4, ids));
  TRY_VOID(read_names(file, head, 6, holders));
  TRY_VOID(read_names(file, head, 8, actors));
  Digest said;
  TRY_VOID(file.read(reinterpret_cast<char*>(said.bytes.data()), kDigestBytes));
  const Digest digest =
      sha256({front, bytes_of(facts.cooperations_), bytes_of(facts.states_),
              bytes_of(facts.enterprises_), bytes_of(facts.leaning_), bytes_of(ids.ends), ids.text,
              bytes_of(holders.ends), holders.text, bytes_of(actors.ends), actors.text});
  if (digest != said) return damaged();
  if (head.territories() != digest_of(territories).view()) {
    return fail(Errc::mismatch, "the copy of the records was made with another roster");
  }
  if (!facts.ids_.restore(std::move(ids.text), std::move(ids.ends)) ||
      !facts.holders_.restore(std::move(holders.text), std::move(holders.ends)) ||
      !facts.actors_.restore(std::move(actors.text), std::move(actors.ends))) {
    return damaged();
  }
  TRY_VOID(take_head(head, facts));
  TRY_VOID(check(facts));
  derive(facts, secret);
  return facts;
}

Result<void> FactsCopy::take_head(const records::FactsHead& head, Facts& facts) {
  facts.read_at_.sequence = head.sequence();
  TRY(facts.read_at_.chain, Digest::from_bytes(head.chain(), "copy of the records"));
  facts.knows_nace_ = head.knows_nace();
  for (const auto& one : head.shapes()) {
    if (one.profile() >= kProfiles) return damaged();
    facts.shapes_.push_back({{one.technologies().begin(), one.technologies().end()},
                             one.actor_kind(),
                             static_cast<Profile>(one.profile())});
  }
  for (const auto& one : head.standings()) {
    facts.standings_.push_back({one.nace(), one.size(), one.home()});
  }
  return {};
}

// Every number leads to something that is there: the passes look no more.
Result<void> FactsCopy::check(const Facts& facts) {
  bool good = facts.enterprises_.size() == facts.ids_.size() &&
              facts.cooperations_.size() <= kCooperationsMax;
  for (const CooperationFacts& one : facts.cooperations_) {
    good &= kYearMin <= one.first_year && one.first_year <= one.last_year &&
            one.last_year <= kYearMax && one.shape < facts.shapes_.size();
  }
  for (const StateFacts& one : facts.states_) {
    good &= one.standing < facts.standings_.size() && one.holder < facts.holders_.size();
  }
  for (const EnterpriseFacts& one : facts.enterprises_) {
    good &= std::uint64_t{one.first_cooperation} + one.cooperations <= facts.cooperations_.size() &&
            std::uint64_t{one.first_state} + one.states <= facts.states_.size() &&
            (one.states > 0 || one.cooperations == 0);
  }
  for (const auto& [actor, enterprise] : facts.leaning_) {
    good &= actor < facts.actors_.size() && enterprise < facts.enterprises_.size();
  }
  for (std::uint32_t i = 0; i < facts.holders_.size(); ++i) good &= !facts.holders_[i].empty();
  if (!good) return damaged();
  return {};
}

// What follows from the rest.
void FactsCopy::derive(Facts& facts, ByteView secret) {
  facts.record_keys_.reserve(facts.holders_.size());
  for (std::uint32_t i = 0; i < facts.holders_.size(); ++i) {
    facts.record_keys_.push_back(record_key(secret, facts.holders_[i]));
  }
  facts.said_by_.assign(facts.actors_.size(), Facts::kNotAsked);
  facts.holder_first_.assign(facts.holders_.size(), Facts::kAlone);
  facts.group_of_.assign(facts.enterprises_.size(), Facts::kAlone);
  std::vector<std::uint32_t> all(facts.enterprises_.size());
  std::iota(all.begin(), all.end(), 0u);
  facts.make_groups(all);
  std::size_t cooperations = 0, states = 0;
  for (const EnterpriseFacts& one : facts.enterprises_) {
    facts.count_years(one, +1);
    cooperations += one.cooperations;
    states += one.states;
  }
  facts.left_over_ =
      facts.cooperations_.size() - std::min(cooperations, facts.cooperations_.size());
  facts.left_over_states_ = facts.states_.size() - std::min(states, facts.states_.size());
  facts.find_years();
}

}  // namespace regions
