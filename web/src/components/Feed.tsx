import { useMemo } from 'react';
import { groupFeed, type Happening } from '../feed';
import { useHome } from '../store';
import classes from './Feed.module.css';

const EFFECTS_SHOWN = 5;

/** What happens in the home, newest first, each with its cause. */
export function Feed() {
  const feed = useHome((state) => state.feed);
  const happenings = useMemo(() => groupFeed(feed), [feed]);
  return (
    <section className={classes.feed} aria-label="What happens" role="log">
      {happenings.length === 0 && <p className={classes.nothing}>Nothing has happened yet.</p>}
      {happenings.map((happening) => (
        <Entry key={happening.key} happening={happening} />
      ))}
    </section>
  );
}

const time = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});

function Entry({ happening: { at, because, effects } }: { happening: Happening }) {
  const hidden = effects.length - EFFECTS_SHOWN;
  return (
    <article className={classes.entry}>
      <time className={classes.time} dateTime={at}>
        {time.format(new Date(at))}
      </time>
      <div>
        <p>{because}</p>
        {effects.length > 0 && (
          <p className={classes.effects}>
            {effects.slice(0, EFFECTS_SHOWN).join(' · ')}
            {hidden > 0 && ` · and ${hidden} more`}
          </p>
        )}
      </div>
    </article>
  );
}
