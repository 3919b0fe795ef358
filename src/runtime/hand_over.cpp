#include "runtime/hand_over.h"

#include <boost/asio/post.hpp>

namespace candela::runtime {

void HandOver::begin() {
  if (under_way_) return;
  under_way_ = true;
  wait_on(waiting_());
}

void HandOver::wait_on(std::size_t waited) {
  boost::asio::post(from_, [this, waited] {
    const std::size_t waiting = waiting_();
    if (waiting > waited && waiting < kEnough) return wait_on(waiting);
    under_way_ = false;
    boost::asio::post(to_, take_);
  });
}

}  // namespace candela::runtime
