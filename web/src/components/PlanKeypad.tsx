import type { Area, Device, Point } from '../api';
import { selectArea, useHome } from '../store';
import classes from './PlanKeypad.module.css';

const WIDTH = 0.3;
const HEIGHT = 0.44;
const LEDS_SHOWN = 4;

/** Where a keypad hangs, with its LEDs as small as they look from across the room. */
export function PlanKeypad({ keypad, at, area }: { keypad: Device; at: Point; area: Area }) {
  const leds = useHome((state) => state.leds);
  const lost = useHome((state) => state.devices[keypad.id]?.presence === 'lost');
  const shown = keypad.buttons.filter((button) => button.kind === 'scene').slice(0, LEDS_SHOWN);
  return (
    <g
      className={classes.keypad}
      data-lost={lost}
      transform={`translate(${at.x - WIDTH / 2} ${at.y - HEIGHT / 2})`}
      onClick={() => selectArea(area.id)}
    >
      <title>{`Keypad ${keypad.name}`}</title>
      <rect width={WIDTH} height={HEIGHT} rx={0.05} />
      {shown.map((button, i) => (
        <circle
          key={button.id}
          cx={0.09}
          cy={(HEIGHT * (i + 1)) / (shown.length + 1)}
          r={0.032}
          data-lit={(leds[button.id] ?? 'off') !== 'off'}
        />
      ))}
    </g>
  );
}
