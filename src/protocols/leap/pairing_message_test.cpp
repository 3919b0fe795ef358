#include "protocols/leap/pairing_message.h"

#include <gtest/gtest.h>

namespace candela::leap {
namespace {

using Kind = PairingRequest::Kind;

TEST(PairingMessage, ARequestForACertificate) {
  const PairingRequest request = parse_pairing_request(
      R"({"Header":{"RequestType":"Execute","Url":"/pair","ClientTag":"get-cert"},"Body":{"CommandType":"CSR",)"
      R"("Parameters":{"CSR":"-----BEGIN","DisplayName":"tablet","DeviceUID":"000000000000","Role":"Admin"}}})");
  EXPECT_EQ(request.kind, Kind::pair);
  EXPECT_EQ(request.tag, "get-cert");
  EXPECT_EQ(request.csr, "-----BEGIN");
  EXPECT_EQ(request.display_name, "tablet");
  EXPECT_EQ(request.complaint, "");
}

TEST(PairingMessage, TheRootCanBeRead) {
  const auto request =
      parse_pairing_request(R"({"Header":{"RequestType":"Read","Url":"/certificate/root","ClientTag":"x"}})");
  EXPECT_EQ(request.kind, Kind::read_root);
  EXPECT_EQ(pairing_root(request, "PEM"),
            R"({"Header":{"StatusCode":"200 OK","ClientTag":"x","ContentType":"certificate;plurality=single"},)"
            R"("Body":{"Certificate":{"Certificate":"PEM"}}})"
            "\r\n");
}

TEST(PairingMessage, WhatIsWrongIsSaid) {
  const auto complaint = [](std::string_view line) { return parse_pairing_request(line).complaint; };
  EXPECT_EQ(complaint("GET / HTTP/1.1"), "This is no request");
  EXPECT_EQ(complaint("[]"), "This is no request");
  EXPECT_EQ(complaint(R"({"Header":{"RequestType":"Read","Url":"/area"}})"), "This request is not supported");
  EXPECT_EQ(complaint(R"({"Header":{"RequestType":"Execute","Url":"/pair"}})"),
            "The body is missing a required property : CSR");
  EXPECT_EQ(
      complaint(R"({"Header":{"RequestType":"Execute","Url":"/pair"},"Body":{"CommandType":"CSR","Parameters":{}}})"),
      "The body is missing a required property : CSR");
}

TEST(PairingMessage, AnswersRepeatTheTag) {
  PairingRequest request;
  request.tag = "get-cert";
  EXPECT_EQ(
      pairing_result(request, "CERT", "ROOT"),
      R"({"Header":{"StatusCode":"200 OK","ClientTag":"get-cert","ContentType":"signing-result;plurality=single"},)"
      R"("Body":{"SigningResult":{"Certificate":"CERT","RootCertificate":"ROOT"}}})"
      "\r\n");
  EXPECT_EQ(
      pairing_refusal(request, kPairingUnauthorized, "No"),
      R"({"Header":{"StatusCode":"401 Unauthorized","ClientTag":"get-cert","ContentType":"exception;plurality=single"},)"
      R"("Body":{"Exception":{"Message":"No"}}})"
      "\r\n");
}

}  // namespace
}  // namespace candela::leap
