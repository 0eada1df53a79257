import { useMemo } from 'react';
import { encode } from 'uqr';

type QrCodeProps = { readonly value: string; readonly label: string; readonly className?: string | undefined };

/** Modules of white around the code; readers ask for four, and the paper around it is white too. */
const BORDER = 2;

/** A QR code as one path: sharp at any size, on the screen and on paper. */
export function QrCode({ value, label, className }: QrCodeProps) {
  const { size, path } = useMemo(() => draw(value), [value]);
  return (
    <svg
      className={className}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}

/** One rectangle for every run of black modules in a line. */
function draw(value: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(value, { ecc: 'M', border: BORDER });
  const runs = data.flatMap((row, y) =>
    [
      ...row
        .map((isBlack) => (isBlack ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`),
  );
  return { size, path: runs.join('') };
}
