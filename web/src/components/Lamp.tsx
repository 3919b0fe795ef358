import { Popover } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { Point, Zone } from '../api';
import { percent } from '../fade';
import { glow, lightColour } from '../light';
import { boundsOf } from '../geometry';
import type { Room } from '../plan';
import { useLevel } from '../useLevel';
import classes from './Lamp.module.css';
import { ZoneControl } from './ZoneControl';

/** A zone on the plan: its light falls on the floor as far as the walls, and a click opens its control. */
export function Lamp({ zone, at, room }: { zone: Zone; at: Point; room: Room }) {
  const level = useLevel(zone.id);
  const [open, setOpen] = useState(false);
  const reach = reachOf(room);
  const toggle = () => setOpen(!open);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    toggle();
  };
  return (
    <>
      <g className={classes.light} clipPath={`url(#room-${room.area.id})`} aria-hidden>
        <circle cx={at.x} cy={at.y} r={reach} fill="url(#halo)" opacity={0.9 * glow(level)} />
        <circle
          cx={at.x}
          cy={at.y}
          r={reach * 0.62}
          fill="url(#white)"
          opacity={(level / 100) ** 1.5 * 0.8}
        />
      </g>
      <Popover opened={open} onChange={setOpen} position="top" offset={10} shadow="xl" withArrow trapFocus>
        <Popover.Target>
          <g
            className={classes.lamp}
            role="button"
            tabIndex={0}
            aria-label={`${room.area.name} ${zone.name}, ${percent(level)} %`}
            data-zone={zone.id}
            onClick={toggle}
            onKeyDown={onKeyDown}
          >
            <circle className={classes.hit} cx={at.x} cy={at.y} r={0.5} />
            <circle
              className={classes.bulb}
              cx={at.x}
              cy={at.y}
              r={0.15}
              data-on={level > 0}
              style={level > 0 ? { fill: lightColour(level) } : {}}
            />
          </g>
        </Popover.Target>
        <Popover.Dropdown className={classes.control}>
          <ZoneControl zone={zone} area={room.area} explain />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

/** Fewer lamps in a larger room light more of it each. */
function reachOf({ outline, lamps }: Room): number {
  const { left, right, top, bottom } = boundsOf(outline);
  const share = ((right - left) * (bottom - top)) / Math.max(1, lamps.length);
  return Math.min(3.4, Math.max(1.5, 1.05 * Math.sqrt(share)));
}
