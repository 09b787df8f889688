#include "tests/e2e/hostile/peer_acts.h"

#include <poll.h>

#include "node/base/limits.h"
#include "protocol/log/entry.h"
#include "tests/protocol/statement/sample_statements.h"
#include "tests/protocol/statement/wire_forms.h"

namespace regions {
namespace {

// An honest answer that comes to harm when the request's target begins with `target`.
using Harm = std::function<void(PeerAnswer&)>;
Act harmed(Played& played, std::string target, Harm harm) {
  return [&played, target = std::move(target), harm = std::move(harm)](Channel& channel,
                                                                       const PeerCall& call) {
    PeerAnswer answer = played.service.answer("PT16", call);
    if (call.target.starts_with(target)) harm(answer);
    return channel.send(HostileServer::http(std::to_string(answer.status) + " x", answer.body));
  };
}

// Raw bytes in place of any answer.
Act raw(std::string bytes) {
  return [bytes = std::move(bytes)](Channel& channel, const PeerCall&) {
    (void)channel.send(bytes);
    return false;
  };
}

// PT16 and ES13 follow every member.
constexpr int kFollowers = 2;

void flip(Bytes& bytes, std::size_t at) { bytes[at] = static_cast<char>(bytes[at] ^ 0x20); }

Bytes note_of(const Played& played, const std::string& text, Role role = Role::log) {
  const std::string origin = played.nodes.federation().origin(played.id);
  return encode_note({text, {sign_note_text(text, origin, played.nodes.key(played.id, role))}});
}

std::string head_text(const Played& played, const std::string& size) {
  return played.nodes.federation().origin(played.id) + "\n" + size + "\n" +
         "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
}

void bad_checkpoints(Played& played, Acts& acts) {
  const auto checkpoint = [&](const std::string& name, const std::string& reason, Harm harm) {
    played.refused(acts, name, harmed(played, "/checkpoint", std::move(harm)), "refused", reason);
  };
  checkpoint("a checkpoint with another signature", "bad_signature", [](PeerAnswer& answer) {
    char& digit = answer.body[answer.body.size() - 12];
    digit = digit == 'A' ? 'B' : 'A';
  });
  checkpoint("a checkpoint signed with the statement key", "bad_signature",
             [&](PeerAnswer& answer) {
               answer.body = note_of(played, head_text(played, "9"), Role::statement);
             });
  checkpoint("half a checkpoint", "malformed",
             [](PeerAnswer& answer) { answer.body.resize(answer.body.size() / 2); });
  checkpoint("a checkpoint with an extension line", "extension", [&](PeerAnswer& answer) {
    answer.body = note_of(played, head_text(played, "9") + "more\n");
  });
  checkpoint("a size with a leading zero", "size",
             [&](PeerAnswer& answer) { answer.body = note_of(played, head_text(played, "09")); });
  checkpoint("a size past 2^62", "size", [&](PeerAnswer& answer) {
    answer.body = note_of(played, head_text(played, "4611686018427387905"));
  });
  checkpoint("a note with 65 signatures", "too_large", [&](PeerAnswer& answer) {
    const std::size_t line = answer.body.rfind("\n\n") + 2;
    const Bytes signature = answer.body.substr(line);
    for (int i = 0; i < 64; ++i) answer.body += signature;
  });
  checkpoint("a note of 64 KiB and one byte", "too_large", [&](PeerAnswer& answer) {
    answer.body.insert(0, Bytes(kNoteBytesMax + 1 - answer.body.size(), 'x'));
  });
  checkpoint("the checkpoint of another member", "bad_signature", [&](PeerAnswer& answer) {
    const std::string other = played.nodes.federation().origin("ES13");
    const std::string text = other + "\n9\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    answer.body =
        encode_note({text, {sign_note_text(text, other, played.nodes.key(played.id, Role::log))}});
  });
}

void bad_bundles(Played& played, Acts& acts) {
  const auto bundle = [&](const std::string& name, const std::string& state,
                          const std::string& reason, Harm harm) {
    played.refused(acts, name, harmed(played, "/tile/entries/", std::move(harm)), state, reason);
  };
  bundle("a bundle cut short", "refused", "ends early",
         [](PeerAnswer& answer) { answer.body.pop_back(); });
  bundle("a bundle with an entry more", "refused", "too_large",
         [](PeerAnswer& answer) { answer.body.append(kBundleBytesMax, 'x'); });
  bundle("an entry of another length", "refused", "another length",
         [](PeerAnswer& answer) { flip(answer.body, answer.body.size() - 57); });
  bundle("a changed entry", "unproven", "do not hash to the root",
         [](PeerAnswer& answer) { flip(answer.body, answer.body.size() - 1); });
  played.refused(acts, "two entries in the other order",
                 harmed(played, "/tile/entries/",
                        [](PeerAnswer& answer) {
                          const std::size_t last = answer.body.size() - 58;
                          const Bytes one = answer.body.substr(last - 58, 58);
                          answer.body.replace(last - 58, 58, answer.body.substr(last));
                          answer.body.replace(last, 58, one);
                        }),
                 "unproven", "do not hash to the root", 20, 2);
  played.refused(acts, "one entry twice",
                 harmed(played, "/tile/entries/",
                        [](PeerAnswer& answer) {
                          const std::size_t last = answer.body.size() - 58;
                          answer.body.replace(last, 58, answer.body.substr(last - 58, 58));
                        }),
                 "unproven", "do not hash to the root", 20, 2);
  bundle("no bundle at all", "unreachable", "404", [](PeerAnswer& answer) {
    answer = {404, "", ""};
  });
}

void bad_envelopes(Played& played, Acts& acts) {
  const auto envelopes = [&](const std::string& name, const std::string& state,
                             const std::string& reason, Harm harm) {
    played.refused(acts, name, harmed(played, "/envelopes", std::move(harm)), state, reason);
  };
  envelopes("an envelope of more than 1 MiB", "refused", "limit", [](PeerAnswer& answer) {
    answer.body.clear();
    append_u32(answer.body, static_cast<std::uint32_t>(kEnvelopeBytesMax + 1));
    answer.body.append(kEnvelopeBytesMax + 1, 'x');
  });
  envelopes("an answer cut short", "refused", "cut short",
            [](PeerAnswer& answer) { answer.body = Bytes(3, '\0'); });
  envelopes("a byte behind the last envelope", "refused", "behind",
            [](PeerAnswer& answer) { answer.body += 'x'; });
  envelopes("an answer that puts off even the first", "refused", "puts off",
            [](PeerAnswer& answer) { answer.body = Bytes(4, '\xff'); });
  envelopes("an answer over its limit", "refused", "too_large",
            [](PeerAnswer& answer) { answer.body = Bytes(kPeerAnswerBytesMax + 1, 'x'); });
}

}  // namespace

void lies(Played& played, Acts& acts) {
  bad_checkpoints(played, acts);
  bad_bundles(played, acts);
  bad_envelopes(played, acts);
}

void broken_answers(Played& played, Acts& acts) {
  const std::string bomb = std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) + std::string(500, 'b');
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const auto answer = [&](const std::string& name, const std::string& state,
                          const std::string& reason,
                          Act act) { played.refused(acts, name, std::move(act), state, reason); };
  answer("no HTTP", "unreachable", "io", raw(std::string(200, '\xff')));
  answer("an answer of status 500", "unreachable", "500",
         raw(HostileServer::http("500 x", "oops")));
  answer("a redirection", "unreachable", "301",
         raw(HostileServer::http("301 x", "", "Location: http://elsewhere/\r\n")));
  answer("a switch to another protocol", "unreachable", "",
         raw("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"));
  answer("a compressed bomb", "refused", "malformed",
         raw(HostileServer::http("200 OK", bomb, "Content-Encoding: gzip\r\n")));
  answer("a body of a terabyte, announced", "refused", "too_large",
         raw("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\nx"));
  answer("a header over 8 KiB", "refused", "too_large",
         raw("HTTP/1.1 200 OK\r\nX: " + std::string(kHttpHeaderBytesMax, 'x') + "\r\n\r\n"));
  answer("a chunk with an extension of 200 KiB", "unreachable", "",
         raw(chunked + "1;" + std::string(200'000, 'e') + "\r\nx\r\n0\r\n\r\n"));
  answer("chunks without end", "refused", "too_large", [&](Channel& channel, const PeerCall&) {
    const std::string piece = "1000\r\n" + std::string(4096, 'x') + "\r\n";
    if (!channel.send(chunked)) return false;
    for (int i = 0; i < 4096 && channel.send(piece); ++i) {
    }
    return false;
  });
  answer("half an answer, then the end", "unreachable", "io",
         raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
  // What stands behind an answer must not be taken for the next.
  answer("two answers to one question", "refused", "", [&](Channel& channel, const PeerCall& call) {
    return channel.send(HostileServer::http("200 OK", "not a note") + played.server.honest(call));
  });
}

void broken_handshakes(Played& played, Acts& acts) {
  const auto context_of = [&](const std::string& id, Role role) {
    return std::make_shared<TlsContext>(TlsContext::Side::server, played.nodes.key(id, role),
                                        [](const PublicKey&) { return true; });
  };
  const auto with = [](std::shared_ptr<TlsContext> context) {
    return [context](Channel& channel) {
      return channel.handshake(context->get().native_handle(), true);
    };
  };
  played.greeted(acts, "the TLS key of another member", with(context_of("ES13", Role::tls)),
                 "refused", "handshake");
  played.greeted(acts, "its own key of another role", with(context_of(played.id, Role::statement)),
                 "refused", "handshake");
  const auto old = context_of(played.id, Role::tls);
  SSL_CTX_set_min_proto_version(old->get().native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_max_proto_version(old->get().native_handle(), TLS1_2_VERSION);
  played.greeted(acts, "TLS 1.2", with(old), "refused", "handshake");
  played.greeted(
      acts, "rubbish in place of a handshake",
      [](Channel& channel) {
        (void)channel.send_plain(std::string(4000, 'r'));
        return false;
      },
      "refused", "handshake");
  played.greeted(
      acts, "a closed door", [](Channel&) { return false; }, "unreachable", "handshake");
  played.greeted(
      acts, "no handshake, for longer than one may take",
      [](Channel& channel) {
        (void)channel.closes_within(kHandshakeTimeoutMs + 3'000);
        return false;
      },
      "unreachable", "timed_out");
}

void histories(Played& played, Acts& acts) {
  MemoryStore older_store, other_store;
  const TestFederation& federation = played.nodes.federation();
  TestLog older(federation, older_store, played.id);
  const PeerService stale(older_store, played.id);
  const auto by = [](const PeerService& service) {
    return [&service](Channel& channel, const PeerCall& call) {
      const PeerAnswer answer = service.answer("PT16", call);
      return channel.send(HostileServer::http(std::to_string(answer.status) + " x", answer.body));
    };
  };
  played.log.append_withdrawals(2);
  played.server.be_honest();
  EXPECT_TRUE(played.caught_up(30));
  played.refused(acts, "an older log, rolled back", by(stale), "unproven", "older");

  TestLog fork(federation, other_store, played.id);
  while (fork.size() < played.log.size()) fork.append(fork.release("2017", 77));
  const PeerService liar(other_store, played.id);
  played.refused(acts, "another log of the size held", by(liar), "forked", "fork");
  while (fork.size() < played.log.size() + 5) fork.append(fork.release("2018", 78));
  played.refused(acts, "another log, longer than the one held", by(liar), "unproven",
                 "do not hash to the root");
  // Both, in turn, with the payloads of the first: one that is missing is asked for again only
  // after a minute, which no act waits for.
  const auto turn = std::make_shared<std::atomic<int>>(0);
  played.refused(
      acts, "two logs in turn",
      [&, turn](Channel& channel, const PeerCall& call) {
        const bool lies = call.target != "/envelopes" && (*turn)++ % 2 == 0;
        return by(lies ? liar : played.service)(channel, call);
      },
      "", "");
}

namespace {

// A payload as its author would encode it, changed, then signed and logged.
void append_changed(TestLog& log, const Nodes& nodes, const std::function<void(Bytes&)>& change) {
  const Release release = log.release("2017");
  Bytes payload = encode_payload(Statement(release));
  change(payload);
  const UnverifiedEnvelope envelope = envelope_of(payload_type_of(Statement(release)), payload,
                                                  nodes.key(log.member(), Role::statement));
  log.append(envelope, entry_of(Statement(release), {}));
}

}  // namespace

void bad_statements(Played& played, Acts& acts) {
  const Nodes& nodes = played.nodes;
  const auto bad = [&](const std::string& name, const std::function<void(TestLog&)>& append) {
    played.stated(acts, name, append, "bad");
  };
  bad("a statement signed by another member",
      [&](TestLog& log) { log.append(log.release("2017"), nodes.key("ES13", Role::statement)); });
  bad("a statement signed with the log key",
      [&](TestLog& log) { log.append(log.release("2017"), nodes.key(played.id, Role::log)); });
  bad("a statement that names another author", [&](TestLog& log) {
    Release release = log.release("2017");
    release.header.author = "ES13";
    log.append(release);
  });
  bad("a statement of another federation", [&](TestLog& log) {
    Release release = log.release("2017");
    release.header.federation = digest_of_byte(1);
    log.append(release);
  });
  bad("an old statement at a new place", [&](TestLog& log) {
    Release release = log.release("2017");
    release.header.sequence = 3;
    Entry entry = entry_of(Statement(release), {});
    entry.sequence = log.size();
    log.append(envelope_of(release, nodes.key(played.id, Role::statement)), entry);
  });
  bad("a leaf that says another time than the payload", [&](TestLog& log) {
    const Release release = log.release("2017");
    Entry entry = entry_of(Statement(release), {});
    entry.issued_at += 60;
    log.append(envelope_of(release, nodes.key(played.id, Role::statement)), entry);
  });
  bad("a field that nobody knows", [&](TestLog& log) {
    append_changed(log, nodes, [](Bytes& payload) { payload += varint_field(999, 1); });
  });
  bad("a field twice", [&](TestLog& log) {
    append_changed(log, nodes,
                   [](Bytes& payload) { payload.insert(0, split_fields(payload).front()); });
  });
  bad("fields in another order", [&](TestLog& log) {
    append_changed(log, nodes, [](Bytes& payload) {
      auto fields = split_fields(payload);
      std::swap(fields[0], fields[1]);
      payload = join(fields);
    });
  });
  bad("a varint longer than it need be", [&](TestLog& log) {
    append_changed(log, nodes, [](Bytes& payload) {
      auto fields = split_fields(payload);
      for (Bytes& field : fields) {
        if ((field[0] & 7) != 0) continue;  // not a varint
        field.back() = static_cast<char>(field.back() | 0x80);
        field.push_back('\0');
        break;
      }
      payload = join(fields);
    });
  });
  bad("messages nested 20,000 deep", [&](TestLog& log) {
    append_changed(log, nodes, [](Bytes& payload) {
      Bytes nested;
      for (int i = 0; i < 20'000; ++i) nested.insert(0, "\x0b");
      payload = nested + Bytes(20'000, '\x0c');
    });
  });
  bad("a release below its own minimum", [&](TestLog& log) { log.append(log.release("2017", 2)); });
  bad("key set 1 adopted again", [&](TestLog& log) {
    log.append(KeysetAdopted{log.header(), 1,
                             nodes.federation().membership()->keyset(played.id)->digest()});
  });
  played.stated(
      acts, "an entry of a kind that nobody knows", [](TestLog& log) { log.append_unknown(1); },
      "not_understood");
  played.stated(
      acts, "a table that is not in the plan",
      [](TestLog& log) {
        Release release = log.release("2017");
        release.table = "secret-table";
        log.append(release);
      },
      "not_understood");
}

void busy(Played& played, Acts& acts) {
  // A long-poll is for waiting; one that is answered at once without news is not asked in a loop.
  const std::int64_t from = now_ms();
  played.server.act([&](Channel& channel, const PeerCall& call) {
    return channel.send(played.server.honest(call));
  });
  const int before = played.server.requests();
  ::poll(nullptr, 0, 4'000);
  const int asked = played.server.requests() - before;
  acts.add("serves: every long-poll at once, without news", "asked once a second",
           std::to_string(asked) + " questions", asked <= kFollowers * 6, now_ms() - from);
  played.server.be_honest();

  // A head for every question: followed at the roster's pace of 60 a minute once its first 60 are
  // used up.
  const std::int64_t flood_from = now_ms();
  std::atomic<int> heads = 0;
  std::mutex mutex;
  played.server.act([&](Channel& channel, const PeerCall& call) {
    const std::lock_guard lock(mutex);
    if (call.target.starts_with("/checkpoint")) {
      played.log.append_withdrawals(1);
      ++heads;
    }
    return channel.send(played.server.honest(call));
  });
  ::poll(nullptr, 0, 6'000);
  const int signed_heads = heads;
  played.server.be_honest();
  acts.add("serves: another head to every question", "60 at once, then one a second",
           std::to_string(signed_heads) + " heads",
           signed_heads >= 10 && signed_heads <= kFollowers * 80, now_ms() - flood_from);
  EXPECT_TRUE(played.caught_up(30));
}

void stalled(Played& played, Acts& acts) {
  constexpr int kLimit = kRequestTimeoutMs / 1000 + 10;
  played.refused(
      acts, "an answer byte by byte",
      [&](Channel& channel, const PeerCall& call) {
        if (!call.target.starts_with("/tile/")) return channel.send(played.server.honest(call));
        if (!channel.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")) return false;
        for (int i = 0; i < 1000 && channel.send("x"); ++i) ::poll(nullptr, 0, 200);
        return false;
      },
      "unreachable", "timed_out", kLimit);
}

}  // namespace regions
