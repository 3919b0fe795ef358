import { type ReactNode, useEffect, useRef } from 'react';
import classes from './AreaList.module.css';

interface Props {
  readonly name: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** Beside the name. */
  readonly aside: ReactNode;
  /** Only while it is open. */
  readonly children: ReactNode;
}

/** A line of the list of rooms that opens and is then seen whole, as far as it fits. */
export function ListEntry({ name, open, onToggle, aside, children }: Props) {
  const item = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) item.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [open]);
  return (
    <div className={classes.room} ref={item} data-open={open}>
      <button type="button" className={classes.head} aria-expanded={open} onClick={onToggle}>
        <h2 className={classes.name}>{name}</h2>
        {aside}
      </button>
      {open && <div className={classes.controls}>{children}</div>}
    </div>
  );
}
