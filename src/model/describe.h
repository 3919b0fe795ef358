#pragma once

#include <functional>
#include <string>

#include "model/change.h"

namespace candela {

/// Gives a client's name for its number; for people's eyes only.
using ClientNames = std::function<std::string(ClientId)>;

/// What is now so, as a sentence: "Kitchen Island goes to 40 % over 3 s". Empty for changes nobody wants to read.
std::string describe(const Change& change, const Project& project);

/// Why, as a chain, oldest first: "button 2 (Evening) of Hall Keypad was pressed, which ran its preset".
std::string describe(const Cause& cause, const Project& project, const ClientNames& clients);

}  // namespace candela
