#include "policies/disclosure/attack/open_moves.h"

#include <algorithm>

namespace regions {
namespace {

using Sum = OpenMoves::Sum;
using Term = OpenMoves::Term;
constexpr std::uint64_t kPrime = OpenMoves::kPrime;

std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a * b % kPrime; }

std::uint64_t inverse(std::uint64_t a) {
  std::uint64_t result = 1;
  for (std::uint64_t power = kPrime - 2; power > 0; power /= 2) {
    if (power % 2 == 1) result = times(result, a);
    a = times(a, a);
  }
  return result;
}

Sum plus(const Sum& a, std::uint64_t factor, const Sum& b) {
  Sum out;
  out.reserve(a.size() + b.size());
  for (std::size_t i = 0, k = 0; i < a.size() || k < b.size();) {
    if (k == b.size() || (i < a.size() && a[i].parameter < b[k].parameter)) {
      out.push_back(a[i++]);
      continue;
    }
    std::uint64_t value = times(factor, b[k].factor);
    const std::uint32_t parameter = b[k++].parameter;
    if (i < a.size() && a[i].parameter == parameter) value = (value + a[i++].factor) % kPrime;
    if (value != 0) out.push_back({parameter, static_cast<std::uint32_t>(value)});
  }
  return out;
}

}  // namespace

bool proportional(const Sum& a, const Sum& b) {
  if (a.size() != b.size()) return false;
  const std::uint64_t ratio = times(b.front().factor, inverse(a.front().factor));
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (a[at].parameter != b[at].parameter || times(a[at].factor, ratio) != b[at].factor) {
      return false;
    }
  }
  return true;
}

Sum times(const Sum& sum, std::uint64_t factor) {
  Sum made = sum;
  for (Term& term : made) term.factor = static_cast<std::uint32_t>(times(term.factor, factor));
  return made;
}

void OpenMoves::free(std::uint32_t column) {
  sums_[column] = {{column, 1}};
  users_[column] = {column};
  ++terms_;
}

void OpenMoves::add_sum(const std::vector<std::uint32_t>& columns) {
  const auto made = static_cast<std::uint32_t>(sums_.size());
  Sum sum;
  for (const std::uint32_t column : columns) sum = plus(sum, 1, sums_[column]);
  for (const Term& term : sum) users_[term.parameter].push_back(made);
  terms_ += sum.size();
  sums_.push_back(std::move(sum));
}

Result<bool> OpenMoves::set_zero(const LinearRow& row) {
  Sum known;
  for (const LinearTerm& term : row) {
    const auto factor = static_cast<std::int64_t>(kPrime) + static_cast<std::int64_t>(term.factor);
    known = plus(known, static_cast<std::uint64_t>(factor) % kPrime, sums_[term.column]);
  }
  if (known.empty()) return false;
  TRY_VOID(set_zero(known));
  return true;
}

Result<void> OpenMoves::set_zero(const Sum& sum) {
  // The others follow from whole numbers of it where its factor is 1; few users, little to change.
  const auto key = [&](const Term& term) {
    const bool unit = term.factor == 1 || term.factor == kPrime - 1;
    return std::pair(!unit, users_[term.parameter].size());
  };
  const Term* pivot = &sum.front();
  for (const Term& term : sum) {
    if (key(term) < key(*pivot)) pivot = &term;
  }
  const std::uint64_t scale = times(kPrime - 1, inverse(pivot->factor));
  const std::vector<std::uint32_t> users = std::move(users_[pivot->parameter]);
  users_[pivot->parameter].clear();
  for (const std::uint32_t column : users) {
    Sum& mine = sums_[column];
    const auto at = std::lower_bound(
        mine.begin(), mine.end(), pivot->parameter,
        [](const Term& term, std::uint32_t parameter) { return term.parameter < parameter; });
    if (at == mine.end() || at->parameter != pivot->parameter) continue;
    terms_ -= mine.size();
    touched_ += mine.size() + sum.size();
    Sum changed = plus(mine, times(scale, at->factor), sum);
    for (const Term& term : sum) {
      if (term.parameter != pivot->parameter) add_user(term.parameter, column);
    }
    mine = std::move(changed);
    terms_ += mine.size();
  }
  if (terms_ > terms_max_) {
    return fail(Errc::too_large,
                "elimination: the sums of cells grow too long; publish fewer or coarser tables");
  }
  return {};
}

// A user that no longer has the parameter may stay: it is looked up before it counts.
void OpenMoves::add_user(std::uint32_t parameter, std::uint32_t column) {
  auto& users = users_[parameter];
  const auto at = std::lower_bound(users.begin(), users.end(), column);
  if (at == users.end() || *at != column) users.insert(at, column);
}

}  // namespace regions
