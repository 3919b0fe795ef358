#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <utility>

namespace candela::runtime {

/// Has the thread of another loop take what waits, when this one's has done all it has at hand: then the other finds
/// everything at once, and the two do not wake each other for every single value. While more comes with every turn of
/// the loop it waits on, until it is enough.
class HandOver {
 public:
  static constexpr std::size_t kEnough = 64;

  /// `waiting` says how much waits; `take` runs on the thread of `to`.
  HandOver(boost::asio::io_context& from, boost::asio::io_context& to, std::function<std::size_t()> waiting,
           std::function<void()> take)
      : from_(from), to_(to), waiting_(std::move(waiting)), take_(std::move(take)) {}

  /// Something waits. On the thread of `from`; costs nothing while one is under way.
  void begin();

 private:
  void wait_on(std::size_t waited);

  boost::asio::io_context& from_;
  boost::asio::io_context& to_;
  const std::function<std::size_t()> waiting_;
  const std::function<void()> take_;
  bool under_way_ = false;
};

}  // namespace candela::runtime
