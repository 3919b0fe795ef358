interface Props {
  readonly id: string;
  readonly colour: string;
}

/** How the light of a coloured lamp falls on the floor: as #halo of the plan, in a colour of its own. */
export function Glow({ id, colour }: Props) {
  const stops = [
    [0, 0.95],
    [0.3, 0.5],
    [0.65, 0.15],
    [1, 0],
  ] as const;
  return (
    <radialGradient id={id}>
      {stops.map(([offset, opacity]) => (
        <stop key={offset} offset={offset} stopColor={colour} stopOpacity={opacity} />
      ))}
    </radialGradient>
  );
}
