import { useEffect, useState } from 'react';
import { type Area, explainZone, type Zone } from '../api';
import { percent } from '../fade';
import { useHome } from '../store';
import { useLevel } from '../useLevel';
import { LevelSlider } from './LevelSlider';
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
      <LevelText zone={zone.id} />
      <LevelSlider zone={zone} label={`${area.name} ${zone.name}`} />
      {explain && <Because zone={zone.id} />}
    </div>
  );
}

function LevelText({ zone }: { zone: string }) {
  const level = useLevel(zone);
  return <span className={classes.level}>{level > 0 ? `${percent(level)} %` : 'Off'}</span>;
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
