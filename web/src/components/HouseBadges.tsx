import { Tooltip } from '@mantine/core';
import { stopSequence } from '../api';
import { attempt, useHome } from '../store';
import classes from './HouseBadges.module.css';

/** What holds for the whole house: its mode, day or night, what runs by itself. */
export function HouseBadges() {
  const house = useHome((state) => state.house);
  const home = useHome((state) => state.home);
  const running = useHome((state) => state.running);
  const mode = home.modes.find(({ id }) => id === house.mode);
  return (
    <div className={classes.badges} role="group" aria-label="House">
      {mode && <span className={classes.badge}>{mode.name}</span>}
      {house.night !== null && <DayOrNight night={house.night} />}
      {house.away && <span className={classes.badge}>Away: it looks lived in</span>}
      {house.shed_percent > 0 && <span className={classes.badge}>Sheds {house.shed_percent} %</span>}
      {!house.clock_trusted && (
        <span className={classes.badge} data-bad>
          The time is not sure
        </span>
      )}
      {house.emergency && (
        <span className={classes.badge} data-bad role="alert">
          Emergency
        </span>
      )}
      {home.shows
        .filter(({ id }) => running[id])
        .map(({ id, name }) => (
          <span key={id} className={classes.badge} data-runs>
            {name}
          </span>
        ))}
      {home.sequences
        .filter(({ id }) => running[id])
        .map(({ id, name }) => (
          <Tooltip key={id} label="Stop this sequence">
            <button
              type="button"
              className={classes.badge}
              data-runs
              aria-label={`${name} runs: stop it`}
              onClick={() => attempt(stopSequence(id))}
            >
              {name}
            </button>
          </Tooltip>
        ))}
    </div>
  );
}

function DayOrNight({ night }: { night: boolean }) {
  return (
    <span className={classes.badge}>
      <svg viewBox="0 0 16 16" width="13" aria-hidden>
        {night ? (
          <path d="M13.5 9.7A6 6 0 0 1 6.3 2.5a6 6 0 1 0 7.2 7.2Z" />
        ) : (
          <path d="M1 12h14M3.5 12a4.5 4.5 0 0 1 9 0M8 2.5v2M2.5 5.5l1.4 1.4m9.6-1.4-1.4 1.4" />
        )}
      </svg>
      {night ? 'Night' : 'Day'}
    </span>
  );
}
