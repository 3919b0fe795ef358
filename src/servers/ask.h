#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <utility>

#include "servers/administration.h"

namespace candela::servers {

/// Waits for an answer of the Administration.
template <class T>
boost::asio::awaitable<Result<T>> ask(std::function<void(Administration::Done<T>)> start) {
  co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(Result<T>)>(
      [](auto handler, std::function<void(Administration::Done<T>)> begin) {
        const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        begin([shared](Result<T> result) { std::move (*shared)(std::move(result)); });
      },
      boost::asio::use_awaitable, std::move(start));
}

}  // namespace candela::servers
