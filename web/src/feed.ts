import type { FeedEntry } from './api';

/** Everything that followed from one event. */
export interface Happening {
  readonly key: number;
  readonly at: string;
  readonly because: string;
  readonly effects: readonly string[];
}

/** Entries of the same event become one happening; newest first. */
export function groupFeed(feed: readonly FeedEntry[]): readonly Happening[] {
  const groups: { first: FeedEntry; effects: string[] }[] = [];
  for (const entry of feed) {
    let group = groups.at(-1);
    if (group?.first.event !== entry.event) groups.push((group = { first: entry, effects: [] }));
    // That a button was pressed is an entry of its own, and said by its cause already.
    if (!entry.because.endsWith(entry.text)) group.effects.push(entry.text);
  }
  return groups.reverse().map(({ first, effects }) => ({
    key: first.number,
    at: first.time,
    because: first.because.charAt(0).toUpperCase() + first.because.slice(1),
    effects,
  }));
}
