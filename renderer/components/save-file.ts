/** Milliseconds for the browser to begin; the download holds the blob once it has. */
const BEGINS = 60_000;

/** The browser asks where to, and writes the file. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), BEGINS);
}
