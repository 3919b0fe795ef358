import { useEffect, useState } from 'react';
import { type Area, explainZone, type Zone } from '../api';
import { percent } from '../fade';
import { useHome } from '../store';
import { useLevel } from '../useLevel';
import { ColourSliders } from './ColourSliders';
import { LevelSlider } from './LevelSlider';
import { TiltSlider } from './TiltSlider';
import classes from './ZoneControl.module.css';

interface Props {
  readonly zone: Zone;
  readonly area: Area;
  /** With the area's name, and why the light is as it is. */
  readonly explain?: boolean;
}

export function ZoneControl({ zone, area, explain = false }: Props) {
  return (
    <div className={classes.zone} data-alone={explain}>
      <span className={classes.name}>
        {explain && <span className={classes.area}>{area.name} </span>}
        {zone.name}
      </span>
      {zone.load === 'climate' ? <Climate zone={zone.id} /> : <Level zone={zone} area={area} />}
      {explain && <Because zone={zone.id} />}
    </div>
  );
}

function Level({ zone, area }: { zone: Zone; area: Area }) {
  const label = `${area.name} ${zone.name}`;
  return (
    <>
      <LevelText zone={zone} />
      <LevelSlider zone={zone} label={label} />
      {(zone.load === 'tilting_shade' || zone.kelvin) && (
        <div className={classes.more}>
          {zone.load === 'tilting_shade' && <TiltSlider zone={zone.id} label={`${label} slats`} />}
          {zone.kelvin && <ColourSliders zone={zone} whites={zone.kelvin} label={label} />}
        </div>
      )}
    </>
  );
}

function LevelText({ zone }: { zone: Zone }) {
  const level = useLevel(zone.id);
  const shade = zone.load === 'shade' || zone.load === 'tilting_shade';
  return (
    <span className={classes.level}>{level > 0 ? `${percent(level)} %` : shade ? 'Closed' : 'Off'}</span>
  );
}

function Climate({ zone }: { zone: string }) {
  const climate = useHome((state) => state.climates[zone]);
  if (!climate) return null;
  const { mode, heat, cool, temperature } = climate;
  const aim = {
    off: 'off',
    heat: `heats to ${heat}°`,
    cool: `cools to ${cool}°`,
    automatic: `${heat}–${cool}°`,
  };
  return (
    <>
      <span className={classes.aim}>{aim[mode]}</span>
      <span className={classes.level}>{temperature.toFixed(1)}°</span>
    </>
  );
}

function Because({ zone }: { zone: string }) {
  const fade = useHome((state) => state.fades[zone]);
  const [because, setBecause] = useState('');
  useEffect(() => {
    let wanted = true;
    explainZone(zone).then(
      (explained) => wanted && setBecause(explained.because),
      () => wanted && setBecause(''),
    );
    return () => {
      wanted = false;
    };
  }, [zone, fade]);
  return because === '' ? null : <p className={classes.because}>{because}</p>;
}
