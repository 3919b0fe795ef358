import type { Point, Zone } from '../api';
import { percent } from '../fade';
import { boundsOf } from '../geometry';
import { glow, lightColour, shownColour } from '../light';
import type { Room } from '../plan';
import { useHome } from '../store';
import { useLevel } from '../useLevel';
import { Glow } from './Glow';
import classes from './Lamp.module.css';
import { PlanZone } from './PlanZone';

/** A lamp on the plan: its light falls on the floor as far as the walls. */
export function Lamp({ zone, at, room }: { zone: Zone; at: Point; room: Room }) {
  const level = useLevel(zone.id);
  const colour = useHome((state) => state.colours[zone.id]);
  const own = colour ? shownColour(colour) : null;
  return (
    <>
      <g className={classes.light} clipPath={`url(#room-${room.area.id})`} aria-hidden>
        {own && <Glow id={`glow-${zone.id}`} colour={own} />}
        <circle
          cx={at.x}
          cy={at.y}
          r={reachOf(room)}
          fill={own ? `url(#glow-${zone.id})` : 'url(#halo)'}
          opacity={0.9 * glow(level)}
        />
      </g>
      <PlanZone zone={zone} area={room.area} at={at} state={`${percent(level)} %`}>
        <circle
          className={classes.bulb}
          cx={at.x}
          cy={at.y}
          r={0.15}
          data-on={level > 0}
          style={level > 0 ? { fill: own ?? lightColour(level) } : {}}
        />
      </PlanZone>
    </>
  );
}

/** Fewer lamps in a larger room light more of it each. */
function reachOf({ outline, lamps }: Room): number {
  const { left, right, top, bottom } = boundsOf(outline);
  const share = ((right - left) * (bottom - top)) / Math.max(1, lamps.length);
  return Math.min(3.4, Math.max(1.5, 1.05 * Math.sqrt(share)));
}
