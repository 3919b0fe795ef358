import type { Changes, DeviceState, FeedEntry, Home, LedState, LinkFault, Snapshot, ZoneState } from './api';
import { type Fade, fadeOf } from './fade';

/** What the page knows. Replaced by a snapshot, kept up to date by changes. */
export interface HomeState {
  readonly home: Home;
  readonly fades: Readonly<Record<string, Fade>>;
  readonly leds: Readonly<Record<string, LedState>>;
  readonly scenes: Readonly<Record<string, string | null>>;
  readonly devices: Readonly<Record<string, DeviceState>>;
  readonly links: Readonly<Record<string, LinkFault>>;
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

const fadesOf = (old: HomeState['fades'], zones: readonly ZoneState[] | undefined, now: number) =>
  over(
    old,
    zones,
    (zone) => zone.id,
    (zone) => fadeOf(zone, now),
  );

export function fromSnapshot(snapshot: Snapshot, now: number): HomeState {
  return {
    home: snapshot.home,
    fades: fadesOf({}, snapshot.zones, now),
    leds: over(
      {},
      snapshot.leds,
      (led) => led.button,
      (led) => led.state,
    ),
    scenes: over(
      {},
      snapshot.scenes,
      (scene) => scene.area,
      (scene) => scene.scene,
    ),
    devices: over(
      {},
      snapshot.devices,
      (device) => device.id,
      (device) => device,
    ),
    links: over(
      {},
      snapshot.links,
      (link) => link.id,
      (link) => link.fault,
    ),
    pressed: {},
    warnings: snapshot.warnings,
    feed: snapshot.feed,
  };
}

export function withChanges(state: HomeState, changes: Changes, now: number): HomeState {
  return {
    ...state,
    fades: fadesOf(state.fades, changes.zones, now),
    leds: over(
      state.leds,
      changes.leds,
      (led) => led.button,
      (led) => led.state,
    ),
    scenes: over(
      state.scenes,
      changes.scenes,
      (scene) => scene.area,
      (scene) => scene.scene,
    ),
    devices: over(
      state.devices,
      changes.devices,
      (device) => device.id,
      (device) => device,
    ),
    links: over(
      state.links,
      changes.links,
      (link) => link.id,
      (link) => link.fault,
    ),
    pressed: over(
      state.pressed,
      changes.buttons,
      (button) => button.id,
      (button) => button.move !== 'release',
    ),
    feed: changes.feed?.length ? [...state.feed, ...changes.feed].slice(-MAX_FEED) : state.feed,
  };
}
