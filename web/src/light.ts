import type { Zone } from './api';

/** The colour of a lamp: amber when low, warm white when full, as people know it from filament lamps. */
const AMBER = [255, 168, 76] as const;
const WARM_WHITE = [255, 232, 196] as const;

export function lightColour(level: number): string {
  const share = Math.min(1, Math.max(0, level / 100));
  const mixed = AMBER.map((low, i) => Math.round(low + ((WARM_WHITE[i] ?? low) - low) * share));
  return `rgb(${mixed.join(' ')})`;
}

export const isLamp = (load: Zone['load']): boolean =>
  ['dimmed', 'switched', 'white_tuning', 'spectrum', 'warm_dim'].includes(load);

/** What a screen shows for a colour, as light: hue in degrees, saturation in percent, at full brightness. */
export function shownColour({ hue, saturation }: { hue: number; saturation: number }): string {
  // HSV at full value, written as HSL.
  const lightness = 100 - saturation / 2;
  return `hsl(${Math.round(hue)} 100% ${Math.round(lightness)}%)`;
}

/** How strong the glow is drawn, 0 to 1. Eyes see low levels as brighter than they are (square law), screens too. */
export function glow(level: number): number {
  return Math.sqrt(Math.min(1, Math.max(0, level / 100)));
}
