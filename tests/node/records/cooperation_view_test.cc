// A view of a stored cooperation says what the message says, and of damaged bytes nothing.
#include "node/records/cooperation_view.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

using records::Cooperation;

// What a view says, as the message that says the same.
Cooperation said(const CooperationView& view) {
  Cooperation out;
  out.set_role(view.role);
  out.set_status(view.status);
  if (view.start) out.set_start(*view.start);
  if (view.end) out.set_end(*view.end);
  if (view.amount_share) out.set_amount_share(*view.amount_share);
  out.set_actor(std::string(view.actor));
  out.set_actor_kind(std::string(view.actor_kind));
  out.set_actor_country(std::string(view.actor_country));
  out.set_actor_place(std::string(view.actor_place));
  out.set_project(std::string(view.project));
  out.set_public_source(view.public_source);
  for (const auto one : view.technologies) out.add_technologies(std::string(one));
  return out;
}

// The message without what no view has.
Cooperation of_view(Cooperation whole) {
  whole.clear_id();
  whole.clear_enterprise();
  whole.clear_version();
  whole.clear_enterprise_kind();
  whole.clear_enterprise_place();
  whole.clear_amount();
  whole.clear_programme();
  whole.clear_topic();
  return whole;
}

Cooperation full() {
  Cooperation row;
  row.set_id("c1");
  row.set_enterprise("e1");
  row.set_role(records::ROLE_PARTNER);
  row.set_version(300);
  row.set_enterprise_kind("SME");
  row.mutable_enterprise_place()->set_nuts("PT16E");
  row.set_actor("a1");
  row.set_actor_kind("HES");
  row.set_actor_country("PT");
  row.set_actor_place("PT170");
  row.set_start(-1);
  row.set_end(18'000);
  row.add_technologies("photonics");
  row.add_technologies("robotics");
  row.set_status(records::STATUS_ACTIVE);
  row.set_amount(1);
  row.set_amount_share(100'000'000'000);
  row.set_project("p");
  row.set_programme("q");
  row.set_topic(std::string(300, 't'));
  row.set_public_source(true);
  return row;
}

TEST(CooperationView, EveryTruncationIsRefusedOrSaysWhatTheMessageSays) {
  const Bytes bytes = full().SerializeAsString();
  int refused = 0;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Cooperation message;
    const bool good = message.ParseFromArray(bytes.data(), static_cast<int>(size));
    CooperationView view;
    const auto read = view_into(view, ByteView(bytes).substr(0, size));
    ASSERT_EQ(good, read.has_value()) << size;
    if (good) {
      ASSERT_EQ(said(view).SerializeAsString(), of_view(message).SerializeAsString()) << size;
    } else {
      EXPECT_THAT(read, IsErr(Errc::corrupt));
    }
    refused += good ? 0 : 1;
  }
  EXPECT_GT(refused, 100);
}

TEST(CooperationView, FlippedBitsAreRefusedOrStayWithinTheBytes) {
  const Bytes bytes = full().SerializeAsString();
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    CooperationView view;
    if (!view_into(view, damaged)) continue;
    for (const auto text :
         {view.actor, view.actor_kind, view.actor_country, view.actor_place, view.project}) {
      if (text.empty()) continue;
      ASSERT_GE(text.data(), damaged.data());
      ASSERT_LE(text.data() + text.size(), damaged.data() + damaged.size());
    }
  }
}

TEST(CooperationView, SaysWhatTheMessageSaysWhateverIsUnknown) {
  SeededRandom random(5);
  CooperationView view;  // used again and again
  for (int i = 0; i < 2'000; ++i) {
    Cooperation row = full();
    const std::uint32_t without = read_u32(random.bytes(4));
    if ((without & 1) != 0) row.clear_role();
    if ((without & 2) != 0) row.clear_actor();
    if ((without & 4) != 0) row.clear_actor_kind();
    if ((without & 8) != 0) row.clear_actor_country();
    if ((without & 16) != 0) row.clear_actor_place();
    if ((without & 32) != 0) row.clear_start();
    if ((without & 64) != 0) row.clear_end();
    if ((without & 128) != 0) row.clear_technologies();
    if ((without & 256) != 0) row.clear_status();
    if ((without & 512) != 0) row.clear_amount_share();
    if ((without & 1024) != 0) row.set_amount_share(read_u32(random.bytes(4)));
    if ((without & 2048) != 0) row.clear_project();
    if ((without & 4096) != 0) row.clear_public_source();
    // The version behind everything else, as the import puts it.
    row.clear_version();
    Bytes bytes = row.SerializeAsString();
    Cooperation version;
    version.set_version(without);
    version.AppendToString(&bytes);
    ASSERT_OK(view_into(view, bytes));
    ASSERT_EQ(said(view).SerializeAsString(), of_view(row).SerializeAsString());
  }
}

TEST(CooperationView, FieldsOfALaterFormatArePassedOver) {
  Bytes bytes = full().SerializeAsString();
  bytes += Bytes("\x82\x10\x03new\x88\x10\x05", 9);  // 256: a text; 257: a number
  CooperationView view;
  ASSERT_OK(view_into(view, bytes));
  EXPECT_EQ(said(view).SerializeAsString(), of_view(full()).SerializeAsString());
}

}  // namespace
}  // namespace regions
