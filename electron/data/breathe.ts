/**
 * Gives the event loop back between two slices of long work. A timer, not `setImmediate`: in Electron's utility process
 * a chain of immediates lets few messages of windows through.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
