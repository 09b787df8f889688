#include "node/cube/knowledge.h"

#include <algorithm>

#include "node/cube/facts_reader.h"
#include "node/cube/limits.h"

namespace regions {

// Sees every row before the reader of the facts does, which says which of them can count.
class KnowledgeReader final : public RecordVisitor {
 public:
  KnowledgeReader(const Reader& reader, const Territories& territories)
      : territories_(territories),
        known_(Facts()),
        facts_(known_.facts_, reader, territories, kNoSecret) {
    for (const auto& [member, codes] : territories.members) known_.members_.push_back(member);
  }

  Result<Knowledge> read(const std::atomic<bool>* stop) {
    TRY_VOID(facts_.read_all(stop, this));
    gather_projects();
    return std::move(known_);
  }

  Result<void> enterprise(const records::Enterprise& enterprise) override {
    return facts_.enterprise(enterprise);
  }

  Result<void> cooperation(const CooperationView& row) override {
    const std::uint32_t actor = number(known_.actors_, row.actor);
    const std::uint32_t project = number(projects_, row.project);
    if (project != Knowledge::kNobody && actor != Knowledge::kNobody) {
      const Part part{project, actor};
      if (parts_.empty() || parts_.back() != part) parts_.push_back(part);
    }
    const std::size_t before = facts_.taken();
    TRY_VOID(facts_.cooperation(row));
    const CooperationFacts* const counted = facts_.newest(before);
    if (counted == nullptr) return {};
    TRY(const std::uint32_t member, member_of(row, *counted));
    known_.cooperations_.push_back({*row.start, project, actor, member, row.public_source});
    return {};
  }

 private:
  static constexpr ByteView kNoSecret{"no count by cell key is made of this", 32};

  // An actor's part in a project.
  struct Part {
    std::uint32_t project, actor;
    auto operator<=>(const Part&) const = default;
  };

  static std::uint32_t number(Names& names, std::string_view id) {
    return id.empty() ? Knowledge::kNobody : names.number(id);
  }

  // Whose node holds the row as well.
  Result<std::uint32_t> member_of(const CooperationView& row, const CooperationFacts& counted) {
    if (known_.facts_.shapes()[counted.shape].profile != Profile::other_member) {
      return Knowledge::kNobody;
    }
    TRY(const auto actor, facts_.says(row));
    where_.assign(actor.place).append("/").append(actor.country);
    if (places_.size() >= kWordingsMax) {
      places_ = Names();
      member_at_.clear();
    }
    const std::uint32_t place = places_.number(where_);
    if (place == member_at_.size()) {
      const Located at = locate(territories_, actor.place, actor.country);
      member_at_.push_back(static_cast<std::uint32_t>(at.member));
    }
    return member_at_[place];
  }

  void gather_projects() {
    std::sort(parts_.begin(), parts_.end());
    parts_.erase(std::unique(parts_.begin(), parts_.end()), parts_.end());
    known_.first_actor_.assign(projects_.size() + 1, 0);
    for (const Part& part : parts_) {
      ++known_.first_actor_[part.project + 1];
      known_.actors_of_.push_back(part.actor);
    }
    for (std::size_t p = 0; p < projects_.size(); ++p) {
      known_.first_actor_[p + 1] += known_.first_actor_[p];
    }
  }

  const Territories& territories_;
  Knowledge known_;
  FactsReader facts_;
  Names projects_;
  std::vector<Part> parts_;
  Names places_;  // of actors in territories
  std::vector<std::uint32_t> member_at_;
  std::string where_;
};

Result<Knowledge> Knowledge::read(const Reader& snapshot, const Territories& territories,
                                  const std::atomic<bool>* stop) {
  return KnowledgeReader(snapshot, territories).read(stop);
}

}  // namespace regions
