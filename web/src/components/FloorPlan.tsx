import { useMemo } from 'react';
import { isLamp } from '../light';
import { LABEL_SIZE, planOf, type Room } from '../plan';
import { isOccupied } from '../state';
import { selectArea, useHome, useStore } from '../store';
import { Fixture } from './Fixture';
import classes from './FloorPlan.module.css';
import { Lamp } from './Lamp';
import { PlanKeypad } from './PlanKeypad';

export function FloorPlan() {
  const home = useHome((state) => state.home);
  const plan = useMemo(() => planOf(home), [home]);
  const { left, right, top, bottom } = plan.bounds;
  return (
    <section className={classes.card} aria-label="Floor plan">
      <svg className={classes.plan} viewBox={`${left} ${top} ${right - left} ${bottom - top}`}>
        <defs>
          <radialGradient id="halo">
            <stop offset="0" stopOpacity="0.95" />
            <stop offset="0.3" stopOpacity="0.5" />
            <stop offset="0.65" stopOpacity="0.15" />
            <stop offset="1" stopOpacity="0" />
          </radialGradient>
        </defs>
        {plan.rooms.map((room) => (
          <RoomFloor key={room.area.id} room={room} />
        ))}
        {plan.rooms.map((room) => (
          <g key={room.area.id}>
            {room.lamps.map(({ zone, at }) => {
              const Symbol = isLamp(zone.load) ? Lamp : Fixture;
              return <Symbol key={zone.id} zone={zone} at={at} room={room} />;
            })}
            {room.keypads.map(({ keypad, at }) => (
              <PlanKeypad key={keypad.id} keypad={keypad} at={at} area={room.area} />
            ))}
          </g>
        ))}
        {plan.rooms.map((room) => (
          <RoomName key={room.area.id} room={room} />
        ))}
      </svg>
    </section>
  );
}

function RoomFloor({ room: { area, outline } }: { room: Room }) {
  const chosen = useStore((store) => store.selectedArea === area.id);
  const points = outline.map(({ x, y }) => `${x},${y}`).join(' ');
  return (
    <g className={classes.room} data-chosen={chosen} onClick={() => selectArea(area.id)}>
      <clipPath id={`room-${area.id}`}>
        <polygon points={points} />
      </clipPath>
      <polygon className={classes.floor} points={points} />
    </g>
  );
}

function RoomName({ room: { area, label } }: { room: Room }) {
  const chosen = useStore((store) => store.selectedArea === area.id);
  const occupied = useHome((state) => isOccupied(state, area.id)) === true;
  return (
    <text className={classes.label} data-chosen={chosen} x={label.x} y={label.y} fontSize={LABEL_SIZE}>
      {area.name}
      {occupied && <tspan className={classes.occupied}> •</tspan>}
    </text>
  );
}
