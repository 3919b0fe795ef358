import { Loader } from '@mantine/core';
import { useStore } from '../store';
import classes from './App.module.css';
import { AreaList } from './AreaList';
import { Complaint } from './Complaint';
import { Feed } from './Feed';
import { FloorPlan } from './FloorPlan';
import { Header } from './Header';

export function App() {
  const known = useStore(({ state }) => state !== null);
  return known ? <Page /> : <Waiting />;
}

function Waiting() {
  return (
    <div className={classes.waiting} role="status">
      <Loader type="dots" />
      Looking for the processor
    </div>
  );
}

function Page() {
  const connected = useStore((store) => store.connected);
  return (
    <div className={classes.page}>
      <Header />
      {/* What is shown may be old while nothing arrives, and nothing can be done. */}
      <main className={classes.main} data-stale={!connected} inert={!connected}>
        <FloorPlan />
        <AreaList />
        <Feed />
      </main>
      <Complaint />
    </div>
  );
}
