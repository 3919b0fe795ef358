import { Popover } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Area, Point, Zone } from '../api';
import classes from './PlanZone.module.css';
import { ZoneControl } from './ZoneControl';

interface Props {
  readonly zone: Zone;
  readonly area: Area;
  readonly at: Point;
  /** How it is, in words: the end of its name. */
  readonly state: string;
  /** What it looks like. */
  readonly children: ReactNode;
}

/** A zone on the plan: a click opens its control. */
export function PlanZone({ zone, area, at, state, children }: Props) {
  const [open, setOpen] = useState(false);
  const toggle = () => setOpen(!open);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    toggle();
  };
  return (
    <Popover opened={open} onChange={setOpen} position="top" offset={10} shadow="xl" withArrow trapFocus>
      <Popover.Target>
        <g
          className={classes.zone}
          role="button"
          tabIndex={0}
          aria-label={`${area.name} ${zone.name}, ${state}`}
          data-zone={zone.id}
          onClick={toggle}
          onKeyDown={onKeyDown}
        >
          <circle className={classes.hit} cx={at.x} cy={at.y} r={0.5} />
          {children}
        </g>
      </Popover.Target>
      <Popover.Dropdown className={classes.control}>
        <ZoneControl zone={zone} area={area} explain />
      </Popover.Dropdown>
    </Popover>
  );
}
