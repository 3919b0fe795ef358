import type { Area, Device, Home, Point, Zone } from './api';
import { type Bounds, boundsOf, gridIn, grown, isInside, rectangle } from './geometry';

/** A floor plan ready to draw: rooms with their lamps, and the part of the plane they take up. In metres. */
export interface Plan {
  readonly bounds: Bounds;
  readonly rooms: readonly Room[];
}
export interface Room {
  readonly area: Area;
  readonly outline: readonly Point[];
  readonly lamps: readonly { readonly zone: Zone; readonly at: Point }[];
  readonly keypads: readonly { readonly keypad: Device; readonly at: Point }[];
  /** Where its name begins, on the base line. */
  readonly label: Point;
}
type UnnamedRoom = Omit<Room, 'label'>;

/** All areas, parents before children. */
export function allAreas(area: Area): readonly Area[] {
  return [area, ...area.areas.flatMap(allAreas)];
}

/** What people can press; phantom keypads are there for programs. */
export const keypadsOf = (area: Area): readonly Device[] =>
  area.devices.filter((device) => device.keypad && device.kind !== 'phantom');

/** Areas that people would call rooms: something in them can be seen or pressed. */
export function roomsOf(home: Home): readonly Area[] {
  return allAreas(home.area).filter((area) => area.zones.length > 0 || keypadsOf(area).length > 0);
}

const MARGIN = 0.4;

export function planOf(home: Home): Plan {
  const drawn = home.plan ? drawnRooms(home) : [];
  const rooms = drawn.length > 0 ? drawn : tiledRooms(home);
  return {
    bounds: rooms.length > 0 ? grown(boundsOf(rooms.flatMap((room) => room.outline)), MARGIN) : NOTHING,
    rooms: rooms.map((room) => ({ ...room, label: labelPlace(room) })),
  };
}

const NOTHING: Bounds = { left: 0, right: 1, top: 0, bottom: 1 };
const LAMPS_IN_A_ROW = 4;

function drawnRooms(home: Home): readonly UnnamedRoom[] {
  return roomsOf(home)
    .filter((area) => area.outline.length > 2)
    .map((area) => {
      const places = gridIn(boundsOf(area.outline), area.zones.length, LAMPS_IN_A_ROW);
      return {
        area,
        outline: area.outline,
        lamps: area.zones.flatMap((zone, i) => placed(zone, zone.position ?? places[i])),
        keypads: keypadsOf(area).flatMap((keypad) =>
          keypad.position ? [{ keypad, at: keypad.position }] : [],
        ),
      };
    });
}

const TILE_WIDTH = 5;
const GAP = 0.4;
const TITLE = 0.6;
const LAMP_ROW = 1.1;

/** A home without a floor plan: a tile for each room, put into columns like bricks, the next on the lowest. */
function tiledRooms(home: Home): readonly UnnamedRoom[] {
  const areas = roomsOf(home);
  const heightOf = (area: Area) =>
    TITLE + LAMP_ROW * Math.max(1, Math.ceil(area.zones.length / LAMPS_IN_A_ROW));
  const surface = areas.reduce((sum, area) => sum + heightOf(area) * TILE_WIDTH, 0);
  const count = Math.max(1, Math.min(areas.length, Math.round(Math.sqrt(1.5 * surface) / TILE_WIDTH)));
  const heights = Array.from({ length: count }, () => 0);
  return areas.map((area) => {
    const column = heights.indexOf(Math.min(...heights));
    const left = column * (TILE_WIDTH + GAP);
    const top = heights[column] ?? 0;
    const tile = { left, right: left + TILE_WIDTH, top, bottom: top + heightOf(area) };
    heights[column] = tile.bottom + GAP;
    const places = gridIn({ ...tile, top: top + TITLE }, area.zones.length, LAMPS_IN_A_ROW);
    return {
      area,
      outline: rectangle(tile),
      lamps: area.zones.flatMap((zone, i) => placed(zone, places[i])),
      keypads: [],
    };
  });
}

const placed = (zone: Zone, at: Point | undefined) => (at ? [{ zone, at }] : []);

/** As drawn: the height of a line of text, and how much of it a letter is wide. */
export const LABEL_SIZE = 0.32;
const LETTER_WIDTH = 0.58;
const LABEL_INSET = 0.22;

/** A place in the room where its name hides no lamp or keypad; the upper left corner if there is none. */
function labelPlace({ area, outline, lamps, keypads }: UnnamedRoom): Point {
  const { left, right, top, bottom } = grown(boundsOf(outline), -LABEL_INSET);
  const width = area.name.length * LABEL_SIZE * LETTER_WIDTH;
  const high = top + 0.75 * LABEL_SIZE;
  const xs = [left, right - width, (left + right - width) / 2];
  const places = [high, bottom, (high + bottom) / 2].flatMap((y) => xs.map((x) => ({ x, y })));
  const things = [...lamps, ...keypads].map(({ at }) => at);
  const isFree = ({ x, y }: Point) =>
    isInside({ x, y }, outline) &&
    isInside({ x: x + width, y }, outline) &&
    !things.some((at) => at.x > x - 0.3 && at.x < x + width + 0.3 && at.y > y - 0.55 && at.y < y + 0.3);
  return places.find(isFree) ?? { x: left, y: high };
}
