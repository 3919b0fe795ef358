#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "apps/candela/commands.h"
#include "apps/candela/socket_client.h"
#include "project/transfer_plan.h"

namespace candela::apps {

/// `candela plan FILE`, against the running processor; with `against`, against that project and without a processor.
int plan(const Setting& setting, const std::filesystem::path& file, const std::filesystem::path& against);

/// What a transfer of these files, or a return to a version, would change in the project in force. Errors: the new
/// project is refused, with every complaint; the processor cannot say what is in force.
Result<project::TransferPlan> plan_transfer(SocketClient& client, const std::vector<project::File>& files);
Result<project::TransferPlan> plan_rollback(SocketClient& client, std::uint32_t version);

/// For people, a line each. Short: only the summary and what is lost.
void print_plan(const project::TransferPlan& plan, bool is_short);

}  // namespace candela::apps
