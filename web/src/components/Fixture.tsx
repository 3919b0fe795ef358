import type { Point, Zone } from '../api';
import { percent } from '../fade';
import type { Room } from '../plan';
import { useHome } from '../store';
import { useLevel, useTilt } from '../useLevel';
import classes from './Fixture.module.css';
import { PlanZone } from './PlanZone';

interface Props {
  readonly zone: Zone;
  readonly at: Point;
  readonly room: Room;
}

/** What is no lamp, on the plan. */
export function Fixture(props: Props) {
  switch (props.zone.load) {
    case 'shade':
    case 'tilting_shade':
      return <Shade {...props} />;
    case 'fan':
      return <Fan {...props} />;
    case 'climate':
      return <Thermostat {...props} />;
    default:
      return <Contact {...props} />;
  }
}

const WIDTH = 0.66;
const HEIGHT = 0.5;
const SLATS = 5;

/** A window, and what hangs before it: fabric that comes down, or slats that tilt. */
function Shade({ zone, at, room }: Props) {
  const level = useLevel(zone.id);
  const tilt = useTilt(zone.id);
  const covered = HEIGHT * (1 - level / 100);
  const [left, top] = [at.x - WIDTH / 2, at.y - HEIGHT / 2];
  const slat = covered / SLATS;
  // Slats are seen edge-on in the middle of their travel, and shut at both ends.
  const thickness = slat * (0.25 + 0.65 * Math.abs(tilt / 50 - 1));
  return (
    <PlanZone zone={zone} area={room.area} at={at} state={`${percent(level)} % open`}>
      <rect className={classes.window} x={left} y={top} width={WIDTH} height={HEIGHT} rx={0.05} />
      {zone.load === 'shade' ? (
        <rect className={classes.cover} x={left} y={top} width={WIDTH} height={covered} rx={0.04} />
      ) : (
        Array.from({ length: SLATS }, (_, i) => (
          <rect
            key={i}
            className={classes.cover}
            x={left + 0.03}
            y={top + slat * (i + 0.5) - thickness / 2}
            width={WIDTH - 0.06}
            height={thickness}
          />
        ))
      )}
      <rect className={classes.frame} x={left} y={top} width={WIDTH} height={HEIGHT} rx={0.05} />
    </PlanZone>
  );
}

const BLADES = 3;
const SLOWEST_S = 2.4; // a turn at the lowest speed

function Fan({ zone, at, room }: Props) {
  const level = useLevel(zone.id);
  const turn = level > 0 ? `${(SLOWEST_S * 25) / level}s` : '0s';
  return (
    <PlanZone zone={zone} area={room.area} at={at} state={`${percent(level)} %`}>
      <g transform={`translate(${at.x} ${at.y})`}>
        <circle className={classes.rim} r={0.27} />
        <g className={classes.blades} data-on={level > 0} style={{ animationDuration: turn }}>
          {Array.from({ length: BLADES }, (_, i) => (
            <path
              key={i}
              d="M0 0C.04-.1.16-.14.1-.24.02-.26-.08-.16 0 0Z"
              transform={`rotate(${(360 / BLADES) * i})`}
            />
          ))}
        </g>
        <circle className={classes.hub} r={0.045} />
      </g>
    </PlanZone>
  );
}

function Thermostat({ zone, at, room }: Props) {
  const climate = useHome((state) => state.climates[zone.id]);
  const degrees = climate ? `${climate.temperature.toFixed(1)}°` : '';
  return (
    <PlanZone zone={zone} area={room.area} at={at} state={degrees}>
      <text className={classes.degrees} x={at.x} y={at.y + 0.1}>
        {degrees}
      </text>
    </PlanZone>
  );
}

/** A gate, a bell: two ends that touch while it is closed. */
function Contact({ zone, at, room }: Props) {
  const on = useLevel(zone.id) > 0;
  return (
    <PlanZone zone={zone} area={room.area} at={at} state={on ? 'on' : 'off'}>
      <g className={classes.contact} data-on={on} transform={`translate(${at.x} ${at.y})`}>
        <circle cx={-0.18} r={0.05} />
        <circle cx={0.18} r={0.05} />
        <path d={on ? 'M-.18 0H.18' : 'M-.18 0L.13-.17'} />
      </g>
    </PlanZone>
  );
}
