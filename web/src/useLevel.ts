import { useCallback, useSyncExternalStore } from 'react';
import { isMoving, levelAt, still } from './fade';
import { useStore } from './store';

/**
 * The moment that is shown. It moves on with each frame and each message, and never while React renders: a value that is
 * another one each time it is read makes React render for ever.
 */
let shown = performance.now();
useStore.subscribe(() => {
  shown = performance.now();
});

/** Components that wait for the next frame. One animation loop serves them all, and runs only while there are any. */
const waiting = new Set<() => void>();
let frame = 0;

function onNextFrame(listener: () => void): void {
  waiting.add(listener);
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    shown = performance.now();
    const due = [...waiting];
    waiting.clear();
    for (const each of due) each();
  });
}

const OFF = still(0);

type Of = 'fades' | 'tilts';

const fadeNow = (of: Of, zone: string) => useStore.getState().state?.[of][zone] ?? OFF;

function subscribe(of: Of, zone: string, changed: () => void): () => void {
  const fade = () => fadeNow(of, zone);
  let last = fade();
  const animate = () => {
    changed();
    if (isMoving(fade(), shown)) onNextFrame(animate);
  };
  if (isMoving(last, shown)) onNextFrame(animate);
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
export const useLevel = (zone: string): number => useFade('fades', zone);

/** The same of a tilting shade's slats. */
export const useTilt = (zone: string): number => useFade('tilts', zone);

function useFade(of: Of, zone: string): number {
  return useSyncExternalStore(
    useCallback((changed: () => void) => subscribe(of, zone, changed), [of, zone]),
    // Rounded, so that frames in which nothing visible changes render nothing.
    () => Math.round(levelAt(fadeNow(of, zone), shown) * 10) / 10,
  );
}
