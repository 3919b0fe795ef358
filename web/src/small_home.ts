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
          ],
          scenes: [{ id: 'hall.evening', name: 'Evening', off: false }],
          devices: [
            {
              id: 'keypad',
              name: 'Hall door',
              family: 'X',
              keypad: true,
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
  },
  zones: [
    { id: 'ceiling', level: 0, target: 0 },
    { id: 'wall', level: 40, target: 40 },
  ],
  leds: [{ button: 'keypad.1', state: 'off' }],
  scenes: [{ area: 'hall', scene: null }],
  devices: [{ id: 'keypad', presence: 'present', fault: 'none' }],
  links: [{ id: 'wired', fault: 'none' }],
  warnings: [],
  feed: [],
};
