import { Slider } from '@mantine/core';
import { useThrottledCallback } from '@mantine/hooks';
import { useState } from 'react';
import { setLevel, type Zone } from '../api';
import { percent } from '../fade';
import { attempt } from '../store';
import { useLevel } from '../useLevel';
import classes from './LevelSlider.module.css';

const SEND_EVERY_MS = 100;
const DRAG_FADE_S = 0.2; // bridges the time between two messages, so that the light follows the finger smoothly

/** Loads that know only some levels. */
const STEPS: Partial<Record<Zone['load'], number>> = {
  switched: 100,
  contact: 100,
  pulsed_contact: 100,
  fan: 25,
};

export function LevelSlider({ zone, label }: { zone: Zone; label: string }) {
  const level = useLevel(zone.id);
  const [dragged, setDragged] = useState<number | null>(null);
  const send = useThrottledCallback(
    (value: number) => attempt(setLevel(zone.id, value, DRAG_FADE_S)),
    SEND_EVERY_MS,
  );
  return (
    <Slider
      classNames={classes}
      size={4}
      step={STEPS[zone.load] ?? 1}
      label={null}
      thumbLabel={label}
      value={dragged ?? percent(level)}
      onChange={(value) => {
        setDragged(value);
        send(value);
      }}
      onChangeEnd={() => setDragged(null)}
    />
  );
}
