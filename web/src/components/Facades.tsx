import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { controlFacade, type Facade, type FacadeState } from '../api';
import { percent } from '../fade';
import { allAreas } from '../plan';
import { attempt, useHome } from '../store';
import list from './AreaList.module.css';
import classes from './Facades.module.css';
import { ListEntry } from './ListEntry';

/** Shades that follow the sun: what each side of the house wants of them, and what people have moved since. */
export function Facades() {
  const facades = useHome((state) => state.home.facades);
  const states = useHome((state) => state.facades);
  const [open, setOpen] = useState(false);
  if (facades.length === 0) return null;
  return (
    <ListEntry
      name="Sun and shades"
      open={open}
      onToggle={() => setOpen(!open)}
      aside={<span className={list.active}>{summary(Object.values(states))}</span>}
    >
      {facades.map((facade) => (
        <Row key={facade.id} facade={facade} />
      ))}
    </ListEntry>
  );
}

function summary(states: readonly FacadeState[]): string {
  const moved = states.reduce((count, { elsewhere }) => count + elsewhere.length, 0);
  if (moved > 0) return moved === 1 ? 'One shade was moved' : `${moved} shades were moved`;
  const on = states.filter(({ enabled }) => enabled).length;
  if (on === 0) return 'Off';
  return on === states.length ? 'Follow the sun' : `${on} of ${states.length} follow the sun`;
}

function Row({ facade }: { facade: Facade }) {
  const state = useHome(({ facades }) => facades[facade.id]);
  const names = useShadeNames();
  if (!state) return null;
  const moved = state.elsewhere.map((shade) => names[shade] ?? shade);
  return (
    <div className={classes.facade} role="group" aria-label={facade.name}>
      <span>{facade.name}</span>
      <Switch
        size="sm"
        checked={state.enabled}
        aria-label={`${facade.name}: follow the sun`}
        onChange={(event) =>
          attempt(controlFacade(facade.id, event.currentTarget.checked ? 'enable' : 'disable'))
        }
      />
      <p className={classes.state}>{inWords(state, moved)}</p>
      {moved.length > 0 && (
        <button
          type="button"
          className={`${list.scene} ${classes.resume}`}
          onClick={() => attempt(controlFacade(facade.id, 'resume'))}
        >
          Follow the sun again
        </button>
      )}
    </div>
  );
}

function inWords({ enabled, wanted }: FacadeState, moved: readonly string[]): string {
  if (!enabled) return 'Off: the shades stay where they are';
  if (wanted === null) return 'Nothing to do for the sun yet';
  const aim =
    percent(wanted) === 100 ? 'open' : percent(wanted) === 0 ? 'closed' : `${percent(wanted)} % open`;
  if (moved.length === 0) return `Shades are ${aim}`;
  return `Would be ${aim}; moved by somebody: ${moved.join(', ')}`;
}

function useShadeNames(): Readonly<Record<string, string>> {
  const home = useHome((state) => state.home);
  return useMemo(
    () =>
      Object.fromEntries(
        allAreas(home.area).flatMap((area) => area.zones.map(({ id, name }) => [id, `${area.name} ${name}`])),
      ),
    [home],
  );
}
