import type {
  Changes,
  Climate,
  ColourState,
  DeviceState,
  FacadeState,
  FeedEntry,
  Home,
  HouseState,
  LedState,
  LinkFault,
  OccupancyState,
  Snapshot,
  ZoneState,
} from './api';
import { type Fade, fadeOf } from './fade';

/** What the page knows. Replaced by a snapshot, kept up to date by changes. */
export interface HomeState {
  readonly home: Home;
  readonly fades: Readonly<Record<string, Fade>>;
  /** Of tilting shades: where their slats are. */
  readonly tilts: Readonly<Record<string, Fade>>;
  /** Of lamps that have a colour; null = none was set yet. */
  readonly colours: Readonly<Record<string, ColourState>>;
  readonly climates: Readonly<Record<string, Climate>>;
  readonly leds: Readonly<Record<string, LedState>>;
  readonly scenes: Readonly<Record<string, string | null>>;
  readonly devices: Readonly<Record<string, DeviceState>>;
  readonly links: Readonly<Record<string, LinkFault>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Sequences and shows that run. */
  readonly running: Readonly<Record<string, boolean>>;
  readonly occupancy: Readonly<Record<string, OccupancyState>>;
  readonly facades: Readonly<Record<string, FacadeState>>;
  readonly house: HouseState;
  /** Buttons that are down, here or on a real keypad. */
  readonly pressed: Readonly<Record<string, boolean>>;
  readonly warnings: readonly string[];
  /** Oldest first. */
  readonly feed: readonly FeedEntry[];
}

const MAX_FEED = 200;

/** A record with these entries over the old ones; the very same record when there are none. */
function over<Item, Value>(
  old: Readonly<Record<string, Value>>,
  items: readonly Item[] | undefined,
  key: (item: Item) => string,
  value: (item: Item) => Value,
): Readonly<Record<string, Value>> {
  if (!items?.length) return old;
  return { ...old, ...Object.fromEntries(items.map((item) => [key(item), value(item)])) };
}

/** What snapshots and changes tell alike. */
type Told = Omit<Snapshot, 'type' | 'home' | 'warnings' | 'feed'> | Changes;
type Objects = Omit<HomeState, 'home' | 'house' | 'pressed' | 'warnings' | 'feed'>;

const NOTHING: Objects = {
  fades: {},
  tilts: {},
  colours: {},
  climates: {},
  leds: {},
  scenes: {},
  devices: {},
  links: {},
  variables: {},
  running: {},
  occupancy: {},
  facades: {},
};

/** The zones that have the thing, with it. */
const having = <Key extends keyof ZoneState>(zones: readonly ZoneState[] | undefined, key: Key) =>
  zones?.flatMap((zone) => {
    const value = zone[key];
    return value === undefined ? [] : [{ id: zone.id, value: value as NonNullable<typeof value> }];
  });

function objectsOf(old: Objects, told: Told, now: number): Objects {
  const byId = (item: { readonly id: string }) => item.id;
  return {
    fades: over(old.fades, told.zones, byId, (zone) => fadeOf(zone, now)),
    tilts: over(old.tilts, having(told.zones, 'tilt'), byId, ({ value }) => fadeOf(value, now)),
    colours: over(old.colours, having(told.zones, 'colour'), byId, ({ value }) => value),
    climates: over(old.climates, having(told.zones, 'climate'), byId, ({ value }) => value),
    leds: over(
      old.leds,
      told.leds,
      (led) => led.button,
      (led) => led.state,
    ),
    scenes: over(
      old.scenes,
      told.scenes,
      (scene) => scene.area,
      (scene) => scene.scene,
    ),
    devices: over(old.devices, told.devices, byId, (device) => device),
    links: over(old.links, told.links, byId, (link) => link.fault),
    variables: over(old.variables, told.variables, byId, (variable) => variable.state),
    running: over(
      over(old.running, told.sequences, byId, (sequence) => sequence.running),
      told.shows,
      byId,
      (show) => show.running,
    ),
    occupancy: over(old.occupancy, told.occupancy, byId, (group) => group),
    facades: over(old.facades, told.facades, byId, (facade) => facade),
  };
}

export function fromSnapshot(snapshot: Snapshot, now: number): HomeState {
  return {
    ...objectsOf(NOTHING, snapshot, now),
    home: snapshot.home,
    house: snapshot.house,
    pressed: {},
    warnings: snapshot.warnings,
    feed: snapshot.feed,
  };
}

export function withChanges(state: HomeState, changes: Changes, now: number): HomeState {
  return {
    ...state,
    ...objectsOf(state, changes, now),
    house: changes.house ?? state.house,
    pressed: over(
      state.pressed,
      changes.buttons,
      (button) => button.id,
      (button) => button.move !== 'release',
    ),
    feed: changes.feed?.length ? [...state.feed, ...changes.feed].slice(-MAX_FEED) : state.feed,
  };
}

/** Whether somebody is in the area; null = nobody knows, or there is no sensor. */
export function isOccupied(state: HomeState, area: string): boolean | null {
  const states = state.home.occupancy_groups
    .filter((group) => group.area === area)
    .map((group) => state.occupancy[group.id]?.state ?? 'unknown');
  if (states.some((each) => each === 'occupied' || each === 'partial')) return true;
  return states.includes('unoccupied') ? false : null;
}
