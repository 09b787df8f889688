// Reads records into the columns of Facts: all of them, or those of some enterprises. Used by Facts
// and FactsUpdate.
#pragma once

#include <map>
#include <span>

#include "node/cube/facts.h"

namespace regions {

// What one enterprise comes to. Without `cooperations_read` its cooperations are as they were.
struct EnterpriseRows {
  std::string id;
  bool cooperations_read = true;
  std::vector<CooperationFacts> cooperations;
  std::vector<StateFacts> states;
  std::vector<std::uint32_t> actors;  // that rows lean on, by number; may repeat
};

class FactsReader final : public RecordVisitor {
 public:
  // Everything must outlive the reader. It adds shapes, standings, holders and actors to `facts` as
  // it meets them; enterprises in read_all() alone.
  FactsReader(Facts& facts, const Reader& reader, const Territories& territories, ByteView secret);

  // Of everything that there is; `through`, which hands it on to this reader, sees it first.
  Result<void> read_all(const std::atomic<bool>* stop, RecordVisitor* through = nullptr);
  // Which enterprises, and whether their cooperations are read too.
  using Wanted = std::map<std::string, bool>;
  // In the order of their keys, which is the quickest. Of an enterprise that is not there: nothing.
  // corrupt, io.
  Result<std::vector<EnterpriseRows>> read_some(const Wanted& wanted);

  Result<void> enterprise(const records::Enterprise& enterprise) override;
  Result<void> cooperation(const CooperationView& row) override;

  // The cooperation that was handed in last, if it can count; `before`: taken() before that.
  const CooperationFacts* newest(std::size_t before) const {
    return taken() == before ? nullptr : &rows_.cooperations.back();
  }
  std::size_t taken() const { return facts_.cooperations_.size() + rows_.cooperations.size(); }

  // What the row says of its actor; what it leaves open, the actor's organisation. Valid until the
  // next row.
  struct OfActor {
    std::string_view kind, place, country;
  };
  Result<OfActor> says(const CooperationView& row);

 private:
  struct Key {
    Bytes bytes;
    const Wanted::value_type* wanted;
  };
  Result<void> read_together(std::span<const Key> keys, std::unique_ptr<Cursor>& cooperations,
                             std::vector<EnterpriseRows>& out);
  Result<void> read_cooperations(const Bytes& key, std::unique_ptr<Cursor>& cursor);
  Result<std::uint32_t> shape_of(const CooperationView& row);
  Result<const ActorSaid*> said_of(std::string_view actor);
  Result<void> file();
  void add_states(const records::Enterprise& enterprise);
  StateFacts state(const records::Enterprise& enterprise, std::int32_t from);
  std::uint32_t holder(const std::string& id);

  Facts& facts_;
  const Reader& reader_;
  const Territories& territories_;
  const ByteView secret_;
  const std::atomic<bool>* stop_ = nullptr;
  records::Enterprise enterprise_;  // at hand
  CooperationView row_;             // of it
  EnterpriseRows rows_;             // of it
  std::map<Shape, std::uint32_t> shapes_;
  std::map<Standing, std::uint32_t> standings_;
  Names wordings_;  // what rows say that have a shape
  std::vector<std::uint32_t> shape_of_wording_;
  std::string wording_;
  std::map<ActorSaid, std::uint32_t> said_;
};

}  // namespace regions
