/** What is being done, one line each, for the script that started the bench. */
export function say(text: string): void {
  process.stdout.write(`${JSON.stringify({ event: 'progress', text })}\n`);
}
