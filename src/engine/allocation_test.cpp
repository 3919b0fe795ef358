// The press path must not allocate: memory that is asked for may have to be waited for.
#include <cstdlib>
#include <new>
#include <vector>

#include "engine/engine_fixture.h"

namespace {

std::size_t allocations = 0;

void* counted(std::size_t size) {
  ++allocations;
  return std::malloc(size);
}
void* counted_or_throw(std::size_t size) {
  if (void* memory = counted(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

// All forms, so that none is freed by the other kind.
void* operator new(std::size_t size) { return counted_or_throw(size); }
void* operator new[](std::size_t size) { return counted_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace candela::engine {
namespace {

TEST(PressPath, DoesNotAllocate) {
  HomeBuilder home;
  Preset all;
  RaiseLower raise{true, {}};
  for (int i = 0; i < 40; ++i) {
    const ZoneId zone = home.add_zone(home.home());
    all.zones.push_back({zone, percent(50), 1s, i % 2 == 0 ? 0s : 3s});
    raise.zones.push_back(zone);
  }
  const SceneId scene = home.add_scene(home.home(), 1, all.zones);
  std::vector<ButtonId> buttons;
  for (const LedLogic logic : {LedLogic::room, LedLogic::scene, LedLogic::none}) {
    buttons.push_back(home.add_button(Toggle{all, 2s}, logic));
    buttons.push_back(home.add_button(SingleAction{all}, logic));
    buttons.push_back(home.add_button(raise, logic));
  }
  Engine engine;
  ManualClock clock;
  engine.on({{}, ActivateProject{home.build()}}, clock.now());

  const std::size_t before = allocations;
  std::size_t changes = 0;
  const auto send = [&](auto what) {
    clock.advance(300ms);
    changes += engine.on(Event{{}, std::move(what)}, clock.now()).size();
  };
  for (int round = 0; round < 50; ++round) {
    for (const ButtonId button : buttons) {
      send(ButtonMoved{button, ButtonMove::press});
      send(ButtonMoved{button, ButtonMove::release});
    }
    send(ActivateScene{scene});
    send(SetArea{home.home(), percent(round), {}, 1s});
    send(TimePassed{});
  }
  EXPECT_EQ(allocations, before);
  EXPECT_GT(changes, 1000u);
}

}  // namespace
}  // namespace candela::engine
