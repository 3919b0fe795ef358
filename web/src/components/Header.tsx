import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { Link, LinkFault } from '../api';
import { allAreas } from '../plan';
import { useHome, useStore } from '../store';
import classes from './Header.module.css';
import { HouseBadges } from './HouseBadges';

export function Header() {
  const { name, links } = useHome((state) => state.home);
  const warnings = useHome((state) => state.warnings);
  return (
    <header className={classes.header}>
      <span className={classes.mark} aria-hidden />
      <h1 className={classes.name}>{name}</h1>
      <HouseBadges />
      <div className={classes.badges}>
        {warnings.map((warning) => (
          <Badge key={warning} good={false} text="Processor" title={warning} />
        ))}
        {links.map((link) => (
          <LinkBadge key={link.id} link={link} />
        ))}
        <Connection />
        <SchemeSwitch />
      </div>
    </header>
  );
}

const FAULTS: Record<LinkFault, string> = {
  none: '',
  port_closed: 'its port does not open',
  no_devices: 'no device answers',
  corrupted_frames: 'frames arrive damaged',
  reversed_pair: 'the data pair is reversed',
};

function LinkBadge({ link }: { link: Link }) {
  const home = useHome((state) => state.home);
  const fault = useHome((state) => state.links[link.id] ?? 'none');
  const states = useHome((state) => state.devices);
  const devices = useMemo(
    () => allAreas(home.area).flatMap((area) => area.devices.filter((device) => device.link === link.id)),
    [home, link.id],
  );
  const lost = devices.filter((device) => states[device.id]?.presence === 'lost');
  const present = devices.filter((device) => states[device.id]?.presence === 'present').length;
  const trouble =
    FAULTS[fault] || (lost.length > 0 ? `silent: ${lost.map((device) => device.name).join(', ')}` : '');
  return (
    <Badge
      good={trouble === ''}
      text={`${link.name} ${present}/${devices.length}`}
      title={
        trouble || `${present} of ${devices.length} devices answer${link.simulated ? ' (simulated)' : ''}`
      }
    />
  );
}

function Badge({ good, text, title }: { good: boolean; text: string; title: string }) {
  return (
    <Tooltip label={title} multiline maw={320}>
      <span className={classes.badge} data-good={good} aria-label={`${text}: ${title}`} role="img">
        {text}
      </span>
    </Tooltip>
  );
}

function Connection() {
  const connected = useStore((store) => store.connected);
  return (
    <span className={classes.connection} data-good={connected} role="status">
      {connected ? 'Live' : 'Reconnecting'}
    </span>
  );
}

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={dark ? 'Light colours' : 'Dark colours'}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      <svg
        viewBox="0 0 24 24"
        width="18"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
      >
        {dark ? (
          <path d="M12 3v2m0 14v2m9-9h-2M5 12H3m15.4-6.4L17 7M7 17l-1.4 1.4m12.8 0L17 17M7 7 5.6 5.6M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0" />
        ) : (
          <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z" strokeLinejoin="round" />
        )}
      </svg>
    </ActionIcon>
  );
}
