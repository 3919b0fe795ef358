import { describe, expect, it } from 'vitest';
import { fadeOf, isMoving, levelAt, percent, still } from './fade';

describe('a fade', () => {
  // 20 % to 80 % in 4 s, of which 1 s had passed when it was told at 10 000 ms of this page's clock.
  const fade = fadeOf({ level: 35, target: 80, fade: { from: 20, elapsed: 1, duration: 4 } }, 10_000);

  it('began before the page heard of it', () => expect(levelAt(fade, 10_000)).toBe(35));
  it('goes on by formula', () => expect(levelAt(fade, 11_000)).toBe(50));
  it('stays at its target', () => expect(levelAt(fade, 99_000)).toBe(80));
  it('moves until its end', () => {
    expect(isMoving(fade, 12_999)).toBe(true);
    expect(isMoving(fade, 13_000)).toBe(false);
  });
  it('is still when the processor says so', () => {
    const at = fadeOf({ level: 40, target: 40 }, 10_000);
    expect(at).toEqual(still(40));
    expect(isMoving(at, 0)).toBe(false);
    expect(levelAt(at, 0)).toBe(40);
  });
});

it('shows percent as people read it', () => {
  expect([0, 0.2, 49.6, 99.7, 100].map(percent)).toEqual([0, 1, 50, 99, 100]);
});
