// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { snapshot } from './small_home';
import { receive } from './store';
import { useLevel } from './useLevel';

let now = 0;
/** Time that each look at the clock takes: a slow computer. */
let look = 0;
let frames: (() => void)[] = [];

beforeEach(() => {
  now = 1000;
  look = 0;
  frames = [];
  vi.spyOn(performance, 'now').mockImplementation(() => (now += look));
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  receive(snapshot, now);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function Shown() {
  return <output>{useLevel('ceiling')}</output>;
}
const shown = () => Number(screen.getByRole('status').textContent);
const fade = (to: number, duration: number) =>
  act(() =>
    receive(
      {
        type: 'changes',
        zones: [{ id: 'ceiling', level: 0, target: to, fade: { from: 0, elapsed: 0, duration } }],
      },
      now,
    ),
  );
const frameAt = (time: number) => {
  now = time;
  act(() => frames.splice(0).forEach((each) => each()));
};

it('follows a fade frame by frame to its end', () => {
  render(<Shown />);
  fade(100, 2);
  frameAt(2000);
  expect(shown()).toBe(50);
  frameAt(3500);
  expect(shown()).toBe(100);
  frameAt(3600);
  expect(frames).toEqual([]);
});

it('does not render for ever where rendering takes longer than the fade changes', () => {
  look = 20;
  render(<Shown />);
  fade(100, 2);
  expect(shown()).toBeLessThan(50);
  frameAt(4000);
  expect(shown()).toBe(100);
});

it('catches up with a fade that ended before anybody looked', () => {
  fade(100, 2);
  now = 9000;
  render(<Shown />);
  frameAt(9000);
  expect(shown()).toBe(100);
});
