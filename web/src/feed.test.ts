import { expect, it } from 'vitest';
import { groupFeed } from './feed';

const entry = (number: number, event: number, text: string) => ({
  number,
  time: `2026-01-01T00:00:0${number}Z`,
  event,
  text,
  because: `the house: ${event}`,
});

it('tells what followed from one event together, newest first', () => {
  const told = groupFeed([entry(1, 7, 'a'), entry(2, 7, 'b'), entry(3, 9, 'c')]);
  expect(told).toEqual([
    { key: 3, at: '2026-01-01T00:00:03Z', because: 'The house: 9', effects: ['c'] },
    { key: 1, at: '2026-01-01T00:00:01Z', because: 'The house: 7', effects: ['a', 'b'] },
  ]);
});

it('does not say the cause twice', () => {
  const pressed = { ...entry(1, 7, 'button 1 was pressed'), because: 'the page: button 1 was pressed' };
  expect(groupFeed([pressed, entry(2, 7, 'b')])[0]).toMatchObject({
    because: 'The page: button 1 was pressed',
    effects: ['b'],
  });
});
