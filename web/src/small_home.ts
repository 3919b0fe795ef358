import type { Snapshot } from './api';

/** A home for tests: a hall with two lights and a keypad. */
export const snapshot: Snapshot = {
  type: 'snapshot',
  home: {
    name: 'Small Home',
    version: '0.1.0',
    plan: null,
    links: [{ id: 'wired', name: 'Wired', type: 'qs_wired', simulated: true }],
    area: {
      id: 'home',
      name: 'Small Home',
      outline: [],
      zones: [],
      scenes: [],
      devices: [],
      areas: [
        {
          id: 'hall',
          name: 'Hall',
          outline: [],
          zones: [
            { id: 'ceiling', name: 'Ceiling', load: 'dimmed', fade: 1, position: null },
            { id: 'wall', name: 'Wall', load: 'dimmed', fade: 1, position: null },
            { id: 'blind', name: 'Blind', load: 'tilting_shade', fade: 1, position: null },
            {
              id: 'strip',
              name: 'Strip',
              load: 'spectrum',
              fade: 1,
              position: null,
              kelvin: { warmest: 2000, coolest: 6500 },
            },
          ],
          scenes: [{ id: 'hall.evening', name: 'Evening', off: false }],
          devices: [
            {
              id: 'keypad',
              name: 'Hall door',
              family: 'X',
              keypad: true,
              kind: 'real',
              link: 'wired',
              position: null,
              buttons: [
                { id: 'keypad.1', position: 1, name: '', engraving: 'Evening', kind: 'scene', led: true },
                { id: 'keypad.18', position: 18, name: '', engraving: '', kind: 'raise', led: false },
              ],
            },
          ],
          areas: [],
        },
      ],
    },
    modes: [
      { id: 'home', name: 'At home' },
      { id: 'vacation', name: 'Vacation' },
    ],
    variables: [{ id: 'household', name: 'Household', states: ['awake', 'asleep'] }],
    sequences: [{ id: 'welcome', name: 'Welcome' }],
    shows: [],
    occupancy_groups: [{ id: 'hall', name: 'Hall', area: 'hall' }],
  },
  zones: [
    { id: 'ceiling', level: 0, target: 0 },
    { id: 'wall', level: 40, target: 40 },
    { id: 'blind', level: 100, target: 100, tilt: { level: 50, target: 50 } },
    { id: 'strip', level: 80, target: 80, colour: { kelvin: 2700, hue: 28, saturation: 60 } },
  ],
  leds: [{ button: 'keypad.1', state: 'off' }],
  scenes: [{ area: 'hall', scene: null }],
  devices: [{ id: 'keypad', presence: 'present', fault: 'none' }],
  links: [{ id: 'wired', fault: 'none' }],
  variables: [{ id: 'household', state: 'awake' }],
  sequences: [{ id: 'welcome', running: false }],
  shows: [],
  occupancy: [{ id: 'hall', state: 'unknown', mode: 'automatic' }],
  house: {
    mode: 'home',
    night: false,
    away: false,
    emergency: false,
    shed_percent: 0,
    clock_trusted: true,
  },
  warnings: [],
  feed: [],
};
