import { useHome } from '../store';
import { isOccupied } from '../state';
import classes from './Occupied.module.css';

/** A small mark while somebody is in the room. */
export function Occupied({ area }: { area: string }) {
  const occupied = useHome((state) => isOccupied(state, area)) === true;
  if (!occupied) return null;
  return (
    <svg className={classes.mark} viewBox="0 0 10 12" width="9" role="img" aria-label="somebody is here">
      <circle cx="5" cy="3" r="2.4" />
      <path d="M.6 12C.6 8.6 2.4 7 5 7s4.4 1.6 4.4 5Z" />
    </svg>
  );
}
