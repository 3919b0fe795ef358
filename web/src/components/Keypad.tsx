import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { Button, Device } from '../api';
import { pressButton, releaseButton } from '../live';
import { useHome } from '../store';
import classes from './Keypad.module.css';

/** A keypad as it hangs on the wall. */
export function Keypad({ keypad }: { keypad: Device }) {
  const lost = useHome((state) => state.devices[keypad.id]?.presence === 'lost');
  const scenes = keypad.buttons.filter((button) => button.kind === 'scene');
  const ramps = keypad.buttons.filter((button) => button.kind !== 'scene');
  return (
    <figure
      className={classes.keypad}
      data-lost={lost}
      data-kind={keypad.kind}
      aria-label={`Keypad ${keypad.name}`}
      role="group"
    >
      <div className={classes.plate}>
        {scenes.map((button) => (
          <Key key={button.id} button={button} keypad={keypad} />
        ))}
        {ramps.length > 0 && (
          <div className={classes.ramps}>
            {ramps.map((button) => (
              <Key key={button.id} button={button} keypad={keypad} />
            ))}
          </div>
        )}
      </div>
      <figcaption className={classes.name}>
        {keypad.name}
        {lost && <span className={classes.lost}> silent</span>}
      </figcaption>
    </figure>
  );
}

const WORDS = { raise: 'Raise', lower: 'Lower', scene: '' } as const;

function Key({ button, keypad }: { button: Button; keypad: Device }) {
  const led = useHome((state) => state.leds[button.id] ?? 'off');
  const down = useHome((state) => state.pressed[button.id] ?? false);
  const finger = useFinger(button.id);
  const text = button.engraving || button.name || WORDS[button.kind] || `Button ${button.position}`;
  return (
    <button
      type="button"
      className={classes.key}
      aria-label={`${text}, ${keypad.name} keypad`}
      aria-pressed={led !== 'off'}
      data-button={button.id}
      data-down={down}
      {...finger}
    >
      {button.kind === 'scene' ? (
        <>
          <span className={classes.led} data-led={led} />
          {text}
        </>
      ) : (
        <svg viewBox="0 0 16 8" width="15" aria-hidden>
          <path d={button.kind === 'raise' ? 'M2 7 8 2l6 5' : 'M2 1l6 5 6-5'} />
        </svg>
      )}
    </button>
  );
}

/** Press when the finger (or key) goes down, release when it goes up, wherever that is: holding ramps, as on the wall. */
function useFinger(button: string) {
  const held = useRef(false);
  const press = () => {
    if (held.current) return;
    held.current = true;
    pressButton(button);
  };
  const release = () => {
    if (!held.current) return;
    held.current = false;
    releaseButton(button);
  };
  useEffect(
    () => () => {
      if (held.current) releaseButton(button);
    },
    [button],
  );
  const isPress = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  return {
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      press();
    },
    onPointerUp: release,
    onPointerCancel: release,
    onLostPointerCapture: release,
    onKeyDown: (event: KeyboardEvent) => {
      if (!isPress(event)) return;
      event.preventDefault();
      if (!event.repeat) press();
    },
    onKeyUp: (event: KeyboardEvent) => {
      if (isPress(event)) release();
    },
    onBlur: release,
    // Screen readers click without pointer or key.
    onClick: (event: { detail: number }) => {
      if (event.detail !== 0) return;
      press();
      release();
    },
    onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
  };
}
