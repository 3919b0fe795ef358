#include "engine/programs_fixture.h"

namespace candela::engine {
namespace {

// Scenes

TEST_F(Programs, ASceneIsSavedAsItsZonesAre) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40), 2s}});
  begin();
  set(a, 70);
  set(b, 90);
  const auto changes = send(SaveScene{scene});
  ASSERT_EQ(only<SceneEdited>(changes).size(), 1U);
  ASSERT_EQ(view_.scene_edit(scene)->size(), 1U) << "the scene keeps its zones";
  EXPECT_EQ(view_.scene_edit(scene)->front().level, percent(70));
  EXPECT_EQ(engine_.scene(home_.home()), scene) << "its zones are there already";
  set(a, 0);
  send(ActivateScene{scene});
  wait(2s);
  EXPECT_EQ(reads(a), 70);
}

TEST_F(Programs, AnEditHoldsUntilTheInstallerChangesTheScene) {
  const ZoneId a = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40)}});
  SavedState remembered;
  remembered.scene_edits = {{scene, {{a, percent(55)}}}};
  begin(remembered);
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 55);
  home_.add_zone(home_.home());
  send(ActivateProject{home_.build()});
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 55) << "the scene is the same in the new project";
  home_.project().scenes[0].preset.zones[0].level = percent(80);
  send(ActivateProject{home_.build()});
  EXPECT_EQ(view_.scene_edit(scene), nullptr);
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 80);
}

TEST_F(Programs, AnEditedSceneKeepsToItsZones) {
  const ZoneId a = home_.add_zone(home_.home());
  const ZoneId b = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40)}});
  begin();
  send(EditScene{scene, {{a, percent(10)}, {b, percent(10)}}});
  send(ActivateScene{scene});
  EXPECT_EQ(reads(a), 10);
  EXPECT_EQ(reads(b), 0);
  EXPECT_TRUE(send(EditScene{SceneId{9999}, {}}).empty());
}

TEST_F(Programs, AHeldButtonSavesAScene) {
  const ZoneId a = home_.add_zone(home_.home());
  const SceneId scene = home_.add_scene(home_.home(), 1, {{a, percent(40)}});
  const ButtonId button = home_.add_button(SingleAction{{{}, {scene}}}, LedLogic::scene);
  home_.button(button).hold = doing({SaveScene{scene}});
  begin();
  set(a, 66);
  press(button);
  wait(500ms);
  release(button);
  EXPECT_TRUE(lit(button));
  set(a, 0);
  press(button);
  release(button);
  EXPECT_EQ(reads(a), 66);
}

TEST_F(Programs, ASharedSceneBringsItsActionsWhereverItIsRecalled) {
  const ZoneId zone = home_.add_zone(home_.home());
  const VariableId variable = home_.add_variable({"day", "night"});
  const SceneId shared = home_.add_scene(home_.home(), 0, {{zone, percent(30)}});
  home_.project().scenes.back().shared = true;
  home_.project().scenes.back().preset.actions = {SetVariable{variable, 1}};
  const ButtonId button = home_.add_button(SingleAction{{{}, {shared}}});
  begin();
  press(button);
  EXPECT_EQ(reads(zone), 30);
  EXPECT_EQ(view_.variable(variable), 1);
  send(SetVariable{variable, 0});
  send(ActivateScene{shared});
  EXPECT_EQ(view_.variable(variable), 1);
}

}  // namespace
}  // namespace candela::engine
