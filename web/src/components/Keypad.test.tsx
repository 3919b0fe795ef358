// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Device } from '../api';
import { pressButton, releaseButton } from '../live';
import { snapshot } from '../small_home';
import { receive } from '../store';
import { Keypad } from './Keypad';

vi.mock('../live', () => ({ pressButton: vi.fn(), releaseButton: vi.fn() }));

const keypad = snapshot.home.area.areas[0]?.devices[0] as Device;
const evening = () => screen.getByRole('button', { name: 'Evening, Hall door keypad' });
const calls = () => [vi.mocked(pressButton).mock.calls.flat(), vi.mocked(releaseButton).mock.calls.flat()];

beforeEach(() => {
  vi.clearAllMocks();
  Element.prototype.setPointerCapture = vi.fn(); // jsdom has none
  receive(snapshot, 0);
  render(<Keypad keypad={keypad} />);
});
afterEach(cleanup);

it('presses when the finger goes down and releases when it goes up', () => {
  fireEvent.pointerDown(evening(), { button: 0 });
  expect(calls()).toEqual([['keypad.1'], []]);
  fireEvent.pointerUp(evening());
  fireEvent.lostPointerCapture(evening());
  fireEvent.click(evening(), { detail: 1 });
  expect(calls()).toEqual([['keypad.1'], ['keypad.1']]);
});

it('is held by a key, however often it repeats', () => {
  fireEvent.keyDown(evening(), { key: ' ' });
  fireEvent.keyDown(evening(), { key: ' ', repeat: true });
  expect(calls()).toEqual([['keypad.1'], []]);
  fireEvent.keyUp(evening(), { key: ' ' });
  expect(calls()).toEqual([['keypad.1'], ['keypad.1']]);
});

it('is tapped by a screen reader', () => {
  fireEvent.click(evening(), { detail: 0 });
  expect(calls()).toEqual([['keypad.1'], ['keypad.1']]);
});

it('lets go when it disappears', () => {
  fireEvent.pointerDown(screen.getByRole('button', { name: 'Raise, Hall door keypad' }), { button: 0 });
  cleanup();
  expect(calls()).toEqual([['keypad.18'], ['keypad.18']]);
});

it('shows its LEDs', async () => {
  expect(evening().getAttribute('aria-pressed')).toBe('false');
  receive({ type: 'changes', leds: [{ button: 'keypad.1', state: 'on' }] }, 0);
  await vi.waitFor(() => expect(evening().getAttribute('aria-pressed')).toBe('true'));
});
