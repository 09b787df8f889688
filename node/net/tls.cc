#include "node/net/tls.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "node/base/limits.h"

namespace regions {
namespace {

namespace ssl = boost::asio::ssl;

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;

// Nobody reads the dates; X.509 wants some.
constexpr long kSecondsOfValidity = 3600L * 24 * 3650;

Certificate self_signed(const PrivateKey& key) {
  Certificate certificate{X509_new()};
  CHECK(certificate != nullptr);
  X509* raw = certificate.get();
  CHECK(X509_set_version(raw, X509_VERSION_3) == 1);
  CHECK(ASN1_INTEGER_set(X509_get_serialNumber(raw), 1) == 1);
  CHECK(X509_gmtime_adj(X509_getm_notBefore(raw), 0) != nullptr);
  CHECK(X509_gmtime_adj(X509_getm_notAfter(raw), kSecondsOfValidity) != nullptr);
  X509_NAME* name = X509_get_subject_name(raw);
  CHECK(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>("regions4"), -1, -1,
                                   0) == 1);
  CHECK(X509_set_issuer_name(raw, name) == 1);
  CHECK(X509_set_pubkey(raw, key.handle()) == 1);
  CHECK(X509_sign(raw, key.handle(), nullptr) > 0);
  return certificate;
}

Result<PublicKey> key_of(X509* certificate) {
  EVP_PKEY* key = certificate == nullptr ? nullptr : X509_get0_pubkey(certificate);
  if (key == nullptr || EVP_PKEY_is_a(key, "ED25519") != 1) {
    return fail(Errc::untrusted, "certificate without an Ed25519 key");
  }
  PublicKey out{Algorithm::ed25519, Bytes(32, '\0')};
  std::size_t length = out.bytes.size();
  if (EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(out.bytes.data()),
                                  &length) != 1 ||
      length != out.bytes.size()) {
    return fail(Errc::untrusted, "certificate without an Ed25519 key");
  }
  return out;
}

// Takes the place of OpenSSL's chain building. That the peer holds the key is proved by the
// handshake itself.
int check_pin(X509_STORE_CTX* store, void* argument) {
  const auto key = key_of(X509_STORE_CTX_get0_cert(store));
  if (key && (*static_cast<const PinCheck*>(argument))(*key)) return 1;
  X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
  return 0;
}

}  // namespace

TlsContext::TlsContext(Side side, const PrivateKey& key, PinCheck allowed)
    : context_(side == Side::server ? ssl::context::tls_server : ssl::context::tls_client),
      allowed_(std::make_unique<const PinCheck>(std::move(allowed))) {
  SSL_CTX* raw = context_.native_handle();
  CHECK(SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION) == 1);
  CHECK(SSL_CTX_set_max_proto_version(raw, TLS1_3_VERSION) == 1);
  SSL_CTX_set_options(raw, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  CHECK(SSL_CTX_set_num_tickets(raw, 0) == 1);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_early_data(raw, 0);
  SSL_CTX_set_max_cert_list(raw, kCertificateListBytesMax);
  const Certificate certificate = self_signed(key);
  CHECK(SSL_CTX_use_certificate(raw, certificate.get()) == 1);
  CHECK(SSL_CTX_use_PrivateKey(raw, key.handle()) == 1);
  SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(raw, check_pin, const_cast<PinCheck*>(allowed_.get()));
}

Result<PublicKey> peer_key(SSL* connection) {
  const Certificate certificate{SSL_get1_peer_certificate(connection)};
  return key_of(certificate.get());
}

}  // namespace regions
