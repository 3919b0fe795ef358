import { Slider } from '@mantine/core';
import { useThrottledCallback } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { attempt } from '../store';
import classes from './ThinSlider.module.css';

interface Props {
  readonly label: string;
  readonly text: ReactNode;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What lies under the thumb, as a CSS background; the usual bar without it. */
  readonly track?: string;
  readonly send: (value: number) => Promise<void>;
}

const SEND_EVERY_MS = 100;

/** A second slider of a zone, below the one for its level. */
export function ThinSlider({ label, text, value, min, max, step, track, send }: Props) {
  const [dragged, setDragged] = useState<number | null>(null);
  const tell = useThrottledCallback((to: number) => attempt(send(to)), SEND_EVERY_MS);
  return (
    <div className={classes.row}>
      <Slider
        classNames={classes}
        style={track ? { '--track': track } : {}}
        data-coloured={track !== undefined}
        size={4}
        min={min}
        max={max}
        step={step}
        label={null}
        thumbLabel={label}
        value={dragged ?? value}
        onChange={(to) => {
          setDragged(to);
          tell(to);
        }}
        onChangeEnd={() => setDragged(null)}
      />
      <span className={classes.text}>{text}</span>
    </div>
  );
}
