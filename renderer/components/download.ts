/** The browser asks where to, and writes the file. */
export function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download holds the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
