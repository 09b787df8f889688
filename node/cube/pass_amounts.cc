// The amounts of a pass: what each holding contributes to the cells that its cooperations are
// booked in.
#include <algorithm>
#include <tuple>
#include <utility>

#include "node/cube/pass.h"

namespace regions {

inline void Pass::book_part(std::size_t cell, std::uint32_t holder, std::int64_t cents) {
  if (!one_holder_) {
    bookings_.push_back({cell, holder, cents});
    return;
  }
  std::int64_t& sum = sums_.data()[cell];
  if (sum == 0) summed_.push_back(cell);
  sum += cents;
}

// Of one that stands the same in all years: without a look at its states for each cooperation.
void Pass::book_unchanging(const EnterpriseFacts& enterprise) {
  const YearSpan span = layout_.span();
  const StateFacts& state = facts_.states().data()[enterprise.first_state];
  const CooperationFacts* const begin = facts_.cooperations().data() + enterprise.first_cooperation;
  const CooperationFacts* const end = begin + enterprise.cooperations;
  for (std::size_t i = 0; i < booked_.size(); ++i) {
    const Booked& table = booked_.data()[i];
    const std::uint32_t place = layout_.places(state.standing)[table.table];
    if (place == Layout::kNowhere) continue;
    const std::size_t* const first_cell_of = table.first_cell_of.data();
    for (const CooperationFacts* one = begin; one != end; ++one) {
      if (one->cents == kUnknownCents || one->first_year < span.first ||
          one->first_year > span.last) {
        continue;
      }
      const std::uint32_t whole = layout_.whole_place(one->shape, i);
      if (whole == Layout::kSplit) {
        book_one(i, *one, enterprise);
      } else if (whole != Layout::kNowhere) {
        const auto year = static_cast<std::size_t>(one->first_year - span.first);
        book_part(first_cell_of[year] + place + whole, state.holder, one->cents);
      }
    }
  }
}

void Pass::book(const EnterpriseFacts& enterprise) {
  if (enterprise.states == 1) return book_unchanging(enterprise);
  const YearSpan span = layout_.span();
  const CooperationFacts* one = facts_.cooperations().data() + enterprise.first_cooperation;
  for (const CooperationFacts* end = one + enterprise.cooperations; one != end; ++one) {
    if (one->cents == kUnknownCents || one->first_year < span.first ||
        one->first_year > span.last) {
      continue;
    }
    for (std::size_t i = 0; i < booked_.size(); ++i) book_one(i, *one, enterprise);
  }
}

// Equal parts in cents over the technologies, the first ones a cent more (largest remainder).
void Pass::book_one(std::size_t i, const CooperationFacts& cooperation,
                    const EnterpriseFacts& enterprise) {
  const Booked& table = booked_[i];
  const auto pieces = layout_.pieces(cooperation.shape, i);
  const std::uint32_t place =
      layout_.places(state_at(enterprise, cooperation.first_year).standing)[table.table];
  if (pieces.begin == pieces.end || place == Layout::kNowhere) return;
  const int period = (cooperation.first_year - table.first_start) / table.length;
  const int last_year = table.first_start + (period + 1) * table.length - 1;
  const std::uint32_t holder = state_at(enterprise, last_year).holder;
  const std::size_t base =
      table.first_cell + static_cast<std::size_t>(period) * table.cells + place;
  const std::int64_t parts = layout_.parts(cooperation.shape);
  if (parts == 1) {
    for (const auto* piece = pieces.begin; piece != pieces.end; ++piece) {
      book_part(base + piece->place, holder, cooperation.cents);
    }
    return;
  }
  const std::int64_t whole = cooperation.cents / parts, more = cooperation.cents % parts;
  for (const auto* piece = pieces.begin; piece != pieces.end; ++piece) {
    book_part(base + piece->place, holder, whole + (piece->part < more ? 1 : 0));
  }
}

void Pass::change_amount(std::size_t cell, std::int64_t cents) {
  if (way_ == Way::put_in) {
    cells_->booked[cell].add(cents);
  } else {
    cells_->booked[cell].remove(cents);
  }
}

// What each holding contributes to each cell, in all.
void Pass::file_booked() {
  for (const std::size_t cell : summed_) change_amount(cell, std::exchange(sums_[cell], 0));
  summed_.clear();
  std::sort(bookings_.begin(), bookings_.end(), [](const Booking& a, const Booking& b) {
    return std::tie(a.cell, a.holder) < std::tie(b.cell, b.holder);
  });
  for (std::size_t i = 0; i < bookings_.size();) {
    Booking total = bookings_[i++];
    for (; i < bookings_.size() && bookings_[i].cell == total.cell &&
           bookings_[i].holder == total.holder;
         ++i) {
      total.cents += bookings_[i].cents;
    }
    change_amount(total.cell, total.cents);
  }
  bookings_.clear();
}

}  // namespace regions
