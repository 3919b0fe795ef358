#include "servers/tls.h"

#include <gtest/gtest.h>

namespace candela::servers {
namespace {

using namespace std::chrono_literals;
namespace ssl = boost::asio::ssl;

class LastingTlsTest : public testing::Test {
 protected:
  Result<std::unique_ptr<ssl::context>> make() {
    if (fails_) return Error{"the disk is gone"};
    ++made_;
    return std::make_unique<ssl::context>(ssl::context::tls_server);
  }
  SSL_CTX* context() { return tls_.get().native_handle(); }

  ManualClock clock_;
  bool fails_ = false;
  int made_ = 0;
  LastingTls tls_{clock_, [this] { return make(); }};
};

TEST_F(LastingTlsTest, stays_for_a_day_and_is_made_anew_for_the_next_connection) {
  ASSERT_TRUE(tls_.start());
  SSL_CTX* const first = context();
  clock_.advance(23h);
  EXPECT_EQ(context(), first);
  clock_.advance(1h);
  EXPECT_NE(context(), first) << "the old one lives on for handshakes that have begun";
  EXPECT_EQ(made_, 2);
}

TEST_F(LastingTlsTest, an_old_certificate_is_better_than_none) {
  ASSERT_TRUE(tls_.start());
  SSL_CTX* const first = context();
  fails_ = true;
  clock_.advance(25h);
  EXPECT_EQ(context(), first);
  fails_ = false;
  clock_.advance(24h);
  EXPECT_NE(context(), first);
}

TEST_F(LastingTlsTest, says_why_it_cannot_start) {
  fails_ = true;
  EXPECT_EQ(tls_.start().error().message, "the disk is gone");
}

}  // namespace
}  // namespace candela::servers
