import { describe, expect, it } from 'vitest';
import type { Area, Home } from './api';
import { boundsOf, isInside } from './geometry';
import { planOf } from './plan';
import { snapshot } from './small_home';

function room(id: string, zones: number): Area {
  return {
    id,
    name: id,
    outline: [],
    zones: Array.from({ length: zones }, (_, i) => ({
      id: `${id}-${i}`,
      name: `${i}`,
      load: 'dimmed' as const,
      fade: 1,
      position: null,
    })),
    scenes: [],
    devices: [],
    areas: [],
  };
}
function home(areas: Area[], plan: Home['plan'] = null): Home {
  return { ...snapshot.home, plan, area: { ...room('home', 0), areas } };
}

describe('a home without a floor plan', () => {
  const plan = planOf(home(Array.from({ length: 12 }, (_, i) => room(`room ${i}`, i))));

  it('shows the rooms that have something in them', () => expect(plan.rooms.length).toBe(11));
  it('puts every lamp into its room', () => {
    for (const { outline, lamps, area } of plan.rooms) {
      expect(lamps.length).toBe(area.zones.length);
      expect(lamps.every(({ at }) => isInside(at, outline))).toBe(true);
    }
  });
  it('lets no rooms overlap', () => {
    const boxes = plan.rooms.map(({ outline }) => boundsOf(outline));
    boxes.forEach((a, i) =>
      boxes.slice(i + 1).forEach((b) => {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(apart).toBe(true);
      }),
    );
  });
});

describe('a home with a floor plan', () => {
  const outline = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 4, y: 4 },
    { x: 0, y: 4 },
  ];
  const zones = room('den', 2).zones.map((zone, i) =>
    i === 0 ? { ...zone, position: { x: 0.6, y: 0.4 } } : zone,
  );
  const plan = planOf(
    home([{ ...room('den', 0), outline, zones }, room('attic', 1)], { width: 10, height: 10 }),
  );

  it('draws the rooms that are on it', () => expect(plan.rooms.map(({ area }) => area.id)).toEqual(['den']));
  it('finds a place for lamps that have none', () => {
    expect(plan.rooms[0]?.lamps[0]?.at).toEqual({ x: 0.6, y: 0.4 });
    expect(isInside(plan.rooms[0]?.lamps[1]?.at ?? { x: -1, y: -1 }, outline)).toBe(true);
  });
  it('writes the name where no lamp is', () => expect(plan.rooms[0]?.label.x).toBeGreaterThan(1));
});

it('survives a home with nothing in it', () => {
  expect(planOf(home([])).rooms).toEqual([]);
});
