import { useMemo } from 'react';
import { planOf, type Room } from '../plan';
import { selectArea, useHome, useStore } from '../store';
import classes from './FloorPlan.module.css';
import { Lamp } from './Lamp';
import { PlanKeypad } from './PlanKeypad';

export function FloorPlan() {
  const home = useHome((state) => state.home);
  const plan = useMemo(() => planOf(home), [home]);
  return (
    <section className={classes.card} aria-label="Floor plan">
      <svg className={classes.plan} viewBox={`0 0 ${plan.width} ${plan.height}`}>
        <defs>
          <radialGradient id="warm">
            <stop offset="0" stopColor="#ffb45e" stopOpacity="0.95" />
            <stop offset="0.35" stopColor="#ff9f43" stopOpacity="0.42" />
            <stop offset="0.7" stopColor="#f58f30" stopOpacity="0.12" />
            <stop offset="1" stopColor="#f58f30" stopOpacity="0" />
          </radialGradient>
          <radialGradient id="white">
            <stop offset="0" stopColor="#fff4df" stopOpacity="1" />
            <stop offset="0.4" stopColor="#ffe6bd" stopOpacity="0.4" />
            <stop offset="1" stopColor="#ffd28f" stopOpacity="0" />
          </radialGradient>
        </defs>
        {plan.rooms.map((room) => (
          <RoomFloor key={room.area.id} room={room} />
        ))}
        {plan.rooms.map((room) => (
          <g key={room.area.id}>
            {room.lamps.map(({ zone, at }) => (
              <Lamp key={zone.id} zone={zone} at={at} room={room} />
            ))}
            {room.keypads.map(({ keypad, at }) => (
              <PlanKeypad key={keypad.id} keypad={keypad} at={at} area={room.area} />
            ))}
          </g>
        ))}
      </svg>
    </section>
  );
}

function RoomFloor({ room: { area, outline } }: { room: Room }) {
  const chosen = useStore((store) => store.selectedArea === area.id);
  const points = outline.map(({ x, y }) => `${x},${y}`).join(' ');
  const top = Math.min(...outline.map(({ y }) => y));
  const left = Math.min(...outline.filter(({ y }) => y === top).map(({ x }) => x));
  return (
    <g className={classes.room} data-chosen={chosen} onClick={() => selectArea(area.id)}>
      <clipPath id={`room-${area.id}`}>
        <polygon points={points} />
      </clipPath>
      <polygon className={classes.floor} points={points} />
      <text className={classes.label} x={left + 0.22} y={top + 0.5}>
        {area.name}
      </text>
    </g>
  );
}
