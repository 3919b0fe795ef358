import { create } from 'zustand';
import type { LiveMessage } from './api';
import { fromSnapshot, type HomeState, withChanges } from './state';

interface Store {
  /** Nothing until the processor has told it for the first time. */
  readonly state: HomeState | null;
  readonly connected: boolean;
  /** What the processor refused, for the person to read. */
  readonly complaint: string | null;
  readonly selectedArea: string | null;
}

export const useStore = create<Store>()(() => ({
  state: null,
  connected: false,
  complaint: null,
  selectedArea: null,
}));

export function receive(message: LiveMessage, now: number): void {
  useStore.setState(({ state }) => {
    switch (message.type) {
      case 'snapshot':
        return { state: fromSnapshot(message, now), connected: true };
      case 'changes':
        return { state: state && withChanges(state, message, now) };
      case 'refused':
        return { complaint: message.detail };
    }
  });
}

export const setConnected = (connected: boolean) => useStore.setState({ connected });
export const selectArea = (area: string | null) => useStore.setState({ selectedArea: area });
export const complain = (complaint: string | null) => useStore.setState({ complaint });

/** Carries out a command and shows why, if it fails. */
export function attempt(command: Promise<void>): void {
  command.catch((error: unknown) => complain(error instanceof Error ? error.message : String(error)));
}

/** Reads the state of the home. REQUIRES: used below <Page>, where there is one. */
export function useHome<Value>(select: (state: HomeState) => Value): Value {
  return useStore(({ state }) => {
    if (!state) throw new Error('no home yet');
    return select(state);
  });
}
