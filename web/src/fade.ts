import type { ZoneState } from './api';

/** What is told of a level, be it of a lamp, a shade or its slats. */
type LevelState = Pick<ZoneState, 'level' | 'target' | 'fade'>;

/** A level on its way: a formula, so that nothing has to be sent while a light fades. Times in milliseconds. */
export interface Fade {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly duration: number;
}

export const still = (level: number): Fade => ({ from: level, to: level, start: 0, duration: 0 });

/** `now` is this page's own clock at the moment the state arrived. */
export function fadeOf(state: LevelState, now: number): Fade {
  if (!state.fade) return still(state.target);
  const { from, elapsed, duration } = state.fade;
  return { from, to: state.target, start: now - elapsed * 1000, duration: duration * 1000 };
}

export function isMoving(fade: Fade, now: number): boolean {
  return fade.from !== fade.to && now < fade.start + fade.duration;
}

export function levelAt(fade: Fade, now: number): number {
  if (now >= fade.start + fade.duration) return fade.to;
  if (now <= fade.start) return fade.from;
  return fade.from + ((fade.to - fade.from) * (now - fade.start)) / fade.duration;
}

/** As people read it: a light that is on is never "0 %", one that is not full never "100 %". */
export function percent(level: number): number {
  if (level <= 0) return 0;
  if (level >= 100) return 100;
  return Math.min(99, Math.max(1, Math.round(level)));
}
