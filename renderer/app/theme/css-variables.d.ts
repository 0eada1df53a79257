import 'react';

declare module 'react' {
  /** Variables of our own style sheets, given by an element. */
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
