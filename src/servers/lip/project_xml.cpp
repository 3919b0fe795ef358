#include "servers/lip/project_xml.h"

#include <fmt/format.h>

#include <iterator>

#include "base/overloaded.h"
#include "servers/leap/call.h"
#include "servers/lip/call.h"
#include "servers/lip/components.h"

namespace candela::lip {
namespace {

/// As the value of an attribute. Control characters, which XML has no way to write, become spaces.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

/// How clients tell what a button does, as far as they care: they make scenes of the first two kinds.
struct ButtonWords {
  std::string_view type;
  std::string_view direction;
};

ButtonWords words_of(const Programming& programming) {
  const auto direction = [](bool raise) { return raise ? std::string_view("Raise") : std::string_view("Lower"); };
  return std::visit(overloaded{
                        [](const Toggle&) {
                          return ButtonWords{"Toggle", {}};
                        },
                        [](const AdvancedToggle&) {
                          return ButtonWords{"Toggle", {}};
                        },
                        [](const CycleDim&) {
                          return ButtonWords{"Toggle", {}};
                        },
                        [](const DualAction&) {
                          return ButtonWords{"DualAction", {}};
                        },
                        [&](const RaiseLower& it) {
                          return ButtonWords{"SingleSceneRaiseLower", direction(it.raise)};
                        },
                        [&](const MasterRaiseLower& it) {
                          return ButtonWords{"MasterRaiseLower", direction(it.raise)};
                        },
                        [](const auto&) {
                          return ButtonWords{"SingleAction", {}};
                        },
                    },
                    programming);
}

/// A 32-digit number of this processor alone, for ever: clients begin the names of all their entities with it.
std::string guid(std::uint32_t serial) {
  std::string text;
  const std::string id = leap::stable_id(serial, 0);
  for (std::size_t i = 0; i < 16; ++i) text += fmt::format("{:02x}", static_cast<unsigned char>(id[i]));
  return text;
}

class Writer {
 public:
  explicit Writer(const servers::Context& context) : context_(context), project_(*context.view.project()) {}

  std::string write() {
    const auto [date, time] = project_stamp(context_);
    add("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<Project>\n");
    add("<ProjectName ProjectName=\"{}\" UUID=\"1\" />\n", escaped(project_.name));
    add("<GUID>{}</GUID>\n<AppVer>{}</AppVer>\n<XMLVer>1.0</XMLVer>\n", guid(context_.identity.serial),
        escaped(context_.identity.version));
    add("<DbExportDate>{}</DbExportDate>\n<DbExportTime>{}</DbExportTime>\n", date, time);
    write_areas();
    write_occupancy_groups();
    write_timeclocks();
    add("<HVACs />\n");
    write_modes();
    add("</Project>\n");
    return out_;
  }

 private:
  template <class... Parts>
  void add(fmt::format_string<Parts...> format, Parts&&... parts) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Parts>(parts)...);
  }

  /// Clients read only what lies within the areas of the root, so what is in the root itself gets an area of its own.
  void write_areas() {
    if (project_.areas.empty()) return add("<Areas />\n");
    const Area& root = project_.areas.front();
    add("<Areas>\n<Area Name=\"{}\" UUID=\"{}\" IntegrationID=\"0\" OccupancyGroupAssignedToID=\"0\" SortOrder=\"0\">\n"
        "<DeviceGroups /><Scenes /><ShadeGroups /><Outputs />\n<Areas>\n",
        escaped(project_.name), root.number.value);
    write_area(root, false);
    for (const AreaId child : root.children) write_area(*project_.find(child), true);
    add("</Areas>\n</Area>\n</Areas>\n");
  }

  void write_area(const Area& area, bool with_children) {
    add("<Area Name=\"{}\" UUID=\"{}\" IntegrationID=\"{}\" OccupancyGroupAssignedToID=\"{}\" SortOrder=\"0\">\n",
        escaped(area.name), area.number.value, area.number.value, has_sensors(area) ? area.number.value : 0U);
    add("<DeviceGroups>\n");
    for (const Device& device : project_.devices) {
      if (area_of(device) == area.number) write_device(device);
    }
    add("</DeviceGroups>\n<Scenes>\n");
    for (const SceneId id : area.scenes) {
      const Scene& scene = *project_.find(id);
      add("<Scene Number=\"{}\" Name=\"{}\"><Presets /></Scene>\n", scene.order, escaped(scene.name));
    }
    add("</Scenes>\n<ShadeGroups>\n");
    write_shade_groups(area);
    add("</ShadeGroups>\n<Outputs>\n");
    for (const ZoneId id : area.zones) write_output(*project_.find(id));
    add("</Outputs>\n");
    if (with_children && !area.children.empty()) {
      add("<Areas>\n");
      for (const AreaId child : area.children) write_area(*project_.find(child), true);
      add("</Areas>\n");
    } else {
      add("<Areas />\n");
    }
    add("</Area>\n");
  }

  bool has_sensors(const Area& area) const {
    for (const OccupancyGroup& group : project_.occupancy_groups) {
      if (group.area == area.number) return true;
    }
    return false;
  }

  /// What has no area, or one that is gone, is in the root.
  AreaId area_of(const Device& device) const {
    return project_.find(device.area) != nullptr ? device.area : project_.areas.front().number;
  }

  void write_device(const Device& device) {
    const std::string_view type = device_type(project_, device);
    if (type.empty()) return;
    add("<DeviceGroup Name=\"{}\" SortOrder=\"0\"><Devices>\n", escaped(device.name));
    add("<Device Name=\"{}\" UUID=\"{}\" SerialNumber=\"{}\" IntegrationID=\"{}\" DeviceType=\"{}\" GangPosition=\"0\" "
        "SortOrder=\"0\">\n<Components>\n",
        escaped(device.name), device.number.value, device.is_virtual() ? 0 : device.serial, device.number.value, type);
    if (type == "MOTION_SENSOR") {
      add("<Component ComponentNumber=\"{}\" ComponentType=\"CCI\"><CCI UUID=\"{}\" /></Component>\n", kSensorComponent,
          device.number.value);
    }
    for (const ButtonId id : device.buttons) write_button(device, *project_.find(id));
    for (const ButtonId id : device.buttons) write_led(device, *project_.find(id));
    add("</Components>\n</Device>\n</Devices></DeviceGroup>\n");
  }

  void write_button(const Device& device, const Button& button) {
    const std::uint32_t component = component_of(device, button);
    if (button.contact) {
      return add("<Component ComponentNumber=\"{}\" ComponentType=\"CCI\"><CCI UUID=\"{}\" /></Component>\n", component,
                 button.number.value);
    }
    const ButtonWords words = words_of(button.programming);
    const std::string& label = button.engraving.empty() ? button.name : button.engraving;
    add("<Component ComponentNumber=\"{}\" ComponentType=\"BUTTON\"><Button Name=\"Button {}\" UUID=\"{}\"", component,
        component, button.number.value);
    if (!label.empty()) add(" Engraving=\"{}\"", escaped(label));
    add(" ButtonType=\"{}\"", words.type);
    if (!words.direction.empty()) add(" Direction=\"{}\"", words.direction);
    add("><Actions /></Button></Component>\n");
  }

  void write_led(const Device& device, const Button& button) {
    if (!button.led) return;
    add("<Component ComponentNumber=\"{}\" ComponentType=\"LED\"><LED UUID=\"{}\" isReverseLogic=\"false\" />"
        "</Component>\n",
        led_component_of(device, button), button.led.value);
  }

  void write_shade_groups(const Area& area) {
    const auto write_group = [&](const std::string& name, std::uint32_t id) {
      add("<ShadeGroup Name=\"{}\" IntegrationID=\"{}\" SortOrder=\"0\" />\n", escaped(name), id);
    };
    if (!shades_of(project_, area).empty()) write_group(area.name + " shades", area.number.value);
    for (const Facade& facade : project_.facades) {
      const Zone* const first = facade.shades.empty() ? nullptr : project_.find(facade.shades.front());
      if (first != nullptr && first->area == area.number) write_group(facade.name, facade.number.value);
    }
  }

  void write_output(const Zone& zone) {
    const std::string_view type = output_type(zone.load);
    if (type.empty()) return;
    add("<Output Name=\"{}\" UUID=\"{}\" IntegrationID=\"{}\" OutputType=\"{}\" Wattage=\"0\" SortOrder=\"0\" />\n",
        escaped(zone.name), zone.number.value, zone.number.value, type);
  }

  void write_occupancy_groups() {
    add("<OccupancyGroups>\n");
    for (const Area& area : project_.areas) {
      if (!has_sensors(area)) continue;
      add("<OccupancyGroup UUID=\"{}\" OccupancyGroupNumber=\"{}\" />\n", area.number.value, area.number.value);
    }
    add("</OccupancyGroups>\n");
  }

  void write_timeclocks() {
    add("<Timeclocks>\n");
    for (const Timeclock& timeclock : project_.timeclocks) {
      add("<Timeclock Name=\"{}\" UUID=\"{}\" IntegrationID=\"{}\" SortOrder=\"0\" Type=\"0\">\n<TimeclockModes>\n",
          escaped(timeclock.name), timeclock.number.value, timeclock.number.value);
      std::uint32_t index = 0;
      for (const Mode& mode : project_.modes) {
        add("<TimeclockMode Name=\"{}\" Index=\"{}\" Type=\"0\" />\n", escaped(mode.name), ++index);
      }
      add("</TimeclockModes>\n<TimeClockEvents>\n");
      write_events(timeclock);
      add("</TimeClockEvents>\n</Timeclock>\n");
    }
    add("</Timeclocks>\n");
  }

  void write_events(const Timeclock& timeclock) {
    std::uint32_t index = 0;
    for (const TimeclockEvent& event : project_.timeclock_events) {
      if (event.timeclock != timeclock.number) continue;
      const bool is_fixed = event.at.kind == TimeOfDay::Kind::fixed;
      add("<TimeClockEvent Name=\"{}\" Type=\"{}\" EventNumber=\"{}\" />\n", escaped(event.name),
          is_fixed ? "Fixed" : "VariableOffset", ++index);
    }
  }

  void write_modes() {
    if (project_.modes.empty()) return add("<GreenModes />\n");
    add("<GreenModes>\n<GreenMode IntegrationID=\"{}\"><GreenModeSteps>\n", kHouse);
    std::uint32_t index = 0;
    for (const Mode& mode : project_.modes) {
      add("<GreenModeStep Name=\"{}\" StepNumber=\"{}\" />\n", escaped(mode.name), ++index);
    }
    add("</GreenModeSteps></GreenMode>\n</GreenModes>\n");
  }

  const servers::Context& context_;
  const Project& project_;
  std::string out_;
};

}  // namespace

std::string project_xml(const servers::Context& context) { return Writer(context).write(); }

}  // namespace candela::lip
