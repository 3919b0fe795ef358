import { useMemo } from 'react';
import { activateScene, type Area, type Scene } from '../api';
import { glow, isLamp, lightColour, shownColour } from '../light';
import { keypadsOf, roomsOf } from '../plan';
import { attempt, selectArea, useHome, useStore } from '../store';
import { useLevel } from '../useLevel';
import classes from './AreaList.module.css';
import { Facades } from './Facades';
import { Keypad } from './Keypad';
import { ListEntry } from './ListEntry';
import { Occupied } from './Occupied';
import { ZoneControl } from './ZoneControl';

export function AreaList() {
  const home = useHome((state) => state.home);
  const rooms = useMemo(() => roomsOf(home), [home]);
  const selected = useStore((store) => store.selectedArea);
  const open = rooms.some((area) => area.id === selected) ? selected : null;
  return (
    <section className={classes.list} aria-label="Rooms">
      {rooms.map((area) => (
        <Room key={area.id} area={area} open={area.id === open} />
      ))}
      <Facades />
    </section>
  );
}

function Room({ area, open }: { area: Area; open: boolean }) {
  return (
    <ListEntry
      name={area.name}
      open={open}
      onToggle={() => selectArea(open ? null : area.id)}
      aside={
        <>
          <Occupied area={area.id} />
          <ActiveScene area={area} />
          <span className={classes.dots} aria-hidden>
            {area.zones
              .filter(({ load }) => isLamp(load))
              .map((zone) => (
                <Dot key={zone.id} zone={zone.id} />
              ))}
          </span>
        </>
      }
    >
      <RoomControls area={area} />
    </ListEntry>
  );
}

function RoomControls({ area }: { area: Area }) {
  return (
    <>
      {area.scenes.length > 0 && (
        <div className={classes.scenes} role="group" aria-label={`Scenes of ${area.name}`}>
          {area.scenes.map((scene) => (
            <SceneButton key={scene.id} scene={scene} area={area} />
          ))}
        </div>
      )}
      <div className={classes.keypads}>
        {keypadsOf(area).map((keypad) => (
          <Keypad key={keypad.id} keypad={keypad} />
        ))}
      </div>
      {area.zones.map((zone) => (
        <ZoneControl key={zone.id} zone={zone} area={area} />
      ))}
    </>
  );
}

function SceneButton({ scene, area }: { scene: Scene; area: Area }) {
  const active = useHome((state) => state.scenes[area.id] === scene.id);
  return (
    <button
      type="button"
      className={classes.scene}
      aria-pressed={active}
      onClick={() => attempt(activateScene(scene.id))}
    >
      {scene.name}
    </button>
  );
}

function ActiveScene({ area }: { area: Area }) {
  const id = useHome((state) => state.scenes[area.id]);
  const scene = area.scenes.find((each) => each.id === id && !each.off);
  return <span className={classes.active}>{scene?.name}</span>;
}

function Dot({ zone }: { zone: string }) {
  const level = useLevel(zone);
  const colour = useHome((state) => state.colours[zone]);
  return (
    <span
      className={classes.dot}
      style={
        level > 0
          ? {
              background: colour ? shownColour(colour) : lightColour(level),
              opacity: 0.35 + 0.65 * glow(level),
            }
          : {}
      }
    />
  );
}
