import { expect, it } from 'vitest';
import type { FeedEntry } from './api';
import { levelAt } from './fade';
import { snapshot } from './small_home';
import { fromSnapshot, isOccupied, withChanges } from './state';

const NOW = 5000;
const state = fromSnapshot(snapshot, NOW);
const entry = (number: number): FeedEntry => ({ number, time: '', event: number, text: '', because: '' });

it('takes everything from a snapshot', () => {
  expect(state.home.name).toBe('Small Home');
  expect(state.fades.wall?.to).toBe(40);
  expect(state.leds['keypad.1']).toBe('off');
  expect(state.devices.keypad?.presence).toBe('present');
});

it('changes only what changed', () => {
  const next = withChanges(
    state,
    {
      type: 'changes',
      zones: [{ id: 'ceiling', level: 0, target: 100, fade: { from: 0, elapsed: 0, duration: 2 } }],
      leds: [{ button: 'keypad.1', state: 'on' }],
      scenes: [{ area: 'hall', scene: 'hall.evening' }],
    },
    NOW,
  );
  expect(next.fades.ceiling && levelAt(next.fades.ceiling, NOW + 1000)).toBe(50);
  expect(next.fades.wall).toBe(state.fades.wall);
  expect(next.leds['keypad.1']).toBe('on');
  expect(next.scenes.hall).toBe('hall.evening');
  // What did not change stays the same object, so that nothing there is drawn again.
  expect(next.devices).toBe(state.devices);
  expect(next.feed).toBe(state.feed);
});

it('knows which buttons are down', () => {
  const down = withChanges(state, { type: 'changes', buttons: [{ id: 'keypad.1', move: 'press' }] }, NOW);
  expect(down.pressed['keypad.1']).toBe(true);
  const up = withChanges(down, { type: 'changes', buttons: [{ id: 'keypad.1', move: 'release' }] }, NOW);
  expect(up.pressed['keypad.1']).toBe(false);
});

it('keeps a bounded feed', () => {
  let next = state;
  for (let i = 0; i < 300; ++i) next = withChanges(next, { type: 'changes', feed: [entry(i)] }, NOW);
  expect(next.feed.length).toBe(200);
  expect(next.feed.at(-1)?.number).toBe(299);
});

it('forgets everything at a new snapshot', () => {
  const old = withChanges(state, { type: 'changes', buttons: [{ id: 'keypad.1', move: 'press' }] }, NOW);
  expect(old.pressed).not.toEqual({});
  expect(fromSnapshot(snapshot, NOW).pressed).toEqual({});
});

it('knows what facades want, and which shades were moved', () => {
  expect(state.facades.south).toMatchObject({ enabled: true, wanted: 100 });
  const south = { id: 'south', enabled: true, wanted: 40, elsewhere: ['blind'] };
  expect(withChanges(state, { type: 'changes', facades: [south] }, NOW).facades.south).toEqual(south);
});

it('knows colours, slats, and what holds for the house', () => {
  expect(state.colours.strip).toMatchObject({ kelvin: 2700 });
  expect(state.colours.wall).toBeUndefined();
  expect(state.tilts.blind?.to).toBe(50);
  const next = withChanges(
    state,
    {
      type: 'changes',
      zones: [{ id: 'strip', level: 80, target: 80, colour: { x: 0.2, y: 0.1, hue: 240, saturation: 90 } }],
      sequences: [{ id: 'welcome', running: true }],
      variables: [{ id: 'household', state: 'asleep' }],
      house: { ...snapshot.house, night: true },
    },
    NOW,
  );
  expect(next.colours.strip).toMatchObject({ hue: 240 });
  expect(next.tilts).toBe(state.tilts);
  expect(next.running.welcome).toBe(true);
  expect(next.variables.household).toBe('asleep');
  expect(next.house.night).toBe(true);
});

it('tells where somebody is', () => {
  expect(isOccupied(state, 'hall')).toBe(null);
  expect(isOccupied(state, 'cellar')).toBe(null);
  const heard = (told: 'occupied' | 'unoccupied' | 'partial') =>
    isOccupied(
      withChanges(
        state,
        { type: 'changes', occupancy: [{ id: 'hall', state: told, mode: 'automatic' }] },
        NOW,
      ),
      'hall',
    );
  expect(heard('occupied')).toBe(true);
  expect(heard('partial')).toBe(true);
  expect(heard('unoccupied')).toBe(false);
});
