import type { Area, Device, Home, Point, Zone } from './api';

/** A floor plan ready to draw. */
export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly rooms: readonly Room[];
}
export interface Room {
  readonly area: Area;
  readonly outline: readonly Point[];
  readonly lamps: readonly { readonly zone: Zone; readonly at: Point }[];
  readonly keypads: readonly { readonly keypad: Device; readonly at: Point }[];
}

/** All areas, parents before children. */
export function allAreas(area: Area): readonly Area[] {
  return [area, ...area.areas.flatMap(allAreas)];
}

export const keypadsOf = (area: Area): readonly Device[] => area.devices.filter((device) => device.keypad);

/** Areas that people would call rooms: something in them can be seen or pressed. */
export function roomsOf(home: Home): readonly Area[] {
  return allAreas(home.area).filter((area) => area.zones.length > 0 || keypadsOf(area).length > 0);
}

export function planOf(home: Home): Plan {
  return home.plan && roomsOf(home).some((area) => area.outline.length > 2)
    ? drawnPlan(home, home.plan.width, home.plan.height)
    : tiledPlan(home);
}

function drawnPlan(home: Home, width: number, height: number): Plan {
  const rooms = roomsOf(home)
    .filter((area) => area.outline.length > 2)
    .map((area) => {
      const places = gridIn(boundsOf(area.outline), area.zones.length);
      return {
        area,
        outline: area.outline,
        lamps: area.zones.map((zone, i) => ({ zone, at: zone.position ?? placeAt(places, i) })),
        keypads: keypadsOf(area).flatMap((keypad) =>
          keypad.position ? [{ keypad, at: keypad.position }] : [],
        ),
      };
    });
  return { width, height, rooms };
}

const TILE_WIDTH = 5;
const LAMPS_IN_A_ROW = 4;
const GAP = 0.4;
const TITLE = 0.9;

/** A home without a floor plan: a tile for each room, put into columns like bricks, the next always on the lowest. */
function tiledPlan(home: Home): Plan {
  const areas = roomsOf(home);
  const heightOf = (area: Area) => TITLE + 1.1 * Math.max(1, Math.ceil(area.zones.length / LAMPS_IN_A_ROW));
  const surface = areas.reduce((sum, area) => sum + heightOf(area) * TILE_WIDTH, 0);
  const count = Math.max(1, Math.min(areas.length, Math.round(Math.sqrt(surface * 1.5) / TILE_WIDTH)));
  const columns = Array.from({ length: count }, () => GAP);
  const rooms = areas.map((area) => {
    const column = columns.indexOf(Math.min(...columns));
    const left = GAP + column * (TILE_WIDTH + GAP);
    const top = columns[column] ?? GAP;
    const bottom = top + heightOf(area);
    columns[column] = bottom + GAP;
    const places = gridIn(
      { left, right: left + TILE_WIDTH, top: top + TITLE - 0.3, bottom },
      area.zones.length,
    );
    return {
      area,
      outline: [
        { x: left, y: top },
        { x: left + TILE_WIDTH, y: top },
        { x: left + TILE_WIDTH, y: bottom },
        { x: left, y: bottom },
      ],
      lamps: area.zones.map((zone, i) => ({ zone, at: placeAt(places, i) })),
      keypads: [],
    };
  });
  return { width: GAP + count * (TILE_WIDTH + GAP), height: Math.max(...columns), rooms };
}

interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function boundsOf(outline: readonly Point[]): Bounds {
  const xs = outline.map((point) => point.x);
  const ys = outline.map((point) => point.y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function gridIn({ left, right, top, bottom }: Bounds, count: number): readonly Point[] {
  const rows = Math.max(1, Math.ceil(count / LAMPS_IN_A_ROW));
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / LAMPS_IN_A_ROW);
    const inRow = Math.min(LAMPS_IN_A_ROW, count - row * LAMPS_IN_A_ROW);
    return {
      x: left + ((right - left) * ((i % LAMPS_IN_A_ROW) + 0.5)) / inRow,
      y: top + ((bottom - top) * (row + 0.5)) / rows,
    };
  });
}

const placeAt = (places: readonly Point[], i: number): Point => places[i] ?? { x: 0, y: 0 };
