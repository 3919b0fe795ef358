import { setTilt } from '../api';
import { percent } from '../fade';
import { useTilt } from '../useLevel';
import { ThinSlider } from './ThinSlider';

export function TiltSlider({ zone, label }: { zone: string; label: string }) {
  const tilt = percent(useTilt(zone));
  return (
    <ThinSlider
      label={label}
      text={`Slats ${tilt}`}
      value={tilt}
      min={0}
      max={100}
      step={1}
      send={(level) => setTilt(zone, level)}
    />
  );
}
