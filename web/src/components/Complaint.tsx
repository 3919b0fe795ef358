import { useEffect } from 'react';
import { complain, useStore } from '../store';
import classes from './Complaint.module.css';

const SHOWN_MS = 6000;

/** Why something was not done. */
export function Complaint() {
  const complaint = useStore((store) => store.complaint);
  useEffect(() => {
    if (complaint === null) return;
    const timer = window.setTimeout(() => complain(null), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [complaint]);
  return complaint === null ? null : (
    <div className={classes.complaint} role="alert">
      {complaint}
    </div>
  );
}
