/** The mark of the product: a sheet of a register, with the three colours of the flag as its tabs. */
export function BrandMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="1" y="1" width="30" height="30" rx="7" fill="#1c6040" />
      <path d="M9 7h11a3 3 0 0 1 3 3v15H12a3 3 0 0 1-3-3z" fill="#fff" />
      <path d="M12.5 12h7M12.5 16h7M12.5 20h4" stroke="#1c6040" strokeWidth="1.6" strokeLinecap="round" />
      <path d="M23 11h2.5v3.5H23z" fill="#fcd116" />
      <path d="M23 16h2.5v3.5H23z" fill="#e8112d" />
    </svg>
  );
}
