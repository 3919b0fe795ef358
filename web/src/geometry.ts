import type { Point } from './api';

export interface Bounds {
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

export function grown({ left, right, top, bottom }: Bounds, by: number): Bounds {
  return { left: left - by, right: right + by, top: top - by, bottom: bottom + by };
}

export function rectangle({ left, right, top, bottom }: Bounds): readonly Point[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/** Counts the walls to the right of the point: an odd number of them is around it. */
export function isInside({ x, y }: Point, outline: readonly Point[]): boolean {
  let inside = false;
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length] ?? a;
    if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) inside = !inside;
  });
  return inside;
}

/** Places for `count` things, evenly in rows. */
export function gridIn({ left, right, top, bottom }: Bounds, count: number, inRow: number): readonly Point[] {
  const rows = Math.ceil(count / inRow);
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / inRow);
    const here = Math.min(inRow, count - row * inRow);
    return {
      x: left + ((right - left) * ((i % inRow) + 0.5)) / here,
      y: top + ((bottom - top) * (row + 0.5)) / rows,
    };
  });
}
