import { setColour, type Zone } from '../api';
import { useHome } from '../store';
import { ThinSlider } from './ThinSlider';

const WHITES = 'linear-gradient(90deg, #ffb46b, #fff1e0 55%, #d6e4ff)';
const HUES = 'linear-gradient(90deg, #f66, #fe6, #6e6, #6ee, #66f, #e6e, #f66)';
const FULL_SATURATION = 80; // percent; what a hue alone asks for

interface Props {
  readonly zone: Zone;
  readonly whites: { readonly warmest: number; readonly coolest: number };
  readonly label: string;
}

/** The white of a lamp, and of one that has colours its hue. */
export function ColourSliders({ zone, whites: { warmest, coolest }, label }: Props) {
  const colour = useHome((state) => state.colours[zone.id]);
  return (
    <>
      <ThinSlider
        label={`${label} white`}
        text={colour?.kelvin === undefined ? 'White' : `${colour.kelvin} K`}
        value={colour?.kelvin ?? warmest}
        min={warmest}
        max={coolest}
        step={50}
        track={WHITES}
        send={(kelvin) => setColour(zone.id, { kelvin })}
      />
      {zone.load === 'spectrum' && (
        <ThinSlider
          label={`${label} hue`}
          text="Hue"
          value={Math.round(colour?.hue ?? 0)}
          min={0}
          max={360}
          step={1}
          track={HUES}
          send={(hue) =>
            setColour(zone.id, { hue, saturation: Math.max(colour?.saturation ?? 0, FULL_SATURATION) })
          }
        />
      )}
    </>
  );
}
