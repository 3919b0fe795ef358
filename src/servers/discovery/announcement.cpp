#include "servers/discovery/announcement.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <sys/socket.h>

#include <map>
#include <memory>

#include "servers/leap/compatibility.h"

namespace candela::servers::discovery {
namespace {

constexpr std::string_view kLoopback = "127.";

std::string address_text(const sockaddr_in& address) {
  std::string text(INET_ADDRSTRLEN, '\0');
  ::inet_ntop(AF_INET, &address.sin_addr, text.data(), static_cast<socklen_t>(text.size()));
  text.resize(text.find('\0'));
  return text;
}

std::string mac_text(const sockaddr_ll& address) {
  if (address.sll_halen != 6) return {};
  const unsigned char* const b = address.sll_addr;
  return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", b[0], b[1], b[2], b[3], b[4], b[5]);
}

}  // namespace

Announcement announcement_of(const Identity& identity, const Served& served, std::vector<std::string> addresses,
                             std::string_view device_class, std::string_view mac) {
  Announcement all;
  all.instance = fmt::format("Candela {:08x}", identity.serial);
  // Programs take the serial number out of a host name of this form, and know by it that it is a processor for them.
  all.host = fmt::format("Lutron-{:08x}.local", identity.serial);
  all.addresses = std::move(addresses);
  if (served.leap) {
    std::vector<std::string> text;
    if (!mac.empty()) text.push_back(fmt::format("MACADDR={}", mac));
    text.push_back("CODEVER=" + identity.version);
    text.push_back(fmt::format("SYSTYPE={}", leap::compatibility::kProcessorType));
    text.push_back(fmt::format("SERNUM={:08x}", identity.serial));
    text.push_back(fmt::format("DEVCLASS={:0>8}", device_class));
    text.insert(text.end(), {"CLAIM_STATUS=Claimed", "FW_STATUS=1:NoUpdate", "ST_STATUS=good"});
    all.services.push_back({"_lutron._tcp", *served.leap, std::move(text)});
    all.services.push_back({"_leap._tcp", *served.leap, {"MAJOR=1"}});
  }
  if (served.pairing) all.services.push_back({"_lap._tcp", *served.pairing, {"MAJOR=1"}});
  return all;
}

std::vector<Reachable> reachable_at(const std::string& listen) {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, ::freeifaddrs);
  std::map<std::string, std::string> macs;
  for (const ifaddrs* it = list; it != nullptr; it = it->ifa_next) {
    if (it->ifa_addr == nullptr || it->ifa_addr->sa_family != AF_PACKET) continue;
    macs[it->ifa_name] = mac_text(*reinterpret_cast<const sockaddr_ll*>(it->ifa_addr));
  }
  std::vector<Reachable> found;
  for (const ifaddrs* it = list; it != nullptr; it = it->ifa_next) {
    if (it->ifa_addr == nullptr || it->ifa_addr->sa_family != AF_INET || (it->ifa_flags & IFF_UP) == 0) continue;
    const std::string address = address_text(*reinterpret_cast<const sockaddr_in*>(it->ifa_addr));
    if (address.starts_with(kLoopback)) continue;
    if (listen == "0.0.0.0" || listen == address) found.push_back({address, macs[it->ifa_name]});
  }
  return found;
}

}  // namespace candela::servers::discovery
