import { useSyncExternalStore } from 'react';
import { isMoving, levelAt, still } from './fade';
import { useStore } from './store';

/** Components that wait for the next frame. One animation loop serves them all, and runs only while there are any. */
const waiting = new Set<() => void>();
let frame = 0;

function onNextFrame(listener: () => void): void {
  waiting.add(listener);
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    const due = [...waiting];
    waiting.clear();
    for (const each of due) each();
  });
}

const OFF = still(0);

function subscribe(zone: string, changed: () => void): () => void {
  const fade = () => useStore.getState().state?.fades[zone] ?? OFF;
  let last = fade();
  const animate = () => {
    changed();
    if (isMoving(fade(), performance.now())) onNextFrame(animate);
  };
  if (isMoving(last, performance.now())) onNextFrame(animate);
  const unsubscribe = useStore.subscribe(() => {
    if (fade() === last) return;
    last = fade();
    animate();
  });
  return () => {
    unsubscribe();
    waiting.delete(animate);
  };
}

/** The zone's level right now, in percent; renders again each frame while it fades, and not at all otherwise. */
export function useLevel(zone: string): number {
  return useSyncExternalStore(
    (changed) => subscribe(zone, changed),
    () => {
      const fade = useStore.getState().state?.fades[zone] ?? OFF;
      // Rounded, so that frames in which nothing visible changes render nothing.
      return Math.round(levelAt(fade, performance.now()) * 10) / 10;
    },
  );
}
